"""A text file of rows in blocks that end where a row ends, so that several processes can read one file."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wangge.base.problems import Problem

SIZE = 512 * 1024  # bytes of a block: some thousand rows
LONGEST = 8 * 1024 * 1024  # bytes without the end of a row: a quotation mark was never closed


@dataclass(frozen=True, slots=True)
class Source:
    """``columns`` has the field of each column ('' for none); the rows begin at byte ``start``, in line ``line``."""

    path: str
    encoding: str
    separator: str
    columns: tuple[str, ...]
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """``line`` is its first line, ``breaks`` how many line breaks it has."""

    offset: int
    length: int
    line: int
    breaks: int


Row = tuple[int, Sequence[str]]


def blocks(source: Source) -> Iterator[Block]:
    """The blocks of a file, in order. Raises Problem where a quotation mark is never closed."""
    with open(source.path, "rb") as file:
        file.seek(source.start)
        offset, line, data = source.start, source.line, b""
        while chunk := file.read(SIZE):
            data += chunk
            cut = _end_of_row(data)
            if cut:
                breaks = data.count(b"\n", 0, cut)
                yield Block(offset, cut, line, breaks)
                line += breaks
                offset, data = offset + cut, data[cut:]
            elif len(data) > LONGEST:
                raise Problem("file_quotes", field="file", line=line)
        if data.strip():
            yield Block(offset, len(data), line, data.count(b"\n"))


def rows(source: Source, block: Block) -> list[Row]:
    """The rows of a block that hold anything, by their line. Raises Problem for what cannot be read."""
    with open(source.path, "rb") as file:
        file.seek(block.offset)
        content = file.read(block.length)
    try:
        text = content.decode(source.encoding)
    except UnicodeDecodeError as error:
        line = block.line + content.count(b"\n", 0, error.start)
        raise Problem("file_character", field="file", line=line) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=source.separator, strict=True)
    try:
        return [(block.line + reader.line_num - 1, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        raise Problem("file_quotes", field="file", line=block.line + reader.line_num - 1) from error


def _end_of_row(data: bytes) -> int:
    """Where the last whole row ends; 0 when none does. A line break inside quotation marks ends no row.

    In UTF-8 and GB 18030 no other character contains the bytes of a line break or a quotation mark.
    """
    cut = data.rfind(b"\n") + 1
    if data.count(b'"', 0, cut) % 2:
        cut = data.rfind(b"\n", 0, data.rfind(b'"', 0, cut)) + 1
    return cut
