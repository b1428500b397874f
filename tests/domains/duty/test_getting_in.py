"""Getting in: what a post asks for, invitations, phones, recovery, badges; and everything that is refused."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.duty import actions, badges, entry
from wangge.domains.duty.inputs import Newcomer, read_newcomer, read_username
from wangge.domains.duty.models import Account, Code, Enrolment, Holding, Sitting
from wangge.domains.duty.queries import holdings_of
from wangge.domains.duty.rules import PROOF, PostKind, Proof, demanded, enough
from wangge.flows import clock as alarms

SECRET = "s" * 43
PIN, PASSWORD = "407182", "quiet-river-71"
NEW = Newcomer("新来的", "13800001111")


def real(tiny: Small, *names: str) -> None:
    """Accounts as an office makes them: not the demo's."""
    for name in names or tiny.accounts:
        account = tiny.accounts[name]
        account.invented = False
        account.set_password(PIN)
        account.save()


def invited(tiny: Small, post: str = "bingsi-2", by: str = "bingsi-shuji", **more: object) -> tuple[Holding, str]:
    return actions.invite(post=tiny.posts[post], who=NEW, by=tiny.by(by), **more)  # type: ignore[arg-type]


def accepted(tiny: Small, **more: str) -> Holding:
    _holding, code = invited(tiny)
    return actions.accept_invitation(text=code, username="xinlai", password=PIN, secret=SECRET, **more)


class TestProof:
    def test_every_kind_of_post_has_its_line(self) -> None:
        assert set(PROOF) == set(PostKind)
        assert Proof.NOTHING not in PROOF.values()

    def test_the_strongest_of_several_posts_counts(self) -> None:
        assert demanded([PostKind.GRID_WORKER]) is Proof.DEVICE
        assert demanded([PostKind.GRID_WORKER, PostKind.COMMUNITY]) is Proof.SECOND_FACTOR
        assert demanded([]) is Proof.NOTHING

    def test_the_stronger_serves_for_the_weaker(self) -> None:
        assert enough(Proof.DEVICE, [Proof.SECOND_FACTOR])
        assert not enough(Proof.SECOND_FACTOR, [Proof.DEVICE])
        assert not enough(Proof.DEVICE, [])

    def test_only_accounts_of_the_demo_are_waived(self, tiny: Small, settings: object) -> None:
        worker_, holder = tiny.accounts["bingsi-1"], accepted(tiny).account
        assert entry.demanded_of(worker_, holdings_of(worker_)) is Proof.NOTHING
        assert not holder.invented
        assert entry.demanded_of(holder, holdings_of(holder)) is Proof.DEVICE
        settings.WANGGE_DEMO_WAIVER = False  # type: ignore[attr-defined]
        assert entry.demanded_of(worker_, holdings_of(worker_)) is Proof.DEVICE

    def test_nothing_but_the_demo_calls_an_account_invented(self) -> None:
        source = Path(apps.get_app_config("wangge").path)
        setting = re.compile(r"""(?<!filter\()\binvented\b["']?\]?\s*[=:](?!=)""")
        files = {file.relative_to(source).as_posix(): file.read_text(encoding="utf-8") for file in source.rglob("*.py")}
        found = {name for name, text in files.items() if setting.search(text)}
        # The model's own default is False; the migration marks accounts whose id the demo made.
        named = {re.sub(r"/[0-9]+", "/", name) for name in found}  # a migration's number is its place in the row
        assert named == {"demo/staff.py", "domains/duty/models/posts.py", "migrations/_getting_in.py"}


