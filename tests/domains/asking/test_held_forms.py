"""A form that is held is decided by a person: recorded as it was sent or as corrected, or set aside; either once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from tests.api.openrosa_city import GOOD, Phone, ask_it, instance, kept, key_for, publish, supplies

from wangge.base import clock, sealing, worker
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event, FlowRun
from wangge.base.problems import Problem, Problems
from wangge.demo.small import Small
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.inbox.actions import TABLE
from wangge.domains.asking.inbox.deciding import look_at_form, record_held, set_form_aside
from wangge.domains.asking.inbox.inputs import read_why
from wangge.domains.asking.inbox.queries import held_forms, kept_until
from wangge.domains.asking.inbox.recording import record_batch
from wangge.domains.asking.inbox.rules import Why
from wangge.domains.asking.inbox.words import why_held
from wangge.domains.asking.models import Answer, ReceivedForm
from wangge.domains.asking.queries import value_of
from wangge.domains.people.queries import at_door
from wangge.web.asks.held_form import form_of

SECRETARY = "bingsi-shuji"


@pytest.fixture
def phone(tiny: Small) -> Phone:
    ask_it(tiny, publish(supplies()))
    key, password = key_for(tiny.accounts["bingsi-1"], tiny.by("bingsi-1"))
    return Phone(key.username, password)


def held_for(tiny: Small, phone: Phone, **answers: str) -> ReceivedForm:
    """A form that the server of its day took and today's does not: an answer became too large for its question."""
    assert phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid)).status == 202
    [row] = kept()
    xml = instance(supplies(), GOOD | answers, door=tiny.homes[0].uuid, id_=row.instance).decode()
    row.sealed = sealing.seal(TABLE, row.uuid, sealing.unseal(TABLE, row.uuid, row.sealed) | {"xml": xml})
    row.save()
    worker.run_pending()
    [row] = held_forms(EVERYTHING)
    return row


def by_clock(tiny: Small, phone: Phone) -> ReceivedForm:
    """A form that came from a day ahead."""
    phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid))
    ReceivedForm.objects.within(EVERYTHING).update(at=clock.now() + timedelta(days=1))
    worker.run_pending()
    [row] = held_forms(EVERYTHING)
    return row


def said(name: str) -> Answer:
    return Answer.objects.within(EVERYTHING).select_related("question").get(question__name=name, state="current")


def test_being_held_is_a_fact_without_what_was_answered(tiny: Small, phone: Phone) -> None:
    row = by_clock(tiny, phone)
    fact = Event.objects.get(kind="asking.form_held")
    assert (fact.subject, fact.place, fact.data) == (row.uuid, tiny.homes[0].uuid, {"reason": "in_the_future"})
    assert (kept_until(row) - row.received_at).days == 30


def test_once_the_reason_is_gone_it_is_recorded_as_it_was_sent_and_once(tiny: Small, phone: Phone) -> None:
    row, by = by_clock(tiny, phone), tiny.by(SECRETARY)
    with pytest.raises(Problem, match="in_the_future"):
        record_held(held=row, by=by)
    ReceivedForm.objects.within(EVERYTHING).update(at=clock.now())
    done = record_held(held=row, by=by)
    assert done is not None
    assert value_of(said("which_medicine")) == "降压药"
    assert (said("rice").account, said("rice").post) == (tiny.accounts["bingsi-1"].uuid, tiny.posts["bingsi-1"].uuid)
    [now] = kept()
    assert (now.state, now.settled_post) == ("recorded", by.post)
    assert set(sealing.unseal(TABLE, now.uuid, now.sealed)) == {"sha256"}
    count = Answer.objects.within(EVERYTHING).count()
    assert record_held(held=row, by=tiny.by("qiaodong")) is None  # somebody with the page of before
    assert Answer.objects.within(EVERYTHING).count() == count
    fact = Event.objects.get(kind="asking.held_form_recorded")
    assert (fact.actor, fact.data["reason"], fact.data["corrected"]) == (by.account, "in_the_future", [])


