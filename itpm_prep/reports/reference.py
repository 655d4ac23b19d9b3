"""The reference of all frames: in the docstrings, and as a table of the README."""

from __future__ import annotations

from typing import TypeVar

from itpm_prep.reports.columns import FRAMES

Documented = TypeVar("Documented", bound=type)


def documented(kind: Documented) -> Documented:
    """Add to the docstring of each frame, an attribute of ``kind``, its columns."""
    for name, columns in FRAMES.items():
        frame = vars(kind)[name]
        lines = (f"    {column} ({about.dtype}): {about.meaning}" for column, about in columns.items())
        frame.__doc__ = f"{frame.__doc__}\n\n" + "\n".join(lines)
    kind.__doc__ = (
        f"{kind.__doc__}\n\n    Frames: {', '.join(FRAMES)}; help(Frames.attempts) tells the columns."
    )
    return kind


def reference(kind: type) -> str:
    """The Markdown table of all frames; what a row is says the first line of each frame's docstring."""
    lines = ["| Frame | Column | Type | Meaning |", "|---|---|---|---|"]
    for name, columns in FRAMES.items():
        told = str(vars(kind)[name].__doc__).splitlines()[0]
        lines.append(f"| **{name}** | | | {_cell(told)} |")
        lines += [f"| | `{column}` | {one.dtype} | {_cell(one.meaning)} |" for column, one in columns.items()]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
