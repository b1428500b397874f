"""Papers handed over, signed or not; helpers typed for a home or for all around it; the five and their holes."""

from datetime import timedelta
from typing import Any

import pytest
from tests.domains.isolation.home import DOCUMENT, ordered, proposed
from tests.flows.stage import Stage, later

from wangge.base import clock, worker
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.actions import end
from wangge.domains.isolation import actions, homes
from wangge.domains.isolation.five import five_at
from wangge.domains.isolation.handing import hand_over, set_helper
from wangge.domains.isolation.inputs import HandingInput, read_handing, read_helper
from wangge.domains.isolation.models import HomeHelper, Order, PaperHanded
from wangge.domains.isolation.rules_home import Helper, Paper, Signed
from wangge.domains.people.models import Person
from wangge.domains.protocol.actions import close_response


def handing(signed: Signed = Signed.SIGNED, **more: Any) -> HandingInput:
    return HandingInput(uuid7(), more.pop("paper", Paper.ORDER), signed, more.pop("at", clock.now()), **more)


def refused(stage: Stage, order: Order, typed: HandingInput, username: str = "bingsi-1") -> str:
    with pytest.raises(Problem) as caught:
        hand_over(order=order, typed=typed, by=stage.tiny.by(username))
    assert not PaperHanded.objects.within(EVERYTHING).exists()
    return caught.value.code


def test_the_worker_hands_the_paper_over_and_it_is_one_thing_less_to_do(stage: Stage) -> None:
    person = stage.tiny.family[1]
    order = ordered(stage, person)
    worker.run_pending()
    assert "serve_order" in stage.items(person)
    typed = handing()
    one = hand_over(order=order, typed=typed, by=stage.tiny.by("bingsi-1"))
    assert hand_over(order=order, typed=typed, by=stage.tiny.by("bingsi-1")) == one
    worker.run_pending()
    assert "serve_order" in stage.items(person, "done")
    assert "serve_order" not in stage.items(person)
    (fact,) = Event.objects.filter(kind="isolation.paper_handed")
    assert (fact.subject, fact.data) == (order.uuid, {"paper": "order", "signed": "signed"})
    assert one.post == stage.tiny.posts["bingsi-1"].uuid


def test_whoever_does_not_sign_is_noted_and_nothing_follows(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1])
    worker.run_pending()
    before = set(Event.objects.values_list("pk", flat=True))
    hand_over(order=order, typed=handing(Signed.REFUSED), by=stage.tiny.by("bingsi-1"))
    worker.run_pending()
    kinds = set(Event.objects.exclude(pk__in=before).values_list("kind", flat=True))
    assert kinds == {"isolation.paper_handed", "work.items_finished"}
    order.refresh_from_db()
    assert order.state == "in_force"


def test_a_guardian_signs_for_a_child_and_the_name_is_sealed(stage: Stage) -> None:
    child = stage.tiny.family[2]
    order = ordered(stage, child)
    assert refused(stage, order, handing()) == "minor_needs_guardian"
    assert refused(stage, order, handing(Signed.GUARDIAN)) == "guardian_missing"
    one = hand_over(order=order, typed=handing(Signed.GUARDIAN, guardian="王秀英"), by=stage.tiny.by("bingsi-1"))
    assert "王秀英".encode() not in bytes(one.sealed)
    assert homes.guardian_of(one) == "王秀英"


def test_a_torn_off_part_is_typed_in_later_with_its_own_hour(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1])
    at = clock.now()
    with later(hours=5):
        one = hand_over(order=order, typed=handing(at=at), by=stage.tiny.by("bingsi-1"))
    assert (one.at, one.recorded_at - one.at) == (at, timedelta(hours=5))


@pytest.mark.parametrize(
    ("hours", "code"), [(1, "handed_in_future"), (-1, "handed_before_paper")], ids=["future", "before"]
)
def test_the_hour_has_to_be_possible(stage: Stage, hours: int, code: str) -> None:
    order = ordered(stage, stage.tiny.family[1])
    assert refused(stage, order, handing(at=clock.now() + timedelta(hours=hours))) == code


def test_what_is_only_proposed_has_no_paper_and_what_ended_has_none_any_more(stage: Stage) -> None:
    one, other = proposed(stage, stage.tiny.family[1]), ordered(stage, stage.tiny.family[0])
    assert refused(stage, one, handing()) == "handed_before_paper"
    Order.objects.within(EVERYTHING).filter(pk=other.pk).update(state="ended", ended_at=clock.now())
    other.refresh_from_db()
    with later(hours=1):
        assert refused(stage, other, handing()) == "handed_after_end"


def test_nothing_is_handed_over_to_the_dead_nor_after_the_response(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1])
    order.person.died_on = clock.today()
    assert refused(stage, order, handing()) == "order_person_died"
    order.person.died_on = None
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    assert refused(stage, order, handing()) == "paper_response_closed"


def test_a_community_carries_an_order_out_and_cannot_make_one(stage: Stage) -> None:
    order = proposed(stage, stage.tiny.family[1])
    for username in ("bingsi-shuji", "bingsi-1", "yisheng", "qiaodong"):
        with pytest.raises(NotAllowed):
            actions.confirm_orders(orders=[order], by=stage.tiny.by(username), **DOCUMENT)
    order.refresh_from_db()
    assert order.state == "proposed"
    mine = ordered(stage, stage.tiny.family[0])
    assert hand_over(order=mine, typed=handing(), by=stage.tiny.by("bingsi-shuji")).signed == Signed.SIGNED


