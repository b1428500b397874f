"""The page about what is fixed to doors, units and gates: what may hang where, how it stands, why it has to go."""

from collections.abc import Sequence
from itertools import product

from markdown import both, marked, page, table
from wangge.domains.fixtures.rules import AT_ONCE, UP, Facts, State, Thing, Why, may_hang, state
from wangge.domains.places.rules import DIVISIONS, Kind
from wangge.domains.protocol.rules import Protocol
from wangge.domains.protocol.rules_fixtures import Fixtures

THINGS = {
    Thing.CHAIN: "铁链或锁具", Thing.SEAL: "封条", Thing.FENCE: "围挡", Thing.CAR: "停放的车辆",
    Thing.OTHER: "其他东西",
}  # fmt: skip
STATES = {
    State.UNCHECKED: ("还没从里面试开", "within the edition's hours somebody who lives there tries it, or it goes up"),
    State.HANGS: ("从里面能打开", "until its end"),
    State.TO_REMOVE: ("待拆除", "work with a deadline that goes up when late"),
    State.TO_CONFIRM: ("已拆除，待确认", "somebody who lives there by name, or another account, says that it is gone"),
    State.GONE: ("已拆除并确认", "over"),
}
WHY = {
    Why.END: ("期限已到", "its end has come"),
    Why.GROUND_OVER: ("决定书或管控区已结束", "the order or zone it rested on is over"),
    Why.RESPONSE_CLOSED: ("响应已结束", "the Response was closed"),
    Why.NOT_ALLOWED: ("现行规定已不允许", "the edition in force does not allow it there"),
    Why.SAFETY: (
        "有人要出去",
        "fire, evacuation, a medical emergency, violence: one tap, or a sensor's; no reason is asked",
    ),
    Why.SHUT: ("从里面打不开", "a check said so"),
    Why.FOUND: ("没有登记过", "somebody found it: a resident, whoever passed, a walk"),
    Why.EARLIER: ("已不需要", "whoever answers for it says so"),
}
SITUATIONS = (
    ("last check", (None, True, False)), ("has to go", (False, True)), ("taken away", (False, True)),
    ("second person", (False, True)),
)  # fmt: skip


def fixture_page(editions: Sequence[Protocol]) -> str:
    """Every combination of what can be recorded, from the rule itself; where an edition lets something hang."""
    text = (
        "Nothing hangs without an end, and nothing is over before a second person saw that it is gone. A chain or a "
        "car is allowed by no edition; whatever nobody recorded is with the level above in the same instant."
    )
    return page(
        "What is fixed to doors, units and gates (硬隔离)",
        text,
        "## What may hang where\n\n"
        + table(("Edition", *(f"`{one}` {THINGS[one]}" for one in Thing)), _allowed(editions)),
        "## How it stands\n\n" + table((*(name for name, _ in SITUATIONS), "State"), _states()),
        table(("State", "中文", "What is next"), [(f"`{one}`", *STATES[one]) for one in State]),
        "## Why it has to go\n\n"
        + table(
            ("Why", "中文", "When", "By when", "Level above at once"),
            [(f"`{one}`", *WHY[one], *_soon(one)) for one in Why],
        ),
    )  # fmt: skip


def _soon(one: Why) -> tuple[str, str]:
    return "at once" if one in AT_ONCE else "`removal_hours`", "yes" if one in UP else "when late"


def _allowed(editions: Sequence[Protocol]) -> list[tuple[str, ...]]:
    places = [one for one in Kind if one not in DIVISIONS]
    return [
        (f"`{edition.key}`", *(
            ", ".join(f"`{place}`" for place in places if may_hang(one, place, edition.fixtures.allowed)) or "–"
            for one in Thing
        ))
        for edition in editions
    ]  # fmt: skip


def _states() -> list[tuple[str, ...]]:
    """What cannot be recorded is left out: taken away before it had to go, gone before it was taken away."""
    words = {None: "none", True: "yes", False: "no"}
    rows: list[tuple[str, ...]] = []
    for opens, wanted, removed, gone in product(*(values for _, values in SITUATIONS)):
        if (removed and not wanted) or (gone and not removed) or (opens is False and not wanted):
            continue
        stands = state(Facts(opens, bool(wanted), bool(removed), bool(gone)))
        check = {None: "none", True: "opens", False: "does not open"}[opens]
        rows.append((check, words[wanted], words[removed], words[gone], f"`{stands}`"))
    return rows


def fixtures_section(rule: Fixtures) -> str:
    """What an edition says of it, in words."""
    where = "; ".join(
        f"`{thing}` at {', '.join(f'`{kind}`' for kind in kinds)}" for thing, kinds in rule.allowed.items()
    )
    walk = marked(f"every {rule.walk_days} days", rule.marks, "walk_days") if rule.walk_days else "not at all"
    return (
        f"## Things fixed to doors and gates (硬隔离)\n\n{both(rule.rule)}. Clause: {rule.clause}. "
        f"Allowed: {marked(where, rule.marks, 'allowed') if where else 'nothing'}. "
        f"Opens from inside, said within {marked(f'{rule.check_hours:g} h', rule.marks, 'check_hours')}; "
        f"gone within {marked(f'{rule.removal_hours:g} h', rule.marks, 'removal_hours')} of its end. "
        f"Exits, gates and fire lanes are walked: {walk}."
    )
