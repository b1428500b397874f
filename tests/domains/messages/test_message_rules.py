"""Which way, when it falls to the call list, when nobody is disturbed, how long a text is."""

from datetime import datetime, timedelta

import pytest

from wangge.base.clock import LOCAL
from wangge.domains.messages.rules import (
    PER_HOUR,
    Channel,
    Outcome,
    Ways,
    Why,
    after_failure,
    call_again,
    not_before,
    parts,
    quiet,
    rate_wait,
    to_the_door,
    way,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("ways", "channel", "why"),
    [
        (Ways(number=True), "sms", ""),
        (Ways(number=False), "call", "no_number"),
        (Ways(number=True, chosen="voice"), "voice", ""),
        (Ways(number=False, chosen="voice"), "call", "no_number"),
        (Ways(number=True, chosen="call"), "call", "chose_calls"),
        (Ways(number=True, email=True, chosen="email"), "email", ""),
        (Ways(number=True, email=True, chosen="email", no_email=True), "sms", ""),
        (Ways(number=True, no_sms=True), "call", "refused_ways"),
        (Ways(number=True, email=True, no_sms=True), "email", ""),
        (Ways(number=False, email=True), "email", ""),
        (Ways(number=True, chosen="voice", no_voice=True), "sms", ""),
    ],
)
def test_the_way(ways: Ways, channel: str, why: str) -> None:
    found = way(ways)
    assert (found.channel, found.why) == (channel, why)


def test_a_refused_way_is_never_taken() -> None:
    for chosen in ("", "sms", "voice", "email"):
        for bits in range(8):
            ways = Ways(True, True, chosen, bool(bits & 1), bool(bits & 2), bool(bits & 4))
            refused = {
                name for name, no in (("sms", ways.no_sms), ("voice", ways.no_voice), ("email", ways.no_email)) if no
            }
            assert way(ways).channel not in refused


def test_what_fails_twice_falls_to_the_call_list() -> None:
    for why in (Why.REFUSED, Why.REPORTED):
        first = after_failure(why, 1, life_saving=False)
        assert (first.calls, first.anew, first.wait > timedelta(0)) == (False, True, True)
        assert after_failure(why, 2, life_saving=False).calls


def test_a_gateway_that_is_down_is_waited_for_half_an_hour_and_a_minute_where_it_is_about_lives() -> None:
    waits, failures = timedelta(0), 1
    while not (then := after_failure(Why.UNAVAILABLE, failures, life_saving=False)).calls:
        assert not then.anew, "the gateway may have it already: the same id"
        waits, failures = waits + then.wait, failures + 1
    assert timedelta(minutes=10) <= waits <= timedelta(minutes=30)
    assert after_failure(Why.UNAVAILABLE, 2, life_saving=True).calls
    assert after_failure(Why.NO_GATEWAY, 1, life_saving=False).calls


@pytest.mark.parametrize(("hour", "expected"), [(21, False), (22, True), (23, True), (0, True), (6, True), (7, False)])
def test_quiet_hours_go_over_midnight(hour: int, expected: bool) -> None:
    assert quiet(hour, 22, 7) is expected


def test_a_message_waits_for_the_morning_and_a_life_does_not() -> None:
    evening, night = NOON.replace(hour=22, minute=30), NOON.replace(hour=3)
    assert not_before(evening, 22, 7, life_saving=False) == NOON.replace(hour=7) + timedelta(days=1)
    assert not_before(night, 22, 7, life_saving=False) == NOON.replace(hour=7)
    assert not_before(night, 22, 7, life_saving=True) == night
    assert not_before(NOON, 22, 7, life_saving=False) == NOON
    assert not_before(night, 0, 0, life_saving=False) == night


def test_a_phone_rings_four_times_an_hour_at_most() -> None:
    first = NOON - timedelta(minutes=20)
    assert rate_wait(PER_HOUR - 1, first, NOON) == timedelta(0)
    assert rate_wait(PER_HOUR, first, NOON) == timedelta(minutes=40)
    assert rate_wait(0, None, NOON) == timedelta(0)


@pytest.mark.parametrize(
    ("text", "number"),
    [("好" * 70, 1), ("好" * 71, 2), ("好" * 134, 2), ("好" * 135, 3), ("a" * 160, 1), ("a" * 161, 2),
     ("a" * 160 + "好", 3), ("😀" * 35, 1), ("😀" * 36, 2)],
)  # fmt: skip
def test_parts(text: str, number: int) -> None:
    assert parts(text) == number


def test_calls_that_help_nobody_become_a_walk_to_the_door() -> None:
    known = {"number": True, "no_call": False, "unanswered": 0, "wrong_number": False}
    assert not to_the_door(**known)
    for name, value in (("number", False), ("no_call", True), ("unanswered", 3), ("wrong_number", True)):
        assert to_the_door(**known | {name: value})


def test_who_does_not_answer_is_called_again_sooner_where_it_is_about_lives() -> None:
    assert call_again(Outcome.NO_ANSWER, life_saving=False) > call_again(Outcome.NO_ANSWER, life_saving=True)
    assert call_again(Outcome.REACHED, life_saving=False) == timedelta(0)
    assert Channel.CALL == "call"
