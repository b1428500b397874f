"""Tables saved as text: encoding and separator are found, not asked for."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wangge.base.problems import Problem

SEPARATORS = (",", ";", "\t")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
LINE = re.compile("\r\n|\r|\n")
SELDOM = 500  # characters for one that is no text: damage in a table, not a file of another kind
#: First bytes of what people upload instead: a PDF, an image, an archive.
KINDS = (
    (b"%PDF", "file_is_pdf"), (b"\x89PNG", "file_is_picture"), (b"\xff\xd8\xff", "file_is_picture"),
    (b"Rar!", "file_is_binary"), (b"7z\xbc\xaf", "file_is_binary"), (b"\x1f\x8b", "file_is_binary"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """``cut`` when the file ends in the middle of a character."""

    text: str
    encoding: str
    cut: bool


def read_text(content: bytes) -> Text:
    """UTF-8 with or without its mark, UTF-16 with one (Excel's "Unicode text"), else GB 18030. Raises Problem."""
    for start, code in KINDS:
        if content.startswith(start):
            raise Problem(code, field="file")
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(content)
        except UnicodeDecodeError:
            continue
        if len(NOT_TEXT.findall(text)) * SELDOM <= len(text):
            marked = encoding == "utf-8-sig" and not content.startswith(codecs.BOM_UTF8)
            return Text(text, "utf-8" if marked else encoding, bool(decoder.getstate()[0]))
    raise Problem("file_is_binary", field="file")


def lines(text: str, separator: str, strict: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Strict, because an open quotation mark would otherwise swallow the rows below it without a word."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        raise Problem("file_quotes", field="file", line=reader.line_num) from error


def top_of(text: str, count: int) -> str:
    """The first lines, without taking the rest apart."""
    ends = [found.end() for _, found in zip(range(count), LINE.finditer(text))]  # noqa: B905  # the shorter one ends it
    return text[: ends[-1]] if len(ends) == count else text
