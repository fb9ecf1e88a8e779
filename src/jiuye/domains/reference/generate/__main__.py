"""The command line of the generator."""

import argparse

from jiuye.domains.reference.generate.former_regions import write_former_regions
from jiuye.domains.reference.generate.occupations import write_occupations
from jiuye.domains.reference.generate.regions import write_area_codes, write_regions
from jiuye.domains.reference.generate.titles import write_titles


def main() -> None:
    """Write the files that were named, else all."""
    arguments = argparse.ArgumentParser(description="Write the reference data files from their published sources.")
    arguments.add_argument("files", nargs="*", choices=_WRITERS, help="all, if none is named")
    for name in arguments.parse_args().files or _WRITERS:
        for write in _WRITERS[name]:
            write()


_WRITERS = {
    "regions": (write_regions, write_area_codes, write_former_regions),
    "occupations": (write_occupations,),
    "titles": (write_titles,),
}

main()
