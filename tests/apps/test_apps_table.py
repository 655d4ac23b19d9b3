"""The table that every list of learners, answers and questions is drawn with, in a browser."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import bench_page
import pytest
from drawn import EVIL
from playwright.sync_api import Browser, Page, expect
from table_samples import COLUMNS, line, nobody, table

from itpm_prep.widgets.table import Column, Line, Table

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Page:
    return chromium.new_page(viewport={"width": 360, "height": 720})


def names(page: Page) -> list[str]:
    """The heads of the rows shown."""
    return page.locator("tbody th").all_inner_texts()


def test_a_table_of_two_thousand_is_paged_sorted_and_filtered_in_the_browser(tab: Page) -> None:
    held = table(2000)
    bench_page.draw(tab, [held])
    assert tab.locator("tbody tr").count() == 40
    expect(tab.get_by_role("status")).to_have_text("1 to 40 of 2000")
    tab.get_by_role("button", name="Next").click()
    assert names(tab)[0] == "Learner 40"

    tab.get_by_role("button", name="Readiness").click()
    expect(tab.get_by_role("columnheader", name="Readiness")).to_have_attribute("aria-sort", "descending")
    assert names(tab)[0] == "Learner 39"
    tab.get_by_role("button", name="Readiness").press("Enter")
    expect(tab.get_by_role("columnheader", name="Readiness")).to_have_attribute("aria-sort", "ascending")
    assert tab.locator("tbody tr").first.locator("td").nth(2).inner_text() == "1.1"

    tab.get_by_label("Level").select_option("mid")
    tab.get_by_label("Filter").fill("DAY 1999  learner")
    expect(tab.get_by_role("status")).to_have_text("Nothing fits, filtered from 2000")
    tab.get_by_label("Filter").fill("DAY 1998  learner")
    expect(tab.get_by_role("status")).to_have_text("1 to 1 of 1, filtered from 2000")
    tab.get_by_label("Filter").fill("nobody at all")
    expect(tab.get_by_role("status")).to_have_text("Nothing fits, filtered from 2000")

    tab.wait_for_timeout(400)  # a pause in typing, after which the table tells how it stands
    bench_page.pass_on(tab, held, "view")
    assert held.state["words"] == "nobody at all"
    bench_page.draw(tab, [held])
    expect(tab.get_by_label("Filter")).to_have_value("nobody at all")
    expect(tab.get_by_label("Level")).to_have_value("mid")


def test_rows_without_a_value_stand_last_whichever_way_it_is_sorted(tab: Page) -> None:
    bench_page.draw(tab, [table(12, sort="theta")])
    assert names(tab)[-2:] == ["Learner 0", "Learner 10"]
    tab.get_by_role("button", name="Readiness").click()
    assert names(tab)[0] == "Learner 11"
    assert set(names(tab)[-2:]) == {"Learner 0", "Learner 10"}


def test_a_name_of_markup_is_text_and_a_row_is_opened_by_keyboard(tab: Page) -> None:
    bench_page.draw(tab, [Table("T", COLUMNS, [line(1, EVIL)], "t", on_open=nobody)])
    assert names(tab) == [" ".join(EVIL.split())]
    assert tab.locator("tbody img, tbody script").count() == 0
    tab.locator("tbody button").press("Enter")
    (told,) = bench_page.sent(tab, "open")
    assert told["key"] == "k1"


def test_what_is_saved_is_what_is_shown_and_no_spreadsheet_computes_it(tab: Page, tmp_path: Path) -> None:
    formula = '=HYPERLINK("https://example.org","x")'
    lines = [line(number, formula if number == 4 else "") for number in range(20)]
    bench_page.draw(tab, [Table("T", COLUMNS, lines, "class")])
    tab.get_by_label("Level").select_option("senior")
    with tab.expect_download() as told:
        tab.get_by_role("button", name="Save as CSV").click()
    told.value.save_as(tmp_path / "t.csv")
    assert told.value.suggested_filename == "class.csv"
    head, *rows = csv.reader(StringIO((tmp_path / "t.csv").read_text("utf-8-sig")))
    assert head == ["Learner", "Level", "Answers", "Readiness", "Last answer"]
    assert [row[2] for row in rows] == [str(number) for number in range(20) if number % 3 == 1]
    assert rows[1] == [f"'{formula}", "senior", "4", "1.4", "day 4"]


def test_new_rows_keep_the_filter_and_a_small_table_is_drawn_without(tab: Page) -> None:
    held = table(100)
    bench_page.draw(tab, [held])
    tab.get_by_label("Filter").fill("mid")
    held.fill([line(7), line(8), *map(line, range(70, 90))])
    bench_page.tell(tab, held, rows=held.spec["rows"])
    assert names(tab) == [f"Learner {number}" for number in range(72, 90, 3)]
    bench_page.draw(tab, [table(16)])
    expect(tab.get_by_label("Filter")).to_be_hidden()


def test_a_column_may_be_there_to_filter_by_alone(tab: Page) -> None:
    columns = (COLUMNS[0], COLUMNS[1]._replace(hidden=True), *COLUMNS[2:])
    bench_page.draw(tab, [Table("T", columns, map(line, range(30)), "t")])
    assert tab.get_by_role("columnheader").count() == len(COLUMNS) - 1
    tab.get_by_label("Level").select_option("senior")
    assert names(tab) == [f"Learner {number}" for number in range(1, 30, 3)]
    assert tab.locator("tbody tr").first.locator("td").first.inner_text() == "1"


def test_a_wide_table_scrolls_inside_its_own_box(tab: Page) -> None:
    long = [line(number, "A learner of a long name") for number in range(20)]
    bench_page.draw(
        tab,
        [
            Table(
                "T",
                (*COLUMNS, Column("why", "Why", wide=True)),
                [Line(key, (*cells, "late")) for key, cells in long],
                "t",
            )
        ],
    )
    tab.add_style_tag(content="body { margin: 0; } .itpm { box-sizing: border-box; }")
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    inside, box = tab.locator(".scroll").evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert inside > box
    shaded = tab.locator("tbody tr").nth(1).locator("td").nth(2)
    assert shaded.evaluate("one => one.style.getPropertyValue('--full')") == "3%"
