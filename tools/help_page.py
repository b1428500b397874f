"""Writes how a request for help goes, and within what times: for ``docs/states/help.md``."""

from markdown import both, marked, page, table
from wangge.base.promises import FEWEST
from wangge.domains.help.rules import BY_A_SECOND, MANY, OF_ADDRESS, OF_POSTER, STEPS, Act, State
from wangge.domains.help.terms import SHIPPED, read_terms

STATES = {
    State.ASKING: "先问本人", State.OPEN: "有人在办", State.DONE: "经办人说办好了", State.RECEIVED: "本人说收到了",
    State.UNCONFIRMED: "办了，未确认", State.WITHDRAWN: "不需要了", State.TURNED_AWAY: "不受理，有理由",
    State.ENDED: "随响应结束",
}  # fmt: skip
ACTS = {
    Act.CONFIRM: "本人要", Act.DECLINE: "本人不要", Act.DO: "办好了", Act.RECEIVE: "收到了", Act.NOT_HELPED: "没帮上",
    Act.NOT_REACHED: "第二个人也联系不上", Act.TAKE_BACK: "不用了", Act.TURN_AWAY: "不受理", Act.REOPEN: "重新打开",
    Act.END: "响应结束",
}  # fmt: skip


def help_page() -> str:
    """Every step, every time, every limit."""
    found = read_terms(SHIPPED.name, SHIPPED.read_text(encoding="utf-8"))
    steps = table(
        ("Stands as", "中文", "Said or done", "中文", "Then", "By"),
        [(f"`{state}`", STATES[state], f"`{act}`", ACTS[act], f"`{then}`", _by(act)) for (state, act), then in
         STEPS.items()],
    )  # fmt: skip
    times = table(
        ("Kind", "What", "Answered", "Asked first", "Done", "Shown to neighbours"),
        [
            (f"`{one.key}`", both(one.word), marked(f"{one.answer:g} h", one.marks, "answer"),
             "—" if one.public or one.child else marked(f"{one.confirm:g} h", one.marks, "confirm"),
             marked(f"{one.done:g} h", one.marks, "done"), "yes" if one.public else "never")
            for one in found.kinds.values()
        ],
    )  # fmt: skip
    again = marked(found.reopen_days, found.marks, "reopen_days")
    nudge = marked(f"{found.nudge_hours:g}", found.marks, "nudge_hours")
    rules = (
        "A request closes when whoever asked says so. Whoever said that it is done cannot say it for the person; a "
        "second person may, and only after a call that nobody answered may end it as not confirmed. A child who is "
        "alone has a named carer first, then the report (Law on the Protection of Minors, art. 11); before both it "
        f"cannot be said to be done. A closed one can be opened again within {again} days; a reminder counts once in "
        f"{nudge} hour. From one address {OF_ADDRESS} an hour are taken, for one place {OF_POSTER}; from the "
        f"{MANY}th of an address on they stand in a list of their own. No figure is about fewer than {FEWEST} "
        "requests, and none is by worker."
    )
    return page("Asking for help (求助)", rules, steps, f"## Times: {both(found.label)}", times,
                "`[L]`: our own setting; an office decides it in a file of its own (`WANGGE_HELP_TERMS`).")  # fmt: skip


def _by(act: Act) -> str:
    return "whoever asked, or a second person" if act in BY_A_SECOND else "—"
