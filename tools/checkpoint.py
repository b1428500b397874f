"""Writes what is said at a checkpoint: the table for people, and the cases by which the field app's rules are checked.

``python tools/checkpoint.py`` writes ``frontend/phone/src/checkpoint/vectors.json``; each answer is the rule's own.
"""

import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown import page, table
from wangge.domains.checkpoints.rules import (
    ABOUT_THE_CODE,
    Band,
    Condition,
    Met,
    Said,
    Seen,
    Then,
    band,
    decide,
    read_temperature,
    weighed,
)

VECTORS = Path(__file__).resolve().parent.parent / "frontend" / "phone" / "src" / "checkpoint" / "vectors.json"
FULL = Met(Band.NORMAL, mask=True, venue_code=True)
LIMIT = 6 * 60
AGES: tuple[int | None, ...] = (0, LIMIT, LIMIT + 1, -5, -6, None)
SEEN = {
    Seen.GREEN: "绿码", Seen.YELLOW: "黄码", Seen.RED: "红码", Seen.EXPIRED: "过期", Seen.FORGED: "伪造",
    Seen.FOREIGN: "别的码", Seen.UNREADABLE: "扫不出", Seen.UNKNOWN: "名单里没有", Seen.PAPER: "纸质登记",
    Seen.TALLY: "无手机无码", Seen.NOT_ASKED: "此处不查码", Seen.CLOCK: "手机时间不对", Seen.FALLBACK: "名单过时",
}  # fmt: skip
THEN = {
    Then.THROUGH: ("请进", "goes in"),
    Then.COMPLETE: ("补齐", "something asked here is missing: it is named, a mask is offered, then goes in"),
    Then.ASIDE: ("请到一旁", "steps out of the queue; the community is called, needs are asked"),
    Then.AGAIN: ("再来一次", "the code says nothing: show it again, or a line on paper, or a tally; then goes in"),
}
READINGS = (
    "36.8", "36,8", "３６．８", "36.8℃", "T:36.8", "T36.8C", "368", " 37.25 ", "37.3", "37.2", "38", "40", "42.9",
    "43.0", "43.1", "34", "33.9", "3.68", "3680", "", "abc", "36.8.1", "-36", "36.", ".5", "99.9", "36 .8", "３７。３",
)  # fmt: skip
FEVER = 373


def checkpoint_page() -> str:
    """Every look with everything met, with a fever, and with something missing."""
    rows = [
        (f"`{seen}`", SEEN[seen], *(_cell(decide(seen, tuple(Condition), met)) for met in (FULL, _fever(), Met())))
        for seen in Seen
    ]
    meaning = table(("What is said", "中文", "What it means"), [(f"`{one}`", *THEN[one]) for one in Then])
    text = (
        "Whatever is said, the emergency lane (应急通道) is open: one tap lets somebody through, calls and notes it. A "
        "fever is answered with help. Nobody is refused for want of a phone or a code. A colour from a list older than "
        "the protocol's hours counts as `fallback`; a list from the future says that the phone's clock is wrong "
        "(`clock`). What is only about the code ("
        + ", ".join(f"`{one}`" for one in Seen if one in ABOUT_THE_CODE)
        + ") "
        "is never recorded about anybody: a line on paper or a tally is."
    )
    head = ("What was seen", "中文", "Everything asked is met", "A fever", "Nothing is met yet")
    return page("At a checkpoint (卡点)", text, table(head, rows), meaning)


def _fever() -> Met:
    return Met(Band.FEVER, mask=True, venue_code=True)


def _cell(said: Said) -> str:
    more = " with help" if said.help else ""
    return f"`{said.then}` ({said.why}){more}"


def vectors() -> dict[str, Any]:
    """Every case the rules can tell apart, as compact rows."""
    return {
        "limit": LIMIT, "fever": FEVER,
        "weighed": [[seen, age, weighed(seen, age, LIMIT)] for seen, age in itertools.product(Seen, AGES)],
        "decided": [list(row) for row in _decided()],
        "readings": [[text, tenths := read_temperature(text), band(tenths, FEVER)] for text in READINGS],
    }  # fmt: skip


def _decided() -> Iterator[tuple[Any, ...]]:
    """Seen, asks, temperature, mask, venue code; then, why, missing, help, lane."""
    for asks in ((), (Condition.MASK,), tuple(Condition)):
        for seen, heat, mask, scanned in itertools.product(Seen, Band, (False, True), (False, True)):
            if asks or not (mask or scanned):
                said = decide(seen, asks, Met(heat, mask, scanned))
                yield seen, asks, heat, mask, scanned, said.then, said.why, said.missing, said.help, said.lane


def text() -> str:
    """The file's text, a case on each line."""
    made = vectors()
    parts = [f'  "{name}": {json.dumps(made[name])}' for name in ("limit", "fever")]
    for name in ("weighed", "decided", "readings"):
        rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in made[name])
        parts.append(f'  "{name}": [\n{rows}\n  ]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> int:
    VECTORS.write_text(text(), encoding="utf-8")
    print(VECTORS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
