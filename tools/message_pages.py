"""The page of messages: which purpose goes by which way, and when it falls to the call list."""

from datetime import timedelta
from pathlib import Path

from markdown import page, table
from wangge.domains.messages.inputs import read_yaml
from wangge.domains.messages.rules import (
    LIFE_SAVING,
    MAY_STOP,
    PATIENCE,
    PATIENCE_LIFE,
    PER_HOUR,
    TO_THE_DOOR,
    Outcome,
    Purpose,
    Ways,
    Why,
    after_failure,
    call_again,
    way,
)

FOLDER = Path(__file__).resolve().parent.parent / "src" / "wangge" / "messages"
PURPOSES = {
    Purpose.ORDER: "管理通知", Purpose.RELEASE: "解除通知", Purpose.TEST: "检测", Purpose.DAILY_REPORT: "每日报告",
    Purpose.HELP: "求助", Purpose.EVACUATION: "转移", Purpose.WARNING: "预警", Purpose.NOTICE: "一般通知",
    Purpose.SUPPLIES: "物资",
}  # fmt: skip
KNOWN = (
    ("a number, nothing chosen", Ways(number=True)),
    ("no number of their own, somebody of the home has one", Ways(number=True)),
    ("no number in the home", Ways(number=False)),
    ("voice chosen", Ways(number=True, chosen="voice")),
    ("e-mail chosen", Ways(number=True, email=True, chosen="email")),
    ("calls chosen", Ways(number=True, chosen="call")),
    ("no texts", Ways(number=True, no_sms=True)),
    ("no texts, an e-mail address", Ways(number=True, email=True, no_sms=True)),
)
FAILURES = {
    Why.NO_GATEWAY: "nothing is connected for this way", Why.REFUSED: "there is no such number",
    Why.REPORTED: "the phone never got it", Why.UNAVAILABLE: "the gateway does not answer",
}  # fmt: skip


def messages_page() -> str:
    """The tables as the rules say them."""
    text = (
        "Reach is confirmed by the person's answer or by a call, never by a gateway. Somebody on the call list stands "
        f"there once, whatever there is to say. A phone rings {PER_HOUR} times an hour at most; what is about lives "
        f"does not wait, neither for that nor for the morning. After {TO_THE_DOOR} calls without an answer, with a "
        "wrong number or none, somebody goes to the door."
    )
    return page(
        "Messages (消息)", text,
        table(("Purpose", "中文", "Passes the quiet hours", "After \"stop\"", "Template", "Called without an answer"),
              [_purpose(one) for one in Purpose]),
        table(("What is known", "The way"), [(known, _way(ways)) for known, ways in KNOWN]),
        table(("What failed", "First time", "Falls to the call list", "About lives"),
              [_failure(why, words) for why, words in FAILURES.items()]),
        table(("Outcome of a call", "Again after", "About lives"),
              [(f"`{one}`", _span(call_again(one, life_saving=False)), _span(call_again(one, life_saving=True)))
               for one in Outcome]),
    )  # fmt: skip


def _purpose(one: Purpose) -> tuple[str, ...]:
    known = [read_yaml(path.read_text(encoding="utf-8"), path.stem) for path in sorted(FOLDER.glob("*.yaml"))]
    mine = [each for each in known if each.purpose is one]
    names = ", ".join(f"`{each.name}`" for each in mine) or "–"
    minutes = ", ".join(f"{each.confirm_minutes} minutes" for each in mine if each.confirm_minutes) or "–"
    return (
        f"`{one}`", PURPOSES[one], "where the template says so" if one in LIFE_SAVING else "no",
        "does not come" if one in MAY_STOP else "a person calls", names, minutes,
    )  # fmt: skip


def _way(ways: Ways) -> str:
    found = way(ways)
    return f"`{found.channel}`" + (f" ({found.why})" if found.why else "")


def _failure(why: Why, words: str) -> tuple[str, ...]:
    first = after_failure(why, 1, life_saving=False)
    again = "call list" if first.calls else f"again after {_span(first.wait)}" + (", a new id" if first.anew else "")
    return f"`{why}`: {words}", again, _falls(why, life_saving=False), _falls(why, life_saving=True)


def _falls(why: Why, *, life_saving: bool) -> str:
    number = next(n for n in range(1, PATIENCE + 2) if after_failure(why, n, life_saving=life_saving).calls)
    assert number <= max(PATIENCE, PATIENCE_LIFE)
    return "at once" if number == 1 else f"at the {number}. time"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return "–" if not minutes else f"{minutes} minutes"
