"""Packs: questions of one's own beside the bank, their ids apart, their faults told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from itpm_prep.bank.check import check_bank
from itpm_prep.bank.compiled import Bank, compiled_path, load_bank
from itpm_prep.bank.packs import Part, begin_pack, find_pack, is_prefix, split_id
from itpm_prep.problems import BankError

Put = Callable[[str, str], Path]
Sound = Callable[[str], str]
BEH, LDR = "BEH-INF-001", "LDR-GEN-001"


@pytest.fixture
def base(folder: Path, put: Put, sound: Sound, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank of one question in place of the shipped one; ``home`` keeps its compiled form."""
    assert not home.exists()
    put(BEH, sound(BEH))
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(folder))
    monkeypatch.delenv("ITPM_PREP_BANK", raising=False)
    return folder


@pytest.fixture
def pack(tmp_path: Path, sound: Sound) -> Path:
    """A pack with a question of its own and one that has the id of the bank's."""
    folder = tmp_path / "acme"
    write(folder, LDR, sound(LDR))
    write(
        folder,
        BEH,
        sound("BEH-GEN-001")
        .replace("id: BEH-GEN-001", f"id: {BEH}")
        .replace("specialisation: general", "specialisation: infrastructure"),
    )
    return folder


def write(folder: Path, question_id: str, text: str) -> Path:
    kind = {"BEH": "behavioral", "LDR": "leadership", "SCN": "scenario"}[question_id[:3]]
    path = folder / kind / f"{question_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def use(*packs: Path) -> Bank:
    os.environ["ITPM_PREP_BANK"] = os.pathsep.join(map(str, packs))
    try:
        return load_bank()
    finally:
        del os.environ["ITPM_PREP_BANK"]


def ids(bank: Bank) -> list[str]:
    return [entry.id for entry in bank.entries]


# Used as one bank ---------------------------------------------------------------------------------


def test_a_pack_is_used_beside_the_bank_and_its_ids_begin_with_its_prefix(base: Path, pack: Path) -> None:
    for _ in ("built", "from the cache"):
        bank = use(pack)
        assert ids(bank) == [f"ACME-{BEH}", f"ACME-{LDR}", BEH]
        assert bank.problems == ()
        assert bank.question(f"ACME-{BEH}").id == f"ACME-{BEH}"
        assert bank.question(f"ACME-{BEH}").title != bank.question(BEH).title
        assert len(bank.select(category="behavioral")) == 2
    assert ids(load_bank()) == [BEH]
    assert ids(load_bank(pack)) == [BEH, LDR]  # a folder by itself says what its files say
    assert base.is_dir()


def test_packs_kept_with_the_record_are_used_unasked(base: Path, pack: Path, home: Path) -> None:
    shutil.move(pack, home / "packs" / "acme")
    assert ids(load_bank()) == [f"ACME-{BEH}", f"ACME-{LDR}", BEH]
    assert base.is_dir()


def test_the_prefix_of_pack_yaml_survives_another_name_of_the_folder(base: Path, pack: Path) -> None:
    (pack / "pack.yaml").write_text("prefix: LAB2\n")
    assert f"LAB2-{LDR}" in use(pack)
    assert f"LAB2-{LDR}" in use(pack.rename(pack.with_name("elsewhere")))
    assert base.is_dir()


@pytest.mark.usefixtures("base")
def test_an_edit_of_a_pack_or_of_its_prefix_is_noticed(pack: Path, sound: Sound) -> None:
    before = use(pack)
    write(pack, LDR, sound(LDR).replace("title: ", "title: New, "))
    assert use(pack).question(f"ACME-{LDR}").title.startswith("New, ")
    (pack / "pack.yaml").write_text("prefix: OTHER\n")
    assert ids(use(pack)) == [BEH, f"OTHER-{BEH}", f"OTHER-{LDR}"]
    assert use(pack).hash != before.hash


@pytest.mark.usefixtures("base")
def test_a_replaced_question_of_a_pack_is_one_of_that_pack(pack: Path, sound: Sound, today: date) -> None:
    text = sound(LDR).replace(f"id: {LDR}", "id: LDR-GEN-002\nreplaces: LDR-GEN-001")
    write(pack, "LDR-GEN-002", text)
    write(pack, LDR, sound(LDR).replace("status: draft", "status: retired"))
    assert use(pack).question("ACME-LDR-GEN-002").replaces == f"ACME-{LDR}"
    assert "replaced" not in {fault.rule for fault in check_bank(pack, today).problems}


def test_the_same_folder_named_twice_counts_once(base: Path, pack: Path) -> None:
    assert len(use(pack, pack, base)) == 3


def test_each_set_of_folders_has_its_own_compiled_file(base: Path, pack: Path) -> None:
    assert compiled_path(base) != compiled_path(base, pack) != compiled_path(pack, base)


# Faults of a pack ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("base")
def test_a_faulty_file_of_a_pack_is_left_out_and_said_and_the_rest_is_used(pack: Path) -> None:
    broken = write(pack, LDR, "id: [\n")
    bank = use(pack)
    assert ids(bank) == [f"ACME-{BEH}", BEH]
    assert [problem.file for problem in bank.problems] == [str(broken)]


