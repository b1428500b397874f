"""Reads a workbook in a process of its own, under limits of memory and time. Nothing of ours is imported here.

``python -I workbook_child.py MOST_EXPANDED MOST_MEMORY MOST_SECONDS MOST_ROWS``, started by ``workbook.py``. In: eight
bytes with the length of the file, the file, later a line with the number of a sheet. Out, a JSON value a line: the
sheets with their first rows, then that sheet's rows as [number, cells] in parts, then null, for each number that is
asked for; or {"refused": code}.
Formulas give the value that was stored with them; nothing is ever run.
"""

import gc
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

DATED = "\x1d"
TOP, PART = 240, 1000
MOST_SHEETS, MOST_COLUMNS, MOST_MEMBERS, LONGEST_CELL = 60, 256, 5000, 4000
EXACT = 10**15  # a spreadsheet keeps 15 digits


class Refused(Exception):
    """The code says why."""


def main() -> None:
    """Read, or say why not."""
    expanded, memory, seconds, rows = (int(text) for text in sys.argv[1:5])
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    gc.disable()  # nothing here is a cycle
    source = sys.stdin.buffer
    content = source.read(int.from_bytes(source.read(8), "big"))
    try:
        read(content, expanded, rows)
    except MemoryError:
        say({"refused": "workbook_too_big"})
    except Refused as reason:
        say({"refused": str(reason)})


def say(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def read(content: bytes, expanded: int, most_rows: int) -> None:
    """The first rows of every sheet, then all of those that are asked for."""
    import python_calamine as calamine

    if content.startswith(b"PK"):
        look_before_opening(content, expanded)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = {one.name for one in book.sheets_metadata if one.visible != calamine.SheetVisibleEnum.Visible}
        names = [one.name for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    except calamine.PasswordError as error:
        raise Refused("workbook_locked") from error
    except calamine.CalamineError as error:
        raise Refused("workbook_locked" if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0" in content else "workbook_broken") from error
    sheets, tops = [], []
    for name in (sorted(names, key=lambda one: one in hidden))[:MOST_SHEETS]:
        try:
            sheet = book.get_sheet_by_name(name)
            rows = list(first(numbered(sheet), TOP))
        except calamine.CalamineError:
            continue  # a broken sheet beside good ones
        if rows:
            sheets.append(sheet)
            left = sheet.start[1] if sheet.start else 0
            tops.append({"name": name, "hidden": name in hidden, "left": left, "rows": rows})
    if not sheets:
        raise Refused("workbook_empty" if names and readable(book, names) else "workbook_broken")
    say(tops)
    give(sheets, most_rows)


def give(sheets: list[Any], most_rows: int) -> None:
    """All rows of each sheet that is asked for by its number."""
    while number := sys.stdin.buffer.readline().strip():
        send(sheets[int(number)], most_rows)


def readable(book: Any, names: list[str]) -> bool:
    for name in names:
        try:
            book.get_sheet_by_name(name)
        except Exception:
            return False
    return True


def look_before_opening(content: bytes, expanded: int) -> None:
    """What the archive says of itself: how many members, how large they become. Where it lies, the limits hold."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception as error:
        raise Refused("workbook_broken") from error
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > expanded:
        raise Refused("workbook_too_big")
    if any(one.flag_bits & 1 for one in members):
        raise Refused("workbook_locked")


def first(rows: Iterator[list[Any]], most: int) -> Iterator[list[Any]]:
    for _, row in zip(range(most), rows):  # noqa: B905  # the shorter one ends it
        yield row


def send(sheet: Any, most_rows: int) -> None:
    part: list[list[Any]] = []
    for count, row in enumerate(numbered(sheet), 1):
        if count > most_rows + TOP:
            raise Refused("file_too_many_rows")
        part.append(row)
        if len(part) == PART:
            say(part)
            part = []
    say(part)
    say(None)


def numbered(sheet: Any) -> Iterator[list[Any]]:
    """Rows that hold anything, as [number, cells]; what a merged cell covers below it is filled with its text."""
    if sheet.start is None:
        return
    left, width = sheet.start[1], sheet.width
    if width > MOST_COLUMNS:
        raise Refused("file_too_wide")
    down, held = merged(sheet, left, width), dict[int, tuple[int, str]]()
    for number, values in enumerate(sheet.iter_rows()):
        cells = [said(value) for value in values]
        if down:
            fill(cells, held, number, down.get(number, ()))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield [number + 1, cells]


def fill(cells: list[str], held: dict[int, tuple[int, str]], row: int, begin: Iterable[tuple[int, int]]) -> None:
    """Put the text of merged cells that began above into this row, and keep those that begin here."""
    for place, (last, text) in list(held.items()):
        if row > last:
            del held[place]
        elif not cells[place]:
            cells[place] = text
    held.update({place: (last, cells[place]) for place, last in begin})


def merged(sheet: Any, left: int, width: int) -> dict[int, list[tuple[int, int]]]:
    """By first row: the column and the last row of each merged cell that covers several rows."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, start), (bottom, _) in (sheet.merged_cell_ranges or ())[:1_000_000]:
        if bottom > top and 0 <= start - left < width:
            found.setdefault(top, []).append((start - left, bottom))
    return found


def said(value: Any) -> str:
    """A cell as text. A number with more digits than a spreadsheet keeps is written with its exponent."""
    if type(value) is str:
        return value.strip()[:LONGEST_CELL].lstrip(DATED)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime):
        return DATED + (f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}")
    if isinstance(value, date):
        return f"{DATED}{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{DATED}{value:%H:%M}"
    return DATED + str(value) if isinstance(value, timedelta) else str(value)[:LONGEST_CELL]


def number(value: float) -> str:
    if value == value and abs(value) < EXACT and value == int(value):
        return str(int(value))
    return f"{value:.14E}" if abs(value) >= EXACT else format(value, ".15g")


if __name__ == "__main__":
    main()
