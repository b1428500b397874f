"""A slip typed in later: line by line, by the same rules, at the hours that stand on it."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.domains.transfer.taking import Taking

from wangge.base import clock, worker
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.transfer import papers
from wangge.domains.transfer.inputs import read_slip
from wangge.domains.transfer.models import Passenger, PeopleOffer, Trip
from wangge.domains.transfer.rules_hands import Hand


def going(taking: Taking) -> list[Passenger]:
    """The first family, on a trip that is planned."""
    taking.listed(*taking.tiny.family)
    taking.adopted()
    return taking.now(*taking.tiny.family)


def typed(
    taking: Taking, people: list[Passenger], to: Hand, minutes: int, who: str = "siji", *, count: int | None = None,
    asked: bool = True, uuid: UUID | None = None,
) -> PeopleOffer:  # fmt: skip
    trip = Trip.objects.get()
    at = (clock.now() - timedelta(hours=2) + timedelta(minutes=minutes)).astimezone(clock.LOCAL)
    said = {"to": to, "at": f"{at:%H:%M}", "count": str(len(people) if count is None else count)}
    line = read_slip(said | ({"asked": "1"} if asked else {}), [str(one.uuid) for one in people], papers.day_of(trip))
    return papers.type_in(uuid=uuid or uuid7(), trip=trip, line=line, by=taking.by(who))


def refused(taking: Taking, people: list[Passenger], to: Hand, minutes: int, **more: object) -> str:
    with pytest.raises(Problem) as problem:
        typed(taking, people, to, minutes, **more)  # type: ignore[arg-type]
    return problem.value.code


def test_three_lines_bring_a_family_to_the_desk_at_the_hours_of_the_slip(taking: Taking) -> None:
    people = going(taking)
    for at, hand in enumerate((Hand.ESCORT, Hand.DRIVER, Hand.DESK)):
        made = typed(taking, people, hand, 20 * at)
        assert (made.state, made.accepted, made.why) == ("accepted", len(people), "paper")
    worker.run_pending()
    there = taking.now(*taking.tiny.family)
    assert {(one.hand, one.site) for one in there} == {("desk", taking.site)}
    assert all(one.told_at and one.asked_at for one in there), "as the slip says"
    trip = Trip.objects.get()
    assert trip.started_at
    assert trip.ended_at
    assert (trip.ended_at - trip.started_at, clock.now() > trip.ended_at) == (timedelta(minutes=20), True)
    assert there[0].since == trip.ended_at
    facts = Event.objects.filter(kind="transfer.handed_over")
    assert [one.data.get("paper") for one in facts] == [True] * 3


def test_the_same_rules_hold_as_on_the_way(taking: Taking) -> None:
    people = going(taking)
    child = [one for one in people if one.person.birth_date and one.person.birth_date.year > 2010]
    assert child, "the family has a child"
    assert refused(taking, people, Hand.ESCORT, 0, asked=False) == "hand_not_told"
    assert refused(taking, people, Hand.ESCORT, 0, count=9) == "hand_count"
    assert refused(taking, people, Hand.DESK, 0) == "hand_no_step"
    assert refused(taking, child, Hand.ESCORT, 0) == "hand_child_alone"
    assert refused(taking, [], Hand.ESCORT, 0) == "hand_nobody_named"
    assert refused(taking, people, Hand.ESCORT, 121) == "transfer_slip_future"
    typed(taking, people, Hand.ESCORT, 30)
    assert refused(taking, people, Hand.DRIVER, 10) == "transfer_slip_order"


def test_sent_twice_it_is_one_and_only_a_hand_of_the_trip_or_who_leads_types(taking: Taking) -> None:
    people, uuid = going(taking), uuid7()
    for who in ("dengqiao-1", "qingxu"):
        with pytest.raises(NotAllowed):
            typed(taking, people, Hand.ESCORT, 0, who)
    for _again in range(2):
        typed(taking, people, Hand.ESCORT, 0, "yingze", uuid=uuid)
    assert PeopleOffer.objects.count() == 1
