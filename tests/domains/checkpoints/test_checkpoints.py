"""Who may open a checkpoint and stand there, what a shift adds up to, and that nothing of it is counted twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domains.checkpoints.standing import Gate

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.checkpoints import actions, queries
from wangge.domains.checkpoints.inputs import read_pass, read_shift, read_vehicle, read_visitor
from wangge.domains.checkpoints.models import Pass, RegisterLine, Shift
from wangge.domains.checkpoints.rules import Became, Kind, Seen
from wangge.domains.duty.actions import create_post
from wangge.domains.duty.rules import PostKind
from wangge.domains.protocol.actions import close_response, switch_protocol
from wangge.domains.protocol.rules import Named


def code(refused: pytest.ExceptionInfo[Problem]) -> str:
    return refused.value.code


def test_a_checkpoint_is_opened_only_where_an_order_names_codes(gate: Gate) -> None:
    gate.tiny.response.named = [Named.CHECK_IN]
    gate.tiny.response.save()
    with pytest.raises(Problem) as refused:
        gate.open("南门")
    assert code(refused) == "codes_not_named"


def test_only_at_a_kind_of_place_where_the_edition_lets_a_code_be_asked_for(gate: Gate) -> None:
    switch_protocol(
        response=gate.tiny.response, protocol="covid19-new-ten", from_day=clock.today(), by=gate.by("zhihuibu")
    )
    with pytest.raises(Problem) as refused:
        gate.open("超市", kind=Kind.SHOP)
    assert code(refused) == "codes_not_asked_here"
    assert gate.open("养老院", kind=Kind.CARE_HOME).closed_at is None
    assert queries.ground_of(gate.point) is None, "a gate that is open already stops asking"


@pytest.mark.parametrize("username", ["bingsi-kadian", "bingsi-1", "dengqiao-shuji", "qiaodong", "liudiao"])
def test_whoever_does_not_lead_there_opens_and_closes_none(gate: Gate, username: str) -> None:
    with pytest.raises(NotAllowed):
        gate.open("南门", by=gate.by(username))
    with pytest.raises(NotAllowed):
        actions.close_checkpoint(checkpoint=gate.point, by=gate.by(username))


def test_a_name_is_open_once(gate: Gate) -> None:
    with pytest.raises(Problem) as refused:
        gate.open()
    assert code(refused) == "checkpoint_already_open"
    actions.close_checkpoint(checkpoint=gate.point, by=gate.by("bingsi-shuji"))
    assert gate.open().uuid != gate.point.uuid


def test_who_may_stand_there(gate: Gate) -> None:
    another = create_post(
        kind=PostKind.CHECKPOINT, title="西门卡点", place=gate.tiny.places["community"], parent=None, by=SYSTEM
    )
    gate.open("东门", post=None)
    gate.open("西门", post=another)
    names = {user: {one.name for one in queries.open_for(gate.by(user))} for user in ("bingsi-kadian", "bingsi-1")}
    assert names == {"bingsi-kadian": {"北门", "东门"}, "bingsi-1": {"北门", "东门", "西门"}}
    assert queries.open_for(gate.by("dengqiao-1")) == []
    with pytest.raises(NotAllowed):
        gate.begin(by=gate.by("dengqiao-1"))


def test_a_shift_adds_up(gate: Gate) -> None:
    for said in (
        {}, {}, {"shown": "red", "through": False}, {"shown": "tally", "mask": False, "temperature": ""},
        {"shown": "green", "through": False, "temperature": "fever"}, {"shown": "fallback", "list_minutes": None},
    ):  # fmt: skip
        gate.comes(**said)
    gate.visits(purpose="看望父母")
    gate.visits(kind="rider", purpose="送餐", plate="晋 a·12345")
    gate.needs_help()
    total = gate.total()
    assert (total.passes, total.aside, total.fever, total.no_temperature, total.no_mask) == (6, 2, 1, 1, 1)
    assert {seen: number for seen, number in total.shown.items() if number} == {
        Seen.GREEN: 3, Seen.RED: 1, Seen.TALLY: 1, Seen.FALLBACK: 1,
    }  # fmt: skip
    assert (total.entries, total.emergencies) == (2, 1)
    assert queries.totals_of_checkpoints([gate.point])[gate.point.pk] == total


def test_what_is_sent_again_is_one(gate: Gate) -> None:
    first, second, third = uuid7(), uuid7(), uuid7()
    for _time in range(3):
        gate.comes(uuid=first)
        gate.visits(uuid=second, purpose="送菜")
        gate.needs_help(uuid=third)
        gate.end(1)
    total = gate.total()
    assert (total.passes, total.entries, total.emergencies) == (1, 1, 1)
    kinds = ["checkpoints.emergency", "checkpoints.shift_began", "checkpoints.shift_ended"]
    assert [Event.objects.filter(kind=kind).count() for kind in kinds] == [1, 1, 1]


def test_a_pass_holds_nobody(gate: Gate) -> None:
    """Neither a person nor a code's number nor a place of theirs: nobody can be followed by passes."""
    links = {one.name for one in Pass._meta.get_fields()}
    assert links == {
        "id",
        "uuid",
        "shift",
        "at",
        "shown",
        "through",
        "temperature",
        "mask",
        "venue_code",
        "list_minutes",
    }
    with pytest.raises(Problem):
        read_pass({"shift": str(gate.shift.uuid), "shown": "expired", "through": True})


