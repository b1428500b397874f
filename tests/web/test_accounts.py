"""The pages of getting in, as real accounts see them: nobody here is waived unless a test says so."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import Fernet
from django.test import Client
from django.urls import get_resolver
from tests.web.test_every_address import addresses

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.cli.inspecting import second_factors
from wangge.demo.small import Small
from wangge.domains.duty import actions, badges
from wangge.domains.duty.inputs import Newcomer
from wangge.domains.duty.models import Account, ApiToken, Holding, Sitting
from wangge.domains.duty.tokens import TokenInput, make_token

PIN, PASSWORD = "407182", "quiet-river-71"
ALLAUTH = {  # what of django-allauth has an address; everything else of it has none
    "account_login", "account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate",
    "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_index", "mfa_login_webauthn", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
}  # fmt: skip


@pytest.fixture
def office(tiny: Small) -> Small:
    """The tiny city as if it were a real one."""
    for account in tiny.accounts.values():
        account.invented = False
        account.set_password(PASSWORD)
        account.last_login = clock.now()
        account.save()
    return tiny


def post(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/sign-in", {"username": username, "password": password, **more})


def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def enrolled(office: Small, *names: str) -> Client:
    """A phone on which these are enrolled."""
    client = english()
    for name in names:
        actions.enrol(account=office.accounts[name], secret="p" * 43, by=SYSTEM)
    client.cookies["wangge_device"] = "p" * 43
    return client


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())) + 1))


def with_app(office: Small, name: str) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(office.accounts[name], secret)
    RecoveryCodes.activate(office.accounts[name])
    return secret


def test_of_allauth_only_these_have_an_address() -> None:
    names = {str(pattern.name) for _route, pattern in addresses()}
    assert {name for name in names if name.startswith(("account_", "mfa_", "socialaccount_", "headless"))} == ALLAUTH
    assert get_resolver().resolve("/sign-in").url_name == "account_login"


class TestDesk:
    def test_without_a_second_factor_only_setting_it_up_is_open(self, office: Small) -> None:
        client = english()
        assert post(client, "bingsi-shuji").status_code == 302  # type: ignore[attr-defined]
        for url in ("/", "/me/", "/command/board/", "/field/", "/me/tokens/"):
            assert client.get(url).headers.get("Location") == "/me/security/", url
        page = client.get("/me/security/").content.decode()
        assert "Your post asks for a second factor" in page
        assert "Later" not in page
        client.post("/me/security/later")
        assert client.get("/command/board/").headers["Location"] == "/me/security/"

    def test_the_first_session_may_put_it_off_and_no_other(self, office: Small) -> None:
        Account.objects.filter(username="bingsi-shuji").update(last_login=None)
        client = english()
        post(client, "bingsi-shuji")
        assert "Later" in client.get("/me/security/").content.decode()
        client.post("/me/security/later")
        assert client.get("/command/posts/").status_code == 200
        client.post("/sign-out")
        post(client, "bingsi-shuji")
        client.post("/me/security/later")
        assert client.get("/command/posts/").headers["Location"] == "/me/security/"

    def test_an_app_is_set_up_and_asked_for(self, office: Small) -> None:
        client = english()
        post(client, "bingsi-shuji")
        page = client.get("/me/security/app").content.decode()
        found = re.search(r'id="totp-key">([A-Z2-7]+)<', page)
        assert found
        assert "not right" in client.post("/me/security/app", {"code": "000000"}).content.decode()
        done = client.post("/me/security/app", {"code": code_of(found[1])})
        assert done.headers["Location"] == "/me/security/codes"
        codes = re.findall(r'<li class="code">(\d{8})</li>', client.get("/me/security/codes").content.decode())
        assert len(codes) == 10
        assert codes[0] not in client.get("/me/security/codes").content.decode()
        assert client.get("/command/posts/").status_code == 200
        stored = Authenticator.objects.get(type="totp").data["secret"]
        assert found[1] not in stored
        client.post("/sign-out")
        assert post(client, "bingsi-shuji").headers["Location"] == "/sign-in/second"  # type: ignore[attr-defined]
        assert client.get("/command/posts/").headers["Location"].startswith("/sign-in")
        assert client.post("/sign-in/second", {"code": codes[0]}).status_code == 302
        assert client.get("/command/posts/").status_code == 200

    def test_a_code_is_taken_once_and_five_wrong_ones_close_the_way(self, office: Small) -> None:
        secret = with_app(office, "bingsi-shuji")
        code, clients = code_of(secret), [english(), english(), english()]
        for client in clients:
            post(client, "bingsi-shuji")
        assert clients[0].post("/sign-in/second", {"code": code}).status_code == 302
        assert "used already" in clients[1].post("/sign-in/second", {"code": code}).content.decode()
        for _ in range(5):
            answer = clients[2].post("/sign-in/second", {"code": "000001"}).content.decode()
        assert "Too many tries" in answer

    def test_the_last_factor_stays(self, office: Small) -> None:
        secret = with_app(office, "bingsi-shuji")
        client = english()
        post(client, "bingsi-shuji")
        client.post("/sign-in/second", {"code": code_of(secret)})
        assert "is the last" in client.post("/me/security/app/remove").content.decode()
        assert Authenticator.objects.filter(type="totp").exists()

    def test_a_post_at_a_desk_counts_in_the_session_that_runs(self, office: Small) -> None:
        client = enrolled(office, "bingsi-1")
        post(client, "bingsi-1")
        assert client.get("/field/").status_code == 200
        held = actions.offer(post=office.posts["bingsi-shuji"], account=office.accounts["bingsi-1"], by=SYSTEM)
        actions.accept(holding=held, by=SYSTEM)
        assert client.get("/field/").headers["Location"] == "/me/security/"

    def test_a_pin_is_not_enough_at_a_desk(self, office: Small) -> None:
        Account.objects.filter(username="bingsi-shuji").update(short_secret=True)
        secret, client = with_app(office, "bingsi-shuji"), english()
        post(client, "bingsi-shuji")
        client.post("/sign-in/second", {"code": code_of(secret)})
        assert client.get("/command/posts/").headers["Location"] == "/me/password"
        client.post("/me/password", {"old": PASSWORD, "password": "slow-evening-42"})
        assert client.get("/command/posts/").status_code == 200


class TestStairs:
    def test_an_unknown_phone_is_refused_and_told_who_helps(self, office: Small) -> None:
        client = english()
        answer = post(client, "bingsi-1")
        assert answer.status_code == 403  # type: ignore[attr-defined]
        page = answer.content.decode()  # type: ignore[attr-defined]
        assert office.accounts["bingsi-shuji"].name in page
        assert "并四社区书记" in page
        assert client.get("/field/").status_code == 302
        assert post(client, "bingsi-1", "wrong").status_code == 200  # type: ignore[attr-defined]

    def test_on_a_known_phone_the_pin_is_enough(self, office: Small) -> None:
        client = enrolled(office, "bingsi-1")
        assert post(client, "bingsi-1").status_code == 302  # type: ignore[attr-defined]
        assert client.get("/field/").status_code == 200

    def test_anothers_phone_is_unknown(self, office: Small) -> None:
        assert post(enrolled(office, "bingsi-hu"), "bingsi-1").status_code == 403  # type: ignore[attr-defined]

    def test_a_shared_phone_shows_names_and_asks_for_each_ones_pin(self, office: Small) -> None:
        client, (one, two) = enrolled(office, "bingsi-1", "bingsi-hu"), ("bingsi-1", "bingsi-hu")
        page = client.get("/sign-in").content.decode()
        assert office.accounts[one].name in page
        assert office.accounts[two].name in page
        assert "id_password" not in page
        page = client.get(f"/sign-in?who={office.accounts[two].uuid}").content.decode()
        assert f'value="{two}"' in page
        post(client, two)
        assert office.accounts[two].name in client.get("/me/").content.decode()
        assert client.post("/sign-out").headers["Location"] == "/sign-in"
        post(client, one)
        assert office.accounts[one].name in client.get("/field/").content.decode()

    def test_enrolled_with_the_communitys_code(self, office: Small) -> None:
        code = actions.offer_enrolment(account=office.accounts["bingsi-1"], by=office.by("bingsi-shuji"))
        client = english()
        assert office.accounts["bingsi-1"].name in client.get(f"/enrol/{code}").content.decode()
        assert client.post("/enrol/", {"code": code, "password": "wrong"}).status_code == 422
        assert client.post("/enrol/", {"code": code, "password": PASSWORD}).status_code == 302
        assert client.get("/field/").status_code == 200
        cookie = client.cookies["wangge_device"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        client.post("/sign-out")
        assert post(client, "bingsi-1").status_code == 302  # type: ignore[attr-defined]
        assert client.post("/enrol/", {"code": code, "password": PASSWORD}).status_code == 422

    def test_a_lost_phone_is_out_at_its_next_request_and_its_owner_is_told(self, office: Small) -> None:
        phone = enrolled(office, "bingsi-1")
        post(phone, "bingsi-1")
        desk = english()
        secret = with_app(office, "bingsi-shuji")
        post(desk, "bingsi-shuji")
        desk.post("/sign-in/second", {"code": code_of(secret)})
        page = desk.get(f"/command/staff/{office.accounts['bingsi-1'].uuid}/").content.decode()
        end = re.search(r'action="(/command/staff/[^"]+/end)"', page)
        assert end
        assert desk.post(end[1]).status_code == 302
        assert phone.get("/field/").headers["Location"].startswith("/sign-in")
        assert post(phone, "bingsi-1").status_code == 403  # type: ignore[attr-defined]
        code = actions.offer_enrolment(account=office.accounts["bingsi-1"], by=office.by("bingsi-shuji"))
        phone.post("/enrol/", {"code": code, "password": PASSWORD})
        assert "was ended by your office" in phone.get("/me/").content.decode()

    def test_whoever_knows_the_code_cannot_try_pins_from_many_addresses(self, office: Small) -> None:
        code = actions.offer_enrolment(account=office.accounts["bingsi-1"], by=office.by("bingsi-shuji"))
        for number in range(5):
            somewhere = Client(REMOTE_ADDR=f"198.51.100.{number}")
            assert somewhere.post("/enrol/", {"code": code, "password": f"10000{number}"}).status_code == 422
        answer = english().post("/enrol/", {"code": code, "password": PASSWORD})
        assert answer.status_code == 422
        assert "quarter of an hour" in answer.content.decode()

    def test_a_phone_that_was_left_open_makes_no_token_that_outlives_it(self, office: Small) -> None:
        phone = enrolled(office, "bingsi-1")
        post(phone, "bingsi-1")
        session = phone.session
        for one in session["account_authentication_methods"]:
            one["at"] -= 3600
        session.save()
        form = {"name": "x", "expires_on": clock.today().isoformat()}
        assert phone.get("/me/tokens/").status_code == 200
        answer = phone.post("/me/tokens/", form)
        assert answer.headers["Location"].startswith("/me/security/again")
        assert not ApiToken.objects.exists()
        made = phone.post(answer.headers["Location"], {"password": PASSWORD}, follow=True).content.decode()
        assert "wgt_" in made

    def test_nobody_who_owes_a_second_factor_makes_a_token(self, office: Small) -> None:
        Account.objects.filter(username="bingsi-shuji").update(last_login=None)
        desk = english()
        post(desk, "bingsi-shuji")
        desk.post("/me/security/later")
        assert desk.get("/me/").status_code == 200
        form = {"name": "x", "expires_on": clock.today().isoformat()}
        assert desk.post("/me/tokens/", form).headers["Location"] == "/me/security/"
        assert not ApiToken.objects.exists()

    def test_a_token_from_before_the_desk_opens_nothing_without_a_second_factor(self, office: Small) -> None:
        typed = TokenInput("x", clock.today())
        _token, secret = make_token(account=office.accounts["jiance"], typed=typed, by=SYSTEM)
        system = Client(headers={"Authorization": f"Bearer {secret}"})
        assert system.get("/api/v1/responses").status_code == 403
        with_app(office, "jiance")
        assert system.get("/api/v1/responses").status_code == 200


class TestAnotherSecret:
    def test_check_says_whose_second_factor_does_not_open_and_signing_in_says_what_to_do(self, office: Small) -> None:
        code = code_of(with_app(office, "bingsi-shuji"))
        assert second_factors() == []
        Authenticator.objects.update(data={"secret": Fernet(Fernet.generate_key()).encrypt(b"x").decode()})
        (line,) = second_factors()
        assert "1 accounts" in line
        desk = english()
        post(desk, "bingsi-shuji")
        answer = desk.post("/sign-in/second", {"code": code})
        assert answer.status_code == 200
        assert "cannot be read here any more" in answer.content.decode()
        assert desk.get("/desk/people/").status_code == 302


class TestNamesAndPhones:
    def test_one_phone_with_several_accounts_asks_which(self, office: Small) -> None:
        made = []
        for name in ("jiajia", "yiyi"):
            _held, code = actions.invite(
                post=office.posts["bingsi-lou"], who=Newcomer(name, "13800001111"), by=office.by("bingsi-shuji"),
                role=Holding.Role.DEPUTY,
            )  # fmt: skip
            made.append(actions.accept_invitation(text=code, username=name, password=PIN, secret="p" * 43).account)
        client = english()
        client.cookies["wangge_device"] = "p" * 43
        page = post(client, "138 0000 1111", PIN).content.decode()  # type: ignore[attr-defined]
        assert "Which of you?" in page
        assert client.post("/sign-in", {"which": str(office.accounts["zhihuibu"].uuid)}).status_code == 200
        post(client, "13800001111", PIN)
        assert client.post("/sign-in", {"which": str(made[1].uuid)}).status_code == 302
        assert "yiyi" in client.get("/me/").content.decode()

    def test_a_locked_name_is_locked_by_phone_too(self, office: Small) -> None:
        _held, code = actions.invite(
            post=office.posts["bingsi-lou"], who=Newcomer("jiajia", "13800001111"), by=office.by("bingsi-shuji")
        )
        actions.accept_invitation(text=code, username="jiajia", password=PIN, secret="p" * 43)
        client = english()
        for name in ("jiajia", "13800001111", "jiajia", "13800001111", "jiajia"):
            answer = post(client, name, "wrong")
        assert answer.status_code == 429  # type: ignore[attr-defined]
        assert post(client, "13800001111", PIN).status_code == 429  # type: ignore[attr-defined]


class TestWithoutAPost:
    def test_ones_own_page_says_why_and_whom_to_ask_and_nothing_else_opens(self, office: Small) -> None:
        client = enrolled(office, "bingsi-1")
        post(client, "bingsi-1")
        actions.end(holding=office.posts["bingsi-1"].holdings.get(), by=office.by("bingsi-shuji"))
        worker.run_pending()
        assert client.get("/field/").headers["Location"].startswith("/sign-in")
        assert not Sitting.objects.filter(account=office.accounts["bingsi-1"]).exists()
        post(client, "bingsi-1")
        assert client.get("/field/").status_code == 403
        page = client.get("/me/").content.decode()
        assert "并四第1网格网格员" in page
        assert "并四第一网格支部" in page
        assert "12345" in page
        assert "My badge" not in page


class TestInvited:
    def test_from_the_secretarys_screen_to_the_doors(self, office: Small, sign_in: Callable[..., Client]) -> None:
        Account.objects.filter(username="bingsi-shuji").update(invented=True)
        desk = sign_in("bingsi-shuji")
        url = f"/command/posts/{office.posts['bingsi-2'].uuid}/"
        assert desk.post(url + "invite", {"name": "", "phone": "1"}).status_code == 422
        page = desk.post(url + "invite", {"name": "李梅", "phone": "13800001111", "until": ""}).content.decode()
        found = re.search(r'id="code">([\d ]+)<', page)
        assert found
        client = english()
        offer = client.post("/invited/", {"code": found[1]}).content.decode()
        for word in ("李梅", "并四第2网格网格员", office.accounts["bingsi-shuji"].name, "open a door"):
            assert word in offer
        code = found[1].replace(" ", "")
        assert client.post("/invited/", {"code": code, "username": "limei", "password": "12"}).status_code == 422
        done = client.post("/invited/", {"code": code, "username": "limei", "password": PIN})
        assert done.status_code == 302
        assert client.get("/field/").status_code == 200
        assert client.get(f"/invited/{code}").status_code == 422

    def test_codes_cannot_be_guessed_for_long(self, office: Small) -> None:
        client = english()
        for number in range(20):
            assert "does not work" in client.get(f"/invited/{number:012d}").content.decode()
        assert "Too many tries" in client.get("/invited/999999999999").content.decode()


def _plain(answer: object) -> str:
    """A page without the tokens that differ each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())  # type: ignore[attr-defined]


