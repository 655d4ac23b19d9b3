"""What ``progress()`` and ``cohort()`` give: an app when it is displayed, and the frames as attributes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from itpm_prep.apps.opening import opened
from itpm_prep.widgets.page import Page

if TYPE_CHECKING:
    from itpm_prep.reports.frames import Frames

Clock = Callable[[], datetime]


class FramesView(ABC):
    """Reads the facts once, when a frame is first asked for.

    Every attribute of ``reports.frames.Frames`` is one of this; asking for it raises ``StoreError`` when
    the facts cannot be read. The app says the same on the screen, and reads the facts itself.
    """

    title: ClassVar[str]

    def __init__(self) -> None:
        self._frames: Frames | None = None

    @abstractmethod
    def _read(self) -> Frames:
        """The frames as they stand now; raises ``StoreError``."""

    @abstractmethod
    def _open(self, page: Page, clock: Clock) -> None:
        """Draw the first screen of the app."""

    @property
    def frames(self) -> Frames:
        """All frames, as they stood when one was first asked for; raises ``StoreError``."""
        if self._frames is None:
            self._frames = self._read()
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

    def draw(self, clock: Clock | None = None) -> Page:
        """The app as a widget; days are told in the time zone of the clock (this machine's)."""
        return opened(self.title, lambda page: self._open(page, clock or local_now))


def local_now() -> datetime:
    """The time, in the zone of this machine."""
    return datetime.now(UTC).astimezone()


def _public() -> set[str]:
    """The public attributes of the frames."""
    from itpm_prep.reports.frames import Frames  # pandas: drawing an app does without

    found = {*dir(Frames), *Frames.__dataclass_fields__}
    return {name for name in found if not name.startswith("_")}
