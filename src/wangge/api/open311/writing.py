"""An answer in the form that was asked for: JSON, or XML with the element names of the specification."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as Tree

from django.http import HttpResponse

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
Row = Mapping[str, Any]


class Refused(Exception):
    """A refusal of the specification: a status and what is wrong."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status, self.description = status, description


def rows(form: str, found: Sequence[Row], around: str, each: str, status: int = 200) -> HttpResponse:
    """A list: in JSON an array, in XML ``around`` with one ``each`` for every row."""
    if form == "json":
        return _json(list(found), status)
    root = Tree.Element(around)
    for row in found:
        _into(Tree.SubElement(root, each), row)
    return _xml(root, status)


def one(form: str, row: Row, around: str) -> HttpResponse:
    """A single object."""
    if form == "json":
        return _json(row, 200)
    root = Tree.Element(around)
    _into(root, row)
    return _xml(root, 200)


def refused(form: str, why: Refused) -> HttpResponse:
    found = [{"code": why.status, "description": why.description}]
    return rows(form, found, "errors", "error", why.status)


def _into(element: Tree.Element, row: Row) -> None:
    for name, value in row.items():
        child = Tree.SubElement(element, name)
        if isinstance(value, Mapping):
            _into(child, value)
        elif isinstance(value, list):
            for inner in value:
                _into(Tree.SubElement(child, name.removesuffix("s")), inner)
        else:
            child.text = _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value)
    return "".join(ch for ch in text if ch in "\t\n\r" or ch >= " ")  # what XML 1.0 cannot hold


def _xml(root: Tree.Element, status: int) -> HttpResponse:
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + Tree.tostring(root, encoding="utf-8")
    return _answer(body, "xml", status)


def _json(found: Any, status: int) -> HttpResponse:
    return _answer(json.dumps(found, ensure_ascii=False).encode(), "json", status)


def _answer(body: bytes, form: str, status: int) -> HttpResponse:
    answer = HttpResponse(body, status=status, content_type=TYPES[form])
    answer["Cache-Control"] = "no-store"
    answer["Access-Control-Allow-Origin"] = "*"  # the specification asks for it; what is answered is public
    return answer
