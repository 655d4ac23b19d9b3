"""What the kernel holds of a table; how the browser draws it stands with the tests of the apps."""

from __future__ import annotations

import json
import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from table_samples import COLUMNS, line, table

from itpm_prep.widgets.table import Line, Table

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_a_row_is_opened_by_its_key_and_no_other_is() -> None:
    opened: list[str] = []
    held = table(3, on_open=opened.append)
    held.hear({"kind": "open", "key": "k1"})
    held.hear({"kind": "open", "key": "k9"})
    held.hear({"kind": "open", "key": None})
    assert opened == ["k1"]


def test_what_is_no_number_goes_to_the_browser_as_none() -> None:
    held = Table("T", COLUMNS[:2], [Line("a", (math.nan, (math.nan, "never")))], "t")
    assert held.spec["rows"] == [["a", None, [None, "never"]]]
    assert json.loads(json.dumps(held.spec, allow_nan=False)) == held.spec


def test_a_table_shown_again_stands_as_it_was_left() -> None:
    held = table()
    told = {"sort": "theta", "down": True, "words": "ann", "chosen": {"level": "mid"}, "at": 40}
    held.hear({"kind": "view", "state": told})
    assert held.state == told
    held.fill([line(1)])
    assert held.state["words"] == "ann"
    assert [row[0] for row in held.spec["rows"]] == ["k1"]


def test_one_table_takes_over_the_filter_of_another_as_far_as_it_has_the_columns() -> None:
    roster, heat = table(), Table("Heat", (COLUMNS[0], COLUMNS[3]), [], "heat", sort="name")
    roster.hear(
        {"kind": "view", "state": {"sort": "level", "words": "ann", "chosen": {"level": "mid"}, "at": 40}}
    )
    heat.filter_like(roster)
    assert heat.state == {"sort": "name", "down": False, "words": "ann", "chosen": {}, "at": 0}


def test_a_table_made_anew_of_the_same_columns_stands_like_the_old_one() -> None:
    old, new = table(), table(60)
    old.hear({"kind": "view", "state": {"sort": "theta", "down": True, "words": "", "chosen": {}, "at": 80}})
    new.stand_like(old)
    assert new.state == {"sort": "theta", "down": True, "words": "", "chosen": {}, "at": 0}, "fewer pages"
    again = table()
    again.stand_like(old)
    again.filter_like(old)
    assert again.state["at"] == 80, "the same filter leaves the page where it was"


def test_a_table_is_sorted_at_first_as_its_maker_says() -> None:
    assert table(sort="-answers").state["sort"] == "answers"
    assert table(sort="-answers").state["down"] is True
    assert table(sort="name").state["down"] is False


@given(st.dictionaries(st.sampled_from(["sort", "down", "words", "chosen", "at"]), JUNK), JUNK)
def test_whatever_a_browser_reports_a_table_keeps_a_state_that_can_be_drawn(
    state: dict[str, Any], junk: Any
) -> None:
    held = table(3)
    held.hear({"kind": "view", "state": state})
    held.hear({"kind": "view", "state": junk})
    assert held.state["sort"] in ("", *(column.key for column in COLUMNS))
    assert held.state["at"] in range(3)
    assert len(held.state["words"]) <= 200
    assert all(key in {column.key for column in COLUMNS} for key in held.state["chosen"])