def test_totals_take_the_same_number_of_statements_however_many_shifts_there_are(gate: Gate) -> None:
    shifts = [gate.shift, gate.begin(), gate.begin()]
    gate.comes()
    counts = []
    for chosen in (shifts[:1], shifts):
        with CaptureQueriesContext(connection) as asked:
            queries.totals_of_shifts(chosen)
        counts.append(len(asked))
    assert counts == [3, 3]


def test_what_was_done_before_closing_and_comes_later_counts(gate: Gate) -> None:
    with clock.held(clock.now() + timedelta(hours=1)):
        actions.close_checkpoint(checkpoint=gate.point, by=gate.by("bingsi-shuji"))
    with clock.held(clock.now() + timedelta(hours=2)):
        gate.comes()
        gate.needs_help()
        with pytest.raises(Problem) as refused:
            gate.begin()
    assert code(refused) == "checkpoint_closed"
    assert (gate.total().passes, gate.total().emergencies) == (1, 1)


def test_a_shift_that_lost_its_post_meanwhile_is_still_its_own_and_nobody_elses(gate: Gate) -> None:
    without = type(gate.keeper)(account=gate.keeper.account, post=None)
    gate.comes(by=without)
    with pytest.raises(NotAllowed):
        gate.comes(by=gate.by("bingsi-1"))
    assert gate.total().passes == 1


def test_the_response_takes_its_checkpoints_and_begins_nothing_personal_any_more(gate: Gate) -> None:
    close_response(response=gate.tiny.response, by=gate.by("zhihuibu"))
    worker.run_pending()
    gate.point.refresh_from_db()
    assert gate.point.closed_at is not None
    assert queries.open_for(gate.keeper) == []
    with pytest.raises(Problem) as refused:
        gate.visits(purpose="探亲")
    assert code(refused) == "register_closed"
    gate.needs_help()
    assert gate.total().emergencies == 1


def test_the_register_is_sealed_and_found_by_whose_number_it_is(gate: Gate) -> None:
    line = gate.visits(purpose="看望父母", host="1号楼", name="王某", phone="138 0000 0001", plate="ignored")
    assert "王某".encode() not in bytes(line.sealed)
    assert queries.said(line) == {"purpose": "看望父母", "host": "1号楼", "name": "王某", "phone": "138 0000 0001"}
    assert [one.uuid for one in queries.lines_with(["+86 138-0000-0001"])] == [line.uuid]
    assert list(queries.lines_with([""])) == list(queries.lines_with(["13800000002"])) == []


def test_the_register_goes_after_the_protocols_days_with_a_count(gate: Gate) -> None:
    gate.visits(purpose="送菜")
    with clock.held(clock.now() + timedelta(days=14)):
        assert actions.drop_register(keep_days=14, by=SYSTEM) == 0
    with clock.held(clock.now() + timedelta(days=15)):
        assert actions.drop_register(keep_days=14, by=SYSTEM) == 1
    assert not RegisterLine.objects.within(EVERYTHING).exists()
    assert Event.objects.get(kind="checkpoints.register_dropped").data == {"days": 14, "lines": 1}


def test_one_tap_lets_through_and_a_call_after_it_is_the_same_emergency(gate: Gate) -> None:
    tap = uuid7()
    called = [gate.needs_help(uuid=tap, called=who).called for who in ("nobody", "community", "ambulance", "community")]
    assert called == ["nobody", "community", "ambulance", "ambulance"]
    assert gate.total().emergencies == 1
    assert Event.objects.filter(kind="checkpoints.emergency_called").count() == 2


def test_an_emergency_gets_a_word_once(gate: Gate) -> None:
    need = gate.needs_help(called="community")
    with pytest.raises(NotAllowed):
        actions.settle_emergency(emergency=need, became=Became.HOME, by=gate.keeper)
    actions.settle_emergency(emergency=need, became=Became.HOME, by=gate.by("bingsi-shuji"))
    with pytest.raises(Problem) as refused:
        actions.settle_emergency(emergency=need, became=Became.UNKNOWN, by=gate.by("bingsi-shuji"))
    assert code(refused) == "emergency_settled"
    assert Event.objects.get(kind="checkpoints.emergency_settled").data == {"became": "home"}


@pytest.mark.parametrize(
    ("read", "data", "field"),
    [
        (read_pass, {"shown": "blue"}, "shown"), (read_pass, {"mask": "yes"}, "mask"),
        (read_pass, {"list_minutes": -1}, "list_minutes"), (read_pass, {"list_minutes": True}, "list_minutes"),
        (read_pass, {"shift": "x"}, "shift"), (read_pass, {"temperature": 37.3}, "temperature"),
        (read_visitor, {}, "purpose"), (read_visitor, {"purpose": "  "}, "purpose"),
        (read_vehicle, {"kind": "visitor", "purpose": "x"}, "kind"), (read_shift, {"begins": 1}, "begins"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_field(
    gate: Gate, read: object, data: dict[str, object], field: str
) -> None:
    good = {"shift": str(uuid7()), "checkpoint": str(uuid7()), "begins": True, "shown": "green", "through": True,
            "temperature": "", "mask": True, "venue_code": True}  # fmt: skip
    with pytest.raises(Problem) as refused:
        read(good | data)  # type: ignore[operator]
    assert refused.value.field == field
    assert Shift.objects.count() == 1
