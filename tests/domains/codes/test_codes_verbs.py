"""Links, papers, appeals and the city's list, in the tiny city."""

from datetime import timedelta

import pytest
from django.conf import settings as product
from tests.flows.stage import SCREEN, Stage, later

from wangge.base import clock, keys, signing
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.base.worker import run_pending
from wangge.domains.codes import actions, coding, lists, queries, tokens
from wangge.domains.codes.actions.numbering import slot_of
from wangge.domains.codes.inputs import Decision
from wangge.domains.codes.models import CodeAppeal, CodeLink, CodeSlot, PrintedCode, StatusList
from wangge.domains.codes.numbers import DOMAIN
from wangge.domains.codes.queries.listing import edition_of, list_for
from wangge.domains.codes.rules import Consent, Kind, Outcome, State
from wangge.domains.codes.tokens import Claims, Seen
from wangge.domains.people.models import Person
from wangge.domains.protocol import queries as protocols
from wangge.domains.protocol.actions import close_response, open_response
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.retention import proofs
from wangge.domains.protocol.rules import Named
from wangge.flows import clock as night
from wangge.flows import codes as flow


def link(stage: Stage, person: Person, consent: Consent = Consent.OWN) -> CodeLink:
    secret = actions.allow(
        person=person, response=stage.tiny.response, consent=consent, by=stage.tiny.by("bingsi-shuji")
    )
    found = queries.link_of(secret)
    assert found is not None
    return found


def claims(stage: Stage, text: str) -> Claims:
    issuer, known = queries.issuer_of(stage.tiny.response), signing.known(product.WANGGE_KEYS)
    seen, found = tokens.read(text, known, issuer, clock.now())
    assert (seen, found is not None) == (Seen.GOOD, True)
    return found  # type: ignore[return-value]  # it is there


def listed(stage: Stage, one: Claims) -> int:
    """What a scanner with today's list says of a code."""
    made = actions.publish(response=stage.tiny.response)
    content = coding.decode(edition_of(made).content)
    return (content.printed if one.kind is Kind.PRINTED else content.daily).get(one.number, 0)


def test_a_phone_shows_another_number_each_day_and_the_server_alone_knows_whose(stage: Stage) -> None:
    person, response = stage.tiny.family[0], stage.tiny.response
    held = link(stage, person)
    today = claims(stage, actions.use_link(link=held))
    assert (today.initials[0], set(today.initials[1:])) == (person.name[0], {"*"})
    assert today.expires == clock.end_of(clock.today())
    assert queries.holder_of(response, today) == person
    with later(days=1):
        tomorrow = claims(stage, actions.use_link(link=held))
    assert tomorrow.number != today.number
    assert queries.holder_of(response, tomorrow) == person
    assert claims(stage, actions.use_link(link=link(stage, person))).number == today.number


def test_the_list_says_of_a_number_what_the_facts_say_of_its_holder(stage: Stage) -> None:
    person = stage.tiny.family[0]
    today = claims(stage, actions.use_link(link=link(stage, person)))
    assert listed(stage, today) == State.GREEN
    stage.result(person, SCREEN)
    run_pending()
    assert listed(stage, today) == State.RED
    with later(hours=25):
        tomorrow = claims(stage, actions.use_link(link=queries.links_to(person, stage.tiny.response)[0]))
        assert listed(stage, tomorrow) == State.GREEN  # the step ended by itself


def test_a_new_paper_makes_the_one_before_void(stage: Stage) -> None:
    person, response, by = stage.tiny.family[3], stage.tiny.response, stage.tiny.by("bingsi-shuji")
    first = actions.print_code(person=person, response=response, by=by)
    second = actions.print_code(person=person, response=response, by=by)
    texts = [
        actions.carrying.signed_paper(person, response, one.number, one.issued_at, one.expires_at)
        for one in (first, second)
    ]
    old, new = (claims(stage, text) for text in texts)
    assert (listed(stage, old), listed(stage, new)) == (State.VOID, State.GREEN)
    assert queries.holder_of(response, new) == person
    with later(days=3):
        assert listed(stage, new) == State.GREEN
        assert new.number == second.number
    assert actions.void_print(person=person, response=response, by=by) == 1
    assert listed(stage, new) == State.VOID
    with pytest.raises(NotAllowed):
        actions.print_code(person=person, response=response, by=stage.tiny.by("dengqiao-shuji"))


