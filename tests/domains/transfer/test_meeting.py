"""People who arrive: expected by name, met, or on no list; then from hand to hand, and the counts add up."""

import pytest
from tests.domains.transfer.taking import Taking

from wangge.base import worker
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.protocol.actions import close_response
from wangge.domains.transfer import arriving, handing, meeting, queries
from wangge.domains.transfer.arriving import Counts
from wangge.domains.transfer.inputs_meeting import PointInput, read_coming, read_list
from wangge.domains.transfer.models import MeetingPoint, Passenger, Trip
from wangge.domains.transfer.rules_hands import Hand

LIST = "王秀兰、李强, 138 0000 0001, 15:30, D2001\n赵敏，13800000002"


def opened(taking: Taking) -> MeetingPoint:
    station = taking.a_hotel("太原南站")
    typed = PointInput(station.uuid, "东出站口", None)
    return meeting.open_point(
        response=taking.tiny.response, place=station, typed=typed, post=taking.tiny.posts["husong"], by=taking.leader
    )


def expected(taking: Taking, point: MeetingPoint, who: str = "husong") -> int:
    return meeting.expect(point=point, parties=read_list(LIST), role="close_contact", by=taking.by(who))


def people(point: MeetingPoint) -> list[Passenger]:
    return list(arriving.everybody(point))


def named(point: MeetingPoint, *names: str) -> list[Passenger]:
    return [one for one in people(point) if one.name in names]


def test_a_list_is_read_once_and_names_and_numbers_are_sealed(taking: Taking) -> None:
    point = opened(taking)
    assert (expected(taking, point), expected(taking, point)) == (3, 0)
    assert {one.name for one in people(point)} == {"王秀兰", "李强", "赵敏"}
    assert all("王秀兰".encode() not in bytes(one.sealed) for one in people(point))
    assert not queries.waiting(EVERYTHING, taking.tiny.response.uuid).exists(), "nobody plans for whoever has not come"
    for who in ("siji", "bingsi-1"):
        with pytest.raises(NotAllowed):
            expected(taking, point, who)


@pytest.mark.parametrize(
    ("text", "code"), [("", "meeting_list_empty"), ("，138", "meeting_line"), ("王, 138, 下午", "meeting_line")]
)
def test_a_line_that_cannot_be_read_is_named(text: str, code: str) -> None:
    with pytest.raises(Problem) as problem:
        read_list(text)
    assert problem.value.code == code


def test_from_the_station_to_the_hotel_nobody_is_between_two_hands_and_the_counts_add_up(taking: Taking) -> None:
    point, by = opened(taking), taking.by("husong")
    expected(taking, point)
    meeting.came(point=point, people=named(point, "王秀兰", "李强"), by=by)
    party = read_coming({"names": "孙伟"}, [])
    uuid = uuid7()
    for _again in range(2):
        meeting.unexpected(point=point, party=party, role="close_contact", uuid=uuid, by=by)
    meeting.not_come(point=point, people=named(point, "赵敏"), by=by)
    assert arriving.counts(people(point)) == Counts(0, 3, 0, 1, 0)
    taking.adopted()
    here = [one for one in people(point) if one.off_at is None]
    assert {one.trip_id for one in here} == {one.pk for one in Trip.objects.all()}, "also whoever was on no list"
    trip = here[0].trip
    assert trip
    assert trip.stops[0][0] == str(point.place.uuid), "the vehicle calls where they are met"
    offer = handing.offer(uuid=uuid7(), people=here, to=Hand.DRIVER, by=by)
    with pytest.raises(Problem) as problem:
        taking.accepts(offer, here, "siji", count=2)
    assert problem.value.code == "hand_count"
    assert arriving.counts(people(point)) == Counts(0, 3, 0, 1, 0), "until the driver accepts they are with the point"
    taking.accepts(offer, here, "siji")
    desk = taking.offers([one for one in people(point) if one.off_at is None], Hand.DESK, "siji")
    taking.accepts(desk, here, "qiantai")
    counts = arriving.counts(people(point))
    assert (counts, counts.all) == (Counts(0, 0, 3, 1, 0), len(people(point)))
    assert {one.site for one in people(point) if one.off_at is None} == {taking.site}
    free = queries.free_rooms([taking.site])[taking.site.pk]
    assert free["single"] == 8 - 3, "strangers of one train share no room"


def test_whoever_has_not_come_is_offered_to_nobody_and_a_child_goes_not_alone(taking: Taking) -> None:
    point, by = opened(taking), taking.by("husong")
    expected(taking, point)
    with pytest.raises(Problem) as problem:
        handing.offer(uuid=uuid7(), people=named(point, "赵敏"), to=Hand.DRIVER, by=by)
    assert problem.value.code == "hand_not_come"
    party = read_coming({"names": "小明", "child": "1"}, [])
    meeting.unexpected(point=point, party=party, role="close_contact", uuid=uuid7(), by=by)
    with pytest.raises(Problem) as problem:
        handing.offer(uuid=uuid7(), people=named(point, "小明"), to=Hand.DRIVER, by=by)
    assert problem.value.code == "hand_child_alone"


def test_it_ends_with_its_response(taking: Taking) -> None:
    point = opened(taking)
    expected(taking, point)
    close_response(response=taking.tiny.response, by=taking.by("zhihuibu"))
    worker.run_pending()
    assert not MeetingPoint.objects.filter(closed_at__isnull=True).exists()
    assert arriving.counts(people(point)) == Counts(0, 0, 0, 0, 3)
    with pytest.raises(Problem):
        expected(taking, point, "yingze")
