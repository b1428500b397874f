"""Signing in, lock-out, headers, the language: what holds on every page."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from axes.models import AccessLog as SignedIn
from django.apps import apps
from django.conf import settings
from django.test import Client, override_settings

from wangge.base import clock
from wangge.base.access import tries
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.duty.actions import end
from wangge.domains.duty.models import Holding, Sitting

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-9"


@pytest.fixture
def city() -> Small:
    built = small.build(check_ins=False)
    account = built.accounts["bingsi-1"]
    account.set_password(PASSWORD)
    account.save()
    return built


def attempt(client: Client, password: str) -> int:
    return client.post("/sign-in", {"username": "bingsi-1", "password": password}).status_code


def test_five_wrong_passwords_lock_the_account_for_this_address(city: Small) -> None:
    client = Client()
    assert [attempt(client, "wrong") for _ in range(5)] == [200, 200, 200, 200, 429]
    assert attempt(client, PASSWORD) == 429
    page = client.post("/sign-in", {"username": "bingsi-1", "password": PASSWORD}).content.decode()
    assert "<h1>" in page
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert attempt(elsewhere, PASSWORD) == 302


def test_one_password_cannot_be_tried_on_everybody(city: Small) -> None:
    answers = [Client().post("/sign-in", {"username": f"u{n}", "password": "Wangge123456"}) for n in range(101)]
    assert [one.status_code for one in answers] == [200] * 100 + [429]
    assert attempt(Client(REMOTE_ADDR="192.0.2.7"), PASSWORD) == 302


def test_a_session_ends_after_a_long_shift_however_much_it_is_used(city: Small) -> None:
    client = Client()
    attempt(client, PASSWORD)
    end = Sitting.objects.get(account=city.accounts["bingsi-1"]).expire_date
    assert timedelta(hours=13) < end - clock.now() <= timedelta(seconds=settings.SESSION_COOKIE_AGE)
    session = client.session
    session["seen"] -= 3600
    session.save()
    assert client.get("/field/").status_code == 200
    sitting = Sitting.objects.get(account=city.accounts["bingsi-1"])
    assert clock.now() - sitting.seen_at < timedelta(minutes=1)
    assert sitting.expire_date - end < timedelta(milliseconds=1)


def test_nothing_typed_and_no_place_of_signing_in_is_kept(city: Small) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 12)"})
    client.post("/sign-in?next=/desk/people/?q=13900001234", {"username": "13900001234", "password": "secret-typed-71"})
    client.post("/sign-in", {"username": "bingsi-1", "password": "secret-typed-71", "which": "13900001234"})
    assert attempt(client, PASSWORD) == 302
    kept = [list(table.objects.values_list()) for table in apps.get_app_config("axes").get_models()]
    assert "13900001234" not in str(kept)
    assert "secret-typed" not in str(kept)
    assert not SignedIn.objects.exists()
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(days=2))
    tries.drop_old()
    assert not AccessAttempt.objects.exists()


def test_signing_in_leads_to_ones_work_and_out_again(city: Small) -> None:
    client = Client()
    assert attempt(client, PASSWORD) == 302
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/rule/first-shift"  # before the first door
    client.post("/rule/first-shift/read")
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/field/"
    client.post("/sign-out")
    assert client.get("/field/").status_code == 302


def test_rights_end_with_the_post_at_once(city: Small) -> None:
    client = Client()
    attempt(client, PASSWORD)
    assert client.get("/field/").status_code == 200
    holding = Holding.objects.get(account=city.accounts["bingsi-1"], ends=None)
    end(holding=holding, by=city.by("zhihuibu"))
    assert client.get("/field/").status_code == 403
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/me/"


def test_a_page_elsewhere_is_not_a_way_out_of_sign_in(city: Small) -> None:
    answer = Client().post("/sign-in?next=https://evil.example/", {"username": "bingsi-1", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_headers_of_every_page() -> None:
    answer = Client().get("/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert settings.DEBUG is False


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_with_https_plain_http_is_sent_over() -> None:
    assert Client().get("/sign-in").status_code == 301
    secure = Client().get("/sign-in", secure=True)
    assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]


def test_forms_without_their_token_are_refused(city: Small) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"username": "bingsi-1", "password": PASSWORD})
    assert answer.status_code == 403
    assert "problem-code" in answer.content.decode()


def test_pages_that_do_not_exist_say_what_to_do() -> None:
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


def test_a_character_no_database_can_read_is_refused_in_words() -> None:
    form = "application/x-www-form-urlencoded"
    for answer in (Client().get("/sign-in?next=%00"), Client().post("/language", "language=%00", content_type=form)):
        assert answer.status_code == 400
        assert "<h1>" in answer.content.decode()


def test_health_is_for_machines() -> None:
    answer = Client().get("/healthz").json()
    assert answer["database"] == "ok"
    assert answer["worker_lag_seconds"] == 0.0
