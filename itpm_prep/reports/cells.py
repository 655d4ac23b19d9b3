"""Texts made fit for the cells of a file: nothing in them runs, nothing in them breaks the file."""

from __future__ import annotations

import pandas as pd

FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""First characters after which a spreadsheet computes (OWASP, "CSV Injection"), full-width ones too."""

_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
# Each control character but tab and line ends becomes its picture: visible, and no fault of the file.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}


def is_text(column: pd.Series) -> bool:
    """Whether the column holds text (``category`` is text that is stored once)."""
    return bool(column.dtype == "str") or isinstance(column.dtype, pd.CategoricalDtype)


def picture(texts: pd.Series) -> pd.Series:
    """Control characters as their pictures, such as U+2400 for NUL; tabs and line ends stay."""
    held = texts.str.contains(_CONTROLS, regex=True, na=False)
    if not held.any():
        return texts
    return texts.mask(held, texts[held].map(lambda text: text.translate(_PICTURES)))


def computes(texts: pd.Series) -> pd.Series:
    """Whether a spreadsheet that opens the text in a CSV file would take it for a formula."""
    return texts.str.startswith(FORMULA_STARTS, na=False)


def defuse(texts: pd.Series) -> pd.Series:
    """Pictures for control characters, and an apostrophe before what would be computed."""
    shown = picture(texts)
    return shown.mask(computes(shown), "'" + shown)


def defuse_one(text: str) -> str:
    """The same for one text."""
    shown = text.translate(_PICTURES)
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown
