"""What an order may become, who signs for its paper, and when somebody is released: each verdict is the rule's own."""

from datetime import date, timedelta

from markdown import page, table
from wangge.domains.isolation.rules_change import CAUSES, Cause, Change, shortening_refusal
from wangge.domains.isolation.rules_home import Helper, Signed, signing_refusal
from wangge.domains.isolation.rules_release import Condition, LastTest, conditions, ready

TEXT = (
    "One person has at most one order proposed and one in force (隔离通知). "
    "Rules propose, a named authority confirms. "
    "A protective step after a first screen stands at once under the Response's own document and ends by itself."
)
RELEASE = (
    "## Release (解除隔离)\n\nProposed on the last day, signed by a doctor, confirmed by the post that made the order. "
    "Without any of them the order ends at its term by itself.\n\n"
)
LAST = date(2022, 7, 7)
#: What is so on that day, days before the last one, the last test (None: the edition asks for none), later reasons.
RELEASES: tuple[tuple[str, int, LastTest | None, int], ...] = (
    ("the day before the last", 1, LastTest(LAST, 1, 0, 0), 0),
    ("the last day, its test not there yet", 0, LastTest(LAST, 1, 0, 0), 0),
    ("the last day, its test negative", 0, LastTest(LAST, 1, 1, 0), 0),
    ("the last day, one of a double test negative", 0, LastTest(LAST, 2, 1, 0), 0),
    ("the last day, its test positive", 0, LastTest(LAST, 1, 0, 1), 0),
    ("the last day of a role without tests", 0, None, 0),
    ("the last day, test negative, a later reason proposed", 0, LastTest(LAST, 1, 1, 0), 1),
)
CONDITIONS = {Condition.TERM: "期限", Condition.TESTS: "核酸", Condition.NOTHING_NEWER: "无新原因"}
SIGNED = {Signed.SIGNED: "本人已签", Signed.GUARDIAN: "监护人已签", Signed.REFUSED: "已收到，未签字"}
#: Whose paper it is: an age, None where it is not known.
AGES: tuple[tuple[str, int | None], ...] = (("an adult", 40), ("somebody under 18", 12), ("age not known", None))
CHANGES = {
    Change.EXTENDED: ("延长", "the plan that the rule proposed for the reasons that stand; without one refused"),
    Change.SHORTENED: ("缩短", "an earlier last day; tests after it are taken back"),
    Change.MOVED: ("换地方", "another home or a hotel, in words"),
    Change.ENDED: ("解除", "over at once; its reasons make no order again"),
}
WHY = {
    Cause.REASON: "有新的原因", Cause.MEDICAL: "医生建议", Cause.CARE: "照顾人或需人照顾", Cause.HOME: "家里不具备条件",
    Cause.RISK_OVER: "风险已消除", Cause.MISTAKEN: "依据有误",
}  # fmt: skip
#: New last days of an order of the 1st to the 7th, asked on the 3rd.
SHORTER = ((date(2022, 6, 30), "before its first day"), (date(2022, 7, 2), "a day that is over"),
           (date(2022, 7, 3), "today"), (date(2022, 7, 6), "a day earlier"), (LAST, "the same day"),
           (date(2022, 7, 9), "a later day"))  # fmt: skip
FIVE = {
    Helper.COMMUNITY: ("社区干部", "the nearest post of a community; where vacant, the level above"),
    Helper.GRID_WORKER: ("网格员", "the post that answers for the door; where vacant, the level above"),
    Helper.DOCTOR: ("医生", "the nearest doctor's post that somebody holds; without one a hole"),
    Helper.POLICE: ("民警", "typed by the community, for the home or a place around it; without one a hole"),
    Helper.VOLUNTEER: ("志愿者", "typed by the community, for the home or a place around it; without one a hole"),
}


def order_page(steps: str) -> str:
    """The page ``order.md``; ``steps``: the table of states."""
    head = ("On that day", *(f"`{one}` ({CONDITIONS[one]})" for one in Condition), "May be signed and confirmed")
    papers = table(("Whose paper", *(f"`{one}` ({SIGNED[one]})" for one in Signed)), [_signing(*row) for row in AGES])
    five = table(("Who", "中文", "Where from"), [(f"`{one}`", *FIVE[one]) for one in Helper])
    return page(
        "Order (措施)", TEXT, steps,
        RELEASE + table(head, [_release(*row) for row in RELEASES]),
        "## Changes by the authority (变更)\n\n" + _changes(),
        "## The paper and the promise (承诺书)\n\n" + papers,
        "## The five (五包一)\n\n" + five,
    )  # fmt: skip


def _changes() -> str:
    """Each change with its causes, and which new last day an order may get."""
    rows = [(f"`{one}`", *CHANGES[one], ", ".join(f"`{why}` {WHY[why]}" for why in CAUSES[one])) for one in Change]
    days = [(what, _day(wanted)) for wanted, what in SHORTER]
    return table(("Change", "中文", "What it is", "Causes"), rows) + "\n\n" + table(("New last day", "Verdict"), days)


def _day(wanted: date) -> str:
    first, today = date(2022, 7, 1), date(2022, 7, 3)
    refused = shortening_refusal(first=first, last=LAST, today=today, wanted=wanted)
    return f"refused: `{refused}`" if refused else "shortened"


def _release(what: str, before: int, test: LastTest | None, newer: int) -> tuple[str, ...]:
    found = conditions(today=LAST - timedelta(days=before), last=LAST, test=test, newer=newer)
    states = {one.condition: one.state for one in found}
    said = (f"`{states[one]}`" if one in states else "not asked" for one in Condition)
    return (what, *said, "yes" if ready(found) else "no")


def _signing(what: str, age: int | None) -> tuple[str, ...]:
    return (what, *(_word(signing_refusal(one, age, "王芳")) for one in Signed))


def _word(refused: str) -> str:
    return f"refused: `{refused}`" if refused else "noted"