class TestLost:
    def test_the_answer_is_the_same_whether_there_is_such_an_account(self, office: Small) -> None:
        one = english().post("/sign-in/lost", {"username": "bingsi-1"})
        other = english().post("/sign-in/lost", {"username": "nobody-at-all"})
        assert one.status_code == other.status_code == 200
        assert _plain(one) == _plain(other)

    def test_the_level_above_sees_it_and_the_code_opens_again(
        self, office: Small, sign_in: Callable[..., Client]
    ) -> None:
        english().post("/sign-in/lost", {"username": "bingsi-1"})
        Account.objects.filter(username="bingsi-shuji").update(invented=True)
        desk = sign_in("bingsi-shuji")
        assert "Ask to get in again" in desk.get("/command/posts/").content.decode()
        uuid = office.accounts["bingsi-1"].uuid
        assert "Asks to get in again" in desk.get(f"/command/staff/{uuid}/").content.decode()
        page = desk.post(f"/command/staff/{uuid}/let-in").content.decode()
        found = re.search(r'id="code">([\d ]+)<', page)
        assert found
        client = english()
        wrong = {"username": "bingsi-hu", "code": found[1], "password": "602841"}
        assert client.post("/sign-in/recover", wrong).status_code == 422
        assert client.post("/sign-in/recover", wrong | {"username": "bingsi-1"}).status_code == 302
        assert client.get("/field/").status_code == 200
        assert "Ask to get in again" not in desk.get("/command/posts/").content.decode()


