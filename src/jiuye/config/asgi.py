"""The entry point of the web process: `granian --interface asginl jiuye.config.asgi:application` (`runtime.up.web_command`)."""

import resource

from jiuye.config.body_limits import most_bytes
from jiuye.config.wsgi import application as site
from jiuye.kernel.http.front import Front

THREADS = 4
"""More than the database pool's eight connections would only wait."""

_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
# Each waiting connection is a file; the usual 1024 are soon taken by slow ones.
resource.setrlimit(resource.RLIMIT_NOFILE, (_hard, _hard))

application = Front(site, most_bytes=most_bytes, threads=THREADS)
