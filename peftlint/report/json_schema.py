"""A JSON schema of what `json` and `jsonl` reports are made of, for programs that read them.

It is in draft 7, as that of the configuration is.
"""

from __future__ import annotations

from typing import Any

from peftlint.homepage import HOME
from peftlint.report.as_json import VERSION
from peftlint.rule import SEVERITIES

Schema = dict[str, Any]


def report_schema() -> Schema:
    """The schema of a `json` report; its definition `finding` is that of a line of `jsonl`."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{HOME}peftlint-report.schema.json",
        "title": "peftlint report",
        "description": "What `peftlint check --output-format json` prints.",
        **_object(
            {
                "version": {
                    "description": "Of this form; it changes when what a program reads is gone "
                    "or means something else, and stays when something comes in addition.",
                    "const": VERSION,
                },
                "findings": {
                    "description": "File by file, and by place within a file.",
                    "type": "array",
                    "items": {"$ref": "#/definitions/finding"},
                },
                "errors": {
                    "description": "What kept files from being checked, a line each.",
                    "type": "array",
                    "items": {"type": "string"},
                },
                "summary": {"$ref": "#/definitions/summary"},
            }
        ),
        "definitions": {
            "finding": _finding(),
            "fix": _fix(),
            "edit": _edit(),
            "place": {
                "description": "A place in a file.",
                **_object({"line": _number("line"), "column": _number("column")}),
            },
            "severity": {"enum": list(SEVERITIES)},
            "summary": _summary(),
        },
    }


def _finding() -> Schema:
    return {
        "description": "What a rule says of one place.",
        **_object(
            {
                "path": _string("The file, as it was named on the command line or found, with /."),
                "code": _string("The rule's code, such as PL201; no two rules ever have one."),
                "name": _string("The rule's name, such as arxiv-pdf-link."),
                "severity": {
                    "description": "How bad it is, as the configuration says.",
                    "$ref": "#/definitions/severity",
                },
                "url": {
                    "description": "The rule's page, or null where a plugin's rule has none.",
                    "type": ["string", "null"],
                },
                "message": _string("What is wrong here; one line. Its words may change any time."),
                "line": _number("line"),
                "column": _number("column"),
                "end_line": _number("line of the place just after it"),
                "end_column": _number("column of the place just after it"),
                "fix": {
                    "description": "How to mend it, or null where the rule does not know.",
                    "anyOf": [{"$ref": "#/definitions/fix"}, {"type": "null"}],
                },
            }
        ),
    }


def _fix() -> Schema:
    return {
        "description": "Edits that are made all together or not at all.",
        **_object(
            {
                "safe": {
                    "description": "Whether the list says and means the same after it.",
                    "type": "boolean",
                },
                "edits": {
                    "description": "By place; they do not overlap. Of two that insert at one "
                    "place, the first one's text comes first.",
                    "type": "array",
                    "items": {"$ref": "#/definitions/edit"},
                },
            }
        ),
    }


def _edit() -> Schema:
    return {
        "description": "A text to put in the place of another; places are those of the file as it "
        "was checked.",
        **_object(
            {
                "start": {"$ref": "#/definitions/place"},
                "end": {
                    "description": "The place just after what goes; the same where nothing does.",
                    "$ref": "#/definitions/place",
                },
                "replacement": {"type": "string"},
            }
        ),
    }


def _summary() -> Schema:
    return {
        "description": "Counts over all files.",
        **_object(
            {
                "files": _count("Files that were checked."),
                "files_with_findings": _count("Of these, files with findings."),
                "entries": _count("Entries in the files checked."),
                "findings": _count("Findings in the report."),
                "severities": {
                    "description": "How many findings are how bad.",
                    **_object({severity: _count() for severity in SEVERITIES}),
                },
                "fixable": _count("Findings that `peftlint fix` mends."),
                "fixable_unsafely": _count("Findings that only --unsafe-fixes mends."),
            }
        ),
    }


def _object(properties: Schema) -> Schema:
    """An object with all these; more may come in the same version."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _string(description: str) -> Schema:
    return {"description": description, "type": "string"}


def _number(what: str) -> Schema:
    unit = "" if "line" in what else ", in code points"
    return {"description": f"The {what}, counted from 1{unit}.", "type": "integer", "minimum": 1}


def _count(description: str = "") -> Schema:
    count: Schema = {"type": "integer", "minimum": 0}
    return {"description": description, **count} if description else count
