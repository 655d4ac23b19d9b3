"""The parts of the kits' screens: the order of questions, what waits, and what a form reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from drawn import EVIL, Drawn, drawn, labels, of_kind
from kit_samples import DUE, KIT_ID, MADE, sample_kit

from itpm_prep.practice.kit_files import Draft
from itpm_prep.practice.kits import Known, State, standing_of
from itpm_prep.practice.records import Rules
from itpm_prep.widgets.blocks import Choice, Input, Item, Select
from itpm_prep.widgets.kit_form import KitForm, Order, Shelf, Wish
from itpm_prep.widgets.kit_screen import kit_notes, offers
from itpm_prep.widgets.made_kit_screen import SheetHandlers, Standings, counts_words, kit_sheet
from itpm_prep.widgets.table import Table

ITEMS = [Item(one, f"Title {one}", EVIL) for one in "abc"]


def nothing(*_: object) -> None:
    """Nobody listens."""


def known(count: int) -> list[Known]:
    kits = [sample_kit(id=f"{n:032x}", title=EVIL, due_at=DUE + timedelta(days=n)) for n in range(count)]
    return [Known(kit, standing_of(kit, [], MADE)) for kit in kits]


# The order ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (["c", "a", "b"], ["c", "a", "b"]),
        (["b"], ["b"]),
        ([], []),
        (["a", "a", "x", "b"], ["a", "b"]),
    ],
)
def test_the_order_takes_what_it_knows_once_and_nothing_else(told: list[str], left: list[str]) -> None:
    heard: list[Sequence[str]] = []
    order = Order("Questions", ITEMS, heard.append)
    order.hear({"kind": "order", "values": told})
    assert heard == [left]
    assert [item["value"] for item in order.spec["items"]] == left


@pytest.mark.parametrize("values", [None, "abc", [1, 2], [["a"]], {"a": 1}])
def test_what_is_no_order_changes_nothing(values: object) -> None:
    heard: list[Sequence[str]] = []
    order = Order("Questions", ITEMS, heard.append)
    order.hear({"kind": "order", "values": values})
    assert heard == []
    assert len(order.spec["items"]) == 3


# What waits ---------------------------------------------------------------------------------------


def test_at_most_three_kits_wait_in_sight_and_the_others_are_counted() -> None:
    opened: list[str] = []
    blocks = offers(known(5), MADE, opened.append)
    assert labels(blocks) == ["Open the kit"] * 3
    assert "2 more kits under Kits" in drawn(blocks).words
    assert "more kit" not in drawn(offers(known(3), MADE, opened.append)).words
    assert offers([], MADE, opened.append) == ()


def test_titles_are_escaped_on_the_start_page() -> None:
    seen = Drawn(kit_notes(known(4), MADE, "mock_interview.ipynb"))
    assert EVIL in seen.words
    assert "script" not in seen.tags
    assert "1 more kit under Kits" in seen.words
    assert kit_notes([], MADE, "x") == ""


# The form -----------------------------------------------------------------------------------------


def form(draft: Draft, kept: list[Draft]) -> KitForm:
    shelf = Shelf(
        lambda wish: [one for one in ITEMS if wish.words in one.title],
        lambda ids: [one for name in ids for one in ITEMS if one.value == name],
        lambda _: 7,
    )
    return KitForm(draft, shelf, [], kept.append, nothing, lambda step: step)


def ticks(of: KitForm) -> Choice:
    return next(one for one in of_kind(of.blocks, Choice) if one.spec["look"] == "ticks")


def test_ticking_adds_at_the_end_and_unticking_takes_out_only_what_is_in_sight() -> None:
    kept: list[Draft] = []
    made = form(Draft(id=KIT_ID, questions=("z", "b")), kept)
    assert ticks(made).chosen == ["b"]
    ticks(made).hear({"kind": "change", "chosen": ["a", "b"]})
    assert kept[-1].questions == ("z", "b", "a")
    ticks(made).hear({"kind": "change", "chosen": ["a"]})
    assert kept[-1].questions == ("z", "a")
    assert "2 questions, about 7 minutes." in drawn(made.blocks).words


def test_only_rules_of_ones_own_are_chosen_field_by_field_and_each_choice_is_kept() -> None:
    kept: list[Draft] = []
    made = form(Draft(id=KIT_ID), kept)
    assert "Rules" in drawn(made.blocks).words
    how = next(one for one in of_kind(made.blocks, Choice) if one.spec["legend"] == "How")
    assert "drill" not in [one["value"] for one in how.spec["choices"]]
    how.hear({"kind": "change", "chosen": ["own"]})
    takes = next(one for one in of_kind(made.blocks, Select) if one.spec["label"] == "Takes")
    takes.hear({"kind": "change", "value": "3"})
    assert kept[-1].mode == "own"
    assert kept[-1].rules is not None
    assert kept[-1].rules.takes == 3
    how.hear({"kind": "change", "chosen": ["mock"]})
    how.hear({"kind": "change", "chosen": ["own"]})
    assert kept[-1].rules.takes == 3, "what was chosen is there again"


def test_a_wish_filters_by_what_was_asked() -> None:
    assert Wish()._replace(words="x") == Wish("", "", "x")
    made = form(Draft(id=KIT_ID), [])
    words = next(one for one in of_kind(made.blocks, Input) if one.spec["label"] == "Words")
    words.hear({"kind": "change", "value": "Title c"})
    assert [one["value"] for one in ticks(made).spec["choices"]] == ["c"]


# The sheet ----------------------------------------------------------------------------------------


def test_the_sheet_escapes_names_and_words_and_names_the_file_in_plain_letters() -> None:
    kit = sample_kit(title=EVIL, message=EVIL, mode="own", rules=Rules(takes=2))
    rows = [
        Standings("l1", EVIL, "late", 3, 0, DUE + timedelta(days=1)),
        Standings("l2", "=1+1", "missing", 1, 2, None),
    ]
    handlers = SheetHandlers(nothing, nothing, nothing, nothing, nothing)
    blocks = kit_sheet(kit, [EVIL], rows, MADE, handlers)
    seen = drawn(blocks)
    assert "script" not in seen.tags
    assert seen.words.count(EVIL) == 3
    assert "1 done late, 1 missing, of 2 learners" in seen.words
    assert dict(seen.attributes)["download"] == "kit-script-alert-1-script-img-src-x-onerror.json"
    (table,) = of_kind(blocks, Table)
    assert [row[2] for row in table.spec["rows"]] == ["Done late", "Missing"]


def test_states_without_learners_are_left_out_of_the_count() -> None:
    counts: dict[State, int] = {"done": 2, "missing": 0, "open": 1}
    assert counts_words(counts) == "2 done, 1 open"
    assert counts_words({}) == "no learner yet"
