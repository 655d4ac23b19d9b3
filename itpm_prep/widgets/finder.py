"""A list with filters above it, such as those of the question bank and of the answers in progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Generic, NamedTuple, TypeVar

from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import LEVELS
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Html, Input, Item, Listing, Row, Select

ANY = {"": "All"}
W = TypeVar("W", bound=NamedTuple)


class Filter(NamedTuple):
    """What can be chosen for one field of a wish: its values by their names; "" asks for nothing."""

    label: str
    field: str
    options: Mapping[str, str]


CATEGORY = Filter("Category", "category", CATEGORY_NAMES)
LEVEL = Filter("Level", "level", {one: one.capitalize() for one in LEVELS})


def filter_row(
    wish: Mapping[str, str], filters: Sequence[Filter], hint: str, on_change: Callable[[str, str], None]
) -> Row:
    """The filters as ``wish`` has them, its "words" last; ``on_change`` gets a field and its new value."""
    selects = [
        Select(label, {**ANY, **options}, wish[field], partial(on_change, field))
        for label, field, options in filters
    ]
    words = Input("Words", "search", wish["words"], hint, partial(on_change, "words"))
    return Row(*selects, words, look="filters gap")


def found_words(count: int, thing: str) -> str:
    """How many fit, or what to do where none does."""
    return markup.plural(count, thing) if count else f"No {thing} fits. Take a filter away."


class Finder(Generic[W]):
    """Filters above what fits them; ``find`` gives that for a wish, ``on_open`` gets the line pressed.

    The wish has a field of text for each of ``filters``, and one for ``words``, which ``hint`` explains;
    ``thing`` is what one line is called.
    """

    thing: ClassVar[str]
    filters: ClassVar[Sequence[Filter]]
    hint: ClassVar[str]

    def __init__(self, wish: W, find: Callable[[W], Sequence[Item]], on_open: Callable[[str], None]) -> None:
        self._wish, self._find, self._on_open = wish, find, on_open

    def blocks(self) -> tuple[Block, ...]:
        """The filters as they were left, how many fit, and the list."""
        count, listing = Html(), Listing([], self._on_open)

        def refill() -> None:
            found = self._find(self._wish)
            words = found_words(len(found), self.thing)
            count.update(value=f'<p class="quiet gap" role="status">{words}</p>')
            listing.fill(found)

        def ask(field: str, value: str) -> None:
            self._wish = self._wish._replace(**{field: value})
            refill()

        refill()
        return filter_row(self._wish._asdict(), self.filters, self.hint, ask), count, listing