class TestNames:
    def test_by_user_name_or_phone(self, tiny: Small) -> None:
        account = accepted(tiny).account
        assert entry.named("xinlai") == [account]
        assert entry.named("138 0000 1111") == [account]
        assert entry.phone_of(account) == "13800001111"
        assert "13800001111" not in repr(Account.objects.filter(pk=account.pk).values().get())

    def test_one_phone_may_belong_to_several(self, tiny: Small) -> None:
        first = accepted(tiny).account
        _holding, code = invited(tiny, "bingsi-lou")
        second = actions.accept_invitation(text=code, username="xinlai2", password=PASSWORD).account
        assert entry.named("13800001111") == [first, second]
        assert entry.matching([first, second], PASSWORD) == [second]

    @pytest.mark.parametrize("text", ["", "1380", "nobody", "13800009999"])
    def test_nobody(self, tiny: Small, text: str) -> None:
        assert entry.named(text) == []

    @pytest.mark.parametrize("text", ["ab", "13800001111", "有 空格", "x" * 61, ""])
    def test_user_names_that_are_refused(self, text: str) -> None:
        with pytest.raises(Problem, match="username_wrong"):
            read_username(text)

    def test_a_newcomer_has_a_name(self) -> None:
        assert read_newcomer(name=" 李  梅 ", phone="+86 138-0000-1111") == Newcomer("李 梅", "13800001111")
        with pytest.raises(Exception, match="newcomer_nameless, staff_phone_wrong"):
            read_newcomer(name=" ", phone="12")


class TestInvitations:
    def test_accepted_with_a_pin_and_the_phone_in_hand(self, tiny: Small) -> None:
        holding = accepted(tiny)
        assert holding.accepted_at
        assert list(holdings_of(holding.account)) == [holding]
        assert entry.enrolled(SECRET).get().account == holding.account
        assert holding.account.check_password(PIN)

    def test_a_code_is_used_once(self, tiny: Small) -> None:
        _holding, code = invited(tiny)
        actions.accept_invitation(text=code, username="xinlai", password=PIN)
        with pytest.raises(Problem, match="code_over"):
            actions.accept_invitation(text=code, username="xinlai3", password=PIN)

    def test_the_code_is_nowhere_in_the_database(self, tiny: Small) -> None:
        _holding, code = invited(tiny)
        assert not Code.objects.filter(hash__contains=code).exists()
        assert len(code) == 12

    def test_made_twice_it_is_one_offer_and_the_newer_code_counts(self, tiny: Small) -> None:
        uuid = tiny.posts["bingsi-2"].uuid
        holding, first = invited(tiny, uuid=uuid)
        again, second = invited(tiny, uuid=uuid)
        assert again == holding
        assert entry.usable(Code.Kind.INVITE, first) is None
        assert entry.usable(Code.Kind.INVITE, second) is not None

    def test_withdrawn_late_or_mistyped(self, tiny: Small) -> None:
        holding, code = invited(tiny)
        with clock.held(clock.now() + timedelta(days=7, minutes=1)):
            assert entry.usable(Code.Kind.INVITE, code) is None
        assert entry.usable(Code.Kind.ENROL, code) is None
        actions.end(holding=holding, by=tiny.by("bingsi-shuji"))
        assert entry.usable(Code.Kind.INVITE, code) is None
        with pytest.raises(Problem, match="offer_withdrawn"):
            actions.renew_invitation(holding=holding, by=tiny.by("bingsi-shuji"))

    @pytest.mark.parametrize("who", ["bingsi-1", "bingsi-zhibu-1", "dengqiao-shuji"])
    def test_only_who_manages_the_post_invites(self, tiny: Small, who: str) -> None:
        with pytest.raises(NotAllowed):
            invited(tiny, by=who)

    @pytest.mark.parametrize(
        ("password", "why"), [("12345", "secret_short"), ("123456", "secret_common"), ("111111", "secret_common")]
    )
    def test_pins_that_are_refused_leave_the_code(self, tiny: Small, password: str, why: str) -> None:
        _holding, code = invited(tiny)
        with pytest.raises(Problem, match=why):
            actions.accept_invitation(text=code, username="xinlai", password=password)
        assert entry.usable(Code.Kind.INVITE, code) is not None

    def test_a_desk_needs_a_password_of_ten(self, tiny: Small) -> None:
        _holding, code = invited(tiny, "jiance", "yingze", role=Holding.Role.DEPUTY)
        with pytest.raises(Problem, match="secret_short"):
            actions.accept_invitation(text=code, username="xinlai", password=PIN)

    def test_a_user_name_belongs_to_one(self, tiny: Small) -> None:
        _holding, code = invited(tiny)
        with pytest.raises(Problem, match="username_taken"):
            actions.accept_invitation(text=code, username="bingsi-1", password=PIN)

    def test_a_post_until_a_day_ends_at_its_minute(self, tiny: Small) -> None:
        end = clock.end_of(clock.today())
        _holding, code = invited(tiny, ends=end)
        account = actions.accept_invitation(text=code, username="xinlai", password=PIN, secret=SECRET).account
        with clock.held(end - timedelta(seconds=1)):
            assert holdings_of(account).exists()
        with clock.held(end):
            assert not holdings_of(account).exists()
            alarms.holdings_over(end)
            alarms.holdings_over(end)
            worker.run_pending()
            assert Event.objects.filter(kind="duty.post_left", data__account=str(account.uuid)).count() == 1
            assert not entry.enrolled(SECRET).exists()
        with pytest.raises(Problem, match="end_passed"):
            invited(tiny, "bingsi-lou", ends=clock.now() - timedelta(days=1))


