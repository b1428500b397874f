"""Tables of invented people as bytes: workbooks and text, as offices write them. The same ones from the same seed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from random import Random
from typing import Any

import xlsxwriter

from wangge.domains.people.rules import check_digit

HEADING = ("序号", "姓名", "性别", "身份证号码", "联系电话", "小区", "楼栋", "单元", "房号", "与户主关系", "备注")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"


def card(random: Random) -> str:
    """A number that can be right, of nobody."""
    born = f"{random.randint(1935, 2012)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    first = f"140106{born}{random.randint(0, 999):03}"
    return first + check_digit(first)


def name(random: Random) -> str:
    return random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.randint(1, 2)))


def people(count: int, seed: int = 1, compound: str = "") -> list[list[str]]:
    """Rows under HEADING: households of three behind the twelve doors of the tiny city's two buildings."""
    random = Random(seed)  # invented people
    rows = []
    for number in range(count):
        home = number // 3 % 12
        at = (f"{home // 6 + 1}号楼", f"{home // 3 % 2 + 1}单元", f"{home % 3 + 1}01")
        number_ = card(random)
        sex = "男" if int(number_[16]) % 2 else "女"
        phone = f"1380000{home:04}"
        rows.append(
            [
                str(number + 1),
                name(random),
                sex,
                number_,
                phone,
                "东岗里",
                *at,
                "户主" if number % 3 == 0 else "子",
                "",
            ]
        )
    return rows


def text(rows: Sequence[Sequence[str]], heading: Sequence[str] = HEADING, separator: str = ",", title: str = "") -> str:
    lines = [separator.join(cells) for cells in (heading, *rows)]
    return "\r\n".join([title, *lines] if title else lines) + "\r\n"


def book(
    rows: Sequence[Sequence[Any]], *, name: str = "居民", top: Sequence[Sequence[Any]] = (HEADING,), **more: Any
) -> bytes:
    """A workbook of one sheet. ``merged`` are (first row, column, last row) counted from 0, ``sheets`` further ones."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    day = workbook.add_format({"num_format": "yyyy/m/d"})
    sheet = workbook.add_worksheet(name)
    for number, cells in enumerate([*top, *rows]):
        for place, cell in enumerate(cells):
            if hasattr(cell, "year"):
                sheet.write_datetime(number, place, cell, day)
            elif isinstance(cell, str) and cell.startswith("="):
                sheet.write_formula(number, place, cell, value=more.get("stored", ""))
            elif cell is not None:
                sheet.write(number, place, cell)
    for first, place, last in more.get("merged", ()):
        sheet.merge_range(first, place, last, place, [*top, *rows][first][place])
    for other, cells in more.get("sheets", {}).items():
        workbook.add_worksheet(other).write_column(0, 0, cells)
    workbook.close()
    return out.getvalue()


def repacked(content: bytes, change: dict[str, bytes | None]) -> bytes:
    """The archive with members replaced, added, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member not in change:
                new.writestr(member, old.read(member))
        for member, body in change.items():
            if body is not None:
                new.writestr(member, body)
    return out.getvalue()


def with_macro(content: bytes) -> bytes:
    """An xlsm: the same table with a project of macros beside it."""
    types = zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml")
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    binary = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override'
    types = types.replace(main, macro).replace(b"<Override", binary, 1)
    return repacked(content, {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(2000)})


def bomb(content: bytes, megabytes: int, *, lie: bool = False) -> bytes:
    """The archive with a sheet of so many megabytes of one character, a thousandth of it when packed.

    With ``lie`` the directory says that the sheet is small.
    """
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = pack.compress(head + b'<c r="A1" t="inlineStr"><is><t>') + pack.flush(zlib.Z_FULL_FLUSH)
    block = pack.compress(b" " * (1 << 20)) + pack.flush(zlib.Z_FULL_FLUSH)
    body += block * megabytes + pack.compress(b"</t></is></c></row></sheetData></worksheet>") + pack.flush()
    marked = repacked(content, {"xl/worksheets/sheet1.xml": b"?"})
    return _with_sheet(marked, body, 1000 if lie else megabytes << 20)


def _with_sheet(content: bytes, body: bytes, said: int) -> bytes:
    """The archive whose last member is the packed ``body``, said to be so large when unpacked."""
    name = b"xl/worksheets/sheet1.xml"
    start, directory = content.rindex(b"PK\x03\x04"), content.index(b"PK\x01\x02")
    local = bytearray(content[start : start + 30]) + name
    entry = bytearray(content[directory:])
    last = entry.rindex(b"PK\x01\x02")
    for part, at in ((local, 14), (entry, last + 16)):
        part[at : at + 12] = struct.pack("<III", 0, len(body), said)
    moved = start + len(local) + len(body)
    end = entry.rindex(b"PK\x05\x06")
    entry[end + 16 : end + 20] = struct.pack("<I", moved)
    return content[:start] + bytes(local) + body + bytes(entry)


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """An OpenDocument table of one sheet."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(f"<table:table-row>{''.join(map(cell.format, cells))}</table:table-row>" for cells in rows)
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = f'xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0"'
    table = f'<table:table table:name="居民">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml", f'{head}<m:manifest xmlns:m="{urn}:manifest:1.0">{listed}</m:manifest>'
        )
        archive.writestr("content.xml", f"{head}<office:document-content {spaces}>{body}</office:document-content>")
    return out.getvalue()
