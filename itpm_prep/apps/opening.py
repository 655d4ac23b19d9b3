"""How every app opens: a page, a visitor, and what to say when it cannot be filled."""

from __future__ import annotations

from collections.abc import Callable

from itpm_prep.problems import PersonError
from itpm_prep.serve.session import wait_for_visitor
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Html
from itpm_prep.widgets.page import Page


def opened(title: str, fill: Callable[[Page], None]) -> Page:
    """A page that ``fill`` has drawn on once somebody looks at it; a fault is said below ``title``."""
    page = Page()
    wait_for_visitor()
    try:
        fill(page)
    except PersonError as fault:
        page.show(Html(markup.heading(title)))
        page.say(str(fault))
    return page
