"""Small notebooks, so that these tests depend on no app."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

COUNTER = """
import ipywidgets
from itpm_prep.serve.session import wait_for_visitor
wait_for_visitor()
count, box, button = ipywidgets.Label("0"), ipywidgets.Text(), ipywidgets.Button(description="Add")
button.on_click(lambda _: setattr(count, "value", str(int(count.value) + 1)))
ipywidgets.VBox([count, box, button])
"""
BROKEN = "secret_name = 1\nraise RuntimeError('secret message')"
FAILING = """
import ipywidgets
button = ipywidgets.Button(description="Fail")
button.on_click(lambda _: 1 / 0)
button
"""
ENVIRONMENT = """
import os
import ipywidgets
ipywidgets.Label("names: " + " ".join(sorted(os.environ)))
"""


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """A folder with a start page, a preheated page, and pages that go wrong."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    sources = {
        "start": COUNTER,
        "mock_interview": COUNTER,
        "broken": BROKEN,
        "failing": FAILING,
        "environment": ENVIRONMENT,
    }
    for name, source in sources.items():
        title = name.replace("_", " ").capitalize()
        cells = [nbformat.v4.new_markdown_cell(f"# {title}"), nbformat.v4.new_code_cell(source)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / f"{name}.ipynb")
    (folder / "notes.txt").write_text("private")
    return folder
