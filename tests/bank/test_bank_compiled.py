"""The compiled bank: the same questions in milliseconds, rebuilt whenever it must be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from itpm_prep import settings
from itpm_prep.bank.check import question_files, read_case
from itpm_prep.bank.compiled import Bank, compiled_path, encode_bank, fingerprint, load_bank
from itpm_prep.bank.types import CATEGORY_CODES, SPECIALISATION_CODES, Question
from itpm_prep.problems import BankError

Put = Callable[[str, str], Path]
Sound = Callable[[str], str]
IDS = ("BEH-INF-001", "LDR-GEN-001", "SCN-SOF-001")


@pytest.fixture
def small(sound: Sound, put: Put, folder: Path, home: Path) -> Path:
    """A bank of three questions; ``home`` keeps its compiled form."""
    assert not home.exists()
    for question_id in IDS:
        put(question_id, sound(question_id))
    return folder


def question_in(path: Path) -> Question:
    case, problems = read_case(path, path.name)
    assert case is not None, problems
    return case.question


def test_the_compiled_bank_holds_what_the_files_hold() -> None:
    bank = load_bank(settings.CHECKOUT / "question_bank")
    for path in question_files(settings.CHECKOUT / "question_bank"):
        assert bank.question(path.stem) == question_in(path)
    assert [entry.id for entry in bank.entries] == sorted(entry.id for entry in bank.entries)


def test_a_second_load_reads_the_compiled_file(small: Path) -> None:
    first = load_bank(small)
    compiled = compiled_path(small)
    # the mark of the sources still fits, so a changed title can only come from the compiled file
    questions = [msgspec.structs.replace(first.question(i), title="From the cache") for i in IDS]
    compiled.write_bytes(encode_bank(questions, [], fingerprint(small)))
    assert {entry.title for entry in load_bank(small).entries} == {"From the cache"}


def test_entries_tell_what_lists_need(small: Path) -> None:
    entry = load_bank(small).entries[2]
    assert (entry.id, entry.level, entry.prep_s, entry.target_s, entry.figures) == (
        "SCN-SOF-001",
        "senior",
        150,
        240,
        4,
    )


def test_select_joins_the_choices_and_finds_neighbouring_levels(small: Path, put: Put, sound: Sound) -> None:
    put("BEH-INF-001", sound("BEH-INF-001").replace("level: mid", "level: mid\nlevel_also: [senior]"))
    bank = load_bank(small)
    assert [e.id for e in bank.select(level="senior")] == list(IDS)
    assert [e.id for e in bank.select(level="mid")] == ["BEH-INF-001"]
    assert [e.id for e in bank.select(category="scenario", competency="cost_benefit")] == ["SCN-SOF-001"]
    assert [e.id for e in bank.select(specialisation="general", status="draft")] == ["LDR-GEN-001"]
    assert bank.select(status="retired") == []


def test_an_unknown_id_is_told(small: Path) -> None:
    bank = load_bank(small)
    assert "SCN-SOF-001" in bank
    assert "SCN-SOF-002" not in bank
    assert len(bank) == 3
    with pytest.raises(KeyError, match="no question SCN-SOF-002"):
        bank.question("SCN-SOF-002")


def test_an_edit_a_new_file_and_a_removed_file_are_noticed(small: Path, put: Put, sound: Sound) -> None:
    hashes = [load_bank(small).hash]
    path = put("SCN-SOF-001", sound("SCN-SOF-001").replace("The amber report", "The  red  report"))
    bank = load_bank(small)
    assert bank.question("SCN-SOF-001").title.startswith("The  red")
    hashes.append(bank.hash)
    put("TEC-GEN-001", sound("TEC-GEN-001"))
    hashes.append(load_bank(small).hash)
    path.unlink()
    bank = load_bank(small)
    assert "SCN-SOF-001" not in bank
    assert len({*hashes, bank.hash}) == 4


def test_the_hash_depends_on_the_questions_and_not_on_the_place(small: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    before = load_bank(small).hash
    small.rename(moved)
    (moved / "behavioral" / "BEH-INF-001.yaml").touch()
    assert load_bank(moved).hash == before


@pytest.mark.parametrize("damage", ["cut", "flip", "index", "empty", "text", "header", "folder"])
def test_a_damaged_compiled_file_is_rebuilt_without_a_word(small: Path, damage: str) -> None:
    before = load_bank(small)
    path = compiled_path(small)
    data = path.read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        middle = len(data) - 100
        path.write_bytes(
            {
                "index": data[:100] + b"0" + data[101:],
                "cut": data[:-50],
                "flip": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
                "empty": b"",
                "text": b"not a bank",
                "header": b"{}\n" + data,
            }[damage]
        )
    after = load_bank(small)
    assert after.hash == before.hash
    assert [after.question(i) for i in IDS] == [before.question(i) for i in IDS]
    if damage != "folder":
        assert path.read_bytes() == data


def test_a_broken_file_is_left_out_and_listed(small: Path, put: Put, sound: Sound) -> None:
    broken = put("BEH-INF-001", "id: [\n")
    wrong = put("LDR-GEN-001", sound("LDR-GEN-001").replace("criterion: PPL", "criterion: DIA"))
    for _ in ("built", "from the cache"):
        bank = load_bank(small)
        assert [entry.id for entry in bank.entries] == ["SCN-SOF-001"]
        assert [(p.file, p.rule) for p in bank.problems] == [
            (str(broken), "yaml"),
            (str(wrong), "references"),
        ]


def test_a_fault_of_style_keeps_no_question_from_the_learner(small: Path, put: Put, sound: Sound) -> None:
    put("BEH-INF-001", sound("BEH-INF-001").replace("topics: [RS06", "topics: [XX99"))
    bank = load_bank(small)
    assert len(bank) == 3
    assert bank.problems == ()


def test_an_id_in_two_files_is_taken_once(small: Path, sound: Sound) -> None:
    second = small / "more" / "behavioral" / "BEH-INF-001.yaml"
    second.parent.mkdir(parents=True)
    second.write_text(sound("BEH-INF-001"), encoding="utf-8")
    bank = load_bank(small)
    assert len(bank) == 3
    assert [(p.file, p.rule) for p in bank.problems] == [(str(second), "unique_id")]


def test_a_bank_without_one_sound_question_lists_all_faults(folder: Path, home: Path, put: Put) -> None:
    with pytest.raises(BankError, match="a folder without questions"):
        load_bank(folder)
    put("BEH-INF-001", "")
    put("LDR-GEN-001", "x")
    with pytest.raises(BankError) as caught:
        load_bank(folder)
    assert [p.found for p in caught.value.problems] == ["empty", "a single value"]
    assert not home.exists()


def test_a_missing_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="ITPM_PREP_BASE_BANK"):
        load_bank(tmp_path / "absent")


def test_a_cache_that_cannot_be_written_is_done_without(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("ITPM_PREP_HOME", str(blocked))
    assert load_bank(small).question("BEH-INF-001").id == "BEH-INF-001"
    assert blocked.read_text() == "in the way"


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_folders_made_for_the_cache_are_the_owners_alone(small: Path, home: Path) -> None:
    load_bank(small)
    assert [path.stat().st_mode & 0o777 for path in (home, home / "cache")] == [0o700, 0o700]
    assert [path.name for path in (home / "cache").iterdir()] == [compiled_path(small).name]


LOAD = """
import json, sys
from pathlib import Path
from itpm_prep.bank.compiled import load_bank
bank = load_bank(Path(sys.argv[1]))
bank.question(bank.entries[0].id)
heavy = ("yaml", "jsonschema", "snowballstemmer", "pandas", "ipywidgets")
print(json.dumps([bank.hash, [name for name in heavy if name in sys.modules]]))
"""


def start_load(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", LOAD, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own interpreter)


def test_several_processes_may_compile_at_once_and_the_next_needs_no_yaml(small: Path, home: Path) -> None:
    running = [start_load(small) for _ in range(3)]
    answers = [json.loads(process.communicate()[0]) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    again = json.loads(start_load(small).communicate()[0])
    assert {answer[0] for answer in answers} == {again[0]}
    assert again[1] == []
    assert len(list((home / "cache").iterdir())) == 1


def test_ten_thousand_questions_load(small: Path, tmp_path: Path) -> None:
    model = question_in(small / "scenario" / "SCN-SOF-001.yaml")
    ids = [
        f"{category}-{specialisation}-{number:03}"
        for category in CATEGORY_CODES
        for specialisation in SPECIALISATION_CODES
        for number in range(250)
    ]
    large = tmp_path / "large"
    large.mkdir()
    (large / "stand-in.yaml").touch()  # the mark is that of the folder; its questions come compiled
    questions = [msgspec.structs.replace(model, id=question_id, title=question_id) for question_id in ids]
    compiled_path(large).parent.mkdir(parents=True)
    compiled_path(large).write_bytes(encode_bank(questions, [], fingerprint(large)))
    bank: Bank = load_bank(large)
    assert len(bank) == 10_000
    assert [entry.id for entry in bank.entries] == sorted(ids)
    for question_id in (*ids[:3], *ids[-3:]):
        assert bank.question(question_id) == msgspec.structs.replace(model, id=question_id, title=question_id)
