"""The list of `./jiuye bench mutants` matches the code: every line that it changes exists, once."""

import ast
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import pytest

from jiuye.runtime.benching import FOLDER
from jiuye.runtime.fingerprints import REPOSITORY, SOURCE

spec = spec_from_file_location("mutants", FOLDER / "mutants.py")
assert spec
assert spec.loader
mutants: Any = module_from_spec(spec)
spec.loader.exec_module(mutants)
MUTANTS = mutants.mutants()


def test_there_are_at_least_forty_of_them_with_names_of_their_own() -> None:
    assert len(MUTANTS) >= 40
    assert len({one.name for one in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_changes_one_line_of_the_code_and_names_tests_that_exist(mutant: Any) -> None:
    text = (SOURCE / mutant.file).read_text(encoding="utf-8")
    changed = mutant.applied(text)
    assert sum(one != other for one, other in zip(text.splitlines(), changed.splitlines(), strict=True)) == 1
    ast.parse(changed)
    assert mutant.tests
    assert all((REPOSITORY / test).exists() for test in mutant.tests)


@pytest.mark.parametrize("text", ["a = 1\n", "    rule = 2\n" * 2])
def test_a_line_that_is_gone_or_no_longer_the_only_one_is_told(text: str) -> None:
    stale = mutants.Mutant("name", "rule", "file.py", before="rule = 2", after="rule = 3", tests=())
    with pytest.raises(ValueError, match="name"):
        stale.applied(text)


def test_the_line_above_tells_two_alike_apart() -> None:
    second = mutants.Mutant("name", "rule", "file.py", before="publish()", after="pass", tests=(), above="ban()")
    assert second.applied("approve()\npublish()\nban()\n  publish()\n") == "approve()\npublish()\nban()\n  pass\n"
