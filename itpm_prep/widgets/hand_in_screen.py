"""Handing in at the instructor's: files dropped or a folder named, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, FileDrop, Handed, Html, Input, Row
from itpm_prep.widgets.table import Column, Line, Table

FILE_BYTES = 6_000_000
"""Bytes of one file that comes through the page; larger ones are read from a folder."""
RESULTS = (
    Column("file", "File"),
    Column("state", "Result", choose=True),
    Column("learner", "Learner"),
    Column("added", "New", number=True),
    Column("known", "Known", number=True, hint="There already, and passed over"),
    Column("problems", "What could not be used, and why", wide=True),
)
CLASHES = (
    Column("learner", "Learner"),
    Column("kind", "Kind", choose=True),
    Column("id", "Id"),
    Column("contents", "Contents", number=True),
)


class BundleDrop(FileDrop):
    """A place for a class's files."""

    MOST = 500


class HandInScreen:
    """The form and the results; ``on_files`` and ``on_folder`` merge, and give what is to be shown."""

    def __init__(
        self, on_files: Callable[[Sequence[Handed]], None], on_folder: Callable[[str], None], folder: str
    ) -> None:
        label = "Drop the learners' files here, or choose them"
        self._drop = BundleDrop(label, ".jsonl,.json,.zip", FILE_BYTES, on_files)
        hint = "A folder on the machine that itpm_prep runs on; the folders inside it are read, too."
        self._folder = Input("Or a folder", "text", folder, hint)
        self._on_folder = on_folder
        self._said = Html()
        self._results = Row(look="wide")

    def blocks(self, act: Callable[[Callable[[], None]], Callable[[], None]]) -> tuple[Block, ...]:
        """The form as it was left, with the results below it."""
        words = (
            "Learners save these files under Progress, Hand in. The same file twice, or in another order, "
            "changes nothing. Whatever cannot be used is listed with the reason, and nothing of it is run. "
            f"Files of more than {FILE_BYTES // 1_000_000} MB, or a whole class in one ZIP archive: put them "
            "into a folder and name it."
        )
        read = Button("Read the folder", "", act(lambda: self._on_folder(self._folder.value)))
        return (
            Html(markup.text(words, "p", "gap")),
            self._drop,
            Row(self._folder, read, look="keep"),
            self._said,
            self._results,
        )

    def say(self, words: str, *, warn: bool = False) -> None:
        """What came of it, in a sentence; or that it is being done."""
        self._said.update(value=f'<div role="status">{markup.note(words, "warn" if warn else "")}</div>')

    def list_results(self, lines: Sequence[Line], clashes: Sequence[Line]) -> None:
        """Each file with what came of it, and ids that stand for several contents."""
        tables = [Table("Files handed in", RESULTS, lines, "handed_in", sort="-problems")] if lines else []
        if clashes:
            tables.append(Table("One id, several contents: all are kept", CLASHES, clashes, "clashes"))
        self._results.fill(*tables)


def summed(files: int, added: int, known: int, faulty: int) -> str:
    """A hand-in in one sentence."""
    listed = f"; {markup.plural(faulty, 'file')} with something that could not be used, listed below"
    return (
        f"{markup.plural(files, 'file')} read: {added:,} new, {known:,} known already"
        f"{listed if faulty else ''}."
    )


def result_line(
    number: int, name: str, learner: str, sender: str, added: int, known: int, problems: Iterable[str]
) -> Line:
    """One file's line; ``sender`` is the reviewer whose ratings it holds."""
    told = " ".join(problems)
    state = "Not used" if told and not learner else "With faults" if told else "New" if added else "Known"
    whose = f"{learner}, reviews by {sender}" if sender else learner
    return Line(str(number), (name, state, whose, added, known, told or (None, "")))
