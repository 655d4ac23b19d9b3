"""The working copy of the notebooks, for JupyterLab on an installed package."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from itpm_prep.problems import PersonError

MANIFEST = ".itpm_prep.json"


def refresh_copy(source: Path, copy: Path, version: str) -> list[str]:
    """Bring the notebooks of ``source`` into the folder ``copy``; returns the names left as they are.

    A notebook is copied when it is missing, or when ``version`` differs from the one it came with and
    its cells are still those that were copied: outputs do not count as a change, text and code do.
    Raises ``PersonError`` when the copy cannot be written.
    """
    try:
        copy.mkdir(mode=0o700, parents=True, exist_ok=True)
        given = _read_manifest(copy)
        notebooks = sorted(source.glob("*.ipynb"))
        if given.get("version") == version and all((copy / book.name).exists() for book in notebooks):
            return []
        kept = [book.name for book in notebooks if not _bring(book, copy / book.name, given.get(book.name))]
        marks = {book.name: _mark(copy / book.name) for book in notebooks if book.name not in kept}
        left = {name: given[name] for name in kept if name in given}
        (copy / MANIFEST).write_text(json.dumps({"version": version, **marks, **left}), encoding="utf-8")
    except OSError as error:
        raise PersonError(
            f"The notebooks cannot be copied to {copy}: {error.strerror}. "
            "Let yourself write there, or set ITPM_PREP_HOME to a folder of your own."
        ) from error
    return kept


def _bring(book: Path, target: Path, given: str | None) -> bool:
    """Copy one notebook unless the person has changed it; whether it is now as the package has it."""
    if target.exists() and _mark(target) not in (given, _mark(book)):
        return False
    target.write_bytes(book.read_bytes())
    return True


def _read_manifest(copy: Path) -> dict[str, str]:
    try:
        manifest = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _mark(path: Path) -> str:
    """What a person could have changed: the kinds and sources of the cells."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        content = json.dumps([[cell["cell_type"], "".join(cell["source"])] for cell in cells])
    except (ValueError, KeyError, TypeError):
        return "not a notebook"
    return hashlib.sha256(content.encode()).hexdigest()