class TestSessions:
    def test_the_one_in_hand_is_marked_and_the_others_end_with_one_tap(self, office: Small) -> None:
        here, there = enrolled(office, "bingsi-1"), enrolled(office, "bingsi-1")
        post(there, "bingsi-1")
        here.post("/sign-in", {"username": "bingsi-1", "password": PASSWORD}, headers={"User-Agent": "(Android 13)"})
        page = here.get("/me/").content.decode()
        assert "Android phone" in page
        assert page.count("last used") == 2
        here.post("/me/sessions/end-others")
        assert there.get("/field/").headers["Location"].startswith("/sign-in")
        assert here.get("/field/").status_code == 200


class TestBadge:
    def test_anybody_may_check_it_and_sees_no_more_than_is_on_it(self, tiny: Small) -> None:
        account = tiny.accounts["bingsi-1"]
        page = english().get(f"/badge/{badges.code_of(account)}").content.decode()
        for word in (account.name, "并四第1网格网格员", "Valid today", "12345"):
            assert word in page
        assert account.username not in page
        assert str(account.uuid) not in page

    def test_the_next_day_it_is_refused(self, tiny: Small) -> None:
        account = tiny.accounts["bingsi-1"]
        code = badges.code_of(account)
        with clock.held(clock.now() + timedelta(days=1)):
            answer = english().get(f"/badge/{code}")
        assert answer.status_code == 404
        assert "Do not tell this person anything" in answer.content.decode()
        assert account.name not in answer.content.decode()

    def test_numbers_cannot_be_guessed_for_long(self, tiny: Small) -> None:
        client, right = english(), badges.number_of(tiny.accounts["bingsi-1"])
        for number in range(30):
            assert client.get("/badge/", {"number": f"1 {number:06d}"}).status_code == 404
        assert client.get("/badge/", {"number": right}).status_code == 429
        assert english().get("/badge/", {"number": right}, REMOTE_ADDR="192.0.2.9").status_code == 200

    def test_it_stands_on_ones_own_page(self, tiny: Small, sign_in: Callable[..., Client]) -> None:
        page = sign_in("bingsi-1").get("/me/").content.decode()
        assert badges.number_of(tiny.accounts["bingsi-1"]) in page
        assert "As 并四第1网格网格员 you can, at" in page
        assert "Until it is ended." in page
