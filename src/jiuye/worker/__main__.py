"""The worker process: delivers events, runs tasks, writes the search index. `python -m jiuye.worker imports` is the second one,
which reads and imports sheets.
"""

import os
import sys

import django


def main() -> None:
    """Run until SIGTERM or SIGINT: running tasks finish, waiting ones stay queued."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiuye.config.settings")
    django.setup()

    from jiuye.kernel.http.logging import configure
    from jiuye.worker.process import run, run_apart

    configure()
    if sys.argv[1:] == ["imports"]:
        run_apart()
    else:
        run(concurrency=int(os.environ.get("WORKER_CONCURRENCY", "4")))


if __name__ == "__main__":
    main()
