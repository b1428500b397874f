"""The tracer's pages: cases, one case, decisions, calls and interviews, with good and with bad input."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.flows.stage import NEGATIVE, RETEST, SCREEN, Stage

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.worker import run_pending
from wangge.demo.chance import stream
from wangge.demo.small import Small, check_in_row
from wangge.demo.staff import Staff
from wangge.domains.cases.actions import note_cut
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.duty.rules import PostKind
from wangge.domains.people.models import Person
from wangge.domains.testing.actions import withdraw_result
from wangge.domains.testing.queries import result
from wangge.domains.venues import storage
from wangge.web.trace.chain import chain_of
from wangge.web.trace.gathered import gathered

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def stage(tiny: Small) -> Iterator[Stage]:
    with clock.held(clock.end_of(clock.today()) - timedelta(hours=9)):
        yield Stage(tiny)


@pytest.fixture
def case(stage: Stage) -> Case:
    """The first husband is a case; a neighbour and a roommate ate noodles beside him."""
    return stage.case_of(stage.tiny.family[0])


@pytest.fixture
def tracer(sign_in: SignIn) -> Client:
    return sign_in("liudiao")


def page_of(case: Case) -> str:
    return reverse("case", args=[case.uuid])


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def neighbour_of(stage: Stage) -> Person:
    return stage.tiny.living[stage.tiny.homes[2].pk][0]


def candidate(stage: Stage) -> Exposure:
    return stage.exposures(neighbour_of(stage), kind="venue")[0]


def decide_at(case: Case, exposure: Exposure) -> str:
    return reverse("exposure-decide", args=[case.uuid, exposure.uuid])


# Who may look


def test_a_tracer_of_another_district_sees_neither_list_row_nor_case(stage: Stage, case: Case, sign_in: SignIn) -> None:
    staff = Staff("elsewhere", stream("elsewhere"))
    staff.seat("liudiao-qingxu", PostKind.TRACER, "清徐县流调", stage.tiny.places["county"])
    stage.tiny.accounts.update(staff.accounts)
    other = sign_in("liudiao-qingxu")
    assert "Case 1" not in text_of(other.get(reverse("cases")))
    assert other.get(page_of(case)).status_code == 404
    assert other.get(reverse("interview", args=[case.uuid])).status_code == 404
    assert other.post(decide_at(case, candidate(stage)), {"state": "confirmed"}).status_code == 404
    assert candidate(stage).state == "candidate"


@pytest.mark.parametrize("username", ["bingsi-1", "jiance", "yingze-zhengling", "zhihuibu"])
def test_without_a_tracers_post_nobody_enters(case: Case, sign_in: SignIn, username: str) -> None:
    assert sign_in(username).get(page_of(case)).status_code == 403


def test_opening_a_case_is_a_look_at_the_person_once_an_hour(stage: Stage, case: Case, tracer: Client) -> None:
    for _ in range(3):
        assert tracer.get(page_of(case)).status_code == 200
    (look,) = AccessLog.objects.filter(person=stage.tiny.family[0].uuid)
    assert (look.kind, look.reason) == ("opened", f"case:{case.uuid}")
    assert look.account == stage.tiny.accounts["liudiao"].uuid


def test_only_the_case_is_named_everybody_else_is_masked(stage: Stage, case: Case, tracer: Client) -> None:
    shown = text_of(tracer.get(page_of(case)))
    assert stage.tiny.family[0].name in shown
    for person in [*stage.tiny.family[1:], neighbour_of(stage), stage.tiny.roommates[0]]:
        assert person.name not in shown


# The list


def test_the_list_tells_number_home_state_and_what_is_open(stage: Stage, case: Case, tracer: Client) -> None:
    stage.result(stage.tiny.roommates[1], SCREEN)
    run_pending()
    response = tracer.get(reverse("cases"))
    (row,) = response.context["rows"]
    assert (row["number"], row["met"], row["waiting"]) == (1, 3, 2)
    assert "桥东街道" in row["home"]
    assert row["name"].endswith("*")
    assert [entry["name"] for entry in response.context["retests"]] == [stage.tiny.roommates[1].name[0] + "**"]


def test_the_list_narrows_by_place_and_shows_candidates_of_a_name(stage: Stage, case: Case, tracer: Client) -> None:
    def numbers(**asked: str) -> list[int]:
        return [row["number"] for row in tracer.get(reverse("cases"), asked).context["rows"]]

    assert numbers(q="迎泽区") == [1]
    assert numbers(q="清徐县") == []
    assert numbers(q="没有这个地方") == [1]
    assert "No place here is called" in text_of(tracer.get(reverse("cases"), {"q": "没有这个地方"}))
    assert numbers(state="withdrawn") == []
    assert numbers(state="waiting") == [1]
    assert numbers(state="nonsense", page="99", response="x") == [1]


def test_the_list_asks_as_much_for_one_case_as_for_three(
    stage: Stage, case: Case, tracer: Client, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as one:
        tracer.get(reverse("cases"))
    for home in (4, 7):
        stage.case_of(stage.tiny.living[stage.tiny.homes[home].pk][0])
    with django_assert_num_queries(len(one)):
        assert len(tracer.get(reverse("cases")).context["rows"]) == 3


def test_without_a_response_that_traces_the_page_says_why(stage: Stage, tracer: Client) -> None:
    stage.tiny.response.phases.update(protocol="flood-evacuation")
    assert "No Response that traces cases" in text_of(tracer.get(reverse("cases")))


# The case


def test_the_case_shows_who_where_when_and_how_long(stage: Stage, case: Case, tracer: Client) -> None:
    response = tracer.get(page_of(case))
    shown = text_of(response)
    for said in ("Case 1", "老槐树面馆", "东岗里 1号楼 1单元 101", "50 min", "close contact", "covid19-v8"):
        assert said in shown
    assert len(response.context["contacts"]) == 3
    assert len(response.context["candidates"]) == 2
    assert [row["rank"] for row in response.context["candidates"]] == [1, 2]
    assert "style=" not in response.content.decode()


def test_what_followed_is_told_to_the_door(stage: Stage, case: Case, tracer: Client) -> None:
    (row, *_) = tracer.get(page_of(case)).context["contacts"]
    assert [order["state"] for order in row["orders"]] == ["proposed"]
    assert (row["at_door"]["done"], row["at_door"]["all"], row["at_door"]["state"]) == (0, 1, "not_yet")


def test_what_the_limit_cut_is_said(stage: Stage, case: Case, tracer: Client) -> None:
    assert "was cut" not in text_of(tracer.get(page_of(case)))
    note_cut(case=case, cut=37, by=stage.tiny.by("liudiao"), cause=case.uuid)
    assert "37 more people were cut by the protocol's limit of 200" in text_of(tracer.get(page_of(case)))


def test_the_case_asks_as_much_for_few_as_for_many(
    stage: Stage, tracer: Client, django_assert_num_queries: Any
) -> None:
    tiny, husband = stage.tiny, stage.tiny.family[0]
    few = stage.case_of(tiny.living[tiny.homes[11].pk][0])
    at = clock.now() - timedelta(hours=20)
    crowd = [person for home in tiny.homes[3:11] for person in tiny.living[home.pk]]
    storage.add(check_in_row("many", person.pk, tiny.venues[0].pk, at) for person in [husband, *crowd])
    many = stage.case_of(husband)
    tracer.get(page_of(few))
    tracer.get(page_of(many))
    with CaptureQueriesContext(connection) as asked:
        tracer.get(page_of(few))
    with CaptureQueriesContext(connection) as for_many:
        response = tracer.get(page_of(many))
    assert response.context["page"].paginator.count > 20
    assert len(for_many) <= len(asked) + 3  # venues and what hangs on them, once


def test_everybody_met_is_drawn_or_counted_at_the_meeting(stage: Stage, tracer: Client) -> None:
    tiny, husband = stage.tiny, stage.tiny.family[0]
    at = clock.now() - timedelta(hours=20)
    crowd = [person for home in tiny.homes[3:] for person in tiny.living[home.pk]]
    storage.add(check_in_row("crowd", person.pk, tiny.venues[0].pk, at) for person in [husband, *crowd])
    case = stage.case_of(husband)
    tracer.post(decide_at(case, stage.exposures(crowd[0])[0]), {"state": "confirmed"})
    run_pending()
    all_ = gathered(case)
    meetings = chain_of(all_).meetings
    people = [who for one in meetings for who in one.people]
    drawn = [*people, *(other for who in people for other in who.hanging)]
    counted = [state for one in meetings for state in one.crowd]
    assert len(drawn) + len(counted) == len(all_.exposures)
    assert len({who.key for who in drawn}) == len(drawn)
    assert len(drawn) < 15 < len(counted)
    assert f"{len(counted)} more: {counted.count('candidate')} to be decided" in text_of(tracer.get(page_of(case)))


def test_a_meeting_narrows_the_list_to_it(stage: Stage, case: Case, tracer: Client) -> None:
    at = {"meeting": str(stage.tiny.venues[1].uuid)}
    assert len(tracer.get(page_of(case), at).context["candidates"]) == 2
    assert len(tracer.get(page_of(case), {"meeting": "nonsense"}).context["candidates"]) == 0


def test_a_withdrawn_case_says_so_keeps_its_number_and_asks_nothing(stage: Stage, case: Case, tracer: Client) -> None:
    by = stage.tiny.by("jiance")
    retest = result(by.scope("enter_results"), case.result)  # type: ignore[arg-type]
    withdraw_result(result=retest, why="样本张冠李戴", by=by)
    run_pending()
    shown = text_of(tracer.get(page_of(case)))
    assert "Case 1" in shown
    assert "This case was withdrawn" in shown
    assert "Somebody the case named" not in shown
    assert tracer.get(page_of(case)).context["candidates"] == []


# Decisions


def test_one_tap_confirms_and_the_page_comes_back_at_the_row(stage: Stage, case: Case, tracer: Client) -> None:
    one = candidate(stage)
    response = tracer.post(decide_at(case, one), {"state": "confirmed"})
    assert response.status_code == 302
    assert response["Location"] == f"{page_of(case)}#row-{one.uuid}"
    run_pending()
    assert candidate(stage).state == "confirmed"
    assert [order.role for order in stage.orders(neighbour_of(stage))] == ["close_contact"]
    assert len(tracer.get(page_of(case)).context["contacts"]) == 5  # and who lives there


def test_with_htmx_only_the_row_comes_back_with_its_undo(stage: Stage, case: Case, tracer: Client) -> None:
    response = tracer.post(decide_at(case, candidate(stage)), {"state": "confirmed"}, headers={"HX-Request": "true"})
    body = response.content.decode()
    assert response.status_code == 200
    assert body.strip().startswith("<li")
    assert "<html" not in body
    assert "Not a contact" in body
    assert neighbour_of(stage).name not in body
    undone = tracer.post(decide_at(case, candidate(stage)), {"state": "dismissed"}, headers={"HX-Request": "true"})
    assert "not a contact" in undone.content.decode()


def test_a_step_that_the_rule_does_not_know_is_refused_in_words(stage: Stage, case: Case, tracer: Client) -> None:
    where = decide_at(case, candidate(stage))
    tracer.post(where, {"state": "confirmed"})
    response = tracer.post(where, {"state": "asked"}, headers={"HX-Request": "true"})
    assert "already decided or withdrawn" in text_of(response)
    for nonsense in ("", "withdrawn", "candidate", "x"):
        tracer.post(where, {"state": nonsense})
    assert candidate(stage).state == "confirmed"


def test_an_unknown_exposure_is_a_404(case: Case, tracer: Client) -> None:
    where = reverse("exposure-decide", args=[case.uuid, case.uuid])
    assert tracer.post(where, {"state": "confirmed"}).status_code == 404
    assert tracer.get(where).status_code == 405


def test_a_call_shows_the_number_and_stands_on_the_record(stage: Stage, case: Case, tracer: Client) -> None:
    person = neighbour_of(stage)
    response = tracer.post(reverse("exposure-call", args=[case.uuid, candidate(stage).uuid]))
    assert person.name in text_of(response)
    assert stage.tiny.typed[person.uuid].phone in text_of(response)
    look = AccessLog.objects.get(person=person.uuid)
    assert (look.kind, look.reason) == ("called", f"case:{case.uuid}")


# The interview


def typed(**more: str) -> dict[str, str]:
    at = (clock.now() - timedelta(hours=5)).astimezone(clock.LOCAL)
    return {"who": "", "starts": at.strftime("%Y-%m-%dT%H:%M"), "minutes": "30", "venue": "", "where": ""} | more


def send(tracer: Client, case: Case, **more: str) -> Any:
    return tracer.post(reverse("interview", args=[case.uuid]), typed(**more))


def test_somebody_named_by_document_becomes_a_contact(stage: Stage, case: Case, tracer: Client) -> None:
    person = stage.tiny.living[stage.tiny.homes[7].pk][0]
    response = send(tracer, case, who=stage.tiny.document(person), venue=str(stage.tiny.venues[1].uuid))
    (one,) = stage.exposures(person)
    assert response["Location"] == f"{page_of(case)}#row-{one.uuid}"
    assert (one.kind, one.state, one.minutes, one.venue) == ("interview", "confirmed", 30, stage.tiny.venues[1].uuid)
    run_pending()
    assert [order.role for order in stage.orders(person)] == ["close_contact"]


def test_a_phone_that_a_family_shares_asks_who_it_was(stage: Stage, case: Case, tracer: Client) -> None:
    shared = shared_phone(stage)
    phone = stage.tiny.typed[shared[0].uuid].phone
    response = send(tracer, case, who=phone)
    assert response.status_code == 422
    assert "Several people share this phone" in text_of(response)
    assert response.content.decode().count('name="person"') == len(shared)
    assert not stage.exposures(shared[1], kind="interview")
    send(tracer, case, who=phone, person=str(shared[1].uuid))
    assert stage.exposures(shared[1], kind="interview")


def shared_phone(stage: Stage) -> list[Person]:
    phones: dict[str, list[Person]] = {}
    for person in stage.tiny.people:
        if person.home_id != stage.tiny.family[0].home_id and (phone := stage.tiny.typed[person.uuid].phone):
            phones.setdefault(phone, []).append(person)
    return next(people for people in phones.values() if len(people) > 1)


def test_a_place_is_never_picked_silently(stage: Stage, case: Case, tracer: Client) -> None:
    person = stage.tiny.living[stage.tiny.homes[7].pk][0]
    who = stage.tiny.document(person)
    response = send(tracer, case, who=who, where="东岗里2号楼")
    assert response.status_code == 422
    assert not stage.exposures(person, kind="interview")
    (choice,) = re.findall(r'name="place" value="([^"]+)"', response.content.decode())
    send(tracer, case, who=who, where="东岗里2号楼", place=choice)
    (one,) = stage.exposures(person, kind="interview")
    assert one.place
    assert one.place.name == "2号楼"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("who", "", "Say whom the case met"),
        ("starts", "", "Say when they met"),
        ("starts", "yesterday", "is no date and hour"),
        ("starts", "2099-01-01T10:00", "lies in the future"),
        ("starts", "2022-01-01T10:00", "before the infectious period"),
        ("minutes", "0", "how long they were together"),
        ("minutes", "ten", "how long they were together"),
        ("where", "没有这个地方", "No place here is called"),
    ],
)
def test_each_mistake_is_told_at_its_field_and_what_was_typed_stays(
    stage: Stage, case: Case, tracer: Client, field: str, value: str, said: str
) -> None:
    person = stage.tiny.living[stage.tiny.homes[7].pk][0]
    response = send(tracer, case, **{"who": stage.tiny.document(person), "minutes": "45"} | {field: value})
    assert response.status_code == 422
    assert said in text_of(response)
    assert field in response.context["form"].errors
    if field != "minutes":
        assert 'value="45"' in response.content.decode()
    assert not stage.exposures(person, kind="interview")


def test_the_case_itself_is_no_contact(stage: Stage, case: Case, tracer: Client) -> None:
    response = send(tracer, case, who=stage.tiny.document(stage.tiny.family[0]))
    assert response.status_code == 422
    assert "This is the case themselves" in text_of(response)


def test_who_is_unknown_is_registered_and_added_in_one_go(stage: Stage, case: Case, tracer: Client) -> None:
    unknown = send(tracer, case, who="13812345678")
    assert unknown.status_code == 422
    assert "Nobody with this document or phone is registered" in text_of(unknown)
    assert 'value="13812345678"' in unknown.content.decode()
    before = Person._base_manager.count()
    new = {"register": "yes", "name": "郭新来", "phone": "13812345678", "home_text": "东岗里1-1-201"}
    asked = send(tracer, case, who="13812345678", **new)
    assert asked.status_code == 422
    assert Person._base_manager.count() == before
    (home,) = re.findall(r'name="home" value="([^"]+)"', asked.content.decode())
    assert send(tracer, case, who="13812345678", home=home, **new).status_code == 302
    person = Person._base_manager.get(name="郭新来")
    assert person.home_id == stage.tiny.homes[1].pk
    assert stage.exposures(person)[0].state == "confirmed"


def test_nobody_new_is_registered_when_the_meeting_is_wrong(stage: Stage, case: Case, tracer: Client) -> None:
    before = Person._base_manager.count()
    home = str(stage.tiny.homes[1].uuid)
    new = {"register": "yes", "name": "郭新来", "phone": "13812345678", "home_text": "东岗里1-1-201", "home": home}
    assert send(tracer, case, who="13812345678", starts="2022-01-01T10:00", **new).status_code == 422
    assert send(tracer, case, who="13812345678", minutes="", **new).status_code == 422
    assert send(tracer, case, who="13812345678", **new | {"name": "", "document": "123"}).status_code == 422
    assert Person._base_manager.count() == before


def test_a_negative_retest_leaves_no_case_and_nobody_waiting(stage: Stage, tracer: Client) -> None:
    person = stage.tiny.family[0]
    stage.result(person, SCREEN)
    run_pending()
    stage.result(person, RETEST, NEGATIVE)
    run_pending()
    response = tracer.get(reverse("cases"))
    assert response.context["retests"] == []
    assert response.context["rows"] == []
