"""The first thing a phone says: who, what time, which key; and what a phone is told that gets nothing."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.sync.handset import APP, Handset

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.demo.small import Small
from wangge.domains.duty.actions import end, end_device, enrol
from wangge.domains.duty.handsets import COOKIE, SHOWN
from wangge.domains.duty.models import Enrolment, Holding, Sitting
from wangge.domains.phones.models import Phone, ShiftKey

Phones = Callable[..., Handset]
HOURS = timedelta(hours=1)


def enrolment(phone: Handset) -> Enrolment:
    return Enrolment.objects.select_related("account", "device").get(account=phone.account)


def test_it_says_who_this_is_and_gives_the_shifts_key(tiny: Small, phone: Phones) -> None:
    handset = phone(contact=False)
    said = handset.contact(unsent=3, persisted=False)
    post = tiny.posts["bingsi-1"]
    assert said["who"] == {
        "account": str(handset.account.uuid), "name": handset.account.name, "post": str(post.uuid),
        "post_title": post.title,
    }  # fmt: skip
    assert said["drill"]["title"] == tiny.response.title
    assert len(base64.urlsafe_b64decode(said["key"]["key"] + "=")) == 32
    assert (said["old"], said["wipe"], "work_doors" in said["rights"]) == ([], False, True)
    row = Phone.objects.get(account=handset.account)
    assert (row.unsent, row.persisted, row.app) == (3, False, APP)
    assert row.unsent_since == row.seen_at
    assert handset.contact()["key"]["id"] == said["key"]["id"]
    row.refresh_from_db()
    assert (row.unsent, row.unsent_since) == (0, None)


def test_a_key_serves_one_shift_and_the_old_one_for_as_long_as_entries_wait(phone: Phones) -> None:
    start = clock.now()
    with clock.held(start):
        handset = phone(contact=False)
        first = handset.contact()["key"]
    with clock.held(start + 13 * HOURS):
        assert handset.contact()["key"]["id"] == first["id"]
    with clock.held(start + 15 * HOURS):
        said = handset.contact(keys=[first["id"]])
        assert said["key"]["id"] != first["id"]
        assert [one["key"] for one in said["old"]] == [first["key"]]
    with clock.held(start + 60 * HOURS):
        later = handset.contact(keys=[first["id"], said["key"]["id"]])
        assert [one["id"] for one in later["old"]] == [first["id"], said["key"]["id"]]
        assert handset.contact()["old"] == []
        assert [str(one.uuid) for one in ShiftKey.objects.all()] == [later["key"]["id"]]


def test_a_new_key_whose_answer_was_lost_takes_no_entry_along(phone: Phones) -> None:
    start = clock.now()
    with clock.held(start):
        handset = phone(contact=False)
        first = handset.contact()["key"]
    with clock.held(start + 13 * HOURS):
        handset.contact()
    with clock.held(start + 14 * HOURS + HOURS / 12):  # the phone still holds the first, and an entry under it
        lost = handset.contact(unsent=1, keys=[first["id"]])["key"]
        assert lost["id"] != first["id"]
    with clock.held(start + 28 * HOURS):  # by now the first has ended on the phone
        said = handset.contact(unsent=1, keys=[first["id"]])
        assert [one["key"] for one in said["old"]] == [first["key"]]


def test_nobody_gets_anothers_key(phone: Phones) -> None:
    worker_, other = phone(), phone("bingsi-shuji", contact=False)
    (key,) = ShiftKey.objects.all()
    assert other.contact(keys=[str(key.uuid)])["old"] == []
    assert ShiftKey.objects.filter(pk=key.pk).exists()
    assert worker_.contact()["key"]["id"] == str(key.uuid)


def test_a_lost_phone_is_out_at_once_and_told_to_delete_its_store(phone: Phones) -> None:
    handset = phone()
    end_device(enrolment=enrolment(handset), by=SYSTEM)
    assert not Sitting.objects.filter(account=handset.account).exists()
    for path in ("contact", "commands"):
        answer = handset.post(path, {})
        assert (answer.status_code, answer.json()["wipe"]) == (403, True)
    assert handset.get("receipts").json()["code"] == "phone_ended"
    worker.run_pending()
    assert not ShiftKey.objects.exists()


def test_keys_go_with_the_last_post(tiny: Small, phone: Phones) -> None:
    handset = phone()
    for holding in Holding.objects.filter(account=handset.account, ends__isnull=True):
        end(holding=holding, by=SYSTEM)
    worker.run_pending()
    assert not ShiftKey.objects.exists()
    assert handset.post("contact", {}).status_code in (401, 403)


def test_whoever_lost_the_last_post_is_told_to_drop_the_doors(tiny: Small, phone: Phones) -> None:
    handset, other = phone(), tiny.accounts["bingsi-shuji"]
    (holding,) = Holding.objects.filter(account=handset.account, ends__isnull=True)
    handset.client.logout()
    handset.client.cookies[COOKIE] = (secret := "p" * 43)
    enrol(account=handset.account, secret=secret, by=SYSTEM)
    told = [handset.post("contact", {"account": str(one.uuid)}).json() for one in (handset.account, other)]
    assert [(said["code"], said.get("drop")) for said in told] == [("signed_out", None)] * 2  # only signed out
    end(holding=holding, by=SYSTEM)
    worker.run_pending()
    answer = handset.post("contact", {"account": str(handset.account.uuid)})
    assert (answer.status_code, answer.json()["code"], answer.json()["drop"]) == (401, "access_over", True)
    for account in (str(other.uuid), "nonsense", None):
        assert handset.post("contact", {"account": account}).json()["code"] == "signed_out"


def test_a_post_that_works_with_the_app_no_more_drops_the_doors_too(phone: Phones) -> None:
    answer = phone("liudiao", contact=False).post("contact", {})
    assert (answer.status_code, answer.json()["drop"]) == (403, True)


@pytest.mark.parametrize(
    ("username", "path", "status", "code"),
    [("liudiao", "contact", 403, "post_missing"), ("bingsi-hu", "contact", 403, "post_missing"),
     ("bingsi-1", "commands", 403, "phone_unknown")],
)  # fmt: skip
def test_who_gets_nothing(phone: Phones, username: str, path: str, status: int, code: str) -> None:
    handset = phone(username, contact=False)
    handset.client.handler.enforce_csrf_checks = False
    answer = handset.post(path, {"commands": []})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["words"]


def test_signed_out_or_not_the_app(phone: Phones) -> None:
    answer = Client().post("/sync/contact", "{}", content_type="application/json", headers={"X-Wangge-App": APP})
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    handset = phone()
    assert handset.post("contact", {}, **{"X-Wangge-App": ""}).json()["code"] == "app_unnamed"
    assert handset.post("commands", {}, **{"X-Wangge-App": "0.0.9"}).status_code == 426
    assert handset.post("contact", {}, **{"X-Wangge-App": "0.0.9"}).json()["least"]
    handset.token = ""
    forged = handset.post("commands", {"commands": []})
    assert (forged.status_code, forged.json()["code"]) == (403, "page_too_old")


def test_whoever_has_not_shown_what_the_post_asks_signs_in_again(settings: Settings, phone: Phones) -> None:
    settings.WANGGE_DEMO_WAIVER = False
    handset = phone(contact=False)
    assert handset.post("contact", {}).json()["code"] == "signed_out"
    enrol(account=handset.account, secret="s" * 43, by=SYSTEM)
    handset.client.cookies[COOKIE] = "s" * 43
    session: Any = handset.client.session
    session[SHOWN] = ["device"]
    session.save()
    assert handset.contact()["who"]["account"] == str(handset.account.uuid)
    assert Enrolment.objects.filter(account=handset.account).count() == 1


def test_words_come_in_the_persons_language(phone: Phones) -> None:
    handset = phone()
    handset.client.cookies["django_language"] = "zh-hans"
    said = handset.post("commands", {}).json()["words"]
    assert "。" in said
