"""What the server answers besides Voila's own parts: the way to the start page, limits, error pages."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, RequestHandler
from voila.tornado.handler import TornadoVoilaHandler

START = "voila/render/start.ipynb"


class AppPage(TornadoVoilaHandler):
    """One notebook, rendered; 503 when every kernel is taken."""

    async def prepare(self) -> None:
        """Give the page its cross-site token: without it a closing tab cannot end its kernel."""
        await super().prepare()
        self.xsrf_token  # noqa: B018  # reading it sets the cookie

    async def get(self, path: str = "") -> None:
        """Render the notebook at ``path``."""
        if not self.kernel_manager.has_room(path):
            raise HTTPError(503)
        await super().get(path=path)


class ToStart(JupyterHandler):
    """The root leads to the start page."""

    def get(self) -> None:
        """Redirect."""
        self.redirect(url_path_join(self.base_url, START))


class NoSuchPage(JupyterHandler):
    """Every other address."""

    def get(self) -> None:
        """Say that there is nothing here."""
        raise HTTPError(404)


class LocalVisitor(IdentityProvider):
    """Whoever reaches this machine's own address is the learner."""

    async def get_user(self, _handler: RequestHandler) -> User:
        """Everybody is the learner."""
        return User(username="learner")

    def get_handlers(self) -> list[tuple[Any, ...]]:
        """No login pages."""
        return []
