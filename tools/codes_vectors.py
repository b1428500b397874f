"""Writes ``tests/data/codes_vectors.json``: codes and lists with what a scanner has to say of each.

``python tools/codes_vectors.py`` writes the file, the same every time. The tests of both halves read it: Python's, and
the phone's in TypeScript.
"""

import base64
import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cbor2
from base45 import b45decode, b45encode

from wangge.base import signing
from wangge.domains.codes import lists, tokens
from wangge.domains.codes.coding import Content, encode
from wangge.domains.codes.lists import Edition
from wangge.domains.codes.rules import Kind
from wangge.domains.codes.tokens import PREFIX, Claims

FILE = Path(__file__).resolve().parent.parent / "tests" / "data" / "codes_vectors.json"
NOW = datetime(2022, 4, 7, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FROM = datetime(2022, 4, 6, 16, tzinfo=UTC)  # midnight in Taiyuan
ISSUER = "140100:3f2a91c4"
OURS = Claims(ISSUER, NOW - HOUR, FROM + DAY, 1234567, Kind.DAILY, "王**")
PAPER = Claims(ISSUER, NOW - 9 * DAY, NOW + 51 * DAY, 77, Kind.PRINTED, "李*")
SEEDS = {"ours": bytes(range(32)), "stolen": bytes(range(1, 33)), "foreign": bytes(range(2, 34))}
FIRST = Content({5: 1, 1234567: 2, 16777215: 1}, {77: 3, 78: 1})
SECOND = Content({5: 2, 9000: 1, 16777215: 1}, {78: 1})


class Files:
    """A key file for each of these keys, and the set as it is published."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kids = {name: signing.kid_of(signing.public_of(seed)) for name, seed in SEEDS.items()}
        for name, kid in self.kids.items():
            kept = {"key": base64.b64encode(SEEDS[name]).decode(), "since": NOW.isoformat()}
            content = {
                "sealing": {"1": ""},
                "current": 1,
                "blind": "",
                "secret": "",
                "signing": {kid: kept},
                "signs": kid,
            }
            self[name].write_text(json.dumps(content))

    def __getitem__(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def published(self) -> list[dict[str, Any]]:
        return [
            {"kid": self.kids[name], "x": signing.known(self[name])[0].x, "from": NOW.isoformat(), "until": None,
             "revoked": NOW.isoformat() if name == "stolen" else None}
            for name in ("ours", "stolen")
        ]  # fmt: skip


def bent(text: str, place: int) -> str:
    """The same code with one bit of its bytes changed."""
    raw = bytearray(b45decode(text[len(PREFIX) :]))
    raw[place] ^= 1
    return _text(bytes(raw))


def _text(raw: bytes) -> str:
    letters: bytes = b45encode(raw)
    return PREFIX + letters.decode()


def codes(files: Files) -> Iterator[dict[str, Any]]:
    """Name, text, the scanner's clock, and what is seen."""
    good = tokens.make(files["ours"], OURS)
    other = replace(OURS, issuer="110000:00000000")
    nothing = signing.sign(files["ours"], cbor2.dumps({1: ISSUER}, canonical=True), NOW)
    rows: list[tuple[str, str, timedelta, str]] = [
        ("good, of a phone", good, timedelta(0), "good"),
        ("good, with spaces around it", f" {good}\n", timedelta(0), "good"),
        ("good, on paper", tokens.make(files["ours"], PAPER), timedelta(0), "good"),
        ("no code at all", "https://example.org/r/areas", timedelta(0), "other"),
        ("cut off", good[:120], timedelta(0), "torn"),
        ("rescaled: letters that are none", good[:50] + "ab" + good[52:], timedelta(0), "torn"),
        ("nothing behind the prefix", PREFIX, timedelta(0), "torn"),
        ("far too long", PREFIX + "0" * 3000, timedelta(0), "torn"),
        ("forged: another number", bent(good, 55), timedelta(0), "forged"),
        ("forged: another signature", bent(good, -1), timedelta(0), "forged"),
        ("another city's key", tokens.make(files["foreign"], OURS), timedelta(0), "foreign"),
        ("our key, another Response", tokens.make(files["ours"], other), timedelta(0), "foreign"),
        ("a stolen key", tokens.make(files["stolen"], OURS), timedelta(0), "revoked"),
        ("signed, and no resident's code", _text(nothing), timedelta(0), "kind"),
        ("the scanner's clock a day behind", good, -DAY, "clock"),
        ("the scanner's clock a day ahead", good, DAY, "expired"),
        ("a second past midnight", good, FROM + DAY - NOW, "expired"),
    ]
    for name, text, later, seen in rows:
        yield {"name": name, "text": text, "now": int((NOW + later).timestamp()), "seen": seen}


def messages(files: Files) -> dict[str, bytes]:
    """Signed lists by name."""
    ours = files["ours"]
    one = Edition(ISSUER, 7, NOW - HOUR, FROM, FROM + DAY, encode(FIRST))
    two = replace(one, version=8, made=NOW - HOUR / 2, content=encode(SECOND))
    whole = lists.whole(ours, one, NOW)
    wrong = replace(two, content=encode(Content({1: 1})))
    lying = cbor2.loads(cbor2.loads(lists.whole(ours, two, NOW)).value[2]) | {int(lists.Key.CONTENT): wrong.content}
    return {
        "whole": whole,
        "difference": lists.since(ours, one, two, NOW),
        "still true": lists.since(ours, two, replace(two, made=NOW), NOW),
        "second whole": lists.whole(ours, two, NOW),
        "bad signature": whole[:-1] + bytes((whole[-1] ^ 1,)),
        "a stolen key": lists.whole(files["stolen"], one, NOW),
        "another city": lists.whole(files["foreign"], one, NOW),
        "cut off": whole[:90],
        "a code": b45decode(tokens.make(ours, OURS)[len(PREFIX) :]),
        "from another list": lists.since(ours, replace(one, version=6), two, NOW),
        "another content than its hash": signing.sign(ours, cbor2.dumps(lying, canonical=True), NOW),
        "tomorrow's": lists.whole(ours, replace(one, made=NOW + DAY), NOW),
    }


def steps() -> list[dict[str, Any]]:
    """Which message is taken after which (``held``: what was held before), and what comes of it."""
    numbers = {"daily": {str(n): s for n, s in SECOND.daily.items()}, "printed": {"78": 1}}
    rows: list[tuple[str, str | None, Any]] = [
        ("whole", None, 7), ("difference", "whole", numbers), ("second whole", "whole", 8),
        ("still true", "second whole", numbers), ("bad signature", None, "forged"), ("a stolen key", None, "revoked"),
        ("another city", None, "foreign"), ("cut off", None, "torn"), ("a code", None, "kind"),
        ("difference", None, "other_list"), ("from another list", "whole", "other_list"),
        ("difference", "second whole", "other_list"), ("whole", "second whole", "older"),
        ("another content than its hash", None, "content"), ("tomorrow's", None, "clock"),
    ]  # fmt: skip
    return [
        {"message": message, "held": held, "refused" if isinstance(came, str) else "version" if isinstance(came, int)
         else "content": came} for message, held, came in rows
    ]  # fmt: skip


def verdicts(files: Files) -> list[dict[str, Any]]:
    """From a scanned text to the screen, with the list that is held."""
    green = tokens.make(files["ours"], replace(OURS, number=42))
    texts = {
        "red": tokens.make(files["ours"], OURS), "green": green,
        "yellow": tokens.make(files["ours"], replace(OURS, number=5)), "void": tokens.make(files["ours"], PAPER),
    }  # fmt: skip
    rows = [(name, text, "whole", timedelta(0), name) for name, text in texts.items()]
    rows += [
        ("no list yet", green, "", timedelta(0), "no_list"),
        ("a list of six hours ago", green, "whole", 6 * HOUR, "stale"),
        ("a code of the day before", tokens.make(files["ours"], replace(OURS, issued=FROM - HOUR)), "whole",
         timedelta(0), "other_day"),
        ("forged", bent(green, 55), "whole", timedelta(0), "forged"),
    ]  # fmt: skip
    return [
        {"name": name, "text": text, "list": held, "now": int((NOW + later).timestamp()), "verdict": verdict}
        for name, text, held, later, verdict in rows
    ]


def vectors() -> str:
    """The whole file."""
    with tempfile.TemporaryDirectory() as folder:
        files = Files(Path(folder))
        signed = {name: base64.b64encode(raw).decode() for name, raw in messages(files).items()}
        made = {
            "about": "Made by tools/codes_vectors.py. The keys are of nobody.", "issuer": ISSUER,
            "now": int(NOW.timestamp()), "keys": files.published(), "codes": list(codes(files)), "messages": signed,
            "steps": steps(), "verdicts": verdicts(files),
        }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(vectors(), encoding="utf-8")
