"""From a file of divisions to rows. The only parser of these files; it writes nothing.

The form: comma-separated text with a heading line, one line per community or village, in UTF-8 (with or without a
byte order mark) or GB 18030. Other columns may stand beside those needed.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from wangge.base.problems import Problem
from wangge.domains.places.divisions import Reading, Refusal, Row
from wangge.domains.places.rules import NAME_LENGTH, is_statistical
from wangge.domains.places.spelling import normalise

COLUMNS = ("code12", "county_code", "county", "town_code", "town", "village")
LARGEST = 20 * 1024 * 1024  # bytes; a city is a fifth of a megabyte, the whole country 70
UNREADABLE = "\ufffd"
#: What other programs write first: a workbook, a PDF, an old workbook, a picture, a compressed file.
OTHER_KINDS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"\xff\xfe")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_divisions(stream: BinaryIO) -> Reading:
    """The rows of a file of divisions and the refusals, line by line. Raises Problem for what is no such file."""
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Problem("file_too_large", field="file", megabytes=LARGEST >> 20)
    text = enumerate(re.split("\r\n|\n|\r", _decode(content)), 1)
    lines = [(number, line) for number, line in text if line.strip()]
    if not lines:
        raise Problem("place_file_empty", field="file")
    places = _columns(lines[0][1])
    taken: list[Row] = []
    refused: list[Refusal] = []
    for number, line in lines[1:]:
        cells = _cells(line)
        row = _row(number, cells, places)
        if isinstance(row, Row):
            taken.append(row)
        else:
            refused.append(row)
    return _together(taken, refused)


def _decode(content: bytes) -> str:
    """The text of a file. A few damaged bytes make a few unreadable lines, not another encoding."""
    if content.startswith(OTHER_KINDS) or b"\x00" in content:
        raise Problem("not_a_text_file", field="file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        damaged = content.decode("utf-8-sig", errors="replace")
    if 20 * damaged.count(UNREADABLE) < sum(char > "\u2fff" for char in damaged):
        return damaged
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise Problem("encoding_unknown", field="file") from error
    if CONTROL.search(text):
        raise Problem("not_a_text_file", field="file")
    return text


def _columns(heading: str) -> dict[str, int]:
    """Where each needed column stands. Raises Problem with what is missing and what was found."""
    found = [normalise(cell) for cell in _cells(heading) or [heading]]
    if missing := [name for name in COLUMNS if name not in found]:
        shown = [UNREADABLE.join(cell.split(UNREADABLE))[:30] for cell in found[:12]]
        raise Problem("columns_missing", field="file", missing=", ".join(missing), found=", ".join(shown))
    return {name: found.index(name) for name in COLUMNS} | {"": len(found)}


def _cells(line: str) -> list[str]:
    """The cells of one line; empty when its quotes do not close. A name never holds a line break."""
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return []


def _row(number: int, cells: list[str], places: dict[str, int]) -> Row | Refusal:
    if len(cells) != places[""]:
        code = next((cell for cell in map(normalise, cells) if is_statistical(cell)), "")
        return Refusal(number, code, "cells_do_not_fit", {"found": len(cells), "expected": places[""]})
    text = {name: " ".join(cells[place].split()) for name, place in places.items() if name}
    codes = {name: normalise(text[name]) for name in ("code12", "county_code", "town_code")}
    row = Row(
        number, codes["code12"], codes["county_code"], text["county"], codes["town_code"], text["town"],
        text["village"],
    )  # fmt: skip
    reason, value = _wrong_with(row)
    if reason:
        return Refusal(number, row.code if is_statistical(row.code) else "", reason, {"value": value[:40]})
    return row


def _wrong_with(row: Row) -> tuple[str, str]:
    """The first mistake of a row and the text it is in."""
    if not row.code:
        return "code_missing", ""
    if re.fullmatch(r"[0-9.]+e\+?[0-9]+", row.code):
        return "code_made_a_number", row.code
    if not is_statistical(row.code):
        return "code_not_12_digits", row.code
    if row.code.endswith("000"):
        return "code_of_no_community", row.code
    if row.code[:6] != row.county_code:
        return "county_does_not_fit", row.county_code
    if row.code[:9] != row.town_code:
        return "town_does_not_fit", row.town_code
    return next(_wrong_names(row), ("", ""))


def _wrong_names(row: Row) -> Iterator[tuple[str, str]]:
    for name in (row.county, row.town, row.village):
        if not name:
            yield "name_missing_in_row", ""
        elif UNREADABLE in name or CONTROL.search(name):
            yield "name_unreadable", name
        elif len(name) > NAME_LENGTH:
            yield "name_too_long_in_row", name


def _together(rows: list[Row], refused: list[Refusal]) -> Reading:
    """What only all rows show: one city, no code twice, one name for each county and township."""
    if not rows and not refused:
        raise Problem("place_file_without_rows", field="file")
    cities = Counter(row.code[:4] for row in rows)
    city = cities.most_common(1)[0][0] if cities else ""
    seen: dict[str, int] = {}
    names: dict[str, tuple[str, int]] = {}
    taken: list[Row] = []
    for row in rows:
        if refusal := _clash(row, city, seen, names):
            refused.append(refusal)
            continue
        seen[row.code] = row.line
        names.setdefault(row.county_code, (row.county, row.line))
        names.setdefault(row.town_code, (row.town, row.line))
        taken.append(row)
    return Reading(city, tuple(taken), tuple(sorted(refused, key=lambda refusal: refusal.line)))


def _clash(row: Row, city: str, seen: dict[str, int], names: dict[str, tuple[str, int]]) -> Refusal | None:
    if row.code[:4] != city:
        return Refusal(row.line, row.code, "another_city", {"value": row.code[:4], "city": city})
    if row.code in seen:
        return Refusal(row.line, row.code, "code_twice", {"value": row.code, "first": seen[row.code]})
    for code, name in ((row.county_code, row.county), (row.town_code, row.town)):
        known, first = names.get(code, (name, 0))
        if known != name:
            return Refusal(row.line, row.code, "two_names", {"value": name, "known": known, "first": first})
    return None
