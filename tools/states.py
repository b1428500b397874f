"""Writes policy as tables people can argue about: ``docs/states/*.md``, from the tables and protocols in the code.

``python tools/states.py`` writes the pages; ``tests/house/test_states.py`` fails when one differs from the code.
"""

import sys
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from checkpoint import checkpoint_page
from code_pages import codes_page
from list_matching import matching_page
from markdown import page, table
from protocol_comparison import comparison_page
from protocol_pages import protocol_page
from wangge.base.access.rights import Right
from wangge.domains.cases.rules import STEPS as EXPOSURE_STEPS
from wangge.domains.cases.rules import ExposureState
from wangge.domains.duty.rules import ANSWERING, LEAST, PROOF, RIGHTS, PostKind, Proof
from wangge.domains.isolation.rules import STEPS as ORDER_STEPS
from wangge.domains.isolation.rules import Burden, OrderState, Turn, turn
from wangge.domains.protocol.inputs import read_protocol
from wangge.domains.work.rules import VERDICTS, Next, Outcome

S = TypeVar("S", bound=StrEnum)
ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "states"
PROTOCOLS = ROOT / "src" / "wangge" / "protocols"

EXPOSURES = {
    ExposureState.CANDIDATE: ("待定", "found by the rule; a tracer decides"),
    ExposureState.ASKED: ("已询问", "the person was asked and has not answered for good"),
    ExposureState.CONFIRMED: ("已判定", "a contact: a reason for an order"),
    ExposureState.DISMISSED: ("已排除", "not a contact; what hung on it is taken back"),
    ExposureState.WITHDRAWN: ("已撤销", "the case, or the exposure it hung on, fell; it may be found again with it"),
}
ORDERS = {
    OrderState.PROPOSED: ("拟定", "worked out by the rule; obliges nobody"),
    OrderState.IN_FORCE: ("生效", "confirmed by an authority with document, ground, end and remedy"),
    OrderState.SUPERSEDED: ("被替代", "another order of the same person took its place"),
    OrderState.ENDED: ("已解除", "its term is over, the person died, or the Response was closed"),
    OrderState.WITHDRAWN: ("已撤销", "no reason is left"),
}
TURNS = {
    Turn.KEEP: ("照旧", "the order stays as it was decided, to its own end"),
    Turn.PROPOSE: ("拟定新的", "the milder plan waits for an authority; unconfirmed, the older order ends with it"),
    Turn.END: ("解除", "the order ends that day with the new edition's clause, and somebody says so at the door"),
}
#: What is asked, the running order's days left and days away from home, and the new edition's (None: nothing).
SWITCHES: tuple[tuple[str, tuple[int, int], tuple[int, int] | None], ...] = (
    ("nothing of this person (the role is no longer given, or everything is off)", (10, 5), None),
    ("a term that is over already", (10, 5), (-1, 0)),
    ("fewer days", (10, 5), (6, 5)),
    ("the same days, fewer of them away from home", (10, 5), (10, 0)),
    ("the same", (10, 5), (10, 5)),
    ("more days", (10, 5), (12, 5)),
    ("more days, fewer of them away from home", (10, 5), (12, 0)),
    ("fewer days, more of them away from home", (10, 5), (8, 8)),
)
OUTCOMES = {
    Outcome.NOT_YET: "未问到", Outcome.DONE: "已完成", Outcome.REFUSED: "拒绝", Outcome.ABSENT: "不在家",
    Outcome.UNREACHABLE: "联系不上", Outcome.WRONG_NUMBER: "号码有误", Outcome.NIGHT_SHIFT: "上夜班",
    Outcome.MOVED: "已搬走", Outcome.EMPTY: "空户", Outcome.LIVES_ELSEWHERE: "人户分离", Outcome.DIED: "已去世",
}  # fmt: skip
NEXT = {
    Next.CLOSE: "closes: served, or nobody is left to serve",
    Next.RETRY: "stays with the same post, for another hour",
    Next.RAISE: "goes to the level above, which settles it",
}
POSTS = {
    PostKind.CITY: "市指挥部", PostKind.DISTRICT: "区县防控办", PostKind.TOWN: "街道（乡镇）",
    PostKind.COMMUNITY: "社区（村）书记", PostKind.BRANCH: "网格支部书记", PostKind.GRID_WORKER: "网格员",
    PostKind.BUILDING_GROUP: "楼栋党小组", PostKind.CENTRE_HOUSEHOLD: "党员中心户", PostKind.AUTHORITY: "有权机关",
    PostKind.TRACER: "流调员", PostKind.TEST_DESK: "检测信息专班", PostKind.CHECKPOINT: "卡点",
    PostKind.AUDITOR: "审计员",
}  # fmt: skip
RIGHT_WORDS = {
    Right.WORK_DOORS: ("上门", "open a door's task, call, record what happened"),
    Right.SEE_BOARD: ("看板", "see the figures by place, down to the door not yet reached"),
    Right.ENTER_RESULTS: ("录入结果", "enter test results and laboratory files, withdraw a wrong one"),
    Right.TRACE: ("流调", "cases, exposures, candidates, interviews"),
    Right.CONFIRM_ORDERS: ("签发", "confirm orders as the competent authority"),
    Right.MANAGE_POSTS: ("管理岗位", "make, offer and end posts"),
    Right.TAKE_RISK_LISTS: ("接收风险区名单", "take in the published lists of risk areas"),
    Right.OPEN_RECORD: ("查看档案", "open a person's record, with a reason that is logged"),
    Right.IMPORT_RECORDS: ("导入", "take people and venues in from a CSV or Excel file"),
    Right.ANSWER_REQUESTS: ("答复申请", "answer what residents ask about their own data"),
    Right.ASK: ("提问", "ask a question of the places below, and see how the answers come in"),
    Right.KEEP_QUESTIONS: ("题库", "publish questionnaires into the question bank"),
    Right.OPEN_RESPONSE: ("启动响应", "open, switch and close a Response"),
    Right.KEEP_CHECKPOINT: ("守卡点", "scan codes and keep the register at an open checkpoint"),
    Right.KEEP_VENUES: ("管理场所", "approve venues, hand out and look at their posters"),
    Right.AUDIT: ("审计", "read the log and the record of looks"),
}


