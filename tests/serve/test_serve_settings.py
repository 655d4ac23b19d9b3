"""What the app server is told, and what the working copy of the notebooks survives, without a server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.serve.config import PREHEATED, TEMPLATE, TEMPLATES, Limits, configure
from itpm_prep.serve.kernels import without_secrets
from itpm_prep.serve.pages import START
from itpm_prep.serve.workspace import MANIFEST, refresh_copy


def policy(port: int = 8900) -> dict[str, list[str]]:
    """The Content-Security-Policy: directive and its sources."""
    config = configure(Path("notebooks"), Limits(), port)
    text = config.Voila.tornado_settings["headers"]["Content-Security-Policy"]
    return {name: sources for name, *sources in map(str.split, text.split(";"))}


def test_only_this_machine_is_answered_on_the_port_that_was_asked_for() -> None:
    voila = configure(Path("notebooks"), Limits(), 8123).Voila
    assert (voila.ip, voila.port, voila.root_dir) == ("127.0.0.1", 8123, "notebooks")
    assert voila.tornado_settings["allow_remote_access"] is False


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 65535))
def test_a_page_may_load_from_nowhere_else_and_talks_to_its_own_port_only(port: int) -> None:
    sources = {source for listed in policy(port).values() for source in listed}
    addresses = {source for source in sources if "//" in source}
    assert addresses == {f"ws://127.0.0.1:{port}", f"ws://localhost:{port}"}
    assert "*" not in sources
    assert policy(port)["default-src"] == ["'self'"]


def test_no_other_page_may_hold_ours_in_a_frame() -> None:
    assert policy()["frame-ancestors"] == ["'none'"]
    assert policy()["object-src"] == ["'none'"]


def test_a_page_shows_no_source_no_traceback_and_no_file() -> None:
    config = configure(Path("notebooks"), Limits(), 1)
    page = config.VoilaConfiguration
    assert page.strip_sources is True
    assert page.show_tracebacks is False
    assert page.file_allowlist == []
    assert config.MappingKernelManager.allow_tracebacks is False


def test_the_template_that_pages_are_drawn_with_comes_with_the_package() -> None:
    config = configure(Path("notebooks"), Limits(), 1)
    assert config.VoilaConfiguration.template == TEMPLATE
    assert config.TemplateExporter.extra_template_basedirs == [str(TEMPLATES)]
    assert (TEMPLATES / TEMPLATE / "index.html.j2").is_file()


@pytest.mark.parametrize(
    ("wanted", "there", "heated"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_a_kernel_is_heated_only_when_wanted_and_when_there_is_a_page_for_it(
    wanted: bool,  # noqa: FBT001
    there: bool,  # noqa: FBT001
    heated: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    if there:
        (tmp_path / PREHEATED).touch()
    config = configure(tmp_path, Limits(preheat=wanted), 1)
    assert config.VoilaConfiguration.preheat_kernel is heated


def test_the_limits_reach_the_kernels() -> None:
    config = configure(Path("notebooks"), Limits(kernels=3, idle_s=60, cull_every_s=5), 1)
    assert config.AppKernelManager.kernel_cap == 3
    assert (config.MappingKernelManager.cull_idle_timeout, config.MappingKernelManager.cull_interval) == (
        60,
        5,
    )


def test_the_way_in_leads_to_a_notebook_that_is_there() -> None:
    from itpm_prep.settings import notebooks_dir

    assert (notebooks_dir() / Path(START).name).is_file()
    assert (notebooks_dir() / PREHEATED).is_file()


@pytest.mark.parametrize(
    "name",
    ["GITHUB_TOKEN", "my_secret", "DB_PASSWORD", "API_KEY", "APIKEY", "AWS_ACCESS_KEY_ID", "Credentials"],
)
def test_a_kernel_never_sees_a_secret(name: str) -> None:
    assert without_secrets({name: "x", "PATH": "/bin", "ITPM_PREP_HOME": "/h", "KEYBOARD": "de"}) == {
        "PATH": "/bin",
        "ITPM_PREP_HOME": "/h",
        "KEYBOARD": "de",
    }


def book(folder: Path, code: str, name: str = "start") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": code, "outputs": []}]}))
    return path


@pytest.mark.parametrize("content", ["[]", "1", '"1"', "null", "{", ""])
def test_a_list_of_copies_that_is_none_is_written_anew(content: str, tmp_path: Path) -> None:
    book(tmp_path / "source", "first")
    copy = tmp_path / "copy"
    refresh_copy(tmp_path / "source", copy, "1")
    (copy / MANIFEST).write_text(content)
    assert refresh_copy(tmp_path / "source", copy, "1") == []
    assert json.loads((copy / MANIFEST).read_text())["version"] == "1"


def test_a_notebook_that_came_with_a_new_version_is_added_beside_a_changed_one(tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    book(source, "first")
    refresh_copy(source, copy, "1")
    mine = book(copy, "mine")
    book(source, "second")
    new = book(source, "new", "progress")
    assert refresh_copy(source, copy, "2") == ["start.ipynb"]
    assert (copy / new.name).read_bytes() == new.read_bytes()
    assert "mine" in mine.read_text()


def test_a_change_taken_back_is_refreshed_again(tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    book(source, "first")
    refresh_copy(source, copy, "1")
    book(copy, "mine")
    book(source, "second")
    refresh_copy(source, copy, "2")
    book(copy, "first")
    assert refresh_copy(source, copy, "3") == []
    assert "second" in (copy / "start.ipynb").read_text()


def test_a_copy_that_is_no_notebook_any_more_is_left_as_it_is(tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    book(source, "first")
    refresh_copy(source, copy, "1")
    (copy / "start.ipynb").write_text("half written")
    assert refresh_copy(source, copy, "2") == ["start.ipynb"]
    assert (copy / "start.ipynb").read_text() == "half written"
