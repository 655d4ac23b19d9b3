"""The scripts of a page in one file: a browser opens sixty small ones one after the other otherwise.

Voila's front end is a webpack runtime (``voila.js``) and its chunks. A chunk that arrives before the
runtime waits in a list for it, so the chunks the runtime names can stand in front of it in one file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from tornado.web import RequestHandler
from voila.paths import collect_static_paths

# What the front end asks of MathJax before it draws anything. No page of ours holds a formula, so it
# gets something that does nothing instead of a dozen scripts.
NO_MATHJAX = (
    b"window.MathJax = {Hub: {Config() {}, Configured() {}, Queue() {}, Register: {StartupHook() {}}}};"
)


def static_paths() -> list[str]:
    """The folders of Voila's own scripts."""
    paths: list[str] = collect_static_paths(["voila"], "base", prune=True)
    return paths


@cache
def bundle() -> bytes:
    """The chunks that the runtime names, then the runtime."""
    folder = next(place for place in map(Path, static_paths()) if (place / "voila.js").is_file())
    runtime = (folder / "voila.js").read_bytes()
    names = dict.fromkeys(f"{number.decode()}.voila.js" for number in re.findall(rb"\.e\((\d+)\)", runtime))
    chunks = [(folder / name).read_bytes() for name in names if (folder / name).is_file()]
    return b"\n;\n".join([*chunks, runtime])


SCRIPTS: dict[str, Callable[[], bytes]] = {"scripts.js": bundle, "mathjax.js": lambda: NO_MATHJAX}


def address(base_url: str, name: str) -> str:
    """Where a script is served; it changes with the content, so that it may be kept for good."""
    mark = hashlib.sha256(SCRIPTS[name]()).hexdigest()[:16]
    return url_path_join(base_url, "itpm", mark, name)


def configure_page(page: dict[str, Any], *, base_url: str, **_others: Any) -> dict[str, Any]:
    """Voila's hook for what a page is told: where our scripts are."""
    page["itpmScripts"] = address(base_url, "scripts.js")
    page["fullMathjaxUrl"] = address(base_url, "mathjax.js")
    page["mathjaxConfig"] = "none"
    return page


class Scripts(RequestHandler):
    """Serves the scripts."""

    def get(self, name: str) -> None:
        """One script, to be kept by the browser."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.finish(SCRIPTS[name]())
