"""Which lot goes first, how many days a stock lasts, which parcel a home gets."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wangge.domains.supplies.rules import (
    Bag,
    Lot,
    Outlook,
    arrived_of,
    bag_for,
    expires_soon,
    first_out,
    observed_hours,
    wanted,
)

TODAY = date(2022, 4, 3)
SOON, LATER, PAST = date(2022, 5, 1), date(2023, 1, 1), date(2022, 4, 2)


def test_what_expires_first_goes_first_and_what_has_no_date_last() -> None:
    lots = [Lot(None, 10), Lot(LATER, 5), Lot(SOON, 3)]
    assert first_out(lots, 7, TODAY) == [Lot(SOON, 3), Lot(LATER, 4)]
    assert first_out(lots, 12, TODAY) == [Lot(SOON, 3), Lot(LATER, 5), Lot(None, 4)]


def test_what_has_expired_is_not_given_out_and_what_nobody_booked_stands_below_nothing() -> None:
    assert first_out([Lot(PAST, 50), Lot(TODAY, 2)], 5, TODAY) == [Lot(TODAY, 2), Lot(None, 3)]
    assert first_out([Lot(None, -4)], 1, TODAY) == [Lot(None, 1)]
    assert first_out([], 0, TODAY) == []


@pytest.mark.parametrize("arrived", range(9))
def test_what_arrives_is_never_more_nor_less_than_was_counted(arrived: int) -> None:
    sent = [Lot(LATER, 5), Lot(SOON, 3)]
    found = arrived_of(sent, arrived)
    assert sum(one.amount for one in found) == arrived
    assert all(one.amount <= {SOON: 3, LATER: 5}[one.expires_on] for one in found if one.expires_on)


@pytest.mark.parametrize(
    ("usable", "used", "hours", "planned", "coming", "days", "low"),
    [
        (100, 70, 7 * 24, 0, 0, 10, False),  # ten a day
        (29, 70, 7 * 24, 0, 0, 2, True),
        (30, 70, 7 * 24, 0, 0, 3, False),  # three days are three days
        (29, 70, 7 * 24, 0, 20, 2, False),  # on the way: nobody has to act
        (100, 70, 7 * 24, 80, 0, 2, True),  # what is promised is not free
        (80, 0, 24, 80, 0, 0, True),  # nothing is left over for anybody else
        (79, 0, 24, 80, 0, 0, True),
        (100, 0, 7 * 24, 0, 0, None, False),
        (0, 0, 24, 0, 0, None, False),
        (0, 5, 24, 0, 0, 0, True),
        (-3, 5, 24, 0, 0, 0, True),
        (10, 10, 5, 0, 0, 1, True),  # less than a day of use is looked at as a day
    ],
)
def test_days_left(usable: int, used: int, hours: int, planned: int, coming: int, days: int | None, low: bool) -> None:
    one = Outlook(usable, used, hours, planned, coming)
    assert (one.days_left, one.low(3)) == (days, low)


def test_use_is_looked_at_over_the_editions_days_or_as_long_as_there_is_a_stock() -> None:
    now = datetime(2022, 4, 10, 12, tzinfo=UTC)
    assert observed_hours(now - timedelta(hours=3), now, 7) == 24
    assert observed_hours(now - timedelta(hours=50), now, 7) == 50
    assert observed_hours(now - timedelta(days=90), now, 7) == 7 * 24


def test_a_lot_that_expires_within_the_days_is_said() -> None:
    assert expires_soon(Lot(SOON, 1), TODAY, 30)
    assert not expires_soon(Lot(SOON, 1), TODAY, 27)
    assert expires_soon(Lot(PAST, 1), TODAY, 0)
    assert not expires_soon(Lot(PAST, 0), TODAY, 30)
    assert not expires_soon(Lot(None, 9), TODAY, 30)


def test_a_parcel_is_by_how_many_live_there_and_nobody_known_gets_the_small_one() -> None:
    assert [bag_for(people) for people in range(7)] == [Bag.SMALL] * 3 + [Bag.MIDDLE] * 2 + [Bag.LARGE] * 2
    assert wanted({Bag.SMALL: 10, Bag.LARGE: 2}, {Bag.SMALL: 1, Bag.MIDDLE: 2, Bag.LARGE: 3}) == 16
