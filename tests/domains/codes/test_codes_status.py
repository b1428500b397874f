"""A status follows from facts and from nothing else: the rules, the city's facts, and what no verb can do."""

import inspect
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.flows.stage import NEGATIVE, RETEST, SCREEN, Stage, later

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.base.worker import run_pending
from wangge.domains.codes import actions, models, queries
from wangge.domains.codes.inputs import VerdictInput, read_verdict
from wangge.domains.codes.rules import Evidence, holds, status
from wangge.domains.isolation.actions import confirm_orders
from wangge.domains.isolation.queries import proposed
from wangge.domains.people.models import Person
from wangge.domains.protocol.actions import close_response, switch_protocol
from wangge.domains.protocol.queries import all_protocols, protocol
from wangge.domains.protocol.rules_colours import ENDS, Colour, When
from wangge.domains.testing.models import TestDue
from wangge.domains.testing.rules import Purpose, Value

NOW = datetime(2022, 4, 7, 4, tzinfo=UTC)
DAY = timedelta(days=1)
V8 = protocol("covid19-v8").codes
KINDS = [*sorted({one for edition in all_protocols() for one in edition.words}), "red", "yellow"]
FACTS = st.builds(
    Evidence, st.sampled_from(When), st.sampled_from(KINDS), st.integers(-30, 5).map(lambda days: NOW + days * DAY),
    st.one_of(st.none(), st.integers(-3, 30).map(lambda days: NOW + days * DAY)), st.uuids(), st.just("某办"),
)  # fmt: skip


@given(st.lists(FACTS, max_size=8), st.sampled_from([one for one in all_protocols() if one.codes]))
def test_every_colour_has_its_rule_its_clause_and_the_facts_it_rests_on(facts: list[Evidence], edition: object) -> None:
    rules = edition.codes.colours  # type: ignore[attr-defined]
    found = status(rules, facts, NOW)
    grounds = [(rule, one) for rule in rules for one in facts if holds(rule, one, NOW)]
    assert (found.colour is Colour.GREEN) == (not grounds)
    if found.rule:
        assert found.rule is grounds[0][0]
        assert found.rule.clause
        assert set(found.evidence) <= set(facts)
        assert found.since is not None
        assert found.since <= NOW
        assert found.until is None or found.until > NOW
    assert status(rules, reversed(facts), NOW).colour is found.colour


def test_each_ground_of_every_edition_has_its_own_end_and_nobody_is_coloured_for_where_they_were() -> None:
    every = [rule for edition in all_protocols() if edition.codes for rule in edition.codes.colours]
    assert {rule.until for rule in every} == set(ENDS.values())
    assert all(rule.until is ENDS[rule.when] and rule.clause and rule.quote.zh for rule in every)
    assert not any("check" in when or "venue" in when for when in When)
    assert {one.key for one in all_protocols() if one.codes and one.codes.colours} == {
        "covid19-v8", "covid19-v9", "covid19-twenty-measures",
    }  # fmt: skip


def test_no_verb_of_the_street_takes_a_colour_and_no_row_keeps_one() -> None:
    verbs = [getattr(actions, name) for name in actions.__all__]
    for verb in verbs:
        for name, one in inspect.signature(verb).parameters.items():
            assert "colour" not in name.lower()
            assert "colour" not in str(one.annotation).lower()
            assert "status" not in str(one.annotation).lower()
            assert one.annotation is not Colour
    rows = [one for one in vars(models).values() if inspect.isclass(one) and hasattr(one, "_meta")]
    kept = {
        f"{row.__name__}.{field.name}" for row in rows if row.__module__ == models.__name__
        for field in row._meta.local_fields if {value for value, _ in field.choices or ()} & set(Colour)
    }  # fmt: skip
    assert kept == {"CodeVerdict.says"}  # what an authority above says: evidence, which an edition may leave out


def colour(stage: Stage, person: Person) -> Colour:
    return queries.status_of(person, stage.tiny.response).colour


def confirm(stage: Stage) -> None:
    by = stage.tiny.by("yingze-zhengling")
    waiting = list(proposed(by.scope(next(iter(by.scopes))), stage.tiny.response))
    confirm_orders(orders=waiting, authority="某办", document_no="1号", ground="法", remedy="12345", by=by)
    run_pending()


def test_a_first_screen_is_red_until_the_retest_and_green_by_itself_when_it_is_negative(stage: Stage) -> None:
    person = stage.tiny.family[0]
    assert colour(stage, person) is Colour.GREEN
    stage.result(person, SCREEN)
    run_pending()
    found = queries.status_of(person, stage.tiny.response)
    assert found.colour is Colour.RED
    assert [one.when for one in found.evidence] == [When.PROVISIONAL]
    assert found.until is not None
    with clock.held(found.until):
        assert colour(stage, person) is Colour.GREEN
    with later(hours=1):
        stage.result(person, RETEST, NEGATIVE)
        run_pending()
        assert colour(stage, person) is Colour.GREEN


