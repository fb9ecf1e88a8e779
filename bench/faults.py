"""R1 and R2: the platform under kill -9, compared with a ledger of what it acknowledged; and broken variants that this must catch.

    ./jiuye bench faults [--kills 100] [--minutes 12] [--clients 12] [--seed N] [--only web,postgres] [--port 9600]
    ./jiuye bench faults --broken NAME|all [--kills 20] [--minutes 3]

Clients apply, move applications on, upload files, import sheets and call the API with keys while processes of
`./jiuye up` are killed at random: the whole group, its first process or one child of web, worker, imports worker, sandbox
and PostgreSQL. They send again what is not answered, as people and programs do; some answers are lost on their way besides.
Each request and each acknowledgement is in a ledger outside of the database, on disk before the next step. In the end
everything acknowledged must be there once with all that follows from it. Exit code 1: a deviation, or a broken variant
that was not caught.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from _measuring import machine

from bench._faults import broken, site


def main() -> None:
    chosen = _arguments()
    if chosen.broken == "all":
        raise SystemExit(_all_broken(sys.argv[1:]))
    folder = Path(tempfile.mkdtemp(prefix="jiuye-faults-"))
    folder.chmod(0o755)  # PostgreSQL's user must be able to pass through
    print(f"{machine()}\nseed {chosen.seed}, {chosen.kills} kills in about {chosen.minutes:g} minutes, "
          f"{chosen.clients} clients, {chosen.lost:.0%} of answers lost; ledger {folder}/ledger.jsonl", flush=True)  # fmt: skip
    is_kept = True
    try:
        wrong = _run(folder, chosen)
        is_kept = bool(wrong) and not chosen.broken
    finally:
        if not is_kept and not chosen.keep:
            shutil.rmtree(folder, ignore_errors=True)
    if chosen.broken:
        print(
            f"\n{chosen.broken}: "
            + (f"caught, {wrong} deviations" if wrong else "NOT CAUGHT: the harness proves nothing")
        )
        raise SystemExit(0 if wrong else 1)
    print(f"\n{wrong} DEVIATIONS; kept: {folder}" if wrong else "\nnothing lost, nothing doubled, nothing missing")
    raise SystemExit(1 if wrong else 0)


def _run(folder: Path, chosen: argparse.Namespace) -> int:
    """Return the number of deviations; of a broken variant, of those by which it is caught."""
    variant = broken.VARIANTS.get(chosen.broken)
    if chosen.start_from:
        subprocess.run(["cp", "-a", str(chosen.start_from), str(folder / "data")], check=True)
    with site.running(folder, chosen.port, variant.environment() if variant else {}) as running:
        os.environ["DATABASE_URL"] = running.data.server().dsn()
        os.environ["DATA_DIR"] = str(running.data.path)
        os.environ["SITE_URL"] = running.origin
        os.environ["DJANGO_SETTINGS_MODULE"] = "jiuye.config.settings"
        import django

        django.setup()
        from bench._faults import round as rounds
        from bench._faults.table import show

        if variant:
            variant.prepare(running)
        kinds = variant.kinds if variant else chosen.only
        wish = rounds.Wish(
            chosen.kills, chosen.minutes * 60, chosen.clients, chosen.seed, kinds, chosen.lost, chosen.drained
        )
        with rounds.closed_afterwards():
            lines = rounds.run(running, folder, wish)
    show(lines)
    wrong = [one for line in lines for one in line.wrong]
    return sum(one.startswith(variant.shows) for one in wrong) if variant else len(wrong)


def _all_broken(arguments: list[str]) -> int:
    """Run each broken variant in a process of its own. Return 1 unless each is caught."""
    rest = [one for one in arguments if one not in ("--broken", "all", "--broken=all")]
    codes = {
        name: subprocess.run([sys.executable, __file__, "--broken", name, *rest], check=False).returncode
        for name in broken.VARIANTS
    }
    print("\n" + "\n".join(f"{name:20} {'caught' if code == 0 else 'NOT CAUGHT'}" for name, code in codes.items()))
    return max(codes.values())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, help="default: 100; 20 of a broken variant")
    parser.add_argument("--minutes", type=float, help="how long the kills take; default: 12; 3 of a broken variant")
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", type=_kinds, default=site.KINDS, help=f"kill only these: {','.join(site.KINDS)}")
    parser.add_argument("--lost", type=float, default=0.05, help="share of answers that are lost on their way")
    parser.add_argument("--drained", type=float, default=60.0, help="seconds until all is done after the last kill")
    parser.add_argument("--port", type=int, default=9600, help="of the site; the sandbox uses the next one")
    parser.add_argument("--broken", choices=[*broken.VARIANTS, "all"], default="")
    parser.add_argument(
        "--start-from", type=Path, help="data folder of an empty platform that was stopped: saves a minute"
    )
    parser.add_argument("--keep", action="store_true", help="keep the folder in any case")
    chosen = parser.parse_args()
    chosen.kills = chosen.kills or (20 if chosen.broken else 100)
    chosen.minutes = chosen.minutes or (3.0 if chosen.broken else 12.0)
    return chosen


def _kinds(text: str) -> tuple[str, ...]:
    found = tuple(text.split(","))
    if not set(found) <= set(site.KINDS):
        raise argparse.ArgumentTypeError(f"there are {', '.join(site.KINDS)}")
    return found


if __name__ == "__main__":
    main()
