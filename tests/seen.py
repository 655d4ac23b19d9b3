"""A page that is looked at from here, without a browser."""

from __future__ import annotations

from collections.abc import Sequence

from drawn import drawn, of_kind
from ipywidgets import Widget

from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.parts import AnswerForm, EvidencePicker
from itpm_prep.widgets.table import Table


class Seen(Page):
    """A page that remembers its blocks."""

    blocks: tuple[Block, ...] = ()

    def show(self, *blocks: Block, below: Sequence[Widget] = ()) -> None:
        self.blocks = blocks
        super().show(*blocks, below=below)

    @property
    def said(self) -> str:
        """The message above the screen."""
        return str(self._frame.message["words"])

    @property
    def words(self) -> str:
        """The words of the markup alone."""
        return drawn(self.blocks).words

    @property
    def everything(self) -> str:
        """All that can be read on the screen: markup, tables, sentences, anchors, what stands in boxes."""
        told = [self.words]
        for picker in of_kind(self.blocks, EvidencePicker):
            told += [str(picker.spec["answer"]), picker.spec["evidence"], *picker.spec["anchors"]]
        for form in of_kind(self.blocks, AnswerForm):
            told += [str(form.spec["parts"])]
        for table in of_kind(self.blocks, Table):
            told += [str(table.spec["rows"])]
        return " ".join([*told, str([block.spec for block in self.blocks])])
