"""The worker process: delivers events, runs tasks, writes the search index. `python -m jiuye.worker imports` is the second one,
which imports sheets and opens the other files that people send.
"""

import os
import sys

import django


def main() -> None:
    """Run until SIGTERM or SIGINT: running tasks finish, waiting ones stay queued."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiuye.config.settings")
    concurrency = int(os.environ.get("WORKER_CONCURRENCY", "4"))
    # One for each task that runs at once (`process.pools`: events, and ten others), for the thread that holds the lock of the
    # only worker, for those that repeat (telling, changes, webhooks), and as many to spare: with none to spare one that had to
    # reconnect made others wait.
    os.environ.setdefault("DATABASE_CONNECTIONS", str(concurrency + 18))
    django.setup()

    from jiuye.kernel import privileges
    from jiuye.kernel.crypto import proof
    from jiuye.kernel.http.logging import configure
    from jiuye.worker.process import run, run_apart, wait_until_possible

    configure()
    wait_until_possible()
    try:
        privileges.require()
        proof.require()
    except (privileges.RefusedRole, proof.WrongKeys) as refused:
        sys.exit(f"jiuye: {refused}")
    if sys.argv[1:] == ["imports"]:
        run_apart()
    else:
        run(concurrency)


if __name__ == "__main__":
    main()
