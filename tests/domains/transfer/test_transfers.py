"""From the list to the hotel: a plan, each hand, what is missing, what is late, what ends it."""

from datetime import timedelta

import pytest
from tests.domains.transfer.taking import Taking

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.protocol.actions import close_response
from wangge.domains.transfer import actions, handing, planning, queries, watching
from wangge.domains.transfer.models import Passenger, TransferAlert, TransferSite, Trip
from wangge.domains.transfer.rules import Behind, Need
from wangge.domains.transfer.rules_faults import Fault
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.rules_live import Alarm
from wangge.domains.transfer.setting import household_key
from wangge.domains.work.models import TaskItem


def stops(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def adults(taking: Taking) -> list[Passenger]:
    """The first family's grown-ups, on the list."""
    return taking.listed(*[one for one in taking.tiny.family if one.birth_date and one.birth_date.year < 2000])


def test_a_plan_is_made_checked_and_adopted_and_everybody_has_a_seat(taking: Taking) -> None:
    family = taking.listed(*taking.tiny.family)
    plan = taking.planned()
    assert (plan.state, plan.bound > 0, plan.cost >= plan.bound) == ("draft", True, True)
    assert all(one.trip_id is None for one in taking.now(*taking.tiny.family)), "a draft seats nobody"
    _given, _made, wrong = planning.check(plan, taking.leader)
    assert wrong == []
    planning.adopt(plan=plan, why="", by=taking.leader)
    assert {one.trip_id for one in taking.now(*taking.tiny.family)} == {Trip.objects.get().pk}
    assert len(family) == len(taking.tiny.family)


def test_by_hand_a_household_is_left_out_only_with_a_reason(taking: Taking) -> None:
    family = taking.listed(*taking.tiny.family)
    plan = taking.planned()
    key = household_key(family[0])
    wrong = planning.move_household(plan=plan, household=key, trip=None, by=taking.leader)
    assert [one.fault for one in wrong] == [Fault.UNPLACED]
    with pytest.raises(Problem) as refused:
        planning.adopt(plan=plan, why=" ", by=taking.leader)
    assert stops(refused) == "transfer_why_missing"
    planning.adopt(plan=plan, why="家属自行送医", by=taking.leader)
    plan.refresh_from_db()
    assert (plan.faults, plan.state, "家属".encode() in bytes(plan.sealed)) == (["unplaced"], "adopted", False)


def test_a_hard_fault_is_never_saved_whatever_is_said(taking: Taking) -> None:
    taking.listed(*taking.tiny.family)
    plan = taking.planned()
    small = taking.with_vehicle("2号车", seats=1)
    trip = plan.trips.get()
    wrong = planning.change_trip(
        plan=plan, trip=trip.uuid, vehicle=small.uuid, site=taking.site.uuid, by=taking.leader
    )  # fmt: skip
    assert Fault.SEATS in {one.fault for one in wrong}
    with pytest.raises(Problem) as refused:
        planning.adopt(plan=plan, why="挤一挤", by=taking.leader)
    assert stops(refused) == "transfer_hard_fault"


def test_a_plan_is_for_whoever_leads_there(taking: Taking) -> None:
    adults(taking)
    plan = taking.planned()
    for who in ("qingxu", "bingsi-shuji"):
        with pytest.raises(NotAllowed):
            planning.adopt(plan=plan, why="", by=taking.by(who))


def test_from_the_door_to_the_desk_each_hand_accepts_what_it_counted(taking: Taking) -> None:
    people = adults(taking)
    taking.adopted()
    people = taking.ready(taking.now(*(one.person for one in people)))
    people = taking.passed_on(people, Hand.ESCORT, "bingsi-1", "husong")
    assert {(one.hand, one.holder) for one in people} == {("escort", taking.tiny.posts["husong"].uuid)}
    people = taking.passed_on(people, Hand.DRIVER, "husong", "siji")
    assert Trip.objects.get().started_at is not None
    people = taking.passed_on(people, Hand.DESK, "siji", "qiantai")
    assert {(one.hand, one.site) for one in people} == {("desk", taking.site)}
    assert Trip.objects.get().ended_at is not None
    free = queries.free_rooms([taking.site])[taking.site.pk]
    assert free["single"] == 8 - len(people)


def test_whoever_is_not_seen_is_named_and_stays_with_the_offering_hand(taking: Taking) -> None:
    people = adults(taking)
    taking.adopted()
    people = taking.ready(taking.now(*(one.person for one in people)))
    offer = taking.offers(people, Hand.ESCORT, "bingsi-1")
    with pytest.raises(Problem) as refused:
        taking.accepts(offer, people[:-1], "husong", count=len(people))
    assert stops(refused) == "hand_count"
    taking.accepts(offer, people[:-1], "husong")
    assert [one.pk for one in queries.missing_from(offer)] == [people[-1].pk]
    now = taking.now(*(one.person for one in people))
    assert [one.hand for one in now] == ["escort"] * (len(people) - 1) + ["door"]
    again = taking.offers(now[-1:], Hand.ESCORT, "bingsi-1")
    assert (again.offered, again.state) == (1, "open"), "they may be offered again"


def test_sent_twice_it_is_one_and_only_the_right_hand_answers(taking: Taking) -> None:
    people = adults(taking)
    taking.adopted()
    people = taking.ready(taking.now(*(one.person for one in people)))
    uuid = uuid7()
    offer = taking.offers(people, Hand.ESCORT, "bingsi-1", uuid)
    assert taking.offers(people, Hand.ESCORT, "bingsi-1", uuid) == offer
    with pytest.raises(NotAllowed):
        taking.accepts(offer, people, "siji")
    with pytest.raises(NotAllowed):
        taking.offers(people, Hand.ESCORT, "dengqiao-1")
    taking.accepts(offer, people, "husong")
    taking.accepts(offer, [], "husong")
    assert {one.hand for one in taking.now(*(one.person for one in people))} == {"escort"}, "the first answer stands"
    with pytest.raises(NotAllowed):
        taking.offers(taking.now(*(one.person for one in people)), Hand.DRIVER, "bingsi-1")


def test_a_case_and_the_family_go_different_ways_and_never_in_one_hand_over(taking: Taking) -> None:
    first, *others = [one for one in taking.tiny.family if one.birth_date and one.birth_date.year < 2000]
    taking.with_vehicle("2号车")
    taking.listed(first, role="case")
    taking.listed(*others)
    taking.adopted()
    both = taking.ready(taking.now(first, *others))
    assert len({one.trip_id for one in both}) == 2
    with pytest.raises(Problem) as refused:
        taking.offers(both, Hand.ESCORT, "bingsi-1")
    assert stops(refused) == "hand_two_trips"


def test_nobody_leaves_the_door_untold_unasked_or_a_child_alone(taking: Taking) -> None:
    people = adults(taking)
    taking.adopted()
    people = taking.now(*(one.person for one in people))
    with pytest.raises(Problem) as refused:
        taking.offers(people, Hand.ESCORT, "bingsi-1")
    assert stops(refused) == "hand_not_told"
    actions.tell(people=people, by=taking.by("bingsi-1"))
    with pytest.raises(Problem) as refused:
        taking.offers(taking.now(*(one.person for one in people)), Hand.ESCORT, "bingsi-1")
    assert stops(refused) == "hand_not_asked"
    one = people[0]
    actions.note_needs(passenger=one, needs=[Need.CARE], ready_at=None, by=taking.by("bingsi-1"))
    ready = taking.ready(people)
    with pytest.raises(Problem) as refused:
        taking.offers([each for each in ready if each.pk == one.pk], Hand.ESCORT, "bingsi-1")
    assert stops(refused) == "hand_child_alone"


def test_somebody_of_the_door_may_go_along_and_nobody_else(taking: Taking) -> None:
    first, *others = taking.tiny.family
    (one,) = taking.listed(first)
    along = actions.go_along(beside=one, person=others[0], by=taking.by("bingsi-1"))
    assert (along.order, along.role, along.door) == (None, one.role, one.door)
    stranger = taking.tiny.living[taking.tiny.homes[3].pk][0]
    with pytest.raises(Problem):
        actions.go_along(beside=one, person=stranger, by=taking.by("bingsi-1"))
    actions.take_off(orders=[one.order] if one.order else [], why="order_over", by=SYSTEM)
    assert not Passenger.objects.within(EVERYTHING).filter(off_at__isnull=True).exists(), "both stay at home"


def test_what_stays_behind_is_one_open_thing_each_at_the_door(taking: Taking) -> None:
    people = adults(taking)
    for _again in range(2):
        actions.ask_behind(people=people, behind=[Behind.PET, Behind.STOVE], by=taking.by("bingsi-1"))
        worker.run_pending()
    items = TaskItem.objects.within(EVERYTHING).filter(kind__startswith="behind_")
    assert sorted(items.values_list("kind", "task__door")) == [
        ("behind_pet", people[0].door_id), ("behind_stove", people[0].door_id),
    ]  # fmt: skip


def test_who_does_not_want_to_go_is_noted_and_nobody_is_dragged(taking: Taking) -> None:
    people = adults(taking)
    taking.adopted()
    actions.note_refusal(passenger=people[0], by=taking.by("bingsi-1"))
    ready = taking.ready(people)
    with pytest.raises(Problem) as refused:
        taking.offers(ready, Hand.ESCORT, "bingsi-1")
    assert stops(refused) == "hand_refused"
    alert = queries.alerts(EVERYTHING).get()
    assert (alert.kind, alert.passenger) == (Alarm.REFUSED, people[0])


def test_a_full_desk_refuses_the_people_stay_and_the_nearest_with_room_is_named(taking: Taking) -> None:
    other = taking.opened(taking.a_hotel("康宁酒店"))
    people = adults(taking)
    taking.adopted()
    full = Trip.objects.get().site
    people = taking.ready(taking.now(*(one.person for one in people)))
    people = taking.passed_on(people, Hand.ESCORT, "bingsi-1", "husong")
    people = taking.passed_on(people, Hand.DRIVER, "husong", "siji")
    TransferSite.objects.filter(pk=full.pk).update(single=0, family=0, accessible=1)
    offer = taking.offers(people, Hand.DESK, "siji")
    if len(people) > 1:
        with pytest.raises(Problem) as refused:
            taking.accepts(offer, people, "qiantai")
        assert stops(refused) == "hand_no_room"
    handing.refuse(offer=offer, why=handing.FULL, by=taking.by("qiantai"))
    assert {one.hand for one in taking.now(*(one.person for one in people))} == {"driver"}
    alert = TransferAlert.objects.get()
    assert (alert.kind, alert.nearest) == (Alarm.OVERBOOKED, other if full == taking.site else taking.site)
    handing.send_on(alert=alert, by=taking.leader)
    people = taking.passed_on(taking.now(*(one.person for one in people)), Hand.DESK, "siji", "qiantai")
    assert {one.site for one in people} == {alert.nearest}


def test_what_is_over_its_time_becomes_work_once_and_comes_again_if_it_lasts(taking: Taking) -> None:
    people = adults(taking)
    taking.adopted()
    now = clock.now()
    Trip.objects.update(begins_at=now - timedelta(hours=5), arrives_at=now - timedelta(hours=4),
                        started_at=now - timedelta(hours=5))  # fmt: skip
    assert watching.raise_alarms(now=now, by=SYSTEM) >= 4
    assert watching.raise_alarms(now=now, by=SYSTEM) == 0
    kinds = set(TransferAlert.objects.values_list("kind", flat=True))
    assert {"late", "meal", "toilet", "drive"} <= kinds
    watching.note_stop(trip=Trip.objects.get(), what="meal", by=taking.by("siji"))
    for alert in queries.alerts(EVERYTHING):
        watching.settle_alert(alert=alert, by=taking.leader)
    assert not queries.alerts(EVERYTHING).exists()
    assert people


def test_who_waits_in_protective_clothing_is_relieved_after_the_protocols_time(taking: Taking) -> None:
    by, place = taking.by("husong"), taking.tiny.places["community"]
    one = watching.begin_waiting(uuid=uuid7(), response=taking.tiny.response, place=place, by=by)
    later = one.since + timedelta(minutes=121)
    assert watching.raise_alarms(now=later - timedelta(minutes=2), by=SYSTEM) == 0
    assert watching.raise_alarms(now=later, by=SYSTEM) == 1
    watching.end_waiting(by=by)
    assert not queries.alerts(EVERYTHING).exists()


def test_all_of_it_ends_with_its_response(taking: Taking) -> None:
    adults(taking)
    close_response(response=taking.tiny.response, by=taking.by("zhihuibu"))
    worker.run_pending()
    assert not Passenger.objects.within(EVERYTHING).filter(off_at__isnull=True).exists()
    assert not TransferSite.objects.filter(closed_at__isnull=True).exists()
