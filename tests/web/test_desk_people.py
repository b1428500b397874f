"""People: looking for somebody, the reason before the record, what the record shows, who looked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.flows.stage import SCREEN, Stage

from wangge.base import clock, worker
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.privacy import mask_name
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details, door_of
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Channel, Outcome

SignIn = Callable[..., Client]


@pytest.fixture
def stage(tiny: Small) -> Stage:
    return Stage(tiny)


@pytest.fixture
def somebody(tiny: Small) -> Person:
    """Somebody of the first home with a phone."""
    return next(person for person in tiny.family if details(person)["phone"] and details(person)["document"])


def looks(person: Person) -> list[tuple[str, str]]:
    return list(AccessLog.objects.filter(person=person.uuid).order_by("id").values_list("kind", "reason"))


def open_it(client: Client, person: Person, reason: str = "asked", words: str = "") -> None:
    client.post(f"/desk/people/{person.uuid}/open", {"reason": reason, "words": words})


def test_somebody_is_found_by_document_phone_and_part_of_the_name(
    tiny: Small, sign_in: SignIn, somebody: Person
) -> None:
    desk = sign_in("bingsi-shuji")
    for text in (details(somebody)["document"], details(somebody)["phone"], "+86 " + details(somebody)["phone"]):
        found = desk.post("/desk/people/", {"q": text})
        assert somebody.uuid in [row.uuid for row in found.context["rows"]]
    named = desk.post("/desk/people/", {"q": somebody.name[1:]}, follow=True)
    assert somebody.uuid in [row.uuid for row in named.context["rows"]]
    assert "q=" in named.request["QUERY_STRING"]
    assert desk.get("/desk/people/").context["rows"] == []


def test_a_number_never_stands_in_an_address(sign_in: SignIn, somebody: Person) -> None:
    desk = sign_in("bingsi-shuji")
    answer = desk.get("/desk/people/", {"q": details(somebody)["document"]})
    assert answer.url == "/desk/people/"


def test_the_list_hides_names_documents_and_phones(sign_in: SignIn, somebody: Person) -> None:
    page = sign_in("bingsi-shuji").get("/desk/people/", {"q": somebody.name[:1]}).content.decode()
    page = page.replace(f'value="{somebody.name[:1]}"', "")
    assert mask_name(somebody.name) in page
    for hidden in (somebody.name, details(somebody)["document"], details(somebody)["phone"]):
        assert hidden not in page


def test_nobody_outside_the_scope_is_found_or_opened(sign_in: SignIn, somebody: Person) -> None:
    other = sign_in("dengqiao-shuji")
    assert other.post("/desk/people/", {"q": details(somebody)["document"]}).context["rows"] == []
    assert other.get(f"/desk/people/{somebody.uuid}/").status_code == 404
    for verb in ("open", "reveal"):
        assert other.post(f"/desk/people/{somebody.uuid}/{verb}", {"reason": "asked"}).status_code == 404
    assert looks(somebody) == []


def test_a_post_without_the_right_sees_no_people(sign_in: SignIn) -> None:
    assert sign_in("jiance").get("/desk/people/").status_code == 403
    assert sign_in("bingsi-1").get("/desk/people/").status_code == 403


def test_the_record_opens_only_after_a_reason_which_is_logged_first(sign_in: SignIn, somebody: Person) -> None:
    desk = sign_in("bingsi-shuji")
    url = f"/desk/people/{somebody.uuid}/"
    asked = desk.get(url).content.decode()
    assert "Why do you open it?" in asked
    assert somebody.name not in asked
    assert looks(somebody) == []
    open_it(desk, somebody, words="家属来电")
    record = desk.get(url)
    text = record.content.decode()
    assert somebody.name in text
    assert details(somebody)["document"] not in text
    assert details(somebody)["phone"] not in text
    assert looks(somebody) == [("opened", "asked: 家属来电")]
    assert "家属来电" in text
    assert "并四社区书记" in text
    assert "no-store" in record["Cache-Control"]


@pytest.mark.parametrize(("reason", "words"), [("", ""), ("nosy", ""), ("other", "  ")])
def test_without_a_reason_nothing_opens(sign_in: SignIn, somebody: Person, reason: str, words: str) -> None:
    desk = sign_in("bingsi-shuji")
    answer = desk.post(f"/desk/people/{somebody.uuid}/open", {"reason": reason, "words": words})
    assert answer.status_code == 422
    assert "Say why you open this record." in answer.content.decode()
    assert looks(somebody) == []
    assert "Why do you open it?" in desk.get(f"/desk/people/{somebody.uuid}/").content.decode()


def test_revealing_is_logged_and_ends_before_the_record_closes(sign_in: SignIn, somebody: Person) -> None:
    desk = sign_in("bingsi-shuji")
    url = f"/desk/people/{somebody.uuid}/"
    desk.post(f"{url}reveal")
    assert looks(somebody) == []
    open_it(desk, somebody)
    desk.post(f"{url}reveal")
    assert details(somebody)["document"] in desk.get(url).content.decode()
    assert [kind for kind, _reason in looks(somebody)] == ["opened", "revealed"]
    with clock.held(clock.now() + timedelta(minutes=6)):
        assert details(somebody)["document"] not in desk.get(url).content.decode()
    with clock.held(clock.now() + timedelta(minutes=16)):
        assert somebody.name not in desk.get(url).content.decode()


def test_what_one_session_opened_another_has_not(sign_in: SignIn, somebody: Person) -> None:
    open_it(sign_in("bingsi-shuji"), somebody)
    assert somebody.name not in sign_in("qiaodong").get(f"/desk/people/{somebody.uuid}/").content.decode()


def test_an_open_task_at_the_door_is_a_reason_another_door_s_is_none(
    tiny: Small, sign_in: SignIn, stage: Stage, somebody: Person
) -> None:
    stage.result(somebody, SCREEN)
    worker.run_pending()
    task = Task.objects.within(EVERYTHING).get(door=door_of(somebody.home))
    stranger = tiny.living[tiny.homes[7].pk][0]
    desk = sign_in("bingsi-shuji")
    before = len(looks(somebody))
    page = desk.get(f"/desk/people/{somebody.uuid}/?task={task.uuid}").content.decode()
    assert "Open the record for this task" in page
    desk.post(f"/desk/people/{somebody.uuid}/open", {"task": str(task.uuid)})
    assert len(looks(somebody)) == before + 1
    assert AccessLog.objects.filter(person=somebody.uuid).latest("id").task == task.uuid
    assert desk.post(f"/desk/people/{stranger.uuid}/open", {"task": str(task.uuid)}).status_code == 422
    assert desk.get(f"/desk/people/{stranger.uuid}/?task=nonsense").status_code == 200


def test_the_record_shows_what_stands_in_every_street(tiny: Small, sign_in: SignIn, stage: Stage) -> None:
    case = stage.case_of(tiny.family[0])
    wife = tiny.family[1]
    task = Task.objects.within(EVERYTHING).get(door=tiny.homes[0], state="open")
    record_attempt(task=task, outcome=Outcome.ABSENT, channel=Channel.PHONE, by=tiny.by("bingsi-1"))
    desk = sign_in("liudiao")
    open_it(desk, wife, reason="tracing")
    record = desk.get(f"/desk/people/{wife.uuid}/").context["record"]
    (order,) = record.orders
    assert order.role == "close contact"
    assert [why.case for why in order.whys] == [case.uuid]
    assert f"case {case.number}" in order.whys[0].text
    assert record.exposures[0]["number"] == case.number
    assert record.contacts[0].startswith("close contact, last met on")
    assert [visit["state"] for visit in record.visits] == ["absent"]
    open_it(desk, tiny.family[0], reason="tracing")
    ill = desk.get(f"/desk/people/{tiny.family[0].uuid}/").context["record"]
    assert [one["number"] for one in ill.cases] == [case.number]
    assert len(ill.results) == 2


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    desk.get("/desk/people/")
    numbers, sizes = [], []
    for text in (tiny.family[0].name, tiny.family[0].name[:1]):
        with CaptureQueriesContext(connection) as asked:
            answer = desk.get("/desk/people/", {"q": text})
        numbers.append(len(asked))
        sizes.append(len(answer.context["rows"]))
    assert sizes[0] < sizes[1]
    assert numbers[0] == numbers[1]
