"""``itpm-prep lab``: the same notebooks in JupyterLab."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click

from itpm_prep import settings


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port to answer on; a free one unless told.")
@click.option("--no-browser", is_flag=True, help="Print the address and leave the browser alone.")
def lab(port: int | None, no_browser: bool) -> None:  # noqa: FBT001 -- click passes flags so
    """Open the same notebooks in JupyterLab.

    From an installed package they are a working copy in your data folder; what you change there
    stays as it is. End it with Ctrl-C.
    """
    from jupyterlab.labapp import LabApp  # takes a second to import

    from itpm_prep.serve.server import bind

    listener, bound = bind(port)
    listener.close()  # JupyterLab opens the port itself
    arguments = [
        f"--ServerApp.root_dir={_notebooks()}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={bound}",
        "--LabApp.default_url=/lab/tree/start.ipynb",
        "--ServerApp.answer_yes=True",
        # Nothing leaves the machine unasked; JupyterLab itself asks once whether it may fetch its news.
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--ServerApp.allow_root=True",  # containers have no one else; it is still this machine only
        "--log-level=WARN",
    ]
    if no_browser:
        arguments.append("--no-browser")
    LabApp.launch_instance(arguments)


def _notebooks() -> Path:
    """The folder to work in: the checkout's own, or a copy that a new version may refresh."""
    if settings.is_checkout():
        return settings.notebooks_dir()
    from itpm_prep.serve.workspace import refresh_copy

    copy = settings.home() / "notebooks"
    for name in refresh_copy(settings.notebooks_dir(), copy, version("itpm_prep")):
        click.echo(f"{copy / name} holds changes of yours and was left as it is.", err=True)
    return copy
