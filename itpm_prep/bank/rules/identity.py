"""The id, the file name, the folder and the two closed lists in the id agree."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.packs import PACK_FILE
from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.types import CATEGORY_CODES, SPECIALISATION_CODES


def check(case: Case) -> Iterator[Fault]:
    """The file is ``<category>/<id>.yaml`` and the codes in the id name category and specialisation."""
    question, path = case.question, case.path
    if path.stem != question.id:
        yield Fault("id", f"{question.id} in the file {path.name}", "be the file name without .yaml")
    folder = path.absolute().parent.name
    if folder != question.category:
        yield Fault("category", f"{question.category} in the folder {folder}", "be the name of the folder")
    *prefix, category, specialisation, _ = question.id.split("-")
    if prefix:
        yield Fault("id", question.id, f"be without {prefix[0]}-: the prefix of a pack stands in {PACK_FILE}")
    named = (CATEGORY_CODES[category], SPECIALISATION_CODES[specialisation])
    if named[0] != question.category:
        yield Fault("category", question.category, f"be {named[0]}, as {category} in the id says")
    if named[1] != question.specialisation:
        must = f"be {named[1]}, as {specialisation} in the id says"
        yield Fault("specialisation", question.specialisation, must)