def _codes(chosen: Iterable[StrEnum]) -> str:
    """Some codes in the order of their table."""
    some = set(chosen)
    return ", ".join(f"`{one}`" for kind in {type(one) for one in some} for one in kind if one in some)


def _steps(words: Mapping[S, tuple[str, str]], steps: Mapping[S, frozenset[S]]) -> str:
    rows = [(f"`{state}`", *words[state], _codes(then) or "nothing: it is over") for state, then in steps.items()]
    return table(("State", "中文", "What it means", "May become"), rows)


def exposure_page() -> str:
    text = (
        "Who decides: a tracer (流调员), or the protocol by itself for those who live together. "
        "Every decision can be undone."
    )
    return page("Exposure (接触)", text, _steps(EXPOSURES, EXPOSURE_STEPS))


def order_page() -> str:
    text = (
        "One person has at most one order proposed and one in force (隔离通知). "
        "Rules propose, a named authority confirms. "
        "A protective step after a first screen stands at once under the Response's own document and ends by itself."
    )
    return page("Order (措施)", text, _steps(ORDERS, ORDER_STEPS))


def switch_page() -> str:
    """What becomes of a running order on the day another edition begins; each verdict is the rule's own."""
    today = date(2022, 6, 28)
    rows = [
        (what, f"`{turn(Burden(today + timedelta(days=runs[0]), runs[1]), _burden(today, asks), today)}`")
        for what, runs, asks in SWITCHES
    ]
    meaning = table(("Verdict", "中文", "What it means"), [(f"`{one}`", *TURNS[one]) for one in Turn])
    text = (
        "From the day of the switch running orders (隔离通知) are worked out again under the new edition: shortened "
        "where it is milder, never lengthened. A proposal that nobody has confirmed is made again under the new "
        "edition. The tests of an ended order are taken back; those of a confirmed one are its own. Decisions made "
        "before keep their edition and clause."
    )
    return page("Switch of editions (换版)", text, table(("The new edition asks", "Verdict"), rows), meaning)


def _burden(today: date, asks: tuple[int, int] | None) -> Burden | None:
    return Burden(today + timedelta(days=asks[0]), asks[1]) if asks else None


def work_page() -> str:
    """What came of a try at a door, what follows, and which column of the tally counts the door."""
    rows = [
        (f"`{outcome}`", OUTCOMES[outcome], NEXT[then.next], f"`{then.column}`", _hours(then.retry_after))
        for outcome, then in VERDICTS.items()
    ]
    text = "The columns add up to the doors expected: nothing is counted twice and nothing is left out."
    head = ("Outcome", "中文", "The door", "Counted as", "Try again after")
    return page("Work at doors (上门)", text, table(head, rows))


def _hours(span: timedelta | None) -> str:
    return f"{span.total_seconds() / 3600:g} h" if span else "—"


def rights_page() -> str:
    """What each kind of post may do, at the places it covers."""
    rows = [
        (f"`{kind}`", POSTS[kind], _codes(rights) or "nothing here", "yes" if kind in ANSWERING else "no")
        for kind, rights in RIGHTS.items()
    ]
    text = "Rights come from the posts held now, at the places they cover; nobody has a right by name."
    meaning = table(("Right", "中文", "What it lets somebody do"), [(f"`{r}`", *RIGHT_WORDS[r]) for r in Right])
    posts = table(("Post", "中文", "Rights", "Answers for doors"), rows)
    return page("Rights (权限)", text, posts, "## What each right is", meaning)


PROOFS = {
    Proof.NOTHING: ("仅密码", "the password alone"),
    Proof.DEVICE: ("登记手机", "a phone enrolled by the office, or a second factor"),
    Proof.SECOND_FACTOR: ("二次验证", "an authenticator app or a passkey"),
}


def entry_page() -> str:
    """What each kind of post needs to get in."""
    rows = [(f"`{kind}`", POSTS[kind], *PROOFS[proof], LEAST[proof]) for kind, proof in PROOF.items()]
    text = (
        "Whoever holds several posts shows the strongest proof any of them asks for. A passkey is a second factor and "
        "may stand for the password too. Accounts of the invented city are waived while `WANGGE_DEMO_WAIVER` is on; "
        "no other account ever is."
    )
    head = ("Post", "中文", "登录要求", "Beside the password", "Characters of the password at least")
    return page("Getting in (登录)", text, table(head, rows))


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    made = {"exposure": exposure_page(), "order": order_page(), "work": work_page(), "rights": rights_page()}
    made |= {"entry": entry_page(), "switch": switch_page(), "list-matching": matching_page()}
    made["checkpoint"] = checkpoint_page()
    editions = [read_protocol(file) for file in sorted(PROTOCOLS.glob("*.yaml"))]
    made |= {one.key: protocol_page(one) for one in editions}
    made["codes"] = codes_page(editions)
    made["covid19-compared"] = comparison_page([one for one in editions if one.family == "covid19"])
    return {f"{name}.md": text for name, text in made.items()}


def main() -> int:
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
        print(f"docs/states/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
