"""One's own order on one's own phone, by the code's link: what, until when, who answers, rights, both papers."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.domains.isolation.home import EDITION, ordered
from tests.flows.stage import SCREEN, Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.worker import run_pending
from wangge.domains.codes import actions
from wangge.domains.codes.rules import Consent
from wangge.domains.isolation.actions import end_past
from wangge.domains.isolation.releasing import propose_releases
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import ResponsePhase
from wangge.domains.testing.rules import Purpose, Value
from wangge.flows import releases
from wangge.web import printing

city = city_fixture(at=afternoon, answered=False)


@pytest.fixture
def stage(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        ResponsePhase.objects.update(protocol=EDITION)
        yield Stage(tiny)


def phone_of(stage: Stage, person: Person, consent: Consent = Consent.OWN) -> tuple[Client, str]:
    """A phone that carries somebody's code; the address of its pages."""
    secret = actions.allow(person=person, response=stage.tiny.response, consent=consent, by=SYSTEM)
    phone = Client()
    phone.cookies["django_language"] = "en"
    return phone, phone.post(f"/r/codes/add/{secret}").headers["Location"]


def test_it_says_what_until_when_who_answers_and_where_to_complain(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1])
    phone, code = phone_of(stage, stage.tiny.family[1])
    assert f"{code}order" in phone.get(f"{code}why").content.decode()
    with clock.held(order.starts_at + timedelta(days=2, hours=9)):
        page = phone.get(f"{code}order").content.decode()
    said = (order.authority, order.document_no, order.remedy, stage.tiny.accounts["yisheng"].name)
    for text in (*said, "Day 3 of 7", "isolation at home", 'href="tel:12345"', "has not been handed over yet"):
        assert text in page
    if printing.has_chinese():
        assert phone.get(f"{code}order.pdf").content.startswith(b"%PDF")
    assert phone.get(f"{code}release.pdf").status_code == 404
    assert phone.get(f"{code}other.pdf").status_code == 404


def test_released_it_says_so_at_once_and_the_code_is_green(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1])
    phone, code = phone_of(stage, stage.tiny.family[1])
    with clock.held(order.ends_at - timedelta(hours=12)):
        assert phone.get(f"{code}why").context["shown"].colour == "yellow"
        stage.result(order.person, Purpose.ROUTINE, Value.NEGATIVE)
        propose_releases(now=clock.now(), by=SYSTEM)
        releases.sign(orders=[order], by=stage.tiny.by("yisheng"))
        releases.confirm(orders=[order], by=stage.tiny.by("yingze-zhengling"))
        assert phone.get(f"{code}why").context["shown"].colour == "green"
        page = phone.get(f"{code}order").content.decode()
        assert "No order binds you now" in page
        assert "Released by the authority, signed by a doctor" in page
        if printing.has_chinese():
            assert phone.get(f"{code}release.pdf").content.startswith(b"%PDF")
        assert phone.get(f"{code}order.pdf").status_code == 404


def test_ended_by_itself_the_paper_is_there_too(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1])
    end_past(now=order.ends_at, by=SYSTEM)
    with clock.held(order.ends_at + timedelta(hours=9)):
        phone, code = phone_of(stage, stage.tiny.family[1])
        assert "Its term was over: it ended by itself" in phone.get(f"{code}order").content.decode()


def test_a_protective_step_is_shown_without_a_paper(stage: Stage) -> None:
    person = stage.tiny.family[1]
    stage.result(person, SCREEN)
    run_pending()
    phone, code = phone_of(stage, person)
    page = phone.get(f"{code}order").content.decode()
    assert "stay in place" in page
    assert "My paper as PDF" not in page
    assert phone.get(f"{code}order.pdf").status_code == 404


def test_whoever_carries_somebody_elses_code_sees_no_order(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1])
    phone, code = phone_of(stage, stage.tiny.family[1], Consent.GUARDIAN)
    assert f"{code}order" not in phone.get(f"{code}why").content.decode()
    page = phone.get(f"{code}order").content.decode()
    assert "somebody else's code" in page.replace("&#x27;", "'")
    assert order.document_no not in page
    assert phone.get(f"{code}order.pdf").status_code == 404
    assert Client().get(f"{code}order").status_code == 404
