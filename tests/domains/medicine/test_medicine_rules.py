"""How long it lasts, until when it must be there, who may move it; what is typed badly is refused in words."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from tests.domains.medicine.standing import BOUGHT, HANDED, SAID, picture

from wangge.base.problems import Problem, Problems
from wangge.domains.medicine import inputs
from wangge.domains.medicine.rules import (
    MOVES,
    NEXT,
    OPEN,
    Move,
    Purse,
    State,
    Terms,
    Who,
    days_left,
    deadline,
    held_until,
    is_urgent,
    lasts,
    leads,
    possible,
)

NOW = datetime(2022, 4, 7, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TERMS = Terms(24 * HOUR, 48 * HOUR, 6 * HOUR, dict.fromkeys(OPEN, 4 * HOUR))


@pytest.mark.parametrize(
    ("left", "per_day", "hours"), [("6", "2", 72), ("0", "3", 0), ("1", "0.5", 48), ("30", "1", 720), ("1", "3", 8)]
)
def test_what_is_left_lasts_by_the_dose(left: str, per_day: str, hours: int) -> None:
    assert lasts(Decimal(left), Decimal(per_day)) == hours * HOUR


@pytest.mark.parametrize(("left", "per_day"), [("6", "0"), ("6", "-1"), ("-1", "1")])
def test_no_dose_and_less_than_nothing_last_no_time_at_all(left: str, per_day: str) -> None:
    with pytest.raises(ValueError, match="dose"):
        lasts(Decimal(left), Decimal(per_day))


@pytest.mark.parametrize(("left_hours", "due_in"), [(72, 48), (30, 6), (24, 6), (0, 6), (-9, 6), (31, 7)])
def test_the_deadline_is_worked_out_and_never_sooner_than_anybody_can_be(left_hours: int, due_in: int) -> None:
    assert deadline(NOW + left_hours * HOUR, NOW, TERMS) == NOW + due_in * HOUR


def test_days_left_are_whole_and_never_below_nothing() -> None:
    assert [days_left(NOW + hours * HOUR, NOW) for hours in (72, 71, 24, 23, 0, -50)] == [3, 2, 1, 0, 0, 0]


def test_with_less_than_two_days_the_level_above_knows() -> None:
    assert [is_urgent(NOW + hours * HOUR, NOW, TERMS) for hours in (47, 48, 49, -1)] == [True, False, False, True]


def test_each_hand_has_its_hours_but_not_past_the_deadline_ahead() -> None:
    assert held_until(State.BUYING, NOW, NOW + 20 * HOUR, TERMS) == NOW + 4 * HOUR
    assert held_until(State.BUYING, NOW, NOW + 2 * HOUR, TERMS) == NOW + 2 * HOUR
    assert held_until(State.BUYING, NOW, NOW - 2 * HOUR, TERMS) == NOW + HOUR


def test_every_state_that_is_open_can_be_left_and_the_others_only_back() -> None:
    assert all(any(leads(move, state) for move in Move) for state in OPEN)
    back = {(move, state) for move in Move for state in set(State) - OPEN if leads(move, state)}
    assert back == {(Move.NOT_RECEIVED, State.CLOSED), (Move.NOT_RECEIVED, State.UNCONFIRMED)}


def test_whoever_brought_it_closes_nothing() -> None:
    closing = {Move.RECEIVE, Move.CONFIRM}
    assert not closing & set(possible(State.DELIVERED, buyer=True, bringer=True))
    assert closing <= set(possible(State.DELIVERED, buyer=False, bringer=False))
    assert Move.BUY not in possible(State.BUYING, buyer=False, bringer=False)
    assert {move for move, step in MOVES.items() if step.up} == {Move.WRONG, Move.NOT_RECEIVED, Move.LOSE_BUYER}
    assert all(MOVES[move].who is Who.SYSTEM for move in (Move.DIED, Move.END, Move.LOSE_BUYER))


def test_the_next_step_of_the_path_stands_first() -> None:
    first = {state: possible(state, buyer=True, bringer=False)[0] for state in OPEN}
    assert first == NEXT
    assert all(leads(move, state) for state, move in NEXT.items())


def test_money_adds_up_and_a_difference_is_said() -> None:
    assert Purse(5000, 3650, 1350).difference == 0
    assert Purse(5000, 3650, 1000).difference == 350
    assert Purse(0, 3650, 0).difference == -3650


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({"left": "-1"}, ["need_left"]),
        ({"left": "两盒"}, ["need_left"]),
        ({"left": ""}, ["need_left"]),
        ({"left": "99999"}, ["need_left"]),
        ({"left": "NaN"}, ["need_left"]),
        ({"left": "1e3", "per_day": "1"}, []),
        ({"per_day": "0"}, ["need_no_dose"]),
        ({"per_day": "-2"}, ["need_per_day"]),
        ({"per_day": "Infinity"}, ["need_per_day"]),
        ({"per_day": "半"}, []),
        ({"per_day": "２"}, []),
        ({"name": "  "}, ["need_name"]),
        ({"phone": "12"}, ["need_phone"]),
        ({"name": "", "left": "x", "per_day": "0"}, ["need_name", "need_left", "need_no_dose"]),
    ],
)
def test_a_need_is_refused_with_every_mistake_at_once(typed: dict[str, str], codes: list[str]) -> None:
    try:
        inputs.read_need(SAID | typed)
        found = []
    except Problems as error:
        found = [one.code for one in error.problems]
    assert found == codes


def test_a_stock_of_nothing_is_an_answer_and_a_script_is_a_name() -> None:
    read = inputs.read_need(SAID | {"left": "0", "name": "<script>alert(1)</script>" + "药" * 200})
    assert (read.left, read.said["name"][:8], len(read.said["name"])) == (0, "<script>", 80)


def test_a_photo_needs_no_name_and_loses_where_it_was_taken() -> None:
    place = Image.Exif()
    place[0x8825] = {1: "N", 2: (37.0, 52.0, 0.0)}
    kept_ = Image.open(io.BytesIO(inputs.read_photo(picture(exif=place))))
    assert (kept_.format, max(kept_.size), dict(kept_.getexif())) == ("JPEG", 2000, {})
    assert "name" not in inputs.read_need(SAID | {"name": ""}, photo=True).said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo_unread"),
        (b"%PDF-1.7 not a picture", "photo_unread"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 999, "photo_unread"),
        (b"<svg onload='x'/>", "photo_unread"),
        (b"\0" * (40 << 20), "photo_big"),
        (picture("PNG", (9000, 9000)), "photo_big"),
    ],
    ids=["nothing", "pdf", "torn", "svg", "40 MB", "81 million pixels"],
)
def test_what_is_no_picture_is_said_to_be_none(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as problem:
        inputs.read_photo(content)
    assert problem.value.code == code


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({"price": "-1"}, ["money_unread"]), ({"price": "1.005"}, ["money_unread"]), ({"price": ""}, ["money_unread"]),
        ({"price": "20001"}, ["money_unread"]), ({"handed": "abc"}, ["money_unread"]),
        ({"receipt": ""}, ["buy_receipt"]),
        ({"price": "¥36.5元"}, []),
    ],
)  # fmt: skip
def test_money_is_read_in_fen(typed: dict[str, str], codes: list[str]) -> None:
    try:
        assert inputs.read_buy(BOUGHT | typed).price == 3650
        found = []
    except Problems as error:
        found = [one.code for one in error.problems]
    assert found == codes


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({"what": ""}, ["hand_what"]), ({"count": ""}, ["medicine_count"]), ({"received": "dog"}, ["hand_received"]),
        ({"taker": ""}, ["hand_taker"]), ({"taker": "", "received": "left"}, []), ({"returned": "x"}, ["money_unread"]),
    ],
)  # fmt: skip
def test_a_receipt_without_a_photo_says_what_how_many_and_who(typed: dict[str, Any], codes: list[str]) -> None:
    try:
        inputs.read_hand(HANDED | typed)
        found = []
    except Problems as error:
        found = [one.code for one in error.problems]
    assert found == codes


@pytest.mark.parametrize(
    ("read", "typed", "code"),
    [
        (inputs.read_why, {"why": " "}, "medicine_why"), (inputs.read_call, {"how": "pigeon"}, "call_how"),
        (inputs.read_count, {"counted": "-1"}, "cards_counted"),
        (inputs.read_count, {"counted": "3.5"}, "cards_counted"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for(read: Any, typed: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as problem:
        read(typed)
    assert problem.value.code == code


def test_another_medicine_needs_a_doctors_word() -> None:
    with pytest.raises(Problems) as problems:
        inputs.read_substitute({"name": "", "doctor": ""})
    assert [one.code for one in problems.value.problems] == ["substitute_name", "substitute_doctor"]
    assert inputs.read_substitute({"name": "氨氯地平片", "doctor": "市二院 李医生"}) == ("氨氯地平片", "市二院 李医生")
