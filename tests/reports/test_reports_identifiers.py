from __future__ import annotations

import pandas as pd
import pytest

from itpm_prep.reports.identifiers import (
    IdentifierError,
    Identifiers,
    match,
    read_identifiers,
    read_typed,
    write_list,
)


def learners(**names: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "learner_id": pd.Series(list(names), dtype="str"),
            "name": pd.Series(list(names.values()), dtype="str"),
        }
    )


def read(text: str | bytes, column: str = "Email address") -> Identifiers:
    found = Identifiers()
    read_identifiers(text if isinstance(text, bytes) else text.encode(), "ids.csv", column, found)
    return found


def typed(lines: str) -> Identifiers:
    found = Identifiers()
    read_typed(lines, found)
    return found


CLASS = learners(id1="Ada Lovelace", id2="Ben", id3="Ben", id4="")


@pytest.mark.parametrize(
    "text",
    [
        "learner_id,identifier\nid1,a@x.org\n",
        "name,identifier\nAda Lovelace,a@x.org\n",
        "Student;ID;SIS Login ID;Email address;Section\nADA  lovelace;7;al;a@x.org;1\n",
        "\ufeffName\tEmail address\r\n Ada Lovelace\ta@x.org \r\n",
        'learner_id,name,identifier,reason\nid1,"Somebody, else",a@x.org,none\n\n',
    ],
)
def test_a_table_may_name_learners_by_id_or_name_and_come_from_any_spreadsheet(text):
    assert match(CLASS, read(text))["id1"] == ("a@x.org", "")


@pytest.mark.parametrize("line", ["Ada Lovelace = a@x.org", "ada lovelace,a@x.org", "id1\ta@x.org"])
def test_identifiers_can_be_typed(line):
    assert match(CLASS, typed(f"\n{line}\n\n"))["id1"] == ("a@x.org", "")


def test_a_name_with_a_comma_can_be_typed():
    found = match(learners(id1="Lovelace, Ada"), typed("Lovelace, Ada, a@x.org"))
    assert found == {"id1": ("a@x.org", "")}


@pytest.mark.parametrize("line", ["Ada", "= a@x.org", "Ada =", ","])
def test_a_line_that_names_no_learner_or_no_identifier_is_told(line):
    with pytest.raises(IdentifierError, match="must be a name, =, and an identifier"):
        typed(line)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "needs a first row with learner_id or name"),
        (b"learner_id,name\nid1,Ada\n", "and Email address or identifier; it has learner_id, name"),
        (b"identifier\na@x.org\n", "needs a first row with learner_id or name"),
        ("name,identifier\nJosé,a\n".encode("latin-1"), 'Save it as "CSV UTF-8"'),
        (b"name,identifier\n" + b"x" * 200_000 + b",a\n", "is no table"),
    ],
)
def test_a_file_that_is_no_such_table_is_told_in_one_sentence(content, told):
    with pytest.raises(IdentifierError, match=told):
        read(content)


def test_the_learner_id_goes_before_the_name():
    found = match(CLASS, read("name,learner_id,identifier\nBen,id2,two\nBen,id3,three\nBen,,shared\n"))
    assert (found["id2"], found["id3"]) == (("two", ""), ("three", ""))


def test_one_name_of_two_learners_is_not_guessed():
    found = match(CLASS, typed("Ben = ben@x.org"))
    assert (
        found["id2"]
        == found["id3"]
        == (
            "",
            "2 learners have this name: give the identifier by learner_id",
        )
    )


def test_two_identifiers_for_one_learner_are_told():
    assert match(CLASS, typed("id1 = one\nid1 = two"))["id1"] == ("", "two identifiers: one and two")
    assert match(CLASS, typed("id1 = one\nid1 = one"))["id1"] == ("one", "")


def test_a_learner_without_a_name_is_found_by_the_id_alone():
    assert match(CLASS, Identifiers())["id4"] == ("", "no identifier")
    assert match(CLASS, typed("id4 = four"))["id4"] == ("four", "")


def test_a_learner_called_like_another_ones_id_takes_nothing_from_them():
    found = match(learners(id1="Ada", id2="id1"), typed("id1 = a@x.org"))
    assert {identifier for identifier, _ in found.values()} == {""}


def test_accents_stored_in_another_way_are_the_same_name():
    assert match(learners(id1="Zoe\u0308"), typed("Zo\u00eb = z"))["id1"] == ("z", "")


def test_the_list_of_those_left_out_can_be_filled_in_and_given_back():
    left_out = CLASS.assign(reason="no identifier")
    left_out.loc[0, "name"] = "=1+1, Ada"
    listed = write_list(left_out).decode("utf-8-sig")
    assert "'=1+1, Ada" in listed
    assert match(CLASS, read(write_list(left_out))) == dict.fromkeys(
        CLASS["learner_id"], ("", "no identifier")
    )
    filled = listed.replace(",,no", ",@filled,no")
    assert match(learners(id1="Ada"), read(filled))["id1"] == ("@filled", "")


def test_a_name_that_was_defused_in_our_own_list_is_found_again():
    assert match(learners(id1="=1+1"), read("name,identifier\n'=1+1,a@x.org\n"))["id1"] == ("a@x.org", "")


def test_what_was_given_for_nobody_is_told():
    assert typed("Zoë = z\nBen = b\nid1 = a").unused(CLASS) == ["Zoë"]