def test_consent_is_recorded_and_withdrawn_and_not_handed_on(stage: Stage) -> None:
    grandmother, response = stage.tiny.family[3], stage.tiny.response
    own, hers = link(stage, grandmother), link(stage, grandmother, Consent.GUARDIAN)
    with pytest.raises(Problem, match="codes_own_page"):
        actions.allow(
            person=grandmother, response=response, consent=Consent.ON_PAGE, by=stage.tiny.by("bingsi-1"), through=hers
        )
    secret = actions.allow(
        person=grandmother, response=response, consent=Consent.ON_PAGE, by=stage.tiny.by("bingsi-1"), through=own
    )
    carried = queries.link_of(secret)
    assert carried is not None
    assert carried.consent == Consent.ON_PAGE
    actions.end_link(link=carried, by=stage.tiny.by("bingsi-1"))
    assert queries.link_of(secret) is None
    assert {one.pk for one in queries.links_to(grandmother, response)} == {own.pk, hers.pk}


def test_an_appeal_is_work_with_a_deadline_where_the_decision_was_made(stage: Stage) -> None:
    person, resident = stage.tiny.family[0], stage.tiny.by("liudiao")
    held = link(stage, person)
    with pytest.raises(Problem, match="appeal_green"):
        actions.appeal(link=held, by=resident)
    stage.result(person, SCREEN)
    run_pending()
    made = actions.appeal(link=held, by=resident)
    assert actions.appeal(link=held, by=resident) == made
    assert (made.post.title, made.due_at - made.made_at) == ("迎泽区领导小组办公室", timedelta(hours=24))
    authority, above = stage.tiny.by("yingze-zhengling"), stage.tiny.by("zhihuibu")
    assert [one.pk for one in queries.answered_by(authority)] == [made.pk]
    assert not queries.answered_by(above).exists()
    with pytest.raises(CodeAppeal.DoesNotExist):
        actions.decide(one=made, decision=Decision(Outcome.STANDS, "因为"), by=stage.tiny.by("bingsi-shuji"))
    with later(hours=25):
        flow.appeals_late(clock.now())
        assert [one.pk for one in queries.answered_by(above)] == [made.pk]
    before = queries.status_of(person, stage.tiny.response)
    done = actions.decide(one=made, decision=Decision(Outcome.STANDS, "复核未出"), by=authority)
    assert (done.outcome, done.answer) == (Outcome.STANDS, "复核未出")
    assert queries.status_of(person, stage.tiny.response) == before
    with pytest.raises((Problem, CodeAppeal.DoesNotExist)):
        actions.decide(one=made, decision=Decision(Outcome.OVER, "再"), by=authority)


def test_a_version_is_made_only_where_something_changed_and_a_phone_gets_the_difference(stage: Stage) -> None:
    response, known = stage.tiny.response, signing.known
    first = actions.publish(response=response)
    assert actions.publish(response=response).version == first.version
    held = lists.take(list_for(response, None), known(product.WANGGE_KEYS), None)
    stage.result(stage.tiny.family[0], SCREEN)
    run_pending()
    second = actions.publish(response=response)
    assert second.version == first.version + 1
    difference = list_for(response, first.version)
    assert b"diff" in difference
    held = lists.take(difference, known(product.WANGGE_KEYS), held)
    assert coding.encode(held[1]) == edition_of(second).content
    assert lists.take(list_for(response, second.version), known(product.WANGGE_KEYS), held) == held
    assert b"list" in list_for(response, 999)
    with later(days=1):
        actions.publish(response=response)
        assert b"list" in list_for(response, second.version)  # other numbers: everything anew