def test_an_order_colours_once_it_is_confirmed_and_not_by_being_proposed(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    wife = stage.tiny.family[1]
    assert stage.orders(wife, "proposed")
    assert colour(stage, wife) is Colour.GREEN
    confirm(stage)
    with clock.held(clock.start_of(clock.today() + DAY) + timedelta(hours=9)):
        found = queries.status_of(wife, stage.tiny.response)
        assert found.colour is Colour.RED
        assert found.evidence[0].what == "central_isolation"
        assert found.evidence[0].source == "某办"
    with clock.held(clock.now() + 18 * DAY):
        assert colour(stage, wife) is Colour.YELLOW  # monitoring at home; tests missed in the hotel are not hers
    with clock.held(clock.now() + 30 * DAY):
        assert colour(stage, wife) is Colour.GREEN


def due(stage: Stage, person: Person, *, hours: float, at_door: bool = False) -> TestDue:
    return TestDue.objects.create(
        response=stage.tiny.response, person=person, purpose=Purpose.ROUTINE, due_at=clock.now() - hours * DAY / 24,
        at_door=at_door, cause=UUID(int=7),
    )  # fmt: skip


def test_only_a_delay_of_ones_own_makes_a_code_yellow(stage: Stage) -> None:
    own, door, late, gave = stage.tiny.people[4:8]
    due(stage, own, hours=30)
    due(stage, door, hours=30, at_door=True)  # the sampler did not come
    due(stage, late, hours=20)  # the sample may be on its way
    due(stage, gave, hours=30)
    stage.result(gave, SCREEN, Value.INVALID)  # a sample was taken; the laboratory could not read it
    assert [colour(stage, one) for one in (own, door, late, gave)] == ["yellow", "green", "green", "green"]


def verdict(stage: Stage, person: Person, says: Colour = Colour.RED) -> VerdictInput:
    now = clock.now()
    return VerdictInput(stage.tiny.document(person), says, "省指挥部", "晋函1号", now - DAY, now + DAY)


def test_an_authority_above_gives_evidence_with_its_source_and_the_edition_decides(stage: Stage) -> None:
    person, by = stage.tiny.family[0], stage.tiny.by("yingze-zhengling")
    made, new = actions.record_verdict(typed=verdict(stage, person), by=by, uuid=UUID(int=5))
    assert (new, actions.record_verdict(typed=verdict(stage, person), by=by, uuid=UUID(int=5))[1]) == (True, False)
    found = queries.status_of(person, stage.tiny.response)
    assert (found.colour, found.evidence[0].source, found.until) == (Colour.RED, "省指挥部", made.until)
    with later(days=2):
        assert colour(stage, person) is Colour.GREEN
    switch_protocol(
        response=stage.tiny.response, protocol="covid19-twenty-measures", from_day=clock.today(),
        by=stage.tiny.by("zhihuibu"),
    )  # fmt: skip
    assert colour(stage, person) is Colour.GREEN  # this edition speaks of no verdicts
    actions.withdraw_verdict(verdict=made, by=by)
    with pytest.raises(Exception, match="confirm_orders"):
        actions.record_verdict(typed=verdict(stage, person), by=stage.tiny.by("bingsi-shuji"))


def test_a_verdict_without_source_end_or_person_is_refused_field_by_field() -> None:
    with pytest.raises(Exception, match="verdict_says") as caught:
        read_verdict({"says": "green", "since": "x", "until": "2022-04-09T08:00:00+08:00"})
    fields = {one.field for one in caught.value.problems}  # type: ignore[attr-defined]
    assert fields == {"says", "source", "reference", "document", "since"}


def test_all_at_once_is_the_same_as_one_by_one(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    confirm(stage)
    due(stage, stage.tiny.people[9], hours=60)
    with later(days=1):
        everybody = {one.pk: colour(stage, one) for one in stage.tiny.people}
        found = queries.not_green(stage.tiny.response)
    assert {key: one.colour for key, one in found.items()} == {
        key: one for key, one in everybody.items() if one is not Colour.GREEN
    }
    assert len(found) >= 4


def test_under_an_edition_without_codes_and_after_closing_there_are_none(stage: Stage) -> None:
    person, response = stage.tiny.family[0], stage.tiny.response
    stage.result(person, SCREEN)
    run_pending()
    assert queries.in_use(response)
    switch_protocol(response=response, protocol="covid19-class-b", from_day=clock.today(), by=stage.tiny.by("zhihuibu"))
    response.refresh_from_db()
    assert not queries.in_use(response)
    assert colour(stage, person) is Colour.GREEN
    close_response(response=response, by=stage.tiny.by("zhihuibu"))
    response.refresh_from_db()
    with pytest.raises(Problem, match="codes_not_in_use"):
        actions.print_code(person=person, response=response, by=stage.tiny.by("bingsi-shuji"))
