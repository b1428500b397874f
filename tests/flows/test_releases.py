"""From the last day to the release paper: proposed, signed by a doctor, confirmed by who ordered it; or by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings as product
from tests.domains.isolation.home import DOCUMENT, EDITION, because, ordered, proposed
from tests.flows.stage import NEGATIVE, POSITIVE, Stage

from wangge.base import clock, signing, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.codes import coding, tokens
from wangge.domains.codes.actions import allow, use_link
from wangge.domains.codes.models import StatusList
from wangge.domains.codes.queries import issuer_of, latest, link_of, status_of
from wangge.domains.codes.queries.listing import edition_of
from wangge.domains.codes.rules import Consent
from wangge.domains.codes.tokens import Seen
from wangge.domains.duty.actions import accept, create_post, offer
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for
from wangge.domains.duty.rules import PostKind
from wangge.domains.isolation import queries
from wangge.domains.isolation.actions import confirm_orders, end_past, replan
from wangge.domains.isolation.models import Order, Release
from wangge.domains.isolation.releasing import propose_releases
from wangge.domains.isolation.rules_release import Condition, Met
from wangge.domains.protocol.models import Response, ResponsePhase
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose
from wangge.flows import codes
from wangge.flows import releases as flow
from wangge.web.desk.words import moment
from wangge.web.order_paper import release_context


@contextmanager
def last_day(order: Order, hour: int = 10) -> Iterator[None]:
    """The last day of an order's term, at an hour."""
    with clock.held(order.ends_at - timedelta(hours=24 - hour)):
        yield


def seven_days(stage: Stage, index: int = 1) -> Order:
    order = ordered(stage, stage.tiny.family[index])
    worker.run_pending()
    return order


def listed(stage: Stage, code: str) -> int:
    """What a scanner that took the latest list says of a phone's code of today: 0 is green."""
    response = stage.tiny.response
    seen, claims = tokens.read(code, signing.known(product.WANGGE_KEYS), issuer_of(response), clock.now())
    made = latest(response)
    assert (seen, claims is not None, made is not None) == (Seen.GOOD, True, True)
    return coding.decode(edition_of(made).content).daily.get(claims.number, 0)  # type: ignore[union-attr, arg-type]


def proposed_again(stage: Stage) -> list[Release]:
    return propose_releases(now=clock.now(), by=SYSTEM)


def released(stage: Stage, order: Order) -> None:
    """Everything that a release asks for."""
    stage.result(order.person, Purpose.ROUTINE, NEGATIVE)
    proposed_again(stage)
    flow.sign(orders=[order], by=stage.tiny.by("yisheng"))
    flow.confirm(orders=[order], by=stage.tiny.by("yingze-zhengling"))


def refused(orders: list[Order], stage: Stage, username: str, *, confirming: bool = False) -> str:
    verb = flow.confirm if confirming else flow.sign
    with pytest.raises(Problem) as caught:
        verb(orders=orders, by=stage.tiny.by(username))
    return caught.value.code


def test_it_is_proposed_on_the_last_day_and_once(stage: Stage) -> None:
    order = seven_days(stage)
    with clock.held(order.ends_at - timedelta(hours=25)):
        assert proposed_again(stage) == []
        assert refused([order], stage, "yisheng") == "release_too_early"
    with last_day(order, 0):
        assert [one.order for one in proposed_again(stage)] == [order]
        assert proposed_again(stage) == []
    assert Event.objects.get(kind="isolation.releases_proposed").data == {"orders": [str(order.uuid)]}


