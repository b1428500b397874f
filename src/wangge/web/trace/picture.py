"""The chain picture as SVG markup. Pure: the standard library alone; every text is escaped, nothing carries a style.

Classes are in ``trace.css``; a person's state is told by the mark's shape and by a word, never by colour alone.
"""

from collections.abc import Iterable
from html import escape

from wangge.web.trace.chart import (
    DOT,
    GUTTER,
    POINT,
    RAIL,
    TALL,
    TOP,
    WIDE,
    Branch,
    Chain,
    Measures,
    Station,
    Tall,
    Who,
    Wide,
    crowd_room,
    crowd_rows,
    tall,
    wide,
)  # fmt: skip

NAME, WORDS, SMALL = 15, 14, 13  # sizes in pixels, as in trace.css


def draw_wide(chain: Chain, label: str) -> str:
    """The picture for a desk; ``label`` makes its ids unique on the page."""
    at = wide(chain)
    parts = [*_ground(at, chain), *_line(at, chain)]
    for one in at.branches:
        parts += _branch(one, WIDE, at.line_y)
    return _svg("chain-wide", at.width, at.height, chain, label, parts)


def draw_tall(chain: Chain, label: str) -> str:
    """The picture for a phone: as wide as its page, as long as it takes."""
    at = tall(chain)
    parts = [*_rail(at, chain)]
    for one in at.branches:
        parts += _branch(one, TALL, None)
    return _svg("chain-tall", at.width, at.height, chain, label, parts)


def _svg(name: str, width: int, height: int, chain: Chain, label: str, parts: Iterable[str]) -> str:
    head = (
        f'<svg class="{name}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="group" '
        f'aria-labelledby="{label}-title" aria-describedby="{label}-told"><title id="{label}-title">'
        f'{escape(chain.title)}</title><desc id="{label}-told">{escape(chain.told)}</desc>'
    )
    return f"{head}{''.join(parts)}</svg>"


def _text(x: int, y: int, words: str, name: str = "", **more: object) -> str:
    given = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items())
    said = f' class="{name}"' if name else ""
    return f'<text x="{x}" y="{y}"{said}{given}>{escape(words)}</text>'


def _rule(name: str, *points: int) -> str:
    pairs = " ".join(f"{x} {y}" for x, y in zip(points[::2], points[1::2], strict=True))
    return f'<path class="{name}" d="M{pairs}"/>'


def _box(name: str, x: int, y: int, width: int, height: int) -> str:
    return f'<rect class="{name}" x="{x}" y="{y}" width="{max(width, 2)}" height="{height}" rx="2"/>'


def _diamond(x: int, y: int) -> str:
    return f'<path class="chain-confirmed" d="M{x} {y - 11}L{x + 11} {y}L{x} {y + 11}L{x - 11} {y}z"/>'


def _ground(at: Wide, chain: Chain) -> list[str]:
    """The infectious period shaded, a thin line at each midnight, the days' names."""
    wash = _box("chain-period", at.infectious_x, 28, at.confirmed_x - at.infectious_x, at.height - 28)
    parts = [wash, _text(at.infectious_x + 8, 46, chain.infectious, "chain-period-word")]
    for x, name in at.days:
        parts += [_rule("chain-midnight", x, 26, x, at.height), _text(x + 8, 18, name, "chain-day")]
    return parts


def _case_box(chain: Chain, x: int, y: int, width: int) -> list[str]:
    name = "chain-case chain-gone" if chain.withdrawn else "chain-case"
    return [
        f'<g class="{name}">', _box("", x, y, width, 52).replace(' class=""', ""),
        _text(x + 14, y + 22, fit(chain.title, width - 24, 17), "chain-case-title"),
        _text(x + 14, y + 42, fit(chain.name, width - 24, WORDS)), "</g>",
    ]  # fmt: skip


def _line(at: Wide, chain: Chain) -> list[str]:
    """The case itself: thin before the infectious period, thick in it, and the hour of its confirmation."""
    y = at.line_y
    return [
        _rule("chain-before", GUTTER - 20, y, at.infectious_x, y),
        _rule("chain-line", at.infectious_x, y, at.confirmed_x, y),
        *_case_box(chain, 0, y - 26, GUTTER - 20),
        _diamond(at.confirmed_x, y), _text(at.confirmed_x + 20, y + 5, chain.confirmed, "chain-point"),
    ]  # fmt: skip


