"""What ``cohort()`` gives: the app when it is displayed, and the frames as attributes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from itpm_prep.apps.cohort.controller import CohortApp
from itpm_prep.bank.compiled import load_bank
from itpm_prep.problems import PersonError
from itpm_prep.serve.session import wait_for_visitor
from itpm_prep.store.cohort import Cohort, open_cohort
from itpm_prep.store.local import open_record
from itpm_prep.widgets import cohort_screen, markup
from itpm_prep.widgets.blocks import Html
from itpm_prep.widgets.page import Page

if TYPE_CHECKING:
    from itpm_prep.reports.frames import Frames


def cohort(handed_in: Cohort | None = None) -> CohortView:
    """The cohort app when it is displayed, and the frames behind it as attributes.

    ``cohort()`` as the last line of a notebook cell draws the app; ``cohort().learners`` is a DataFrame.
    ``handed_in`` is the instructor's own class unless another is given (``store.cohort.open_cohort``). The
    attributes, their columns, units and meaning are those of ``reports.frames.Frames``.
    """
    wait_for_visitor()
    return CohortView(handed_in)


class CohortView:
    """Reads the class once, when a frame is first asked for.

    Every attribute of ``reports.frames.Frames`` is one of this; asking for it raises ``StoreError`` when
    the class cannot be read. The app says the same on the screen, and reads the class itself.
    """

    def __init__(self, handed_in: Cohort | None) -> None:
        self._handed_in = handed_in
        self._frames: Frames | None = None

    @property
    def frames(self) -> Frames:
        """All frames, as they stood when one was first asked for; raises ``StoreError``."""
        if self._frames is None:
            from itpm_prep.reports.frames import frames_of  # pandas: drawing the app does without
            from itpm_prep.reports.source import source_of_cohort

            self._frames = frames_of(source_of_cohort(self._handed_in or open_cohort()), load_bank(), _now())
        return self._frames

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in _public():
            raise AttributeError(name)
        return getattr(self.frames, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_public()})

    def __repr__(self) -> str:
        return repr(self.frames)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return self.draw()._repr_mimebundle_()

    def draw(self, clock: Callable[[], datetime] | None = None) -> Page:
        """The app as a widget; days are told in the time zone of the clock (this machine's)."""
        page = Page()
        try:
            handed_in = self._handed_in or open_cohort()
            CohortApp(page, handed_in, open_record(), load_bank(), clock or _now).open()
        except PersonError as fault:
            page.show(Html(markup.heading(cohort_screen.TITLE)))
            page.say(str(fault))
        return page


def _public() -> set[str]:
    """The public attributes of the frames."""
    from itpm_prep.reports.frames import Frames

    found = {*dir(Frames), *Frames.__dataclass_fields__}
    return {name for name in found if not name.startswith("_")}


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