def test_the_alarm_makes_a_list_at_most_each_minute_and_a_stolen_key_makes_another(stage: Stage) -> None:
    response, file = stage.tiny.response, product.WANGGE_KEYS
    flow.lists(clock.now())
    first = queries.latest(response)
    assert first is not None
    stage.result(stage.tiny.family[0], SCREEN)
    run_pending()
    flow.lists(clock.now())
    assert queries.latest(response) == first
    with later(seconds=61):
        flow.lists(clock.now())
        assert queries.latest(response) != first
    with later(minutes=3):
        assert not queries.due(response, clock.now())
        signing.revoke(file, signing.current(file, clock.now()).kid, clock.now(), timedelta(days=60))
        flow.lists(clock.now())
        after = list_for(response, None)
        assert tokens.opened(after, signing.known(file))[0] is Seen.GOOD


def test_with_its_response_every_code_ends_and_nothing_of_it_is_left_the_night_after(stage: Stage) -> None:
    person, response, by = stage.tiny.family[0], stage.tiny.response, stage.tiny.by("bingsi-shuji")
    held = link(stage, person)
    actions.print_code(person=person, response=response, by=by)
    actions.publish(response=response)
    close_response(response=response, by=stage.tiny.by("zhihuibu"))
    run_pending()
    held = CodeLink.objects.within(EVERYTHING).select_related("response", "person").get(pk=held.pk)
    assert held.ended_at is not None
    with pytest.raises(Problem, match="codes_not_in_use"):
        actions.use_link(link=held)
    with clock.held(clock.end_of(clock.today() + timedelta(days=1)) + timedelta(minutes=1)):
        night.a_day_begins(clock.now())
        run_pending()
    for model in (CodeSlot, CodeLink, PrintedCode):
        assert not model.objects.within(EVERYTHING).filter(response=response).exists()
    assert set(StatusList.objects.filter(response=response).values_list("content", flat=True)) == {""}
    proof = next(one for one in proofs(response.uuid) if one.days == 1)
    assert proof.before["wangge_codelink"]["person"] == 1
    assert proof.after["wangge_codelink"]["person"] == 0


def narrower(stage: Stage) -> Response:
    """Another Response with codes, inside the first one's area."""
    return open_response(
        title="演练", protocol="covid19-v8", area=stage.tiny.family[0].home.parent or stage.tiny.homes[0],
        authority="某办", document_no="演2号", ground="演练方案", remedy="12345", drill=True, named=tuple(Named),
        by=SYSTEM,
    )  # fmt: skip


def test_a_response_whose_key_is_gone_stops_no_other_list(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    broken = narrower(stage)
    actions.publish(response=broken)
    keys.destroy_response(product.WANGGE_KEYS, broken.uuid, clock.now())
    assert protocols.naming(Named.CODES)[0] == broken
    with later(minutes=10):
        flow.lists(clock.now())
        made = queries.latest(stage.tiny.response)
        assert made is not None
        assert made.checked_at == clock.now()
    assert f"no list for {broken.uuid}: KeyDestroyed" in caplog.text


def test_each_response_counts_its_own_numbers(stage: Stage) -> None:
    other, (first, second, *_more) = narrower(stage), stage.tiny.family
    assert [slot_of(one, stage.tiny.response) for one in (first, second, first)] == [0, 1, 0]
    assert slot_of(second, other) == 0
    CodeSlot.objects.within(EVERYTHING).filter(response=other).update(slot=DOMAIN - 1)
    with pytest.raises(Problem, match="codes_full"):
        slot_of(first, other)
    assert slot_of(second, other) == DOMAIN - 1
    assert slot_of(stage.tiny.family[2], stage.tiny.response) == 2
