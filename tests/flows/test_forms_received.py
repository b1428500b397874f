"""Filled-in forms of phones become answers: once, each alone, the content gone from the inbox."""

from datetime import timedelta
from typing import Any

import pytest
from tests.api.openrosa_city import GOOD, Phone, ask_it, instance, kept, key_for, publish, supplies
from tests.web.conftest import tiny

from wangge.base import clock, sealing, worker
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.asking.inbox.actions import TABLE
from wangge.domains.asking.inbox.recording import instance_uuid
from wangge.domains.asking.models import Answer

__all__ = ["tiny"]


@pytest.fixture
def phone(tiny: Small, settings: Any) -> Phone:
    ask_it(tiny, publish(supplies()))
    key, password = key_for(tiny.accounts["bingsi-1"], tiny.by("bingsi-1"))
    return Phone(key.username, password)


def current(tiny: Small, name: str) -> Answer:
    found = Answer.objects.within(EVERYTHING).filter(question__name=name, state="current", door=tiny.homes[0])
    return found.get()


def value(answer: Answer) -> str:
    content = sealing.unseal("wangge_answer", answer.uuid, answer.sealed)
    return str(content.get("value", "")) or answer.value


def test_answers_become_facts_and_the_inbox_keeps_only_a_hash(tiny: Small, phone: Phone) -> None:
    door, id_ = tiny.homes[0].uuid, "uuid:1f7a3a52-6c9b-4f0e-8f6a-3c1d2e5b7a90"
    xml = instance(supplies(), GOOD, door=door, id_=id_)
    assert phone.send(xml).status == 202
    worker.run_pending()
    [row] = kept()
    assert row.state == "recorded"
    assert set(sealing.unseal(TABLE, row.uuid, row.sealed)) == {"sha256"}
    rice = current(tiny, "rice")
    assert (value(rice), rice.source, rice.instance) == ("yes", "openrosa", instance_uuid(id_))
    assert (rice.account, rice.post) == (tiny.accounts["bingsi-1"].uuid, tiny.posts["bingsi-1"].uuid)
    assert value(current(tiny, "which_medicine")) == "降压药"
    count = Answer.objects.within(EVERYTHING).count()
    again = phone.send(xml)
    assert (again.status, again.nature) == (201, "submit_again")
    worker.run_pending()
    assert Answer.objects.within(EVERYTHING).count() == count


def test_a_revision_supersedes_and_keeps_the_earlier(tiny: Small, phone: Phone) -> None:
    door = tiny.homes[0].uuid
    phone.send(instance(supplies(), GOOD, door=door, id_="uuid:one"))
    meta = "<orx:deprecatedID>uuid:one</orx:deprecatedID>"
    phone.send(instance(supplies(), GOOD | {"rice": "no"}, door=door, id_="uuid:two", meta=meta))
    worker.run_pending()
    assert value(current(tiny, "rice")) == "no"
    states = (
        Answer.objects.within(EVERYTHING).filter(question__name="rice").order_by("id").values_list("state", flat=True)
    )
    assert list(states) == ["superseded", "current"]


def test_one_that_cannot_be_recorded_is_held_and_holds_up_no_other(tiny: Small, phone: Phone) -> None:
    phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid))
    phone.send(instance(supplies(), GOOD, door=tiny.homes[1].uuid))
    first, second = kept()
    second.batch, first.at = first.batch, clock.now() + timedelta(days=1)
    first.save()
    second.save()
    worker.run_pending()
    assert [(one.state, one.reason) for one in kept()] == [("held", "in_the_future"), ("recorded", "")]
    assert "xml" in sealing.unseal(TABLE, first.uuid, kept()[0].sealed)


def test_a_client_id_gives_one_uuid() -> None:
    assert str(instance_uuid("uuid:1f7a3a52-6c9b-4f0e-8f6a-3c1d2e5b7a90")) == "1f7a3a52-6c9b-4f0e-8f6a-3c1d2e5b7a90"
    assert instance_uuid("getodk.org:123") == instance_uuid("getodk.org:123") != instance_uuid("getodk.org:124")
