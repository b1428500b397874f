"""Writes the table of supplies: kinds of entry, transfers, when the level above acts, which parcel a home gets."""

from markdown import page, table
from wangge.domains.protocol.rules_supplies import Supplies
from wangge.domains.supplies.rules import ADDS, STEPS, TAKES, USE, Bag, Book, Side, Step, bag_for

BOOKS = {
    Book.IN: "入库", Book.USED: "领用", Book.HANDED: "发放（不记姓名）", Book.PARCEL: "物资包（按户）",
    Book.SENT: "调出", Book.ARRIVED: "调入", Book.BACK: "退回", Book.COUNTED: "盘点", Book.UNDONE: "撤销发放",
}  # fmt: skip
STEP_WORDS = {
    Step.SEND: "the giving side sends it", Step.DECLINE: "the giving side cannot",
    Step.ACCEPT: "the receiving side has counted it; fewer than were sent are missing on the way, and said",
    Step.RETURN: "the receiving side does not take it",
}  # fmt: skip
ENDS = {Side.FROM: "whoever keeps the giving store", Side.TO: "whoever keeps the receiving store"}


def supplies_page() -> str:
    """What changes a stock, what a transfer may become, from when on something runs out."""
    it = Supplies()
    books = [
        (f"`{book}`", BOOKS[book], "adds" if book in ADDS else "takes" if book in TAKES else "either, with a reason",
         "yes" if book in USE else "—")
        for book in Book
    ]  # fmt: skip
    steps = [
        (f"`{step}`", STEP_WORDS[step], f"`{begins}`", f"`{ends}`", ENDS[side])
        for step, (begins, ends, side) in ((step, STEPS[step]) for step in Step)
    ]
    bags = [(f"`{bag}`", ", ".join(str(n) for n in range(8) if bag_for(n) is bag) + (" …" if bag is Bag.LARGE else ""))
            for bag in Bag]  # fmt: skip
    text = (
        "A stock is the sum of its ledger; an entry is never changed. What expires first goes first, what has expired "
        "is not handed out. What was handed over is never refused: a stock may fall below nothing and is then shown as "
        "one to be counted. Days left: what is there and not expired, less what is promised to households, by the use "
        f"of the edition's days ({it.look_days} where it is silent). With fewer than {it.low_days} days left, what is "
        f"on the way counted in, it is the work of the level above by itself, for {it.answer_hours:g} hours; then of "
        "the next."
    )
    return page(
        "Supplies (物资)", text, table(("Entry", "中文", "Does", "Counts as use"), books), "## Transfers",
        table(("Step", "Said by it", "From", "To", "By"), steps), "## Parcels",
        "By how many people are known to live in the home; nobody known is the small one.",
        table(("Parcel", "People"), bags),
    )  # fmt: skip
