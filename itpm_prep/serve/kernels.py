"""The kernels of the app server: how many, with which environment, and what a dead one means."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from tornado.web import HTTPError
from traitlets import Integer, default

LAUNCHER = "itpm_prep.serve.launcher"
# Names of variables that a kernel has no use for and that may hold a secret.
_SECRET = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY|ACCESS_KEY|PRIVATE_KEY", re.IGNORECASE)


def without_secrets(environment: dict[str, str]) -> dict[str, str]:
    """The environment less the variables whose names look like secrets."""
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


class AppKernel(ServerKernelManager):
    """One kernel.

    jupyter_server 2.21 looks for the words that take the place of a traceback here and not, where it
    declares them, on the manager of all kernels; without them a fault in a handler kills the page.
    """

    traceback_replacement_message = "Something went wrong."

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The command of the kernel, with our launcher in the place of ipykernel's own."""
        command = super().format_kernel_cmd(extra_arguments)
        return [LAUNCHER if word == "ipykernel_launcher" else word for word in command]


class AppKernelManager(AsyncMappingKernelManager):
    """Starts kernels up to a cap and without secrets, and closes the page of a kernel that ends."""

    kernel_cap = Integer(40, config=True, help="The largest number of kernels at one time.")

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{__name__}.AppKernel"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._starting = 0
        self._closing = False

    def has_room(self, notebook: str) -> bool:
        """Whether one more visitor of ``notebook`` can be served, by a new kernel or a heated one."""
        heated: dict[str, list[asyncio.Task[Any]]] = getattr(self, "_pools", {})  # Voila adds it
        return not self._full() or any(start.done() for start in heated.get(notebook, []))

    def _full(self) -> bool:
        return len(self) + self._starting >= self.kernel_cap

    # jupyter_client declares these methods by assignment from a synchronous form, which mypy cannot
    # match with an override.
    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel; 503 at the cap, but a kernel that is heated up in advance waits for room."""
        environment: dict[str, str] = kwargs.pop("env")
        if environment.get("VOILA_PREHEAT") == "True":
            await self._wait_for_room()
        if self._full() or self._closing:
            raise HTTPError(503)
        self._starting += 1
        try:
            return await super().start_kernel(env=without_secrets(environment), **kwargs)
        finally:
            self._starting -= 1

    async def _wait_for_room(self) -> None:
        while self._full() and not self._closing:
            await asyncio.sleep(0.2)

    async def shutdown_kernel(self, kernel_id: str, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """End a kernel and the connections of its page, so that the page learns of it."""
        await super().shutdown_kernel(kernel_id, *args, **kwargs)
        for connection in list(ZMQChannelsWebsocketConnection._open_sockets):
            if connection.kernel_id == kernel_id:
                connection.websocket_handler.close()

    async def shutdown_all(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """End all kernels, those that are just being started included, and start no more.

        Nothing is lost with a kernel: what was saved is on disk. So they end at once, without being
        interrupted first, which would have each of them complain in the terminal.
        """
        self._closing = True
        while self._starting:
            await asyncio.sleep(0.05)
        await super().shutdown_all(*args, **kwargs, now=True)