class TestPhones:
    def test_enrolled_with_the_code_and_ones_own_pin(self, tiny: Small) -> None:
        real(tiny, "bingsi-1")
        code = actions.offer_enrolment(account=tiny.accounts["bingsi-1"], by=tiny.by("bingsi-shuji"))
        with pytest.raises(Problem, match="secret_wrong"):
            actions.enrol_with(text=code, password="wrong", secret=SECRET)
        one = actions.enrol_with(text=code, password=PIN, secret=SECRET)
        assert one.enrolled_by == tiny.accounts["bingsi-shuji"].uuid
        with pytest.raises(Problem, match="code_over"):
            actions.enrol_with(text=code, password=PIN, secret=SECRET)

    def test_ten_minutes_and_no_longer(self, tiny: Small) -> None:
        real(tiny, "bingsi-1")
        code = actions.offer_enrolment(account=tiny.accounts["bingsi-1"], by=tiny.by("bingsi-shuji"))
        with clock.held(clock.now() + timedelta(minutes=10, seconds=1)), pytest.raises(Problem, match="code_over"):
            actions.enrol_with(text=code, password=PIN, secret=SECRET)

    def test_who_may_enrol_and_whom(self, tiny: Small) -> None:
        with pytest.raises(NotAllowed):
            actions.offer_enrolment(account=tiny.accounts["bingsi-1"], by=tiny.by("dengqiao-shuji"))
        with pytest.raises(NotAllowed):
            actions.offer_enrolment(account=tiny.accounts["bingsi-1"], by=tiny.by("bingsi-1"))
        with pytest.raises(Problem, match="no_device_needed"):
            actions.offer_enrolment(account=tiny.accounts["jiance"], by=tiny.by("yingze"))

    def test_a_shared_phone_that_is_lost_opens_nothing_for_anybody(self, tiny: Small) -> None:
        shared = [tiny.accounts[name] for name in ("bingsi-1", "bingsi-hu")]
        both = [actions.enrol(account=one, secret=SECRET, by=SYSTEM) for one in shared]
        assert [one.account for one in entry.enrolled(SECRET)] == shared
        assert actions.enrol(account=shared[0], secret=SECRET, by=SYSTEM) == both[0]
        with pytest.raises(NotAllowed):
            actions.end_device(enrolment=both[0], by=tiny.by("dengqiao-shuji"))
        actions.end_device(enrolment=both[0], by=tiny.by("bingsi-shuji"))
        actions.end_device(enrolment=both[0], by=tiny.by("bingsi-shuji"))
        assert not entry.enrolled(SECRET).exists()
        assert [list(entry.ended_lately(one)) for one in shared] == [[both[0]], [both[1]]]
        assert Event.objects.filter(kind="duty.device_ended").count() == 1
        with pytest.raises(Problem, match="device_ended"):
            actions.enrol(account=shared[0], secret=SECRET, by=SYSTEM)

    def test_with_the_last_post_everything_ends(self, tiny: Small) -> None:
        holding = accepted(tiny)
        actions.end(holding=holding, by=tiny.by("bingsi-shuji"))
        worker.run_pending()
        assert not Enrolment.objects.filter(account=holding.account, ended_at__isnull=True).exists()
        assert Event.objects.filter(kind="duty.access_ended", subject=holding.account.uuid).count() == 1
        assert not actions.close_account(account=holding.account, by=SYSTEM)

    def test_with_another_post_left_nothing_ends(self, tiny: Small) -> None:
        holding = accepted(tiny)
        other = actions.offer(post=tiny.posts["bingsi-lou"], account=holding.account, by=SYSTEM)
        actions.accept(holding=other, by=SYSTEM)
        actions.end(holding=holding, by=tiny.by("bingsi-shuji"))
        worker.run_pending()
        assert entry.enrolled(SECRET).exists()


