"""Merging two records: facts move, the pointer stays, and an undo leaves the whole database as it was."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.flows.stage import everything

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.cases.models import Case, Contact, Exposure
from wangge.domains.isolation.models import Order, OrderReason
from wangge.domains.people import duplicates, merging, queries
from wangge.domains.people.models import Person
from wangge.domains.testing.models import TestDue, TestResult
from wangge.domains.work.models import Attempt, Task, TaskItem

pytestmark = pytest.mark.django_db
#: Fields that name a person by id and not by key, and why a merge leaves them as they are.
BY_ID = {
    "AccessLog.person": "a look is never rewritten; the record of a person shows the looks at what it absorbed",
    "Event.subject": "the log is append-only",
}


@pytest.fixture
def tiny(db: Any) -> Small:
    return small.build(check_ins=False)


def twins(tiny: Small) -> tuple[Person, Person]:
    """The first husband and, three grids further, somebody who may be the same."""
    return tiny.family[0], tiny.living[tiny.homes[7].pk][0]


def test_every_field_that_refers_to_a_person_says_how_it_follows() -> None:
    found = {ref.label for ref in merging.references()}
    assert {"TestResult.person", "Order.person", "Exposure.person", "TaskItem.person", "Person.merged_into"} <= found
    by_id = {
        f"{model.__name__}.{field.name}" for model in apps.get_app_config("wangge").get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.UUIDField) and field.name in ("person", "subject")
    }  # fmt: skip
    assert by_id == set(BY_ID)


def test_a_new_model_that_does_not_say_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TestResult, "merging", {})
    with pytest.raises(LookupError, match=r"TestResult\.person"):
        list(merging.references())


def test_facts_move_and_the_absorbed_record_leads_to_the_person(tiny: Small) -> None:
    into, absorbed = twins(tiny)
    result = a_result(tiny, absorbed)
    one = merging.merge(into=into, absorbed=absorbed, by=tiny.by("bingsi-shuji"))
    assert TestResult.objects.within(EVERYTHING).get(pk=result.pk).person_id == into.pk
    assert queries.person(EVERYTHING, absorbed.uuid).pk == into.pk
    assert queries.by_document(EVERYTHING, tiny.document(absorbed)) == into
    assert absorbed not in queries.at_door(EVERYTHING, absorbed.home)
    assert absorbed not in list(queries.find(EVERYTHING, absorbed.name))
    assert into in list(queries.find(EVERYTHING, tiny.document(absorbed)))
    event = Event.objects.get(kind="people.merged")
    assert event.data == {"absorbed": str(absorbed.uuid), "merge": str(one.uuid), "rows": 1, "fields": []}


def test_twice_is_once(tiny: Small) -> None:
    into, absorbed = twins(tiny)
    by = tiny.by("bingsi-shuji")
    first = merging.merge(into=into, absorbed=absorbed, by=by)
    assert merging.merge(into=into, absorbed=absorbed, by=by) == first
    merging.undo(merge=first, by=by)
    merging.undo(merge=first, by=by)
    assert Event.objects.filter(kind__startswith="people.merge").count() == 2


def test_what_cannot_be_merged_says_why(tiny: Small) -> None:
    into, absorbed = twins(tiny)
    third = tiny.living[tiny.homes[3].pk][0]
    by = tiny.by("bingsi-shuji")
    with pytest.raises(Problem, match="one_record_only"):
        merging.merge(into=into, absorbed=into, by=by)
    with pytest.raises(NotAllowed):
        merging.merge(into=into, absorbed=tiny.living[tiny.yards[0].pk][0], by=by)
    with pytest.raises(NotAllowed):
        merging.merge(into=into, absorbed=absorbed, by=tiny.by("bingsi-1"))
    one = merging.merge(into=into, absorbed=absorbed, by=by)
    with pytest.raises(Problem, match="merged_already"):
        merging.merge(into=third, absorbed=absorbed, by=by)
    later = merging.merge(into=third, absorbed=into, by=by)
    assert queries.person(EVERYTHING, absorbed.uuid).pk == third.pk, "one step, however often it was merged"
    with pytest.raises(Problem, match="undo_the_later_first"):
        merging.undo(merge=one, by=by)
    merging.undo(merge=later, by=by)
    merging.undo(merge=one, by=by)
    assert queries.person(EVERYTHING, absorbed.uuid).pk == absorbed.pk


def test_two_open_cases_are_settled_by_a_tracer_first(tiny: Small) -> None:
    into, absorbed = twins(tiny)
    a_case(tiny, into, 1)
    a_case(tiny, absorbed, 2)
    with pytest.raises(Problem, match="two_cases"):
        merging.merge(into=into, absorbed=absorbed, by=SYSTEM)
    assert queries.person(EVERYTHING, absorbed.uuid).pk == absorbed.pk


def test_a_register_s_record_is_not_absorbed_by_one_that_goes_with_a_response(tiny: Small) -> None:
    into, absorbed = twins(tiny)
    Person.objects.within(EVERYTHING).filter(pk=into.pk).update(noted_for=tiny.response.uuid)
    with pytest.raises(Problem, match="keep_the_register"):
        merging.merge(into=into, absorbed=absorbed, by=SYSTEM)


def test_chosen_fields_are_exchanged_and_come_back(tiny: Small) -> None:
    into, absorbed = twins(tiny)
    mine, theirs = queries.details(into), queries.details(absorbed)
    one = merging.merge(into=into, absorbed=absorbed, swap=("name", "document"), by=SYSTEM)
    into.refresh_from_db()
    assert (into.name, queries.details(into)["document"]) == (absorbed.name, theirs["document"])
    assert queries.details(into)["phone"] == mine["phone"]
    assert queries.by_document(EVERYTHING, mine["document"]) == into, "both documents find the one person"
    merging.undo(merge=one, by=SYSTEM)
    into.refresh_from_db()
    assert queries.details(into) == mine
    assert queries.by_document(EVERYTHING, mine["document"]) == into


def test_what_came_after_the_merge_stays_and_is_named(tiny: Small) -> None:
    into, absorbed = twins(tiny)
    before = a_result(tiny, absorbed)
    one = merging.merge(into=into, absorbed=absorbed, by=SYSTEM)
    after = a_result(tiny, into)
    merging.undo(merge=one, by=SYSTEM)
    one.refresh_from_db()
    assert one.added == {"TestResult.person": [after.pk]}
    held = dict(TestResult.objects.within(EVERYTHING).values_list("pk", "person_id"))
    assert held == {before.pk: absorbed.pk, after.pk: into.pk}


def rows_of_everything() -> dict[str, Any]:
    """The whole database, envelopes opened: sealing again makes other bytes of the same content."""
    rows: dict[str, Any] = everything(but=("Event", "FlowRun", "Merge"))
    opened = {one.pk: queries.details(one) for one in Person.every.within(EVERYTHING)}
    for row in rows["Person"]:
        row["sealed"] = opened[row["id"]]
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), swap=st.sets(st.sampled_from(sorted(merging.FIELDS))), twice=st.booleans())
def test_merge_and_undo_leave_everything_as_it_was(tiny: Small, seed: int, swap: set[str], twice: bool) -> None:
    chance = random.Random(seed)
    into, absorbed = (Person.objects.within(EVERYTHING).select_related("home").get(pk=one.pk) for one in twins(tiny))
    third = tiny.living[tiny.homes[3].pk][0]
    with transaction.atomic():
        for person in (into, absorbed):
            for _ in range(chance.randrange(12)):
                chance.choice(MAKERS)(tiny, person, chance)
        duplicates.find(by=SYSTEM)
        before = rows_of_everything()
        merges = [merging.merge(into=into, absorbed=absorbed, swap=swap, by=SYSTEM)]
        if twice:
            merges.append(merging.merge(into=third, absorbed=into, swap=swap, by=SYSTEM))
        moved = rows_of_everything()
        for one in reversed(merges):
            merging.undo(merge=one, by=SYSTEM)
        after = rows_of_everything()
        transaction.set_rollback(True)
    assert moved != before
    assert after == before


def a_result(tiny: Small, person: Person, chance: random.Random | None = None) -> TestResult:
    now = clock.now()
    return TestResult.objects.create(
        response=tiny.response, person=person, laboratory="市疾控", specimen_no=uuid7().hex, purpose="screen",
        value="negative", collected_at=now, reported_at=now, recorded_at=now,
    )  # fmt: skip


def a_case(tiny: Small, person: Person, number: int) -> Case:
    return Case.objects.create(
        response=tiny.response, number=number, person=person, classification="confirmed", result=uuid7(),
        infectious_from=clock.today(), confirmed_at=clock.now(),
    )  # fmt: skip


def a_due_test(tiny: Small, person: Person, chance: random.Random) -> None:
    TestDue.objects.create(
        response=tiny.response, person=person, purpose="routine", due_at=clock.now(), cause=uuid7(),
        state=chance.choice(["due", "withdrawn"]),
    )  # fmt: skip


def an_order(tiny: Small, person: Person, chance: random.Random) -> None:
    state, now = chance.choice(["proposed", "in_force", "withdrawn"]), clock.now()
    if state != "withdrawn" and Order.objects.within(EVERYTHING).filter(person=person, state=state).exists():
        return
    order = Order.objects.create(
        response=tiny.response, person=person, role="close_contact", state=state, protocol="covid19-v8", clause="x",
        starts_at=now, ends_at=now + timedelta(days=7), authority="a", document_no="1", proposed_at=now,
        confirmed_at=now,
    )  # fmt: skip
    OrderReason.objects.create(order=order, kind="exposure", cause=uuid7(), role="close_contact", since=clock.today())


def an_exposure(tiny: Small, person: Person, chance: random.Random) -> None:
    third = tiny.living[tiny.homes[5].pk][0]
    case = Case.objects.within(EVERYTHING).filter(person=third).first() or a_case(tiny, third, 9)
    known = Contact.objects.within(EVERYTHING).filter(person=person).first()
    contact = known or Contact.objects.create(
        response=tiny.response, person=person, role="close_contact", last_exposure=clock.today()
    )
    Exposure.objects.create(
        response=tiny.response, case=case, person=person, kind="interview", role="close_contact", state="confirmed",
        starts=clock.now(), ends=clock.now(), contact=chance.choice([None, contact]),
    )  # fmt: skip


def something_to_do(tiny: Small, person: Person, chance: random.Random) -> None:
    now = clock.now()
    task = Task.objects.within(EVERYTHING).filter(door=person.home, state="open").first() or Task.objects.create(
        response=tiny.response, door=person.home, post=tiny.posts["bingsi-1"], opened_at=now, due_at=now
    )
    state = chance.choice(["open", "done", "withdrawn"])
    TaskItem.objects.create(
        task=task, person=person, kind="x", cause=uuid7(), due_at=now, state=state,
        closed_at=None if state == "open" else now,
    )  # fmt: skip
    Attempt.objects.create(task=task, person=person, channel="door", outcome="absent", at=now, recorded_at=now)


MAKERS = (a_result, a_due_test, an_order, an_exposure, something_to_do)
