"""The page of receptions: which end fits what stands about somebody, and when a level above is told."""

from markdown import page, table
from wangge.domains.protocol.rules import Protocol
from wangge.domains.reception.rules import Ended, Ordered, Shown, State, possible

ORDERED = {
    Ordered.NOTHING: "no order stands", Ordered.PROPOSED: "an order waits for its authority",
    Ordered.HOME: "an order in force, spent at home", Ordered.AWAY: "an order in force, spent elsewhere",
}  # fmt: skip
ENDED = {
    Ended.HOME: "送回家，交给“五包一”", Ended.TRANSFER: "交给转运的人",
    Ended.UNTIL_DECIDED: "先回家，请先不出门，等决定",
    Ended.LET_IN: "看过，进去了", Ended.HELP: "送去就医", Ended.ELSEWHERE: "自己去了别处", Ended.NOT_COME: "没有来",
    Ended.CLOSED: "响应结束，回家",
}  # fmt: skip


def reception_page(editions: list[Protocol]) -> str:
    """The tables as the rules say them."""
    text = (
        "Nobody is held at a gate. Without an order in force nobody is bound. Help is open whatever was shown. A child "
        "without a grown-up goes behind no door, and nowhere else, before somebody is named who takes it over; to a "
        "hospital it goes at once."
    )
    rows = [
        (ORDERED[ordered], *(", ".join(f"`{one}`" for one in possible(State.MET, shown, ordered)) for shown in Shown))
        for ordered in Ordered
    ]
    waits = [
        (f"`{one.key}`", f"{one.entry.wait_minutes} min", f"{one.entry.frail_wait_minutes} min")
        for one in editions
        if one.entry
    ]
    return page(
        "Receptions (接待返回人员)", text,
        table(("What stands about them", *(f"shown: `{one}`" for one in Shown)), rows),
        table(("End", "中文"), [(f"`{one}`", ENDED[one]) for one in Ended]),
        table(("Edition", "A level above is told after, and for each time more the next", "For the frail"), waits),
    )  # fmt: skip
