"""One question file as plain data, with the line of every key; it refuses whatever YAML can hide.

Only what a question needs is let through: one document, mappings, lists, text, whole and decimal
numbers, ``true`` and ``false``. Bad input never raises here: it comes back as problems.
"""

from __future__ import annotations

import math
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import yaml
from msgspec import Struct

from itpm_prep.problems import Problem

MOST_BYTES = 256 * 1024
MOST_DEPTH = 12
RULE = "yaml"

Loader = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))

_TAG = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS = {"true": True, "false": False, "null": None}


class Source(Struct, frozen=True):
    """What one file holds: ``data`` with text keys, and the line (from 1) of every key path."""

    path: Path
    file: str
    data: dict[str, Any]
    lines: dict[str, int]

    def line(self, key: str) -> int:
        """The line of a key path, or of the nearest part of it that the file has."""
        while key and key not in self.lines:
            key = key[: max(key.rfind("."), key.rfind("["), 0)]
        return self.lines.get(key, 1)


class _RefusedError(Exception):
    """The file cannot be read any further."""

    def __init__(self, line: int, key: str, found: str, must: str) -> None:
        self.place = (line, key, found, must)
        super().__init__(found)


def join(key: str, part: str | int) -> str:
    """A longer key path: ``criteria`` and 2 give ``criteria[2]`` (list places count from 0)."""
    if isinstance(part, int):
        return f"{key}[{part}]"
    return f"{key}.{part}" if key else part


def read_source(path: Path, file: str | None = None) -> tuple[Source | None, list[Problem]]:
    """Read one question file; ``file`` is what problems call it (default: the path).

    Returns the source, or None when the file cannot be used, and everything that is wrong with it.
    """
    name = file or str(path)
    try:
        text = _read_text(path)
    except _RefusedError as refused:
        return None, [Problem(name, *refused.place, RULE)]
    return parse_source(text, path, name)


def parse_source(text: str, path: Path, name: str) -> tuple[Source | None, list[Problem]]:
    """The same for a text that stands, or is to stand, in the file ``path``."""
    problems: list[Problem] = []
    try:
        _survey(text)
        node = yaml.compose(text, Loader=Loader)
        source = Source(path=path, file=name, data={}, lines={})
        build = _Builder(name, source.lines, problems)
        if not isinstance(node, yaml.MappingNode):
            raise _RefusedError(1, "", _kind(node), "be a mapping of keys such as `id:` and `stem:`")
        source.data.update(build.mapping(node, ""))
    except _RefusedError as refused:
        return None, [*problems, Problem(name, *refused.place, RULE)]
    except yaml.YAMLError as error:
        return None, [*problems, Problem(name, _error_line(error), "", _error_text(error), "be YAML", RULE)]
    return (None if problems else source), problems


def _read_text(path: Path) -> str:
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise _RefusedError(0, "", "not a regular file", "be a text file")
        if kind.st_size > MOST_BYTES:
            size = f"{kind.st_size / 1024:,.0f} KB"
            raise _RefusedError(0, "", f"{size} long", f"be at most {MOST_BYTES // 1024} KB")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _RefusedError(0, "", f"not readable ({reason})", "be a file you may read") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _RefusedError(line, "", "not UTF-8 text", "be saved as UTF-8") from error
    if not text.strip():
        raise _RefusedError(0, "", "empty", "hold one question")
    return text


def _survey(text: str) -> None:
    """Refuse, event by event and before anything is built, what could grow or hide."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(line, "", "an anchor or alias (& or *)", "write the text out in full")
        if tag := getattr(event, "tag", None):
            raise _RefusedError(line, "", f"a YAML tag ({tag[:40]})", "be plain text or a number")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _RefusedError(line, "", "a second document (---)", "hold one question per file")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                raise _RefusedError(line, "", f"nested deeper than {MOST_DEPTH}", "nest less deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    if not documents:
        raise _RefusedError(0, "", "empty", "hold one question")


class _Builder:
    """Turns nodes into plain data, noting lines and faults as it goes."""

    def __init__(self, file: str, lines: dict[str, int], problems: list[Problem]) -> None:
        self._file = file
        self._lines = lines
        self._problems = problems

    def mapping(self, node: yaml.MappingNode, key: str) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for name_node, value_node in node.value:
            line = name_node.start_mark.line + 1
            if not isinstance(name_node, yaml.ScalarNode):
                self._fault(line, key, "a key that is a list or mapping", "be a word")
                continue
            place = join(key, name_node.value)
            if name_node.value in data:
                self._fault(line, place, "a key written twice", "be written once")
                continue
            self._lines[place] = line
            data[name_node.value] = self._value(value_node, place)
        return data

    def _value(self, node: yaml.Node, key: str) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return list(self._items(node, key))
        return self._scalar(cast("yaml.ScalarNode", node), key)

    def _items(self, node: yaml.SequenceNode, key: str) -> Iterator[Any]:
        for place, item in enumerate(node.value):
            self._lines[join(key, place)] = item.start_mark.line + 1
            yield self._value(item, join(key, place))

    def _scalar(self, node: yaml.ScalarNode, key: str) -> Any:
        tag, text = node.tag.removeprefix(_TAG), str(node.value)
        if tag in ("str", "timestamp", "value", "merge"):  # days stay text: the schema checks them
            return text
        if tag == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if tag == "float" and _DECIMAL.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        if tag in ("bool", "null") and text.lower() in _WORDS:
            return _WORDS[text.lower()]
        if tag == "null" and not text:
            return None
        must = "be in quotes if it is text, else a plain number, true or false"
        self._fault(node.start_mark.line + 1, key, f"{text[:40]}, which YAML reads as something else", must)
        return None

    def _fault(self, line: int, key: str, found: str, must: str) -> None:
        self._problems.append(Problem(self._file, line, key, found, must, RULE))


def _kind(node: yaml.Node | None) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return "empty" if node is None else "a single value"


def _error_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return int(mark.line) + 1 if mark else 0


def _error_text(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unknown"
    return f"not YAML ({reason})"
