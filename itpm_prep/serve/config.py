"""The configuration of the app server, as one traitlets ``Config``. No file on disk is read."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct
from traitlets.config import Config

from itpm_prep.serve.kernels import AppKernelManager
from itpm_prep.serve.pages import LocalVisitor
from itpm_prep.serve.scripts import configure_page

TEMPLATES = Path(__file__).resolve().parent / "template"
TEMPLATE = "itpm"
EXTENSIONS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]
PREHEATED = "mock_interview.ipynb"


class Limits(Struct, frozen=True, kw_only=True):
    """What the server spends: kernels at a time, whether one is heated up in advance, idle seconds."""

    kernels: int = 40
    preheat: bool = True
    idle_s: int = 2 * 60 * 60
    cull_every_s: int = 300


def configure(notebooks: Path, limits: Limits, port: int) -> Config:
    """The configuration for a folder of notebooks."""
    return Config(
        {
            "Voila": {
                "root_dir": str(notebooks),
                "ip": "127.0.0.1",
                "port": port,
                "identity_provider_class": LocalVisitor,
                "log_level": "ERROR",
                "tornado_settings": _web_settings(port),
            },
            "VoilaConfiguration": _page_settings(
                preheat=limits.preheat and (notebooks / PREHEATED).is_file()
            ),
            "VoilaKernelManager": {
                "preheat_denylist": [rf".*/(?!{re.escape(PREHEATED)}$)[^/]*$"],
                # Seconds until the next kernel is heated up: the page that was just asked for goes first.
                "fill_delay": 5,
            },
            "AppKernelManager": {"kernel_cap": limits.kernels},
            "MappingKernelManager": {
                "allow_tracebacks": False,
                "cull_idle_timeout": limits.idle_s,
                "cull_interval": limits.cull_every_s,
                "cull_connected": True,
            },
            # Elsewhere the names of the sockets may be longer than the system allows.
            "KernelManager": {"transport": "ipc" if sys.platform == "linux" else "tcp"},
            # A kernel that died has lost its page; a new one in its place would only look alive.
            "KernelRestarter": {"restart_limit": 0},
            "TemplateExporter": {"extra_template_basedirs": [str(TEMPLATES)]},
        }
    )


def _page_settings(*, preheat: bool) -> dict[str, Any]:
    """One template, no source, no traceback, no file, and no browser extension but those of the widgets."""
    return {
        "template": TEMPLATE,
        "theme": "light",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "strip_sources": True,
        "show_tracebacks": False,
        "file_allowlist": [],
        "extension_allowlist": EXTENSIONS,
        "multi_kernel_manager_class": AppKernelManager,
        "page_config_hook": configure_page,
        "preheat_kernel": preheat,
        "default_pool_size": 1,
    }


def _web_settings(port: int) -> dict[str, Any]:
    """Only this machine's names are answered, and a page may only talk to its own server."""
    own = f"'self' ws://127.0.0.1:{port} ws://localhost:{port}"
    policy = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"media-src 'self' blob:; connect-src {own} data: blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
    return {"allow_remote_access": False, "headers": {"Content-Security-Policy": policy}}
