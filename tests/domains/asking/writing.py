"""Questionnaires as somebody writes them, for tests."""

import csv
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

Book = Mapping[str, Sequence[Sequence[str]]]
SETTINGS = [
    ["form_id", "form_title", "version", "fresh_for", "privacy"],
    ["travel", "行程", "20220403", "14d", "personal"],
]
YES_NO = [["list_name", "name", "label"], ["yesno", "yes", "是"], ["yesno", "no", "否"]]
SURVEY = [
    ["type", "name", "label", "relevant", "constraint"],
    ["select_one yesno", "back", "您家人回来了吗?"],
    ["date", "since", "哪天回来的?", "${back} = 'yes'", ". <= today()"],
]


def as_csv(book: Book, encoding: str = "utf-8-sig") -> bytes:
    """In the form of pyxform: the sheet's name on a line of its own."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for name, rows in book.items():
        writer.writerow([name])
        writer.writerows([["", *row] for row in rows])
    return out.getvalue().encode(encoding)


def as_workbook(book: Book, *, top: int = 0, left: int = 0, merged: str = "") -> bytes:
    """As xlsx; ``top`` and ``left`` leave rows and columns free, ``merged`` is a title over the first row."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in book.items():
        sheet = workbook.add_worksheet(name)
        if merged:
            sheet.merge_range(0, left, 0, left + 4, merged)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(top + number, left + place, cell) if cell else None
    workbook.close()
    return out.getvalue()


def book(survey: Sequence[Sequence[str]] = SURVEY, **sheets: Sequence[Sequence[str]]) -> Book:
    """A sound one, but for what is given."""
    return {"settings": SETTINGS, "choices": YES_NO, **sheets, "survey": survey}


def named(form_id: str, version: str = "20220403", *more: Sequence[str]) -> Book:
    """A sound one of this name, with further rows of questions; its questions are those of every form made so."""
    return book([*SURVEY, *more], settings=[SETTINGS[0], [form_id, SETTINGS[1][1], version, *SETTINGS[1][3:]]])
