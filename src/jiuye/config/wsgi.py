"""The WSGI entry point: `granian --interface wsgi jiuye.config.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiuye.config.settings")

from jiuye.kernel.http.logging import configure

configure()
application = get_wsgi_application()
import_string("jiuye.search.queries.warm")()
gc.collect()
gc.freeze()  # what is loaded now stays: the collector need not scan it again
