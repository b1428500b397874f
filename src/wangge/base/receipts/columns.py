"""Which column is which field: by the heading where it says so, by what stands below where it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wangge.base.receipts.forms import DATED, LONGEST_HEADING, Column, Form, Row, bare, letter, plain, whole

TITLE_ROWS = 20  # how far down a heading is looked for
SAMPLE = 200
SURE = 0.6  # of the cells of a column
UNLIKE = 0.2  # a heading over cells that look so little like it was shifted
SHORTEST_PART = 3  # characters of a known word inside a longer heading


@dataclass(frozen=True, slots=True)
class Recognised:
    """The heading's row (its place among those given, -1 without one) and the columns."""

    at: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> dict[str, int]:
        """Which field stands in which column."""
        return {column.field: place for place, column in enumerate(self.columns) if column.field}

    @property
    def score(self) -> tuple[int, int]:
        by_heading = sum(column.why == "heading" for column in self.columns)
        return len(self.fields), by_heading


def recognise(rows: Sequence[Row], form: Form) -> Recognised:
    """The columns of a table by its first rows."""
    words = {plain(word): field for field, words in form.columns.items() for word in words}
    at, named = _heading(rows, words, form)
    below = rows[at + 1 : at + 1 + SAMPLE]
    width = max((len(cells) for _, cells in rows[max(at, 0) :]), default=0)
    barred = _barred(rows[at][1], named, form) if at >= 0 else set()
    shares = [_shares(place, below, form) if place not in barred else {} for place in range(width)]
    fields = _settled(named, shares, form)
    if at < 0 and fields and _is_strange_heading(rows[0][1], fields, form):
        at = 0
    written = rows[at][1] if at >= 0 else ()
    columns = []
    for place in range(width):
        heading = " ".join(written[place].split())[:LONGEST_HEADING].lstrip(DATED) if place < len(written) else ""
        field, why = fields.get(place, ("", ""))
        columns.append(Column(heading or letter(place), field, why))
    return Recognised(at, tuple(columns))


def _heading(rows: Sequence[Row], words: Mapping[str, str], form: Form) -> tuple[int, dict[int, str]]:
    """The row under which most fields have a column, and these; one word alone is no heading."""
    best: tuple[int, dict[int, str]] = (-1, {})
    for at, (_, cells) in enumerate(rows[:TITLE_ROWS]):
        found = _named(cells, words, form)
        if len(found) > max(1, len(best[1])):
            best = at, found
    return best


def _named(cells: Sequence[str], words: Mapping[str, str], form: Form) -> dict[int, str]:
    """Fields by column: whole headings first, then headings that hold a known word; the first of two columns."""
    found: dict[int, str] = {}
    for only_whole in (True, False):
        for place, cell in enumerate(cells):
            heading = plain(cell[:LONGEST_HEADING])
            field = words.get(heading) or ("" if only_whole or place in found else _part(heading, words, form))
            if field and field not in found.values():
                found.setdefault(place, field)
    return found


def _barred(cells: Sequence[str], named: Mapping[int, str], form: Form) -> set[int]:
    """Columns whose headings are about somebody or something else, whatever stands in them."""
    return {at for at, cell in enumerate(cells) if at not in named and any(word in cell for word in form.others)}


def _part(heading: str, words: Mapping[str, str], form: Form) -> str:
    """The field of the longest known word in a heading: 居民身份证号码 holds 身份证号码."""
    if not form.looks or any(word in heading for word in form.others):
        return ""
    inside = [word for word in words if len(word) >= SHORTEST_PART and word in heading]
    return words[max(inside, key=len)] if inside else ""


def _shares(place: int, rows: Sequence[Row], form: Form) -> dict[str, float]:
    """How many of a column's cells look like each field."""
    cells = [whole(bare(cells[place])) for _, cells in rows if place < len(cells)]
    filled = [cell for cell in cells if cell]
    if not filled:
        return {}
    return {field: sum(map(looks, filled)) / len(filled) for field, looks in form.looks.items()}


def _settled(named: Mapping[int, str], shares: Sequence[Mapping[str, float]], form: Form) -> dict[int, tuple[str, str]]:
    """Headings hold unless what stands below is clearly something else; then what is clear by content."""
    fields: dict[int, tuple[str, str]] = {}
    for place, field in named.items():
        seen = shares[place] if place < len(shares) else {}
        other = max(seen.values(), default=0)
        if field not in form.looks or not seen or seen[field] > UNLIKE or other < SURE:
            fields[place] = (field, "heading")
    order = list(form.looks)
    likely = sorted(
        ((-share, order.index(field), place) for place, seen in enumerate(shares) for field, share in seen.items()),
    )
    for minus, rank, place in likely:
        taken = {field for field, _ in fields.values()}
        if -minus >= SURE and place not in fields and order[rank] not in taken:
            fields[place] = (order[rank], "content")
    return fields


def _is_strange_heading(cells: Sequence[str], fields: Mapping[int, tuple[str, str]], form: Form) -> bool:
    """Whether a first row is a heading in words nobody knows: nothing in it looks like what stands below."""
    return not any(
        form.looks[field](whole(bare(cells[place]))) for place, (field, _) in fields.items() if place < len(cells)
    )
