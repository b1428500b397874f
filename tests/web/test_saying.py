"""On the telephone nobody is asked for a whole ID number: what is known is confirmed by its last four digits."""

from collections.abc import Callable

from django.test import Client
from tests.web.examples import sides

from wangge.base import sealing
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.people.queries import TABLE, details

NEVER = "Never ask for a whole ID number"


def call_page(tiny: Small, sign_in: Callable[..., Client], person: Person) -> str:
    near, _far = sides(tiny)
    answer = sign_in("bingsi-1").post(f"/field/door/{near.task.uuid}/call/{person.uuid}")
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def test_a_known_number_is_confirmed_by_its_end(tiny: Small, sign_in: Callable[..., Client]) -> None:
    person = tiny.family[0]
    number = details(person)["document"]
    page = call_page(tiny, sign_in, person)
    assert number not in page
    assert number[-5:] not in page
    assert f">{number[-4:]}<" in page
    assert NEVER in page
    assert tiny.accounts["bingsi-1"].name in page
    assert "12345" in page


def test_an_unknown_number_is_not_asked_for_by_telephone(tiny: Small, sign_in: Callable[..., Client]) -> None:
    person = tiny.family[0]
    Person._base_manager.filter(pk=person.pk).update(
        sealed=sealing.seal(TABLE, person.uuid, details(person) | {"document": ""}), birth_date=None
    )
    page = call_page(tiny, sign_in, person)
    assert "Do not ask for it by telephone" in page
    assert "The year of birth is not on record" in page
    assert NEVER in page


def test_the_tracers_call_says_the_same(tiny: Small, sign_in: Callable[..., Client]) -> None:
    near, _far = sides(tiny)
    number = details(near.exposure.person)["document"]
    page = sign_in("liudiao").post(f"/trace/cases/{near.case.uuid}/met/{near.exposure.uuid}/call").content.decode()
    assert NEVER in page
    assert number not in page


def test_somebody_found_by_telephone_is_not_asked_for_a_document(tiny: Small, sign_in: Callable[..., Client]) -> None:
    near, _far = sides(tiny)
    client, url = sign_in("liudiao"), f"/trace/cases/{near.case.uuid}/interview"
    assert 'name="document"' not in client.get(url).content.decode()
    known = next(one for one in tiny.people if details(one).get("phone"))
    page = client.post(url, {"who": details(known)["phone"], "starts": "", "minutes": ""}).content.decode()
    assert 'name="document"' not in page
    assert "nobody is asked for an ID number" in page
