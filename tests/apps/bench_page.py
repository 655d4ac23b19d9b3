"""Screens drawn by the real module in a real browser, with a kernel that the test plays itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.page import Frame

ADDRESS = "http://localhost/bench"  # a place that the browser trusts with a microphone; never left
PLAIN = """<!doctype html><html lang="en"><meta charset="utf-8"><style>%s</style>
<body><main class="itpm"></main><script type="module">
import app from "/module.js";
const heard = {};
window.sent = [];
window.tell = (message) => heard["msg:custom"](message);
const traits = { screen: %s, message: { words: "", tone: "" } };
const model = {
  get: (name) => traits[name],
  on: (name, run) => (heard[name] = run),
  off: () => {},
  send: (message) => window.sent.push(message),
  widget_manager: { get_model: async () => ({ _handle_comm_msg: async () => {} }) },
};
app.render({ model, el: document.querySelector("main") });
</script></body></html>"""


def draw(page: Page, blocks: Sequence[Block]) -> None:
    """Show a screen; what it sends is collected in ``window.sent``."""
    screen = json.dumps({"number": 1, "blocks": [block.spec for block in blocks]}).replace("<", "\\u003c")
    answer(page, ADDRESS, "text/html", PLAIN % (Frame._css, screen))
    answer(page, "http://localhost/module.js", "text/javascript", Frame._esm)
    page.goto(ADDRESS)
    page.locator(".screen").wait_for()


def answer(page: Page, address: str, kind: str, body: str) -> None:
    """Be the server for one address."""
    page.route(address, lambda route: route.fulfill(content_type=kind, body=body))


def sent(page: Page, kind: str) -> list[dict[str, Any]]:
    """The messages of one kind."""
    messages: list[dict[str, Any]] = page.evaluate("window.sent")
    return [message for message in messages if message.get("kind") == kind]


def tell(page: Page, block: Block, **changes: Any) -> None:
    """What a kernel would say to a block."""
    page.evaluate("message => window.tell(message)", {"block": block.spec["id"], "changes": changes})


def pass_on(page: Page, block: Block, kind: str, seen: int = 0) -> int:
    """Let the block hear what the browser sent of this kind since ``seen``, and the browser its replies."""
    block.send = lambda message: page.evaluate("message => window.tell(message)", message)
    messages = sent(page, kind)
    for message in messages[seen:]:
        block.hear(message)
    return len(messages)
