"""The head of an app with several views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Row

V = TypeVar("V", bound=str)


def view_head(
    title: str, views: Mapping[V, str], view: V, aside: str, on_view: Callable[[V], None]
) -> tuple[Block, ...]:
    """The title with what stands beside it, and the way to the other ``views``, told by their names."""
    buttons = [
        Button(name, "current" if one == view else "plain", partial(on_view, one))
        for one, name in views.items()
    ]
    return Html(markup.heading(title, aside)), Row(*buttons, look="row views")