class TestRecovery:
    def test_through_the_level_above(self, tiny: Small) -> None:
        real(tiny, "bingsi-1")
        account = tiny.accounts["bingsi-1"]
        asked = actions.ask_recovery(account=account, by=By(account=None, post=None))
        assert actions.ask_recovery(account=account, by=By(account=None, post=None)) == asked
        assert entry.recoveries(tiny.by("bingsi-shuji")) == [asked]
        assert entry.recoveries(tiny.by("dengqiao-shuji")) == []
        actions.enrol(account=account, secret="o" * 43, by=SYSTEM)
        code = actions.give_recovery(account=account, by=tiny.by("bingsi-shuji"))
        actions.recover(account=account, text=code, password="602841", secret=SECRET)
        account.refresh_from_db()
        assert account.check_password("602841")
        assert [one.device.secret_hash for one in entry.devices_of(account)] == [entry.secret_hash(SECRET)]
        kinds = Event.objects.filter(subject=account.uuid).values_list("kind", flat=True)
        assert {"duty.recovery_asked", "duty.recovery_given", "duty.recovered"} <= set(kinds)
        with pytest.raises(Problem, match="code_over"):
            actions.recover(account=account, text=code, password="602842")

    @pytest.mark.parametrize(
        ("account", "by", "why"),
        [
            ("bingsi-shuji", "bingsi-shuji", "recovery_own"),
            ("qiaodong", "bingsi-shuji", "recovery_not_above"),
            ("dengqiao-1", "bingsi-shuji", "recovery_not_above"),
            ("yingze-zhengling", "yingze", "recovery_not_above"),
        ],
    )
    def test_nobody_recovers_themselves_or_those_above(self, tiny: Small, account: str, by: str, why: str) -> None:
        with pytest.raises(Problem, match=why):
            actions.give_recovery(account=tiny.accounts[account], by=tiny.by(by))

    def test_a_post_elsewhere_asks_for_the_level_above_that_too(self, tiny: Small) -> None:
        account = tiny.accounts["bingsi-1"]
        held = actions.offer(post=tiny.posts["shenji"], account=account, by=SYSTEM, role=Holding.Role.DEPUTY)
        actions.accept(holding=held, by=SYSTEM)
        with pytest.raises(Problem, match="recovery_not_above"):
            actions.give_recovery(account=account, by=tiny.by("bingsi-shuji"))
        assert actions.give_recovery(account=account, by=tiny.by("zhihuibu"))

    def test_a_code_is_its_accounts(self, tiny: Small) -> None:
        code = actions.give_recovery(account=tiny.accounts["bingsi-1"], by=tiny.by("bingsi-shuji"))
        with pytest.raises(Problem, match="code_over"):
            actions.recover(account=tiny.accounts["bingsi-hu"], text=code, password="602841")
        with clock.held(clock.now() + timedelta(minutes=31)), pytest.raises(Problem, match="code_over"):
            actions.recover(account=tiny.accounts["bingsi-1"], text=code, password="602841")

    def test_the_servers_desk_helps_the_top_alone(self, tiny: Small) -> None:
        with pytest.raises(Problem, match="recovery_by_level_above"):
            actions.give_recovery(account=tiny.accounts["bingsi-1"], by=SYSTEM)
        assert len(actions.give_recovery(account=tiny.accounts["zhihuibu"], by=SYSTEM)) == 8


