"""`./jiuye manage preview_import SHEET [--column NAME=FIELD …] [--json]`: what an import would make of each row (docs/reading.md)."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from django.core.management.base import BaseCommand, CommandError

from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.queries import imports as queries
from jiuye.kernel.errors import Invalid, NotFound


class Command(BaseCommand):
    """Needs no running platform, no database and no agency: it decides as for a new agency in good standing, from today.

    With `--agency` it decides as for that one, and needs the database.
    """

    help = "Show what an import would make of each row of a sheet. Writes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The sheet, and what a person would choose on the columns page."""
        parser.add_argument("sheet", type=Path, help="表格文件（.xlsx .xls .csv）")
        parser.add_argument(
            "--column", type=_pair, action="append", default=[], metavar="NAME=FIELD",
            help="列名（或从 1 起的列号）=字段，如 薪水=pay；不写的列自动判断，写“列名=”则不导入",
        )  # fmt: skip
        parser.add_argument(
            "--default", type=_pair, action="append", default=[], metavar="FIELD=TEXT",
            help="各行空着时统一填写，如 valid_through=30天",
        )  # fmt: skip
        parser.add_argument(
            "--unit", type=_pair, action="append", default=[], metavar="FIELD=UNIT",
            help="表头和内容都没有写单位的薪资列，如 pay=thousand/month",
        )  # fmt: skip
        parser.add_argument(
            "--worksheet", action="append", default=[], metavar="NAME", help="只读这张工作表，可以写几次"
        )
        parser.add_argument("--header", type=int, default=None, metavar="ROW", help="列名在第几行；0 为没有列名")
        parser.add_argument("--split-places", action="store_true", help="一行写了几个工作地点时，每个地点一个职位")
        parser.add_argument("--whole-description", action="store_true", help="没有小标题的职位描述，同时作为职责和要求")
        parser.add_argument("--agency", type=UUID, metavar="ID", help="按这家机构现在的职位和资质判断（要用数据库）")
        parser.add_argument("--json", action="store_true", help="每个职位一行 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for a sheet that cannot be read, and for columns and fields that there are not."""
        wishes = imports.Wishes(
            columns=dict(options["column"]),
            defaults=dict(options["default"]),
            units=dict(options["unit"]),
            worksheets=options["worksheet"],
            header=options["header"],
            split_places=options["split_places"],
            whole_description=options["whole_description"],
        )
        if not options["sheet"].is_file():
            raise CommandError(f"没有这个文件：{options['sheet']}")
        counts: Counter[str] = Counter()
        try:
            for one in imports.dry_run(options["sheet"], wishes, self.stderr.write, agency_id=options["agency"]):
                counts[one.outcome] += 1
                self.stdout.write(orjson.dumps(queries.told(one)).decode() if options["json"] else queries.line_of(one))
        except Invalid as error:
            raise CommandError("；".join(error.fields.values())) from None
        except NotFound:
            raise CommandError("没有这家机构") from None
        except BrokenPipeError:
            sys.exit(0)
        if not options["json"]:
            self.stdout.write(
                "共 " + "，".join(f"{queries.outcome_label(name)} {n}" for name, n in sorted(counts.items()))
            )


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not name.strip():
        raise ArgumentTypeError(f"“{text}”要写成 名称=值")
    return name.strip(), value.strip()
