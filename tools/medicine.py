"""Writes the table of a need for medicine: where it may stand, who may move it where, how long each hand has it."""

from markdown import page, table
from wangge.domains.medicine.rules import MOVES, OPEN, Move, State, Who
from wangge.domains.protocol.rules_medicine import Medicine

STATES = {
    State.TAKEN: "已登记", State.PLACED: "已定医院或药店", State.BUYING: "正在买", State.BOUGHT: "已买到",
    State.ON_WAY: "在路上", State.DELIVERED: "已送到，等病人确认", State.NOT_RECEIVED: "病人说没收到",
    State.CLOSED: "已收到", State.UNCONFIRMED: "送达未确认", State.NOT_NEEDED: "不再需要",
    State.HOSPITAL: "已送医院", State.DIED: "已去世", State.ENDED: "随响应结束",
}  # fmt: skip
WHO = {
    Who.DESK: "whoever works at the doors there or answers the telephone, and the buyer",
    Who.BUYER: "the buyer, in whose hand it is",
    Who.PATIENT: "the patient or who speaks for them; on the telephone noted by anybody but the bringer",
    Who.SECOND: "a second person, not the bringer",
    Who.SYSTEM: "the system",
}


def medicine_page() -> str:
    """The states with how long each may stay in one hand, and the moves."""
    terms = Medicine()
    states = [
        (f"`{state}`", STATES[state], "open" if state in OPEN else "over",
         f"{terms.hold[state]:g} h" if state in OPEN else "—")
        for state in State
    ]  # fmt: skip
    moves = [
        (f"`{move}`", ", ".join(f"`{state}`" for state in State if state in step.origin),
         f"`{step.to}`" if step.to else "stays", WHO[step.who], "at once" if step.up else "—")
        for move, step in ((move, MOVES[move]) for move in Move)
    ]  # fmt: skip
    text = (
        "A need is one medicine of one person. Its deadline is the edition's margin before the last dose, worked out "
        "from the tablets that are left and the dose of a day; nobody chooses it. With less left than the edition's "
        "hours it goes up a level by itself, and whatever stays too long in one hand goes up again and again. "
        "The hours below hold where an edition is silent. Who brought it never says that it arrived."
    )
    return page(
        "Medicine (用药)", text, table(("State", "中文", "", "In one hand for"), states), "## Moves",
        table(("Move", "From", "To", "By", "Goes up"), moves),
    )  # fmt: skip
