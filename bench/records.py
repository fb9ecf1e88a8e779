"""Five hundred of everything a seeker keeps: times of the first and the last page of each list.

./jiuye bench records [--rows 500] [--rounds 20]

In process, through the whole stack except the socket: the lists of tests/bars/test_long_lists.py, which counts their
queries.
"""

import argparse
import logging
import sys
import tempfile
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
django.setup()

import pytest
import structlog
from _measuring import machine, timed
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.utils import setup_test_environment

from tests.bars.test_long_lists import LISTS, Listed, next_page
from tests.factories.accounts import browser
from tests.factories.cast import assemble
from tests.factories.public_site import index_all, wired_engine


def _last(client: Client, path: str) -> str:
    """Return the address of the list's last page."""
    here = path
    while there := next_page(client.get(here).content.decode(), path):
        here = there
    return here


def _measure(listed: Listed, rows: int, rounds: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        wired_engine(Path(folder), patch),
        transaction.atomic(),
    ):
        cast = assemble()
        listed.make(cast, rows)
        index_all()
        client = browser(cast.people[listed.person]) if listed.person else Client()
        for name, path in (("first", listed.path), ("last", _last(client, listed.path))):
            assert client.get(path).status_code == 200, path
            print(f"{listed.path:24} {name:6} {timed([lambda path=path: client.get(path)] * rounds)}")
        transaction.set_rollback(True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./jiuye bench records")
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    setup_test_environment()
    settings.ALLOWED_HOSTS.append("testserver")
    print(f"machine: {machine()}; {given.rows} rows")
    for listed in LISTS:
        _measure(listed, given.rows, given.rounds)


if __name__ == "__main__":
    main()
