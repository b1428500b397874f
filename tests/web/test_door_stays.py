"""Where somebody was, looked up with them: the list of each day decides, and nobody is asked the same again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.domains.asking import bank
from tests.web.test_door_questions import door, task, text

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.asking.actions.taking import take_questionnaire
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.queries.doors import open_door
from wangge.domains.asking.shipped import shipped_files
from wangge.domains.duty.queries import by_for
from wangge.domains.people.models import Person
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import Named, Published
from wangge.domains.risk.models import RiskArea
from wangge.domains.risk.rules import Level
from wangge.web.desk import words

SignIn = Callable[..., Client]
HIGH = Named("山西省", "云州市", "松原区", "学府小区7栋")
MID = Named("山西省", "云州市", "松原区", "柳林镇洋河村")
ASKED = ("came_back", "came_from", "came_on", "risk_area")


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def day(one: date) -> str:
    with override("en"):
        return words.day(one)


def listed(days: int, *names: Named) -> None:
    """A list of so many days ago."""
    levels = {one.key: Level.HIGH if one is HIGH else Level.MID for one in names}
    at = clock.start_of(ago(days)) + timedelta(hours=8)
    take_list(published=Published(at, levels, {one.key: one for one in names}), by=SYSTEM, many_endings=True)


@pytest.fixture
def asked(tiny: Small) -> Small:
    """Everybody in the community is asked; one building was high until four days ago, a village is middle since."""
    [content] = [content for name, content in shipped_files() if name.startswith("travel_code")]
    take_questionnaire(content=content, by=SYSTEM)
    bank.ask(tiny, *ASKED, title="行程摸排", purpose="及早找到需要检测的人")
    worker.run_pending()
    listed(20, HIGH)
    listed(4, MID)
    return tiny


@pytest.fixture
def person(asked: Small) -> Person:
    return asked.family[0]


def address(tiny: Small, person: Person | None = None) -> str:
    return reverse("door-stays", args=[task(tiny).uuid, (person or tiny.family[0]).uuid])


def area(one: Named) -> str:
    return str(RiskArea.objects.get(key=one.key).uuid)


def typed(*stays: tuple[Named, int | None, int | None], **more: str) -> dict[str, Any]:
    """The form with some stays, by the days ago of the first and the last day."""
    said: dict[str, Any] = {"submission": str(uuid7()), "channel": "door", "q": ""}
    said["area"] = [area(one) for one, _first, _last in stays]
    for name, number in (("first", 1), ("left", 2)):
        days = [one[number] for one in stays]
        said[name] = [ago(one).isoformat() if isinstance(one, int) else "" for one in days]
    return said | {key.replace("__", "."): value for key, value in more.items()}


def answers(person: Person) -> dict[str, str]:
    found = Answer._base_manager.filter(person=person, state="current").select_related("question")
    return {one.question.name: value_of(one) for one in found}


def still_asked(tiny: Small, person: Person) -> set[str]:
    found = open_door(by_for(tiny.accounts["bingsi-1"]).scope(Right.WORK_DOORS), door(tiny))
    parts = {found.people[part.key].pk: set(part.names) for part in found.parts if part.person}
    return parts.get(person.pk, set())


def test_the_door_and_its_form_lead_there_while_it_is_open(asked: Small, person: Person, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    pages = [reverse(name, args=[task(asked).uuid]) for name in ("door", "door-questions")]
    assert [address(asked) in client.get(page).content.decode() for page in pages] == [True, True]
    client.post(address(asked), typed((HIGH, 6, 5), record="1"))
    assert [address(asked) in client.get(page).content.decode() for page in pages] == [False, False]


def test_it_is_looked_up_without_a_script(asked: Small, person: Person, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    assert person.name in text(client.get(address(asked)))
    assert AccessLog.objects.filter(person=person.uuid, task=task(asked).uuid).count() == 1
    found = client.post(address(asked), typed(q="云州学府", look="1"))
    assert f'name="add" value="{area(HIGH)}"' in found.content.decode()
    chosen = client.post(address(asked), typed(q="云州学府", add=area(HIGH)))
    assert [row.name for row in chosen.context["rows"]] == ["山西省 云州市 松原区 学府小区7栋"]
    assert 'name="add"' not in chosen.content.decode()  # the search is done with
    assert "Choose the day on which they left" not in text(chosen)  # nothing is wrong yet
    gone = client.post(address(asked), typed((HIGH, 6, 5), (MID, 2, 1), drop="0"))
    assert [row.area for row in gone.context["rows"]] == [RiskArea.objects.get(key=MID.key).uuid]


def test_a_sentence_finds_what_is_listed_around_a_place(asked: Small, sign_in: SignIn) -> None:
    found = sign_in("bingsi-1").post(address(asked), typed(q="从云州松原回来的", look="1"))
    assert area(MID) in found.content.decode()


def test_each_day_is_said_with_its_list_and_with_what_follows(asked: Small, sign_in: SignIn) -> None:
    said = text(sign_in("bingsi-1").post(address(asked), typed((HIGH, 6, 2))))
    first, last = f"{day(ago(6))}–{day(ago(4))}", f"{day(ago(3))}–{day(ago(2))}"
    assert f"{first}: high risk (list of {day(ago(20))} 08:00)." in said  # until eight of its last day it was high
    assert f"{last}: not listed then (list of {day(ago(4))} 08:00)." in said
    assert "Been in or through a risk area? Yes" in said
    assert "14 days of central isolation" in said
    assert f"Over after {day(ago(2) + timedelta(days=14))}" in said
    assert answers(asked.family[0]) == {}  # nothing is kept by looking


def test_the_list_of_the_day_decides_and_not_that_of_today(asked: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    assert client.post(address(asked), typed((HIGH, 3, 1))).context["judgement"].answer == "no"
    assert client.post(address(asked), typed((MID, 9, 5))).context["judgement"].answer == "no"
    assert client.post(address(asked), typed((MID, 9, 3))).context["judgement"].answer == "yes"


def test_of_several_stays_the_strictest_counts(asked: Small, sign_in: SignIn) -> None:
    answer = sign_in("bingsi-1").post(address(asked), typed((MID, 2, 1), (HIGH, 6, 5), (HIGH, 30, 25)))
    judgement = answer.context["judgement"]
    assert (judgement.verdict.level, judgement.answer, judgement.arrives) == (Level.HIGH, "yes", ago(1))
    assert "Longer ago than the 14 days" in judgement.rows[2]["lines"][0]


def test_who_knows_only_when_they_left_was_there_all_the_days_before(asked: Small, sign_in: SignIn) -> None:
    answer = sign_in("bingsi-1").post(address(asked), typed((HIGH, None, 2)))
    assert f"{day(ago(16))}–{day(ago(4))}: high risk" in text(answer)


def test_recorded_it_is_the_answer_of_the_questionnaire(asked: Small, person: Person, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    assert still_asked(asked, person) == set(ASKED)
    answer = client.post(address(asked), typed((HIGH, 6, 5), record="1", q__came_by="train", q__trip_number="D2002"))
    assert answer.url == f"{reverse('door-questions', args=[task(asked).uuid])}?by=door"
    assert answers(person) == {
        "came_back": "yes", "came_on": ago(5).isoformat(), "came_by": "train", "trip_number": "D2002",
        "came_from": f"山西省 云州市 松原区 学府小区7栋 {ago(6)}/{ago(5)}", "risk_area": "yes",
    }  # fmt: skip
    assert still_asked(asked, person) == set()
    assert "recorded. Been in or through a risk area? Yes." in text(
        client.get(reverse("door", args=[task(asked).uuid]))
    )
    event = Event.objects.filter(kind="asking.answers_recorded").latest("id")
    assert event.data["source"] == "visit"
    assert "学府" not in str(event.data)


def test_on_the_phone_it_is_an_answer_of_a_call(asked: Small, person: Person, sign_in: SignIn) -> None:
    answer = sign_in("bingsi-1").post(address(asked), typed((MID, 2, 1), record="1") | {"channel": "phone"})
    assert answer.url.endswith("?by=phone")
    assert set(Answer._base_manager.filter(person=person).values_list("source", flat=True)) == {"phone"}


def test_sent_twice_it_is_once(asked: Small, person: Person, sign_in: SignIn) -> None:
    client, form = sign_in("bingsi-1"), typed((HIGH, 6, 5), record="1")
    first, second = client.post(address(asked), form), client.post(address(asked), form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Answer._base_manager.filter(person=person, question__name="risk_area").count() == 1


def test_corrected_after_going_back_the_later_one_counts(asked: Small, person: Person, sign_in: SignIn) -> None:
    client, form = sign_in("bingsi-1"), typed((HIGH, 6, 5), record="1")
    client.post(address(asked), form)
    client.post(address(asked), form | {"first": [ago(3).isoformat()], "left": [ago(2).isoformat()]})
    assert answers(person)["risk_area"] == "no"


def test_in_none_of_them_asks_where_from_and_says_no(asked: Small, person: Person, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    refused = client.post(address(asked), typed(none="1", record="1"))
    assert refused.status_code == 422
    assert refused.content.decode().count("errorlist") == 2  # where from, and on which day
    assert answers(person) == {}
    client.post(address(asked), typed(none="1", record="1", q__came_from="云州", q__came_on=ago(3).isoformat()))
    assert (answers(person)["risk_area"], answers(person)["came_from"]) == ("no", "云州")


def test_without_a_list_of_the_days_nobody_says_no(asked: Small, person: Person, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    journey = {"q__came_from": "云州", "q__came_on": ago(10).isoformat()}  # fourteen days before it no list is known
    shown = client.post(address(asked), typed(none="1", **journey))
    assert "For some of the days no list is known here" in text(shown)
    client.post(address(asked), typed(none="1", record="1", **journey))
    assert "risk_area" not in answers(person)
    assert still_asked(asked, person) == {"risk_area"}
    assert "stays open" in text(client.get(reverse("door", args=[task(asked).uuid])))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Choose where they were, or tick"),
        ({"stays": [(HIGH, 5, None)]}, "Choose the day on which they left there"),
        ({"stays": [(HIGH, 5, 6)]}, "the last lies before the first"),
        ({"stays": [(HIGH, 5, -1)]}, "This day has not come yet"),
        ({"stays": [(HIGH, 30, 20)]}, "A day within the last 14."),  # the questionnaire's own word
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    asked: Small, person: Person, sign_in: SignIn, more: dict[str, Any], said: str
) -> None:
    answer = sign_in("bingsi-1").post(address(asked), typed(*more.get("stays", []), record="1"))
    assert answer.status_code == 422
    assert said in text(answer)
    assert answers(person) == {}
    assert len(answer.context["rows"]) == len(more.get("stays", []))


def test_damaged_fields_are_left_out(asked: Small, sign_in: SignIn) -> None:
    damaged = {"area": ["x", str(uuid7()), area(HIGH)], "first": ["", "", "2x"], "left": ["", "", ago(2).isoformat()]}
    answer = sign_in("bingsi-1").post(address(asked), typed() | damaged | {"drop": "x", "add": "y", "submission": "z"})
    assert answer.status_code == 200
    assert "These days cannot be read" in text(answer)
    assert len(answer.context["rows"]) == 1


def test_before_the_questionnaire_is_published_it_says_so(tiny: Small, sign_in: SignIn) -> None:
    bank.publish(bank.HEALTH)
    bank.ask(tiny, "fever", "temperature")
    worker.run_pending()
    client = sign_in("bingsi-1")
    assert "has not published this questionnaire yet" in text(client.get(address(tiny), follow=True))
    assert address(tiny) not in client.get(reverse("door", args=[task(tiny).uuid])).content.decode()


def test_nobody_else_looks_it_up(asked: Small, sign_in: SignIn) -> None:
    assert sign_in("dengqiao-1").get(address(asked)).status_code == 404
    assert sign_in("jiance").get(address(asked)).status_code == 403
    elsewhere = next(one for one in asked.people if one.home_id != asked.family[0].home_id)
    assert sign_in("bingsi-1").get(address(asked, elsewhere)).status_code == 404


def test_it_asks_the_database_as_often_for_many_stays_as_for_few(asked: Small, sign_in: SignIn) -> None:
    client, asked_of = sign_in("bingsi-1"), []
    for count in (1, 1, 6):  # the first fills what is kept in memory
        form = typed(*[(HIGH, 6, 5), (MID, 2, 1)] * count)
        with CaptureQueriesContext(connection) as seen:
            client.post(address(asked), form)
        asked_of.append(len(seen))
    assert asked_of[1] == asked_of[2]