@pytest.mark.usefixtures("base")
def test_a_file_does_not_write_the_prefix_into_its_id(pack: Path, sound: Sound) -> None:
    write(pack, LDR, sound(LDR).replace(f"id: {LDR}", f"id: ACME-{LDR}"))
    problems = use(pack).problems
    assert {problem.rule for problem in problems} == {"identity"}
    assert any("be without ACME-" in problem.must for problem in problems)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("prefix: acme\n", "a file with prefix: acme"),
        ("prefix: A\n", "a file with prefix: A"),
        ("prefix: ACME\nname: Acme\n", "a file with prefix: ACME, name: Acme"),
        ("prefix: [\n", "not YAML"),
        ("", "empty"),
    ],
)
@pytest.mark.usefixtures("base")
def test_a_pack_without_a_usable_prefix_is_left_out_as_a_whole(content: str, found: str, pack: Path) -> None:
    (pack / "pack.yaml").write_text(content)
    bank = use(pack)
    assert ids(bank) == [BEH]
    (problem,) = bank.problems
    assert problem.file == str(pack / "pack.yaml")
    assert problem.found.startswith(found)


@pytest.mark.usefixtures("base")
def test_a_folder_name_that_gives_no_prefix_asks_for_pack_yaml(pack: Path) -> None:
    bank = use(pack.rename(pack.with_name("2026")))
    assert ids(bank) == [BEH]
    assert "hold pack.yaml with its prefix" in bank.problems[0].must


@pytest.mark.usefixtures("base")
def test_a_pack_that_is_not_there_is_said_and_the_bank_is_used(pack: Path, tmp_path: Path) -> None:
    bank = use(tmp_path / "nowhere", pack)
    assert len(bank) == 3
    assert [(problem.file, problem.rule) for problem in bank.problems] == [
        (str(tmp_path / "nowhere"), "pack")
    ]


@pytest.mark.usefixtures("base")
def test_two_packs_with_one_prefix_do_not_mix(pack: Path, tmp_path: Path) -> None:
    second = shutil.copytree(pack, tmp_path / "other" / "acme")
    bank = use(pack, second)
    assert len(bank) == 3
    assert bank.problems[0].file == str(second)
    assert bank.problems[0].found == f"ACME, as of {pack}"


def test_a_bank_without_a_sound_question_may_still_have_a_pack(base: Path, pack: Path) -> None:
    (base / "behavioral" / f"{BEH}.yaml").write_text("")
    assert ids(use(pack)) == [f"ACME-{BEH}", f"ACME-{LDR}"]
    with pytest.raises(BankError):
        load_bank()


# Checked by the same rules ------------------------------------------------------------------------


def test_a_pack_is_checked_beside_the_bank_by_all_rules(
    base: Path, pack: Path, today: date, sound: Sound
) -> None:
    assert check_bank(base, today, packs=[pack]).files == 3
    copied = write(pack, BEH, sound(BEH).replace("level: mid", "level: mid\nlevel_also: [director]"))
    problems = check_bank(base, today, packs=[pack]).problems
    assert {problem.rule for problem in problems} == {"levels", "duplicate", "anchor_reuse"}
    assert {problem.file for problem in problems} == {str(copied)}
    assert any(f"the stem of {BEH}" in problem.found for problem in problems)


def test_a_pack_not_yet_in_use_is_checked_against_the_bank_when_it_is_named(
    base: Path, pack: Path, today: date
) -> None:
    (pack / "pack.yaml").write_text("prefix: ACME\n")
    report = check_bank(base, today, [pack])
    assert (report.files, report.problems) == (2, ())
    (pack / "pack.yaml").write_text("prefix: acme\n")
    assert "pack" in {problem.rule for problem in check_bank(base, today, [pack]).problems}


def test_faults_of_packs_do_not_show_when_only_a_file_of_the_bank_is_checked(
    base: Path, tmp_path: Path, today: date
) -> None:
    only = [base / "behavioral"]
    assert check_bank(base, today, only, [tmp_path / "nowhere"]).problems == ()


# Names --------------------------------------------------------------------------------------------


def test_an_id_is_parted_into_prefix_and_the_id_of_the_file() -> None:
    assert split_id("ACME-BEH-GEN-001") == ("ACME", "BEH-GEN-001")
    assert split_id("BEH-GEN-001") == ("", "BEH-GEN-001")
    assert split_id("nonsense") == ("", "nonsense")


@pytest.mark.parametrize(("text", "right"), [("AB", True), ("LAB2", True), ("A", False), ("2LAB", False)])
def test_a_prefix_begins_with_a_letter(text: str, right: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert is_prefix(text) is right


def test_a_pack_is_found_by_its_prefix_or_begun_beside_the_others(
    base: Path, pack: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "home" / "packs"
    assert find_pack("acme", base, [pack], kept) == Part(pack, "ACME")
    new = find_pack("Lab2", base, [pack], kept)
    assert new == Part(kept / "lab2", "LAB2")
    begin_pack(new)
    assert (new.folder / "pack.yaml").read_text() == "prefix: LAB2\n"
    assert find_pack("lab2", base, [pack, new.folder], kept) == new
    with pytest.raises(ValueError, match="is there, but is not the pack LAB2"):
        find_pack("lab2", base, [pack], kept)
    with pytest.raises(ValueError, match="2 to 12 capital letters"):
        find_pack("../x", base, [], kept)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_pack_is_begun_for_its_owner_alone_and_what_is_there_stays(tmp_path: Path) -> None:
    part = Part(tmp_path / "home" / "packs" / "acme", "ACME")
    begin_pack(part)
    folders = (part.folder, *part.folder.parents[:2])
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}
    (part.folder / "pack.yaml").write_text("prefix: MINE\n")
    begin_pack(part)
    assert (part.folder / "pack.yaml").read_text() == "prefix: MINE\n"
