"""LibreOffice without a screen: what a real spreadsheet makes of a file."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

# Commas, quotes, UTF-8, from row 1, and every sheet into a file of its own.
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def convert(to: str, folder: Path, *files: Path) -> None:
    """Open files and save them as another kind into a folder; skips where there is no LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        reason = "no LibreOffice found: apt-get install libreoffice-calc-nogui"
        (pytest.fail if os.environ.get("ITPM_PREP_REQUIRE_OFFICE") == "1" else pytest.skip)(reason)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 -- our own arguments


def sheets(workbook: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Sheet name to the rows of cells that LibreOffice shows."""
    convert(_EVERY_SHEET, folder, workbook)
    found = {}
    for path in folder.glob(f"{workbook.stem}-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem.removeprefix(f"{workbook.stem}-")] = list(csv.reader(file))
    return found