def test_papers_of_other_doors_are_other_peoples_work(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1])
    for username in ("dengqiao-1", "yingze-zhengling"):
        with pytest.raises(NotAllowed):
            hand_over(order=order, typed=handing(), by=stage.tiny.by(username))
    assert not PaperHanded.objects.within(EVERYTHING).exists()


def test_what_is_typed_is_read_or_said_to_be_wrong() -> None:
    for typed, code in (
        ({"uuid": str(uuid7())}, "signed_missing"),
        ({"uuid": "x", "signed": "signed"}, "paper_form_broken"),
        ({"uuid": str(uuid7()), "signed": "signed", "at": "gestern"}, "handed_unreadable"),
    ):
        with pytest.raises(Problem) as caught:
            read_handing(typed)
        assert caught.value.code == code
    for helper, codes in (
        ({"kind": "doctor", "name": "x", "phone": "110"}, ["helper_kind"]),
        ({"kind": "police", "name": "马明", "phone": ""}, ["helper_phone"]),
        ({"kind": "police", "name": "", "phone": "13900001111"}, ["helper_name"]),
    ):
        with pytest.raises((Problem, Problems)) as found:
            read_helper({"uuid": str(uuid7())} | helper)
        assert [one.code for one in getattr(found.value, "problems", [found.value])] == codes


def name_helper(stage: Stage, place: Any, kind: str, name: str, by: str = "bingsi-shuji") -> HomeHelper | None:
    typed = read_helper({"uuid": str(uuid7()), "kind": kind, "name": name, "phone": "139 0000 1111" if name else ""})
    return set_helper(response=stage.tiny.response, place=place, typed=typed, by=stage.tiny.by(by))


def five(stage: Stage, person: Person) -> dict[Helper, str]:
    return {one.kind: one.name for one in five_at(stage.tiny.response, person.home)}


def test_the_five_follow_from_posts_and_from_what_was_typed(stage: Stage) -> None:
    person, tiny = stage.tiny.family[1], stage.tiny
    known = five(stage, person)
    assert list(known) == list(Helper)
    assert known[Helper.GRID_WORKER] == tiny.accounts["bingsi-1"].name
    assert known[Helper.DOCTOR] == tiny.accounts["yisheng"].name
    assert (known[Helper.POLICE], known[Helper.VOLUNTEER]) == ("", "")
    name_helper(stage, tiny.places["community"], "police", "马明")
    name_helper(stage, person.home, "volunteer", "赵小燕")
    known = five(stage, person)
    assert (known[Helper.POLICE], known[Helper.VOLUNTEER]) == ("马明", "赵小燕")
    neighbour = tiny.living[tiny.homes[1].pk][0]
    assert five(stage, neighbour)[Helper.POLICE] == "马明"  # typed once for every home of the community
    assert five(stage, neighbour)[Helper.VOLUNTEER] == ""
    name_helper(stage, person.home, "police", "周强")
    assert five(stage, person)[Helper.POLICE] == "周强"  # the nearest
    name_helper(stage, person.home, "police", "")
    assert five(stage, person)[Helper.POLICE] == "马明"


def test_a_vacant_seat_is_answered_from_above_and_a_missing_doctor_is_a_hole(stage: Stage) -> None:
    tiny = stage.tiny
    neighbour = tiny.living[tiny.homes[-1].pk][0]  # grid 2 has no worker
    worker_ = next(one for one in five_at(tiny.response, neighbour.home) if one.kind is Helper.GRID_WORKER)
    assert (worker_.name, worker_.stands_in) == (tiny.accounts["bingsi-zhibu-1"].name, True)
    village = tiny.living[tiny.yards[0].pk][0]
    assert five(stage, village)[Helper.DOCTOR] == ""
    holding = tiny.posts["yisheng"].holdings.get()
    end(holding=holding, by=tiny.by("zhihuibu"))
    doctor = next(one for one in five_at(tiny.response, neighbour.home) if one.kind is Helper.DOCTOR)
    assert (doctor.hole, doctor.post) == (True, tiny.posts["yisheng"].title)


def test_a_helper_is_named_once_and_only_by_whoever_leads_there(stage: Stage) -> None:
    person = stage.tiny.family[1]
    for username in ("bingsi-1", "dengqiao-shuji", "yisheng", "yingze-zhengling", "liudiao"):
        with pytest.raises(NotAllowed):
            name_helper(stage, person.home, "police", "马明", username)
    one = name_helper(stage, person.home, "police", "马明")
    assert one
    again = read_helper({"uuid": str(one.uuid), "kind": "police", "name": "别人", "phone": "13900002222"})
    assert (
        set_helper(response=stage.tiny.response, place=person.home, typed=again, by=stage.tiny.by("bingsi-shuji"))
        == one
    )
    assert "马明".encode() not in bytes(one.sealed)
    assert Event.objects.filter(kind="isolation.helper_set").count() == 1
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    with pytest.raises(Problem, match="paper_response_closed"):
        name_helper(stage, person.home, "police", "周强")


def test_homes_in_isolation_are_those_whose_measure_of_today_is_spent_at_home(stage: Stage) -> None:
    home, away = ordered(stage, stage.tiny.family[1]), ordered(stage, stage.tiny.roommates[0], role="close_contact")
    with later(days=1):
        there = set(homes.at_home(EVERYTHING, stage.tiny.response))
        assert home in there
        assert away not in there
        assert homes.term_of(home).day == 1
    with later(days=9):  # the seven days away are over, three of monitoring at home follow
        assert away in set(homes.at_home(EVERYTHING, stage.tiny.response))
