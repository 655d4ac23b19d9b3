"""Changes some keys of a question file and leaves the rest of its text as it is, comments included."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString
from yaml import safe_load

WIDTH = 100
_ID = re.compile("[A-Za-z0-9_]+")
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_ .,;()'%/?!-]*")


def rewrite(text: str, changes: Mapping[str, Any]) -> str:
    """The text of a file with these values in place of its own; None takes a key out.

    ``text`` is YAML that ``bank.source`` lets through. A key such as ``timing.prep_s`` is inside another.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096  # lines stay as long as their author made them
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(text.replace("\r\n", "\n"))
    for key, value in changes.items():
        *path, name = key.split(".")
        place = data
        for part in path:
            place = place[part]
        if value is None:
            place.pop(name, None)
        elif name in place:
            place[name] = _node(value)
        else:
            place.insert(_position(place, name), name, _node(value))
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue().replace("\n", "\r\n") if "\r\n" in text else out.getvalue()


def drop_hints(text: str, keys: set[str]) -> str:
    """A skeleton without the hints behind these keys, which are to be filled in."""
    return re.sub(
        r"(?m)^(\w+)(:.*?)  # .*$", lambda line: line[1] + line[2] if line[1] in keys else line[0], text
    )


def _position(place: Mapping[str, Any], name: str) -> int:
    """Where a new key goes: behind the ones that stand before it in every file."""
    before = _ORDER[: _ORDER.index(name)]
    return max((number for number, key in enumerate(place, 1) if key in before), default=len(place))


_ORDER = (
    *("schema_version", "id", "version", "status", "replaces", "category", "level", "level_also"),
    *("specialisation", "competencies", "title", "context", "exhibits", "figures", "stem", "intent"),
    *("scaffold", "timing", "probes", "strong_points", "red_flags", "criteria", "weight_reason"),
    *("benchmarks", "facts", "topics", "frameworks", "tags"),
)


def _node(value: Any) -> Any:
    """The value in the style of the bank's files: long text folded, ids and caps on one line."""
    if isinstance(value, dict):
        node = CommentedMap((key, _node(part)) for key, part in value.items())
        if not any(isinstance(part, CommentedMap) for part in node.values()):
            node.fa.set_flow_style()
        return node
    if isinstance(value, list):
        items = CommentedSeq(map(_node, value))
        if all(isinstance(part, str) and _ID.fullmatch(part) for part in value):
            items.fa.set_flow_style()
        return items
    return _text_node(value) if isinstance(value, str) else value


def _text_node(text: str) -> Any:
    if "\n" in text:
        return LiteralScalarString(text)
    if len(text) <= WIDTH - 20:
        # What ruamel would leave bare, `on` and `12:30` among it, the bank's reader may take for no text.
        bare = _BARE.fullmatch(text) and safe_load(text) == text
        return text if bare else DoubleQuotedScalarString(text)
    folded = FoldedScalarString(text)
    folded.fold_pos = _breaks(text)  # as ruamel keeps the folds that it has read
    return folded


def _breaks(text: str) -> list[int]:
    """The places of the blanks at which lines end; only single ones, which folding keeps."""
    places: list[int] = []
    start = 0
    for blank in re.finditer(r"(?<=\S) (?=\S)", text):
        following = re.compile(r"\S+").match(text, blank.end())
        if following and following.end() - start > WIDTH:
            places.append(blank.start())
            start = blank.end()
    return places