def test_why_it_is_held_is_said_as_it_is_now(tiny: Small, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    row = by_clock(tiny, phone)

    def gone(**what: Any) -> None:
        raise Problems([Problem("no_response_here", field="rice")])

    monkeypatch.setattr("wangge.domains.asking.inbox.deciding.record_answers", gone)
    with pytest.raises(Problems):
        record_held(held=row, by=tiny.by(SECRETARY))
    assert kept()[0].reason == "no_response_here"


def test_a_corrected_answer_is_judged_and_is_the_correctors_word(tiny: Small, phone: Phone) -> None:
    row, by = held_for(tiny, phone, days_left="99"), tiny.by(SECRETARY)
    assert row.reason == "answer_refused"
    with pytest.raises(Problems, match="answer_refused"):
        record_held(held=row, corrected={"days_left": "61"}, by=by)
    assert (kept()[0].state, Answer.objects.within(EVERYTHING).count()) == ("held", 0)
    record_held(held=row, corrected={"days_left": "9", "rice": "yes", "of_no_form": "1"}, by=by)
    assert [value_of(said(name)) for name in ("days_left", "rice")] == ["9", "yes"]
    assert (said("days_left").account, said("days_left").post) == (by.account, by.post)
    assert said("rice").account == tiny.accounts["bingsi-1"].uuid
    [now] = kept()
    assert sealing.unseal(TABLE, now.uuid, now.sealed)["before"] == {"days_left": "99"}
    fact = Event.objects.get(kind="asking.held_form_recorded")
    assert fact.data["corrected"] == ["days_left"]
    assert "99" not in str(fact.data)


def test_a_form_that_cannot_be_read_or_fails_holds_up_no_other(
    tiny: Small, phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for home in tiny.homes[:3]:
        phone.send(instance(supplies(), GOOD, door=home.uuid))
    first, second, _third = kept()
    ReceivedForm.objects.within(EVERYTHING).update(batch=first.batch)
    first.sealed = sealing.seal(TABLE, first.uuid, {"xml": "<data id='\ufffd", "sha256": "x"})
    first.save(update_fields=["sealed"])

    def fails(**what: Any) -> Any:
        if what["door"] == second.door:
            raise RuntimeError("降压药")
        return record_answers(**what)

    monkeypatch.setattr("wangge.domains.asking.inbox.recording.record_answers", fails)
    worker.run_pending()
    assert [(one.state, one.reason) for one in kept()] == [
        ("held", "instance_broken"), ("held", "form_failed"), ("recorded", ""),
    ]  # fmt: skip
    assert not FlowRun.objects.exclude(state="done").exists()
    assert "RuntimeError fails" in caplog.text
    assert "降压药" not in caplog.text
    assert all("%" not in why_held(one.reason) and "(" not in why_held(one.reason) for one in kept()[:2])
    with pytest.raises(Problem, match="instance_broken"):
        record_held(held=first, by=tiny.by(SECRETARY))
    assert form_of(first, "zh").said == []
    set_form_aside(held=first, why=Why.TRIAL, by=tiny.by(SECRETARY))


def test_a_database_that_fails_is_no_reason_to_hold_a_form(
    tiny: Small, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid))

    def fails(**what: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr("wangge.domains.asking.inbox.recording.record_answers", fails)
    with pytest.raises(OperationalError):
        record_batch(batch=kept()[0].batch)
    assert kept()[0].state == "received"


def test_set_aside_it_counts_for_nothing_and_the_client_is_told(tiny: Small, phone: Phone) -> None:
    xml = instance(supplies(), GOOD, door=tiny.homes[0].uuid, id_="uuid:one")
    phone.send(xml)
    ReceivedForm.objects.within(EVERYTHING).update(at=clock.now() + timedelta(days=1))
    worker.run_pending()
    [row] = held_forms(EVERYTHING)
    by = tiny.by(SECRETARY)
    set_form_aside(held=row, why=Why.OTHER, words="老李说弄错了", by=by)
    assert set_form_aside(held=row, why=Why.OTHER, by=by).state == "aside"
    with pytest.raises(Problem, match="form_decided_already"):
        set_form_aside(held=row, why=Why.TRIAL, by=by)
    with pytest.raises(Problem, match="form_decided_already"):
        record_held(held=row, by=by)
    assert list(held_forms(EVERYTHING)) == []
    [now] = held_forms(EVERYTHING, ReceivedForm.State.ASIDE)
    content = sealing.unseal(TABLE, now.uuid, now.sealed)
    assert (content["why"], content["words"], "xml" in content) == ("other", "老李说弄错了", True)
    fact = Event.objects.get(kind="asking.form_set_aside")
    assert fact.data == {"reason": "in_the_future", "why": "other"}
    assert Answer.objects.within(EVERYTHING).count() == 0
    again = phone.send(xml)
    assert (again.status, again.nature) == (201, "set_aside")
    assert "do not count" in again.message
    told = phone.ask("GET", again.header("Location").removeprefix("http://testserver"))
    assert (told.status, told.nature) == (200, "aside")


def test_only_whoever_works_at_the_door_decides_and_a_look_is_on_record(tiny: Small, phone: Phone) -> None:
    row, other = by_clock(tiny, phone), tiny.by("dengqiao-shuji")
    with pytest.raises(NotAllowed):
        record_held(held=row, by=other)
    with pytest.raises(NotAllowed):
        set_form_aside(held=row, why=Why.TRIAL, by=other)
    look_at_form(held=row, by=tiny.by(SECRETARY))
    seen = AccessLog.objects.filter(reason=f"form:{row.uuid}").values_list("person", flat=True)
    assert set(seen) == set(at_door(EVERYTHING, tiny.homes[0]).values_list("uuid", flat=True))
    assert kept()[0].state == "held"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({}, "aside_why_missing"),
        ({"why": "whatever"}, "aside_why_missing"),
        ({"why": "other", "words": "  "}, "aside_words_missing"),
        ({"why": "other", "words": "长" * 201}, "aside_words_long"),
    ],
)
def test_a_reason_is_needed(typed: dict[str, str], code: str) -> None:
    with pytest.raises(Problem, match=code):
        read_why(typed)
    assert read_why({"why": "trial"}) == (Why.TRIAL, "")
