"""The JSON Schema of a question, and all the ways a file departs from it, in plain words.

The schema is generated from ``bank.types``; editors use the same one as ``schema.json``.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast, get_args

import msgspec

from itpm_prep.bank.source import Source, join
from itpm_prep.bank.types import CriterionId, Question
from itpm_prep.problems import Problem

if TYPE_CHECKING:  # slow to import, and needed only for a file with faults
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys",
    "null": "left out",
}
_PATTERNS = {  # first letters of a pattern: what it asks for
    "^([A-Z]": "be an id such as SCN-ERP-001",
    "^[a-z]": "be up to 24 small letters, digits and _, beginning with a letter",
    "^[0-9]{4}-": "be a day such as 2026-11-21",
}


@cache
def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one question file."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A question of the itpm_prep bank",
    }
    schema = msgspec.json.schema(Question)
    # msgspec leaves the closed list of a mapping's keys out
    schema["$defs"]["Benchmark"]["properties"]["key"]["propertyNames"] = {"enum": list(get_args(CriterionId))}
    return head | schema


def schema_text() -> str:
    """The content of ``question_bank/schema.json``."""
    return json.dumps(json_schema(), indent=2) + "\n"


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json_schema())


def read_question(source: Source) -> tuple[Question | None, list[Problem]]:
    """The question of a file, or None and every departure from the schema.

    A sound file is converted at once; the validator, which finds all faults, is for the others.
    """
    try:
        return msgspec.convert(source.data, Question), []
    except msgspec.ValidationError as error:
        first = Problem(source.file, 1, "", str(error), "follow the schema")
    return None, faults_of(source) or [first]


def faults_of(source: Source) -> list[Problem]:
    """Every departure of a file from the schema."""
    errors = (leaf for error in _validator().iter_errors(source.data) for leaf in _leaves(error))
    return sorted({problem for error in errors for problem in _problems(error, source)})


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Of "this or nothing" only the part about this: a union with null is an optional key."""
    branches = _schema(error).get("anyOf", [])
    wanted = [place for place, branch in enumerate(branches) if branch.get("type") != "null"]
    if error.validator != "anyOf" or len(wanted) != 1:
        yield error
        return
    for cause in error.context or ():
        if cause.relative_schema_path[0] == wanted[0]:
            yield from _leaves(cause)


def _problems(error: ValidationError, source: Source) -> Iterator[Problem]:
    key, schema = "", _schema(error)
    for part in error.absolute_path:
        key = join(key, part)
    if error.validator == "additionalProperties":
        for extra in sorted(set(cast("dict[str, Any]", error.instance)) - set(schema["properties"])):
            yield _problem(source, join(key, extra), "an unknown key", _known(extra, schema))
    elif error.validator == "required":
        name = error.message.split("'")[1]  # one error for each missing key
        yield _problem(source, join(key, name), "missing", _asked(schema["properties"][name]))
    else:
        yield _problem(source, key, _found(error), _must(error))


def _schema(error: ValidationError) -> dict[str, Any]:
    """The part of the schema that was broken."""
    return cast("dict[str, Any]", error.schema)


def _problem(source: Source, key: str, found: str, must: str) -> Problem:
    return Problem(source.file, source.line(key), key, found, must)


def _known(extra: str, schema: dict[str, Any]) -> str:
    names = list(schema["properties"])
    near = difflib.get_close_matches(extra, names, n=1)
    return f"be left out (did you mean {near[0]}?)" if near else f"be one of {', '.join(names)}"


def _asked(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return f"be there: {_choices(schema['enum'])}"
    kind = "object" if "$ref" in schema else schema.get("type", "")
    return f"be there: {_TYPES.get(kind, 'a value')}"


def _choices(values: list[Any]) -> str:
    return " or ".join(filter(None, [", ".join(map(str, values[:-1])), str(values[-1])]))


def _found(error: ValidationError) -> str:
    value: Any = error.instance
    if value in ("", None):
        return "empty"
    if error.validator in ("minLength", "maxLength"):
        return f"{len(value)} characters long"
    if error.validator in ("minItems", "maxItems"):
        return f"a list of {len(value)}"
    if isinstance(value, list | dict):
        return _TYPES["array" if isinstance(value, list) else "object"]
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _must(error: ValidationError) -> str:
    limit: Any = error.validator_value
    schema = _schema(error)
    match error.validator:
        case "enum":
            return f"be {_choices(limit)}"
        case "type":
            return f"be {_TYPES[limit]}"
        case "anyOf":
            kinds = [branch["type"] for branch in limit]
            return f"be {_choices([_TYPES[kind] for kind in kinds if kind != 'integer'])}"  # also a number
        case "pattern":
            return next(words for start, words in _PATTERNS.items() if limit.startswith(start))
        case "minLength" | "maxLength":
            return f"be {schema.get('minLength', 0)} to {schema['maxLength']} characters long"
        case "minItems" | "maxItems":
            least, most = schema.get("minItems", 0), schema["maxItems"]
            return f"be a list of {least if least == most else f'{least} to {most}'}"
        case "minimum":
            return f"be {limit} or more"
        case "maximum":
            return f"be {limit} or less"
        case _:
            return "follow the schema"