def test_tests_a_doctor_and_the_authority_and_the_code_is_green_at_once(stage: Stage) -> None:
    ResponsePhase.objects.update(protocol=EDITION)  # the edition that gives a colour for isolation at home
    order, person = seven_days(stage), stage.tiny.family[1]
    with last_day(order):
        proposed_again(stage)
        assert status_of(person, stage.tiny.response).colour == "yellow"
        assert refused([order], stage, "yisheng") == "release_not_ready"  # the test of day 7 is not there
        stage.result(person, Purpose.ROUTINE, NEGATIVE)
        assert refused([order], stage, "yingze-zhengling", confirming=True) == "release_unsigned"
        flow.sign(orders=[order], by=stage.tiny.by("yisheng"))
        assert flow.sign(orders=[order], by=stage.tiny.by("yisheng")) == []
        (one,) = flow.confirm(orders=[order], by=stage.tiny.by("yingze-zhengling"))
        assert flow.confirm(orders=[order], by=stage.tiny.by("yingze-zhengling")) == []
        assert status_of(person, stage.tiny.response).colour == "green"
        worker.run_pending()
    order.refresh_from_db()
    assert (order.state, order.end_cause, order.ended_at) == ("ended", "released", one.confirmed_at)
    assert (one.signed_post, one.confirmed_post) == (
        stage.tiny.posts["yisheng"].uuid, stage.tiny.posts["yingze-zhengling"].uuid,
    )  # fmt: skip
    assert one.seen["confirmed"] == {"term": ["met", 0, 0], "tests": ["met", 1, 1], "newer": ["met", 0, 0]}
    assert "hand_release" in stage.items(person)
    assert stage.tests(person) == []  # what was open of it is taken back


def test_the_minute_it_is_confirmed_in_the_paper_and_the_code_say_the_same(stage: Stage) -> None:
    ResponsePhase.objects.update(protocol=EDITION)
    order, person = seven_days(stage), stage.tiny.family[1]
    with last_day(order):
        stage.result(person, Purpose.ROUTINE, NEGATIVE)
        proposed_again(stage)
        flow.sign(orders=[order], by=stage.tiny.by("yisheng"))
        before = clock.now() + timedelta(seconds=59)
    with clock.held(before):
        secret = allow(person=person, response=stage.tiny.response, consent=Consent.OWN, by=SYSTEM)
        code = use_link(link=link_of(secret))  # type: ignore[arg-type]
        assert status_of(person, stage.tiny.response).colour == "yellow", "signed is not released yet"
        codes.lists(before)
        assert listed(stage, code) == 1
    with clock.held(before + timedelta(seconds=1)):
        flow.confirm(orders=[order], by=stage.tiny.by("yingze-zhengling"))
        assert status_of(person, stage.tiny.response).colour == "green"
        paper = release_context(queries.order(EVERYTHING, order.uuid))
        assert (paper["ended"], paper["by_authority"]) == (moment(before + timedelta(seconds=1)), True)
    with clock.held(before + timedelta(seconds=61)):
        codes.lists(clock.now())
        assert listed(stage, code) == 0, (
            "a scanner's list says it within the minute, of the same code on the same phone"
        )


def test_without_codes_there_is_the_paper_alone(stage: Stage) -> None:
    order = seven_days(stage)
    Response.objects.update(named=[])
    with last_day(order):
        released(stage, order)
        worker.run_pending()
        assert "hand_release" in stage.items(order.person)
        assert release_context(queries.order(EVERYTHING, order.uuid))["by_authority"]
        codes.lists(clock.now())
    assert not StatusList.objects.exists()


def test_without_anybody_it_ends_at_its_term_and_the_paper_follows_too(stage: Stage) -> None:
    order, person = seven_days(stage), stage.tiny.family[1]
    with last_day(order):
        proposed_again(stage)
    with clock.held(order.ends_at):
        assert [one.pk for one in end_past(now=order.ends_at, by=SYSTEM)] == [order.pk]
        worker.run_pending()
        assert "hand_release" in stage.items(person)
        assert refused([order], stage, "yisheng") == "release_over"
        assert refused([order], stage, "yingze-zhengling", confirming=True) == "release_over"
    order.refresh_from_db()
    assert (order.state, order.end_cause) == ("ended", "term_over")


def test_the_reasons_that_were_answered_make_no_order_again(stage: Stage) -> None:
    person, known = stage.tiny.family[1], because()
    again = {"response": stage.tiny.response, "person": person, "because": [known], "protocol": EDITION, "by": SYSTEM}
    order = replan(**again).order  # type: ignore[arg-type]
    assert order
    confirm_orders(orders=[order], by=stage.tiny.by("yingze-zhengling"), **DOCUMENT)
    worker.run_pending()
    order = queries.order(EVERYTHING, order.uuid)
    with last_day(order):
        released(stage, order)
        assert replan(**again).order is None  # type: ignore[arg-type]
    assert not Order.objects.within(EVERYTHING).filter(person=person, state="proposed").exists()


