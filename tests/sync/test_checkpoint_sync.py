"""A checkpoint's phone: what it gets, what it sends through an outage, and that totals agree after it."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as installation
from tests.domains.checkpoints.standing import PASS, Gate
from tests.sync.handset import Handset, command

from wangge.base import clock, signing, worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.checkpoints import actions, queries
from wangge.domains.checkpoints.models import Emergency, Pass, RegisterLine, Shift
from wangge.domains.codes import lists
from wangge.domains.codes.actions import publish
from wangge.domains.phones.queries import command as kept
from wangge.domains.phones.queries import content_of
from wangge.domains.protocol.actions import close_response, switch_protocol

Phones = Callable[..., Handset]
KEEPER = "bingsi-kadian"


@pytest.fixture
def gate(tiny: Small) -> Gate:
    return Gate(tiny)


def morning(gate: Gate) -> list[dict[str, Any]]:
    """What a phone recorded in a shift without a network, in its order."""
    shift, at, need = str(uuid7()), clock.now() - timedelta(hours=2), str(uuid7())
    said = [
        ("checkpoint.shift", {"checkpoint": str(gate.point.uuid), "begins": True}),
        *(
            ("checkpoint.pass", PASS | {"shown": shown, "through": shown != "red"})
            for shown in ("green", "red", "tally")
        ),
        ("checkpoint.visitor", {"purpose": "看望父母", "phone": "13800000001"}),
        ("checkpoint.vehicle", {"kind": "vehicle", "purpose": "送菜", "plate": "晋A00000"}),
        ("checkpoint.emergency", {"emergency": need, "called": "nobody"}),
        ("checkpoint.emergency", {"emergency": need, "called": "ambulance"}),
        ("checkpoint.shift", {"checkpoint": str(gate.point.uuid), "begins": False, "counted": 3}),
    ]
    return [
        command(kind, {"shift": shift, **data}, at + timedelta(minutes=number))
        for number, (kind, data) in enumerate(said)
    ]


def test_what_a_phone_gets_at_its_gate(gate: Gate, phone: Phones) -> None:
    keeper = phone(KEEPER)
    (point,) = keeper.get("checkpoints").json()["checkpoints"]
    assert (point["uuid"], point["code"], point["asks"]) == (str(gate.point.uuid), True, ["temperature", "mask"])
    assert (point["fever"], point["list_minutes"]) == (373, 360)
    assert point["issuer"] == keeper.get("keys").json()["issuer"]
    gate.comes()
    (held,) = keeper.get("checkpoints").json()["shifts"]
    assert (held["shift"], held["passes"]) == (str(gate.shift.uuid), 1)


def test_the_list_is_for_an_open_checkpoint_alone(gate: Gate, phone: Phones) -> None:
    publish(response=gate.tiny.response)
    keeper = phone(KEEPER)
    answer = keeper.get("list?have=")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/cose")
    version, _content = lists.take(answer.content, signing.known(installation.WANGGE_KEYS), None)
    assert keeper.get(f"list?have={version}").status_code == 200
    assert keeper.get(f"list?have=&at={uuid7()}").status_code == 403
    assert phone("dengqiao-1").get("list?have=").status_code == 403
    actions.close_checkpoint(checkpoint=gate.point, by=gate.by("bingsi-shuji"))
    assert [keeper.get(path).status_code for path in ("list?have=", "keys")] == [403, 403]
    assert keeper.get("checkpoints").json()["checkpoints"] == []


def test_a_gate_where_no_code_may_be_asked_for_any_more_gets_no_list(gate: Gate, phone: Phones) -> None:
    switch_protocol(
        response=gate.tiny.response, protocol="covid19-new-ten", from_day=clock.today(), by=gate.by("zhihuibu")
    )
    keeper = phone(KEEPER)
    assert keeper.get("checkpoints").json()["checkpoints"][0]["code"] is False
    assert keeper.get("list?have=").status_code == 403


def test_totals_agree_after_an_outage_with_everything_sent_again(gate: Gate, phone: Phones) -> None:
    keeper, made = phone(KEEPER), morning(gate)
    chance = random.Random(7)  # which answers are lost
    for start in range(0, len(made), 2):
        keeper.send(*made[: start + 2])
        if chance.random() < 0.5:
            keeper.send(*made[: start + 2])
    answers = keeper.send(*made)
    assert {one["verdict"] for one in answers} == {"had"}
    shift = Shift.objects.exclude(pk=gate.shift.pk).get()
    total = queries.totals_of_shifts([shift])[shift.pk]
    assert (total.passes, total.aside, total.entries, total.emergencies) == (3, 1, 2, 1)
    assert shift.counted == total.passes
    assert Emergency.objects.get().called == "ambulance"
    assert Pass.objects.order_by("at").values_list("shown", flat=True)[0] == "green"
    assert RegisterLine.objects.within(EVERYTHING).count() == 2


def test_what_happened_before_the_gate_closed_counts_and_a_shift_after_it_is_refused_in_words(
    gate: Gate, phone: Phones
) -> None:
    keeper, made = phone(KEEPER), morning(gate)
    actions.close_checkpoint(checkpoint=gate.point, by=gate.by("bingsi-shuji"))
    assert {one["verdict"] for one in keeper.send(*made)} == {"done"}
    late = {"shift": str(uuid7()), "checkpoint": str(gate.point.uuid), "begins": True}
    (answer,) = keeper.send(command("checkpoint.shift", late))
    assert (answer["verdict"], answer["code"]) == ("refused", "checkpoint_closed")
    assert "closed before" in answer["words"]


def test_anothers_shift_and_what_cannot_be_read(gate: Gate, phone: Phones) -> None:
    other = phone("bingsi-1")
    mine = {"shift": str(gate.shift.uuid)}
    answers = other.send(
        command("checkpoint.pass", PASS | mine), command("checkpoint.pass", PASS | {"shift": str(uuid7())}),
        command("checkpoint.pass", PASS | mine | {"shown": "expired"}), command("checkpoint.unknown", mine),
    )  # fmt: skip
    assert [one["code"] for one in answers] == [
        "checkpoint_not_yours", "shift_unknown", "checkpoint_field", "kind_unknown",
    ]  # fmt: skip
    worker.run_pending()
    assert not Pass.objects.exists()


def test_what_a_visitor_said_is_not_kept_where_it_was_not_taken(gate: Gate, phone: Phones) -> None:
    keeper, mine = phone(KEEPER), {"shift": str(gate.shift.uuid)}
    close_response(response=gate.tiny.response, by=gate.by("zhihuibu"))
    lines = [
        command("checkpoint.visitor", mine | {"purpose": "探亲", "name": "王某", "phone": "13800000001"}),
        command("checkpoint.vehicle", mine | {"kind": "rider", "purpose": "送餐", "plate": "晋A00000"}),
        command("checkpoint.visitor", mine | {"purpose": "探亲", "name": "王某"}) | {"at": "yesterday"},
    ]
    first = keeper.send(*lines)
    assert [one["code"] for one in first] == ["register_closed", "register_closed", "command_unreadable"]
    for one in first:
        row = kept(UUID(one["id"]))
        assert row
        assert set(content_of(row)) == {"sha256", "words"}
    assert keeper.send(*lines[:2]) == first[:2], "the answer stays the same"


def test_a_shift_ends_with_its_checkpoint_and_its_phones_count_is_still_taken(gate: Gate, phone: Phones) -> None:
    keeper, made = phone(KEEPER), morning(gate)
    keeper.send(*made[:-1])
    actions.close_checkpoint(checkpoint=gate.point, by=gate.by("bingsi-shuji"))
    assert keeper.get("checkpoints").json()["shifts"] == []
    assert not Shift.objects.filter(closed_at__isnull=True).exists()
    assert keeper.send(made[-1])[0]["verdict"] == "done"
    assert Shift.objects.exclude(pk=gate.shift.pk).get().counted == 3
    late = morning(gate)
    assert {one["verdict"] for one in keeper.send(*late[:-1])} == {"done"}, "heard of after the closing"
    assert not Shift.objects.filter(closed_at__isnull=True).exists()
    ended = Event.objects.filter(kind="checkpoints.shift_ended")
    assert ended.count() == Shift.objects.count() == 3
