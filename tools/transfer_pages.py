"""Transfers as tables: what an edition says of them, whose hand gives to whose, and what is wrong with a plan."""

from markdown import both, marked, page, table
from wangge.domains.protocol.rules_transfer import Transfer
from wangge.domains.transfer.rules_faults import HARD, Fault
from wangge.domains.transfer.rules_hands import STEPS, Hand
from wangge.domains.transfer.rules_live import Alarm
from wangge.domains.transfer.rules_rooms import NoRoom

HANDS = {
    Hand.DOOR: ("家门口", "at home; whoever works at the door"),
    Hand.MEETING: ("对接点", "a meeting point at a station or a motorway"),
    Hand.ESCORT: ("护送员", "brings people from the door to the vehicle"),
    Hand.DRIVER: ("驾驶员", "drives"),
    Hand.DESK: ("隔离点前台", "receives people where they stay"),
}
FAULTS = {
    Fault.SEATS: ("超座", "more people than seats"),
    Fault.ROOMS: ("缺房", "more rooms of a kind than are free"),
    Fault.CLASSES: ("混类", "two classes in one vehicle, or a place that is not for this class"),
    Fault.ALONE: ("无人陪护", "somebody who may not be alone goes without somebody named"),
    Fault.TWICE: ("重复", "a household on two trips"),
    Fault.OVERLAP: ("车次重叠", "a vehicle is on two trips at once"),
    Fault.NIGHT: ("凌晨行驶", "a coach under way between two and five o'clock"),
    Fault.DRIVE: ("连续驾驶超时", "at the wheel for more than four hours without a pause of 20 minutes"),
    Fault.DAY: ("日驾驶超时", "at the wheel for more than eight hours a day"),
    Fault.UNPLACED: ("未安排", "a household on no trip"),
    Fault.CARE: ("照护不足", "the place cannot care for what somebody needs"),
    Fault.EARLY: ("过早", "fetched before they are ready"),
    Fault.NO_STOP: ("未停靠", "the vehicle does not call where they live"),
    Fault.OUTDOORS: ("露天久等", "somebody frail waits in the open for more than 30 minutes"),
    Fault.MEAL: ("无餐", "more than four hours without a meal"),
    Fault.TOILET: ("无厕所", "more than two hours without a toilet"),
}
ALARMS = {
    Alarm.LATE: "a vehicle has not begun, began late, or has not arrived, a quarter of an hour after its time",
    Alarm.NIGHT: "a coach is under way between two and five o'clock, or would be before it arrives",
    Alarm.DRIVE: "four hours at the wheel since the last pause",
    Alarm.OUTDOORS: "somebody frail has waited with the escort for 30 minutes",
    Alarm.MEAL: "four hours since the last meal",
    Alarm.TOILET: "two hours since the last toilet",
    Alarm.RELIEF: "somebody has waited in protective clothing for two hours",
    Alarm.REFUSED: "somebody does not want to go: noted, nobody is dragged, the authority decides",
    Alarm.OVERBOOKED: "a desk has no room: the people stay with the driver, the nearest place with room is named",
}
NO_ROOM = {
    NoRoom.NOBODY: "nobody is named",
    NoRoom.TAKEN: "somebody of another home sleeps there",
    NoRoom.CLEANING: "it is being cleaned",
    NoRoom.OUT: "it is out of order",
    NoRoom.ZONE: "it is in the clean or the half contaminated zone: for staff",
    NoRoom.BEDS: "more than one in a single room, four in a family room, two in an accessible one",
    NoRoom.STRANGERS: "they come from different homes",
    NoRoom.ALONE: "only people who may not be alone would be in it, there or in the room the others leave",
    NoRoom.WHEELS: "a wheelchair, and the room is not accessible",
}


def transfer_page() -> str:
    """Hands, faults and alarms; times are those of the editions that have them."""
    hands = [(f"`{one}`", *HANDS[one], ", ".join(f"`{to}`" for to in Hand if to in STEPS[one])) for one in Hand]
    wrong = [(f"`{one}`", *FAULTS[one], "never" if one in HARD else "with a reason") for one in Fault]
    live = [(f"`{one}`", ALARMS[one]) for one in Alarm]
    text = (
        "Each person is in exactly one hand at every moment. What one hand offers stays in it until the next accepts; "
        "the number that the next counted must be that of those it named, and whom it does not see stays with the "
        "offering hand. From the door nobody goes who was not told where, why and until when, and was not asked what "
        "and who stays behind; and nobody who may not be alone without somebody who may."
    )
    return page(
        "Transfer (转运)", text, table(("Hand", "中文", "Who that is", "May give to"), hands),
        "## What is wrong with a plan\n\nThe planner's proposal and a plan by hand are checked by the same rules.",
        table(("Fault", "中文", "What it is", "Saved"), wrong), "## Alarms on the way", table(("Alarm", "When"), live),
        "## Rooms\n\nWhy somebody does not sleep in a room. Free for guests: those of the contaminated zone that are "
        "neither taken, being cleaned nor out of order.",
        table(("Refusal", "When"), [(f"`{one}`", NO_ROOM[one]) for one in NoRoom]),
    )  # fmt: skip


def transfer_section(one: Transfer | None) -> str:
    """What an edition says of taking people away from home."""
    if one is None:
        return ""
    rows = [
        ("may not be alone: younger than", marked(f"{one.alone_under} years", one.marks, "alone_under")),
        ("may not be alone: with one of", ", ".join(one.alone)),
        ("no coach is under way", marked(f"{one.night_from}:00-{one.night_to}:00", one.marks, "night_from")),
        ("at the wheel, then a pause of", marked(f"{one.drive} min, {one.rest} min", one.marks, "drive", "rest")),
        ("at the wheel in a day", marked(f"{one.day} min", one.marks, "day")),
    ]
    rows += [
        (said, marked(f"{getattr(one, name)} min", one.marks, name))
        for name, said in (
            ("outdoors", "in the open with somebody frail"), ("meal", "without a meal"),
            ("toilet", "without a toilet"), ("relief", "in protective clothing until relieved"),
            ("late", "said to be late after"),
        )
    ]  # fmt: skip
    clauses = f"{both(one.rule)}. Clauses: {one.alone_clause}; {one.road_clause}; {one.care_clause}."
    return f"## Transfer (转运)\n\n{clauses}\n\n" + table(("What", "How much"), rows)
