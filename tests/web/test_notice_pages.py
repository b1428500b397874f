"""The page of a Response for everybody, the certificate of deletion, and the line on each form."""

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django.fixtures import Settings
from tests.flows.stage import Stage

from wangge.base import clock, worker
from wangge.base.retention.fields import personal_fields
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.protocol.actions import close_response
from wangge.domains.protocol.models import Response
from wangge.web.resident.words import TABLES

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_KEYS = Path(shutil.copy(settings.WANGGE_KEYS, tmp_path / "keys.json"))


def public(language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    return client


def test_anybody_reads_purpose_ground_who_sees_what_and_until_when(tiny: Small) -> None:
    one = tiny.response
    text = public().get(f"/r/{one.uuid}/").content.decode()
    for said in (one.title, one.authority, one.document_no, one.ground, one.remedy, "12345", "grid worker"):
        assert said in text, said
    assert "until 30 days after it is closed" in text
    assert "until 185 days after it is closed" in text


def test_check_ins_are_spoken_of_only_where_the_order_names_them(tiny: Small) -> None:
    page, proof = f"/r/{tiny.response.uuid}/", f"/r/{tiny.response.uuid}/deleted/"
    assert "Check-ins at venues are kept 14 days" in public().get(page).content.decode()
    assert "Check-ins at venues" in public().get(proof).content.decode()
    Response.objects.filter(pk=tiny.response.pk).update(named=[])
    assert "Check-ins at venues" not in public().get(page).content.decode() + public().get(proof).content.decode()


def test_it_speaks_of_every_table_that_goes_with_a_response_and_of_no_person(tiny: Small) -> None:
    Stage(tiny).case_of(tiny.family[0])
    text = public().get(f"/r/{tiny.response.uuid}/").content.decode()
    for table in {one.table for one in personal_fields() if one.kept.response}:
        with translation.override("en"):
            purpose = str(TABLES[table].purpose)
        assert purpose.replace("'", "&#x27;") in text, table
    names = set(Person._base_manager.values_list("name", flat=True))
    assert not [name for name in names if name in text]


def test_it_costs_the_same_however_much_there_is(tiny: Small) -> None:
    counts = []
    for person in (tiny.family[0], tiny.roommates[0]):
        Stage(tiny, specimens=10 * person.pk).case_of(person)
        with CaptureQueriesContext(connection) as asked:
            public().get(f"/r/{tiny.response.uuid}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_certificate_counts_before_and_after_and_names_nobody(tiny: Small) -> None:
    Stage(tiny).case_of(tiny.family[0])
    page = f"/r/{tiny.response.uuid}/deleted/"
    assert "The Response is open" in public().get(page).content.decode()
    close_response(response=tiny.response, by=tiny.by("zhihuibu"))
    worker.run_pending()
    with clock.held(clock.now() + timedelta(days=31)):
        worker.ring_alarms()
        worker.run_pending()
        text = public().get(page).content.decode()
    rows = re.findall(
        r'<th scope="row" class="wrap">(.*?)</th>.*?data-label="Before">(\d+)<.*?data-label="After">(\d+)<', text
    )
    found = {what: (int(before), int(after)) for what, before, after in rows}
    assert "dropped whole" in text
    assert "Nothing of it is left" in text
    assert found["cases"] == (1, 0)
    assert found["test results"] == (2, 0)
    assert all(after == 0 for _before, after in found.values())
    assert not [name for name in set(Person._base_manager.values_list("name", flat=True)) if name in text]


@pytest.mark.parametrize(
    ("who", "page"),
    [("jiance", "/desk/results/new"), ("jiance", "/desk/results/files/"), ("bingsi-1", "/field/sheets/print")],
)
def test_a_form_says_for_what_on_which_ground_and_until_when(tiny: Small, sign_in: SignIn, who: str, page: str) -> None:
    Stage(tiny).case_of(tiny.family[0])
    text = sign_in(who).get(page).content.decode()
    assert "For what:" in text
    assert tiny.response.document_no in text
    assert f"/r/{tiny.response.uuid}/" in text


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_in_chinese_no_english_is_left(tiny: Small, language: str) -> None:
    for page in (f"/r/{tiny.response.uuid}/", f"/r/{tiny.response.uuid}/deleted/", "/r/ask"):
        text = public(language).get(page).content.decode()
        main = re.sub(r"<[^>]*>", " ", text[text.index("<main") : text.index("</main>")])
        assert re.findall(r"[A-Za-z]{3,}", main) == [], page
