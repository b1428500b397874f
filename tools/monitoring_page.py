"""Writes when silence becomes a call, a knock and a level up, and what a report sets off, as tables for people."""

from markdown import page, table
from wangge.domains.monitoring.rules import CALLED_AGAIN, TAKEN_BACK, CallOutcome, SlotState, Step, Why, step
from wangge.domains.protocol.rules import Protocol

STEPS = {Step.NONE: "–", Step.CALL: "`call_silent` 打电话", Step.KNOCK: "`call_silent` 打电话 + `knock_silent` 上门"}
STATES = {
    SlotState.WAITING: ("未到时间", "its hour is not over yet"),
    SlotState.REPORTED: ("已报", "it came by its hour, whoever brought it"),
    SlotState.LATE: ("迟报", "it came after its hour"),
    SlotState.SILENT: ("未报", "its hour is over and nothing came"),
    SlotState.REFUSED: ("不愿报", "somebody spoke with them, and they do not report this time"),
}
WHYS = {
    Why.GRAVE: ("有急症", "hard to breathe, pain in the chest, confused: the page says 120 first"),
    Why.FEVER: ("发烧", "the protocol's line or more"),
    Why.COLD: ("体温过低", "the protocol's line or less"),
    Why.MIND: ("想有人说说话", "whoever answers the number at any hour sees it as well"),
    Why.AGAIN: ("上次约好的", "the doctor said when"),
}
OUTCOMES = {
    CallOutcome.WELL: "情况平稳，不用再打", CallOutcome.WATCH: "还要再打", CallOutcome.HOSPITAL: "已打120送医",
    CallOutcome.UNREACHED: "没人接，派人上门", CallOutcome.DECLINED: "本人不愿接电话",
}  # fmt: skip
NEEDS = (
    ("no supplies", "缺吃喝", "`help_supplies` at the door", "a later report says that they are assured"),
    ("medicine for fewer days than the protocol's", "药快没了", "`help_medicine`", "a later report of the same person"),
    ("a fever", "发烧", "a test at the door, where the edition tests", "a later report without a fever"),
    ("somebody who needs care and has nobody", "没人照顾", "`care_dependants`", "a later report that names nobody"),
    ("something else that is needed", "别的需要", "`ask_needs`", "a later report that says nothing"),
)


def monitoring_page(editions: list[Protocol]) -> str:
    """Each edition's steps, and what a report sets off."""
    text = (
        "Silence is a reason to look after somebody, never a mark against them. Whoever is alone, very old, seriously "
        "ill or pregnant is looked after first; on days of heat everybody is. Calls and knocks are work at the door "
        "with a deadline: past it, it goes up a level each time the edition's hours have gone by again (`work.md`). "
        "A report ends them at once, whoever brings it; a new silence begins anew."
    )
    states = table(("A report of the day", "中文", "When"), [(f"`{one}`", *STATES[one]) for one in SlotState])
    added = "Expected = " + " + ".join(f"`{one}`" for one in SlotState) + ", at every level."
    whys = [(f"`{one}`", *WHYS[one], "yes" if one in TAKEN_BACK else "no, the doctor calls") for one in Why]
    calls = [(f"`{one}`", OUTCOMES[one], "yes" if one in CALLED_AGAIN else "no") for one in CallOutcome]
    return page(
        "Daily reports from home (每日上报)", text, states, added, *(_steps(one) for one in editions),
        "## What a report sets off\n\nOne open thing for each, however often it is said.",
        table(("It says", "中文", "What follows", "Taken back by"), list(NEEDS)),
        "## Why a doctor calls", table(("Why", "中文", "When", "Taken back by a later report"), whys),
        "Nobody called by the hour: the level above sees that the call is late, without why.",
        table(("What came of it", "中文", "Called again"), calls),
    )  # fmt: skip


def _steps(edition: Protocol) -> str:
    rule = edition.monitoring
    if rule is None:
        return ""
    rows = []
    for misses in range(1, rule.knock_after_misses + 2):
        usual, first = (step(misses, careful, rule.call_after_misses, rule.knock_after_misses)
                        for careful in (False, True))  # fmt: skip
        rows.append((misses, STEPS[usual], STEPS[first]))
    head = f"## {edition.label.zh} ({edition.label.en})"
    due = (f"A call is due within {rule.call_within_hours:g} h, a knock within {rule.knock_within_hours:g} h, "
           f"a doctor's call within {rule.doctor_within_hours:g} h.")  # fmt: skip
    return f"{head}\n\n{due}\n\n" + table(("Missed in a row", "Usually", "Looked after first, or heat"), rows)
