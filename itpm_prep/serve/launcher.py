"""Starts a kernel of the app server: ``python -m itpm_prep.serve.launcher -f CONNECTION_FILE``.

Such a kernel runs one notebook and has no use for a debugger. The debugger would also be a way to run
code in it, and takes 6 MB of each kernel; ipykernel does without when it cannot be imported.
"""

from __future__ import annotations

import runpy
import sys
from typing import Any


def main() -> None:
    """Run the kernel until it is told to end."""
    missing: dict[str, Any] = {"debugpy": None}
    sys.modules.update(missing)
    runpy.run_module("ipykernel_launcher", run_name="__main__")


if __name__ == "__main__":
    main()
