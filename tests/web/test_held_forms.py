"""A form that a phone sent and that could not be recorded is seen, and decided, by whoever works at its door."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.api.openrosa_city import GOOD, Phone, ask_it, instance, kept, key_for, publish, supplies
from tests.domains.asking import bank
from tests.web.test_asks import text

from wangge.base import clock, sealing, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.asking.inbox.actions import TABLE
from wangge.domains.asking.models import ReceivedForm
from wangge.domains.protocol.actions import close_response, open_response

SignIn = Callable[..., Client]


@pytest.fixture
def phone(tiny: Small) -> Phone:
    ask_it(tiny, publish(supplies()))
    key, password = key_for(tiny.accounts["bingsi-1"], tiny.by("bingsi-1"))
    return Phone(key.username, password)


def send(tiny: Small, phone: Phone, home: int = 0) -> None:
    assert phone.send(instance(supplies(), GOOD, door=tiny.homes[home].uuid)).status == 202


def held(**content: str) -> ReceivedForm:
    """What was sent came a day ahead; with ``content`` an older server had taken other answers."""
    for row in kept():
        row.at = row.at if content else clock.now() + timedelta(days=1)
        if content:
            xml = instance(supplies(), GOOD | content, door=row.door.uuid, id_=row.instance).decode()
            row.sealed = sealing.seal(TABLE, row.uuid, {"xml": xml, "sha256": "x"})
        row.save()
    worker.run_pending()
    return kept()[-1]


def url(row: ReceivedForm) -> str:
    return reverse("held-form", args=[row.uuid])


def test_sent_held_seen_recorded_and_the_figures_settle(tiny: Small, phone: Phone, sign_in: SignIn) -> None:
    """The Response ends while a form is on its way; the next one asks the same, and the answer is not lost."""
    send(tiny, phone)
    close_response(response=tiny.response, by=SYSTEM)
    worker.run_pending()
    [row] = kept()
    assert (row.state, row.reason) == ("held", "no_response_here")
    secretary = sign_in("bingsi-shuji")
    assert "1 form from a phone is held" in text(secretary.get(reverse("asks")))
    said = text(secretary.get(reverse("held-forms")))
    assert tiny.posts["bingsi-1"].title in said
    assert "Once one is open there, try again." in said
    refused = secretary.post(url(row), {"do": "again"})
    assert refused.status_code == 422
    assert "Once one is open there, try again." in text(refused)
    flood = open_response(
        title="防汛", protocol="flood-evacuation", area=tiny.places["community"], authority="县防指",
        document_no="防指2号", ground="防洪法", remedy="乡政府", drill=True, by=SYSTEM,
    )  # fmt: skip
    worker.run_pending()
    ask = bank.ask(tiny, "rice", response=flood)
    before = bank.sums(ask)
    answer = secretary.post(url(row), {"do": "again"}, follow=True)
    assert "1 open ask is answered with them" in text(answer)
    worker.run_pending()
    after = bank.sums(ask)
    assert (after["done"], after["not_yet"]) == (before["done"] + 1, before["not_yet"] - 1)
    assert after["expected"] == before["expected"]
    bank.check_tallies(ask)
    assert "held" not in text(secretary.get(reverse("asks")))
    assert "Recorded: its answers count" in text(secretary.get(url(row)))


def test_its_page_shows_what_was_answered_and_the_look_is_on_record(tiny: Small, phone: Phone, sign_in: SignIn) -> None:
    send(tiny, phone)
    row = held()
    looks = AccessLog.objects.count()
    said = text(sign_in("bingsi-shuji").get(url(row)))
    assert "Which medicine 降压药" in said
    assert "Remark left empty" in said
    assert tiny.posts["bingsi-1"].title in said
    assert AccessLog.objects.filter(reason=f"form:{row.uuid}").count() == AccessLog.objects.count() - looks > 0


def test_what_does_not_fit_is_marked_and_corrected_there(tiny: Small, phone: Phone, sign_in: SignIn) -> None:
    send(tiny, phone)
    row = held(days_left="99")
    secretary = sign_in("bingsi-shuji")
    assert "Say a number of days up to 60." in text(secretary.get(url(row)))
    typed = {f"q.{name}": value for name, value in GOOD.items()} | {"do": "record"}
    wrong = secretary.post(url(row), typed | {"q.days_left": "70"})
    assert (wrong.status_code, kept()[0].state) == (422, "held")
    assert 'value="70"' in wrong.content.decode()
    assert "Say a number of days up to 60." in text(wrong)
    done = secretary.post(url(row), typed | {"q.days_left": "7"}, follow=True)
    assert "Recorded: its answers count" in text(done)
    [now] = kept()
    assert sealing.unseal(TABLE, now.uuid, now.sealed)["before"] == {"days_left": "99"}


def test_it_is_set_aside_with_a_reason_and_stays_on_record(tiny: Small, phone: Phone, sign_in: SignIn) -> None:
    send(tiny, phone)
    row, secretary = held(), sign_in("bingsi-shuji")
    missing = secretary.post(url(row), {"do": "aside"})
    assert (missing.status_code, kept()[0].state) == (422, "held")
    assert "Choose why it is set aside." in text(missing)
    assert secretary.post(url(row), {"do": "aside", "why": "other", "words": "弄错了门"}).status_code == 302
    said = text(secretary.get(url(row)))
    assert "Set aside: its answers do not count Something else, in words · 弄错了门" in said
    assert tiny.posts["bingsi-shuji"].title in said
    assert "Record it as it was sent" not in said
    assert row.door.name in text(secretary.get(reverse("held-forms") + "?state=aside"))
    late = secretary.post(url(row), {"do": "again"})
    assert late.status_code == 422
    assert "Somebody decided about this form in the meantime." in text(late)


def test_others_do_not_see_it(tiny: Small, phone: Phone, sign_in: SignIn) -> None:
    send(tiny, phone)
    row = held()
    other = sign_in("dengqiao-shuji")
    assert other.get(url(row)).status_code == 404
    assert other.post(url(row), {"do": "again"}).status_code == 404
    assert "No form is held" in text(other.get(reverse("held-forms")))
    assert sign_in("jiance").get(reverse("held-forms")).status_code == 403
    assert kept()[0].state == "held"


def test_a_list_of_three_asks_the_database_as_often_as_one_of_one(tiny: Small, phone: Phone, sign_in: SignIn) -> None:
    client = sign_in("bingsi-shuji")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("held-forms"))
        return len(asked)

    send(tiny, phone)
    held()
    client.get(reverse("held-forms"))
    one = queries()
    for home in (1, 2):
        send(tiny, phone, home)
    held()
    rows: Any = ReceivedForm.objects.within(EVERYTHING).filter(state="held")
    assert rows.count() == 3
    assert queries() == one