def _rail(at: Tall, chain: Chain) -> list[str]:
    """The same line, down the page."""
    wash = _box("chain-period", RAIL - 11, at.infectious_y, 22, at.confirmed_y - at.infectious_y + POINT // 2)
    middle = at.confirmed_y + POINT // 2 - 4
    parts = [
        wash, _rule("chain-before", RAIL, TOP - 12, RAIL, at.infectious_y),
        _rule("chain-line", RAIL, at.infectious_y, RAIL, middle), *_case_box(chain, 0, 0, at.width),
        _text(RAIL + TALL.indent, at.infectious_y + POINT // 2, chain.infectious, "chain-period-word"),
        _diamond(RAIL, middle), _text(RAIL + TALL.indent, middle + 5, chain.confirmed, "chain-point"),
    ]  # fmt: skip
    for y, name in at.days:
        words = _text(RAIL + TALL.indent, y + 28, name, "chain-day")
        parts += [_rule("chain-midnight", 0, y + 6, at.width, y + 6), words]
    return parts


def _branch(one: Branch, m: Measures, line_y: int | None) -> list[str]:
    """One meeting: its line away from the case's, where and when at its head, the people along it."""
    parts = _leaves(one, line_y)
    room, meeting = m.width - 20, one.meeting
    parts += [
        _text(one.x + 14, one.y + 18, fit(meeting.where, room, 16), "chain-where"),
        _text(one.x + 14, one.y + 37, fit(meeting.when, room, SMALL), "chain-when"),
    ]
    for it in one.stations:
        if it.from_y is not None:
            parts.append(_rule("chain-hangs", it.x, it.from_y + m.under, it.x, it.y))
    for it in one.stations:
        parts.append(_station(it, one, m))
    return [*parts, _crowd(one, m)] if one.more_y else parts


def _crowd(one: Branch, m: Measures) -> str:
    """Those not drawn one by one: a small mark for each as far as there is room, and how many in words."""
    y, crowd, row = one.more_y or 0, one.meeting.crowd, crowd_room(m)
    rows = crowd_rows(len(crowd), m)
    marks = "".join(
        f'<g class="who-{escape(state)}">'
        f"{_mark(one.x + 18 + DOT * (place % row), y + DOT * (place // row), state, 3)}</g>"
        for place, state in enumerate(crowd[: rows * row])
    )
    words = _text(one.x + 14, y + 24 + (rows - 1) * DOT, fit(one.meeting.more, m.width - 20, WORDS))
    return f'<a class="chain-more" href="{escape(one.meeting.url)}">{marks}{words}</a>'


def _leaves(one: Branch, line_y: int | None) -> list[str]:
    """From the line to the last person; on a desk also how long the meeting lasted, on the line itself."""
    if line_y is None:
        return [_rule("chain-branch", RAIL, one.y + 13, one.x, one.y + 13, one.x, one.last_y)]
    away = -1 if one.meeting.home else 1
    stay = _box("chain-stay", one.x, line_y + (6 if away > 0 else -12), max(one.ends_x - one.x, 5), 6)
    if away > 0:
        return [stay, _rule("chain-branch", one.x, line_y, one.x, one.last_y)]
    return [stay, _rule("chain-branch", one.x, line_y, one.x, one.y + 6)]


def _station(station: Station, one: Branch, m: Measures) -> str:
    who, room = station.who, one.x + m.width - station.x - 18
    mark = _mark(station.x, station.y, who.state, 7 if station.from_y is None else 6)
    words = _one_line(station, room) if m is WIDE else _two_lines(station, room)
    return f'<a class="who who-{escape(who.state)}" href="#row-{escape(who.key)}">{mark}{words}</a>'


def _one_line(station: Station, room: int) -> str:
    who, x, y = station.who, station.x + 15, station.y + 5
    taken = width_of(who.name, NAME) + width_of(who.note, SMALL)
    return f'<text x="{x}" y="{y}">{_named(who, room - taken - 20)}{_span(who.note, "who-note")}</text>'


def _two_lines(station: Station, room: int) -> str:
    who, x, y = station.who, station.x + 17, station.y
    first = _named(who, room - width_of(who.name, NAME) - 12)
    return f'<text x="{x}" y="{y + 2}">{first}</text>{_text(x, y + 22, fit(who.note, room, SMALL), "who-note")}'


def _named(who: Who, room: float) -> str:
    door = fit_end(who.door, room, WORDS)
    return f'<tspan class="who-name">{escape(who.name)}</tspan>{_span(door, "who-door") if door else ""}'


def _span(words: str, name: str) -> str:
    return f'<tspan class="{name}" dx="8">{escape(words)}</tspan>'


def _mark(x: int, y: int, state: str, r: int) -> str:
    """Filled: confirmed. Hollow: to be decided. With a point: asked. Crossed out: not one. Dashed: withdrawn."""
    ring = f'<circle class="who-mark" cx="{x}" cy="{y}" r="{r}"/>'
    if state == "asked":
        return f'{ring}<circle class="who-point" cx="{x}" cy="{y}" r="{r / 3:.1f}"/>'
    if state == "dismissed":
        return f'{ring}<path class="who-cross" d="M{x - r} {y + r}L{x + r} {y - r}"/>'
    return ring


def width_of(text: str, size: int) -> float:
    """Roughly how wide a text is in pixels: Chinese characters are square, Latin ones half of that and a little."""
    return size * sum(1.0 if ord(letter) > 0x2E7F else 0.3 if letter in " ·:." else 0.56 for letter in text)


def fit(text: str, room: float, size: int) -> str:
    """The text, or as much of its beginning as there is room for."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(text, size) > room - size:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""


def fit_end(text: str, room: float, size: int) -> str:
    """The same from the end: of an address the door says most."""
    return text if width_of(text, size) <= room else fit(text[::-1], room, size)[::-1]