def test_a_positive_test_or_a_newer_reason_holds_it_up_also_after_the_sign(stage: Stage) -> None:
    order, person = seven_days(stage), stage.tiny.family[1]
    with last_day(order):
        stage.result(person, Purpose.ROUTINE, NEGATIVE)
        proposed_again(stage)
        flow.sign(orders=[order], by=stage.tiny.by("yisheng"))
        Order.objects.within(EVERYTHING).filter(pk=order.pk).update(supersedes=None)
        waits = proposed(stage, person, since=clock.today(), role="close_contact")
        assert waits.ends_at > order.ends_at
        (checks,) = flow.checked([order]).values()
        assert {one.condition: one.state for one in checks}[Condition.NOTHING_NEWER] is Met.AGAINST
        assert refused([order], stage, "yingze-zhengling", confirming=True) == "release_not_ready"
        Order.objects.within(EVERYTHING).filter(pk=waits.pk).update(state="withdrawn", ended_at=clock.now())
        result = stage.result(person, Purpose.SCREEN, POSITIVE)
        assert refused([order], stage, "yingze-zhengling", confirming=True) == "release_not_ready"
        TestResult.objects.within(EVERYTHING).filter(pk=result.pk).update(state="withdrawn")
        assert len(flow.confirm(orders=[order], by=stage.tiny.by("yingze-zhengling"))) == 1


def test_only_a_doctor_signs_and_only_who_ordered_it_releases(stage: Stage) -> None:
    order, tiny = seven_days(stage), stage.tiny
    with last_day(order):
        stage.result(tiny.family[1], Purpose.ROUTINE, NEGATIVE)
        proposed_again(stage)
        for username in ("bingsi-shuji", "bingsi-1", "yingze-zhengling"):
            with pytest.raises(NotAllowed):
                flow.sign(orders=[order], by=tiny.by(username))
        flow.sign(orders=[order], by=tiny.by("yisheng"))
        for username in ("yisheng", "bingsi-shuji", "qingxu-zhengling"):
            with pytest.raises(NotAllowed):
                flow.confirm(orders=[order], by=tiny.by(username))
        account = Account.objects.create(username="other", name="别的机关", invented=True)
        post = create_post(kind=PostKind.AUTHORITY, title="别的机关", place=tiny.places["district"], by=SYSTEM)
        accept(holding=offer(post=post, account=account, by=SYSTEM), by=SYSTEM)
        with pytest.raises(Problem, match="release_of_another"):
            flow.confirm(orders=[order], by=by_for(account))
    order.refresh_from_db()
    assert order.state == "in_force"


def test_in_bulk_it_is_one_fact_and_all_or_nothing(stage: Stage) -> None:
    orders = [seven_days(stage, index) for index in (0, 1)]
    with last_day(orders[0]):
        proposed_again(stage)
        stage.result(stage.tiny.family[0], Purpose.ROUTINE, NEGATIVE)
        assert refused(orders, stage, "yisheng") == "release_not_ready"
        assert not Release.objects.within(EVERYTHING).filter(signed_at__isnull=False).exists()
        stage.result(stage.tiny.family[1], Purpose.ROUTINE, NEGATIVE)
        assert len(flow.sign(orders=orders, by=stage.tiny.by("yisheng"))) == 2
    assert len(Event.objects.get(kind="isolation.releases_signed").data["orders"]) == 2
    assert refused([], stage, "yisheng") == "nothing_chosen"


def test_whoever_ended_away_from_home_gets_no_visit_for_the_paper(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.roommates[0], role="case")
    with clock.held(order.ends_at):
        end_past(now=order.ends_at, by=SYSTEM)
        worker.run_pending()
    assert queries.order(EVERYTHING, order.uuid).end_cause == "term_over"
    assert "hand_release" not in stage.items(stage.tiny.roommates[0])
