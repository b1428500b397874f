"""The MIME envelope of a submission: one XML part, and perhaps files, which are counted and left."""

import re
from dataclasses import dataclass

NAME = b"xml_submission_file"
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))', re.IGNORECASE)
_FIELD = re.compile(rb'\bname="?([^";\r\n]*)"?', re.IGNORECASE)
_INCOMPLETE = b"*isIncomplete*"  # a field with which a client says that further parts follow


class NoEnvelope(Exception):
    """No multipart body with the part that the protocol asks for."""


@dataclass(frozen=True, slots=True)
class Envelope:
    xml: bytes
    files: int


def read_envelope(content_type: str, body: bytes) -> Envelope:
    """Take a submission apart. A bare XML body is taken too. Raises NoEnvelope."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in ("text/xml", "application/xml"):
        return Envelope(body, 0)
    found = _BOUNDARY.search(content_type)
    if not kind.startswith("multipart/") or not found:
        raise NoEnvelope
    mark = b"--" + (found[1] or found[2]).encode()
    forms, files = [], 0
    for part in _parts(body, mark):
        head, _, content = part.partition(b"\r\n\r\n")
        name = _FIELD.search(head)
        if name and name[1] == NAME:
            forms.append(content)
        elif not name or name[1] != _INCOMPLETE:
            files += 1
    if len(forms) != 1:
        raise NoEnvelope
    return Envelope(forms[0], files)


def _parts(body: bytes, mark: bytes) -> list[bytes]:
    """What stands between the marks. Raises NoEnvelope when the closing one is missing: the body was cut off."""
    pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise NoEnvelope
    return [piece.partition(b"\r\n")[2] for piece in pieces[1:-1]]
