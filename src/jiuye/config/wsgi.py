"""The WSGI entry point: `granian --interface wsgi jiuye.config.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiuye.config.settings")
os.environ.setdefault("STATEMENT_TIMEOUT", "4")

from jiuye.kernel.database import bound_waits
from jiuye.kernel.http.logging import configure

configure()
application = get_wsgi_application()
bound_waits()
import_string("jiuye.kernel.privileges.require")()
import_string("jiuye.kernel.crypto.proof.require")()
import_string("jiuye.search.queries.warm")()
gc.collect()
gc.freeze()  # what is loaded now stays: the collector need not scan it again
