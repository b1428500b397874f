"""Pairs of records: seen by whom they concern, decided beside each other, undone."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wangge.base import worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.privacy import mask_name
from wangge.demo.small import Small
from wangge.domains.people.actions import register_person
from wangge.domains.people.duplicates import find
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.people.queries import details
from wangge.domains.places.models import Place

SignIn = Callable[..., Client]


def again(person: Person, home: Place, phone: str = "") -> Person:
    typed = PersonInput(person.name, person.sex, person.birth_date, phone=phone)
    return register_person(typed=typed, home=home, by=SYSTEM)


@pytest.fixture
def twin(tiny: Small) -> Person:
    """The first husband a second time, two buildings on."""
    made = again(tiny.family[0], tiny.homes[9], details(tiny.family[0])["phone"])
    find(by=SYSTEM)
    return made


@pytest.fixture
def address(tiny: Small, twin: Person) -> str:
    return f"/desk/duplicates/{tiny.family[0].uuid}/{twin.uuid}/"


def test_the_list_shows_names_shortened_and_leads_to_the_pair(sign_in: SignIn, tiny: Small, address: str) -> None:
    page = sign_in("bingsi-shuji").get("/desk/duplicates/").content.decode()
    assert address in page
    assert mask_name(tiny.family[0].name) in page
    assert tiny.family[0].name not in page
    assert "very likely" in page


def test_of_a_record_outside_only_that_there_is_one_and_who_decides(sign_in: SignIn, tiny: Small) -> None:
    wife = tiny.family[1]
    far = again(wife, tiny.yards[0])
    find(by=SYSTEM)
    here = sign_in("bingsi-shuji")
    page = here.get("/desk/duplicates/").content.decode()
    assert "The other record lies outside your places. 太原市疫情防控指挥部 sees both and decides." in page
    assert "桥西" not in page
    assert str(far.uuid) not in page
    url = f"/desk/duplicates/{wife.uuid}/{far.uuid}/"
    assert here.get(url).status_code == 404
    assert here.post(f"{url}decide", {"decision": "same"}).status_code == 404
    city = sign_in("zhihuibu")
    assert url in city.get("/desk/duplicates/").content.decode()
    assert city.get(url).status_code == 200


def test_both_records_masked_with_what_differs_and_the_look_on_record(
    sign_in: SignIn, tiny: Small, twin: Person, address: str
) -> None:
    desk = sign_in("bingsi-shuji")
    page = desk.get(address)
    text = page.content.decode()
    sealed = details(tiny.family[0])
    for hidden in (tiny.family[0].name, sealed["document"], sealed["phone"]):
        assert hidden not in text
    same = {line.name: line.same for line in page.context["lines"] if line.name}
    assert (same["name"], same["birth_date"], same["document"]) == (True, True, False)
    assert "no-store" in page["Cache-Control"]
    desk.get(address)
    looks = AccessLog.objects.filter(reason="duplicate").values_list("person", flat=True)
    assert sorted(looks) == sorted([tiny.family[0].uuid, twin.uuid]), "once in an hour"


def test_one_person_which_record_stays_and_which_values_are_right(
    sign_in: SignIn, tiny: Small, twin: Person, address: str
) -> None:
    desk = sign_in("bingsi-shuji")
    answer = desk.post(f"{address}decide", {"decision": "same", "stays": "other", "take_document": "one"}, follow=True)
    assert "The two records are one now." in answer.content.decode()
    stays = Person.objects.within(EVERYTHING).get(pk=twin.pk)
    assert details(stays)["document"] == tiny.document(tiny.family[0])
    assert not Person.objects.within(EVERYTHING).filter(pk=tiny.family[0].pk).exists()
    old = sign_in("bingsi-shuji").get(f"/desk/people/{tiny.family[0].uuid}/")
    assert old.status_code == 200, "an old link leads to the person"
    assert str(twin.uuid) in old.content.decode()
    worker.run_pending()
    merged = desk.get("/desk/duplicates/?show=merged").content.decode()
    one = Merge._base_manager.get()
    assert f"/desk/duplicates/merges/{one.uuid}/undo" in merged
    done = desk.post(f"/desk/duplicates/merges/{one.uuid}/undo", follow=True).content.decode()
    assert "both records are as they were" in done
    assert desk.post(f"/desk/duplicates/merges/{one.uuid}/undo").status_code == 302
    worker.run_pending()
    assert Person.objects.within(EVERYTHING).filter(pk__in=[tiny.family[0].pk, twin.pk]).count() == 2


def test_two_people_need_a_reason_and_are_never_shown_again(sign_in: SignIn, address: str) -> None:
    desk = sign_in("bingsi-shuji")
    refused = desk.post(f"{address}decide", {"decision": "different"})
    assert refused.status_code == 422
    assert "Say why they are two people." in refused.content.decode()
    desk.post(f"{address}decide", {"decision": "different", "reason": "family"})
    find(by=SYSTEM)
    assert desk.get("/desk/duplicates/").context["rows"] == []
    assert Duplicate._base_manager.get(state="different").reason == "family"


def test_who_does_not_know_leaves_it_to_the_level_above(sign_in: SignIn, address: str) -> None:
    desk = sign_in("bingsi-shuji")
    desk.post(f"{address}decide", {"decision": "unsure"})
    assert address not in desk.get("/desk/duplicates/").content.decode()
    assert address in sign_in("qiaodong").get("/desk/duplicates/").content.decode()
    city = sign_in("zhihuibu")
    assert city.post(f"{address}decide", {"decision": "unsure"}).status_code == 422


def test_nobody_else_sees_the_list(sign_in: SignIn, address: str) -> None:
    for username in ("bingsi-1", "bingsi-zhibu-1", "jiance", "liudiao", "shenji"):
        assert sign_in(username).get("/desk/duplicates/").status_code == 403
        assert sign_in(username).get(address).status_code == 403


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(
    sign_in: SignIn, tiny: Small, twin: Person
) -> None:
    desk = sign_in("bingsi-shuji")
    desk.get("/desk/duplicates/")
    numbers = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            desk.get("/desk/duplicates/")
        numbers.append(len(asked))
        for person in (tiny.family[1], tiny.family[2]):
            again(person, tiny.homes[9])
        find(by=SYSTEM)
    assert numbers[0] == numbers[1]