class TestSecrets:
    def test_the_old_one_shows_that_it_is_oneself(self, tiny: Small) -> None:
        real(tiny, "jiance")
        account, by = tiny.accounts["jiance"], tiny.by("jiance")
        with pytest.raises(Problem, match="secret_wrong"):
            actions.change_secret(account=account, old="x", new=PASSWORD, by=by)
        with pytest.raises(Problem, match="secret_short"):
            actions.change_secret(account=account, old=PIN, new="739184", by=by)
        actions.change_secret(account=account, old=PIN, new=PASSWORD, by=by)
        assert account.check_password(PASSWORD)
        assert not account.short_secret


class TestSessions:
    def test_one_or_all_others(self, tiny: Small) -> None:
        account, by = tiny.accounts["bingsi-1"], tiny.by("bingsi-1")
        for key in ("a", "b", "c"):
            Sitting.objects.create(
                session_key=key, account=account, seen_at=clock.now(), expire_date=clock.now() + clock.DAY
            )
        assert not actions.end_sitting(account=tiny.accounts["bingsi-hu"], uuid=_id("a"), by=by)
        assert actions.end_sitting(account=account, uuid=_id("a"), by=by)
        assert not actions.end_sitting(account=account, uuid=_id("a"), by=by)
        assert actions.end_others(account=account, keep="b", by=by) == 1
        assert [one.session_key for one in entry.sittings_of(account)] == ["b"]


def _id(key: str) -> object:
    from wangge.domains.duty.actions.sittings import id_of

    return id_of(key)


class TestBadges:
    def test_valid_today_by_picture_and_by_number(self, tiny: Small) -> None:
        account = tiny.accounts["bingsi-1"]
        for text in (badges.code_of(account), badges.number_of(account), badges.number_of(account).replace(" ", "-")):
            found = badges.check(text)
            assert (found.valid, found.name) == (True, account.name)
            assert found.posts == (("grid_worker", "并四第1网格网格员", tiny.posts["bingsi-1"].place.name),)

    def test_yesterdays_is_not_valid(self, tiny: Small) -> None:
        account = tiny.accounts["bingsi-1"]
        with clock.held(clock.now() - clock.DAY):
            old = (badges.code_of(account), badges.number_of(account))
        assert [badges.check(text).valid for text in old] == [False, False]

    @pytest.mark.parametrize("text", ["", "-", "1", "1-", "x-1", "99999-000000", "１-2", "9" * 30, "1-1-1", "0 0"])
    def test_anything_else_is_not_valid(self, tiny: Small, text: str) -> None:
        assert badges.check(text) == badges.Badge(valid=False)

    def test_without_a_post_it_is_not_valid(self, tiny: Small) -> None:
        account, code = tiny.accounts["bingsi-1"], badges.code_of(tiny.accounts["bingsi-1"])
        actions.end(holding=holdings_of(account).get(), by=SYSTEM)
        assert not badges.check(code).valid

    def test_the_nearest_office_answers_in_the_end_12345(self, tiny: Small) -> None:
        post = tiny.posts["bingsi-1"]
        assert badges.office_of(post) == "12345"
        actions.set_office_phone(post=tiny.posts["yingze"], phone="0351-4000001", by=tiny.by("yingze"))
        assert badges.office_of(post) == "03514000001"
        actions.set_office_phone(post=tiny.posts["bingsi-shuji"], phone="0351-4000002", by=tiny.by("bingsi-shuji"))
        assert badges.office_of(post) == "03514000002"
        assert badges.office_of(tiny.posts["liudiao"]) == "12345"
        with pytest.raises(Problem, match="staff_phone_wrong"):
            actions.set_office_phone(post=tiny.posts["yingze"], phone="12", by=tiny.by("yingze"))
        with pytest.raises(NotAllowed):
            actions.set_office_phone(post=tiny.posts["yingze"], phone="", by=tiny.by("bingsi-shuji"))
