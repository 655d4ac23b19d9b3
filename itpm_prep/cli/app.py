"""``itpm-prep app``: the apps in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from itpm_prep import settings


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port to answer on; a free one unless told.")
@click.option("--no-browser", is_flag=True, help="Print the address and leave the browser alone.")
@click.option(
    "--max-pages", type=click.IntRange(min=2), default=40, show_default=True, help="Pages open at one time."
)
@click.option("--preheat/--no-preheat", default=True, hidden=True)
@click.option("--notebooks", type=click.Path(exists=True, file_okay=False, path_type=Path), hidden=True)
def app(port: int | None, no_browser: bool, max_pages: int, preheat: bool, notebooks: Path | None) -> None:  # noqa: FBT001 -- click passes flags so
    """Practise in the browser: start the app on this machine.

    Only this machine can reach it. End it with Ctrl-C; nothing that was saved is lost.
    """
    from itpm_prep.bank.compiled import load_bank
    from itpm_prep.serve.config import Limits
    from itpm_prep.serve.server import serve_apps  # Voila takes a second to import

    # The pages then find the bank compiled, and a bank that cannot be used is said here.
    left_out = len({problem.file for problem in load_bank().problems})
    if left_out:
        click.echo(f"{left_out} faulty question file(s) left out: run itpm-prep bank check.", err=True)
    serve_apps(
        notebooks or settings.notebooks_dir(),
        lambda address: click.echo(f"Open {address}"),
        port=port,
        browse=not no_browser,
        limits=Limits(kernels=max_pages, preheat=preheat),
    )
