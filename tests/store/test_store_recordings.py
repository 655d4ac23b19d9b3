from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itpm_prep import settings
from itpm_prep.problems import NotSaved
from itpm_prep.store.recordings import keep_recording

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_a_recording_lies_in_the_data_folder_for_its_owner_only(home: Path) -> None:
    path = keep_recording("BEH-GEN-001", "audio/webm", b"sound", NOW)
    assert path == home / "recordings" / "BEH-GEN-001-20261122T090000Z.webm"
    assert path.read_bytes() == b"sound"
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path)] == [0o700, 0o600]


def test_a_second_one_of_the_same_moment_gets_a_name_of_its_own(home: Path) -> None:
    first, second = (keep_recording("BEH-GEN-001", "audio/ogg", sound, NOW) for sound in (b"one", b"two"))
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert second.name == "BEH-GEN-001-20261122T090000Z-2.ogg"
    assert {first, second} == set((home / "recordings").iterdir())


@pytest.mark.parametrize("label", ["../../etc/passwd", "a/b", "", "...", "x" * 300, "\0"])
def test_no_label_leads_out_of_the_folder(home: Path, label: str) -> None:
    path = keep_recording(label, "audio/mp4", b"sound", NOW)
    assert path.resolve().parent == (home / "recordings").resolve()
    assert path.suffix == ".m4a"


@pytest.mark.parametrize(("media", "sound"), [("text/html", b"<script>"), ("audio/webm", b"")])
def test_what_is_no_recording_is_refused(home: Path, media: str, sound: bytes) -> None:
    with pytest.raises(NotSaved, match="not a recording"):
        keep_recording("BEH-GEN-001", media, sound, NOW)
    assert not (home / "recordings").exists()


def test_a_folder_that_cannot_be_made_is_said(home: Path) -> None:
    home.mkdir()
    settings.recordings_dir().write_text("a file in its place")
    with pytest.raises(NotSaved, match="cannot be made"):
        keep_recording("BEH-GEN-001", "audio/webm", b"sound", NOW)
