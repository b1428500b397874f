"""A request for help from the link to the word of whoever asked: merged at the door, late it goes up."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.worker import ring_alarms, run_pending
from wangge.domains.help import actions, apart, calls, queries
from wangge.domains.help.inputs import read_call, read_help, read_whisper
from wangge.domains.help.models import Apart, Call, HelpNote, HelpRequest
from wangge.domains.help.rules import MANY, OF_ADDRESS, Act, Away, Channel, Noted, State
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.actions import close_response
from wangge.domains.work.actions import put_items, record_attempt
from wangge.domains.work.actions.items import Wanted
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Channel as By_
from wangge.domains.work.rules import Outcome

NOBODY = By(account=None, post=None)
MASS = 1_000  # 10,000 behave alike: the 9,940 beyond the sixty touch one row each


def compound(stage: Stage) -> Place:
    return Place.objects.get(kind=Kind.COMPOUND, path__startswith=stage.tiny.places["community"].path)


def address(home: Place) -> str:
    unit = home.parent
    assert unit
    assert unit.parent
    return f"{unit.parent.name}{unit.name}{home.name}"


def ask(stage: Stage, *, place: Place | None = None, sender: str = "10.0.0.1", **changes: str) -> HelpRequest:
    said = {"uuid": str(uuid7()), "kind": "medicine", "whom": "self", "where": address(stage.tiny.homes[0]),
            "phone": "13800000000", "words": "氨氯地平只剩两天"}  # fmt: skip
    read = read_help(said | changes)
    one = actions.ask(said=read, place=place or compound(stage), channel=Channel.LINK, by=NOBODY, sender=sender)
    run_pending()
    return again(one)


def again(one: HelpRequest) -> HelpRequest:
    return HelpRequest.objects.within(EVERYTHING).get(pk=one.pk)


def items(home: Place, **which: Any) -> list[str]:
    found = TaskItem.objects.within(EVERYTHING).filter(task__door=home, kind__startswith="asked", **which)
    return sorted(found.values_list("kind", flat=True))


def task_of(home: Place) -> Task:
    return Task.objects.within(EVERYTHING).select_related("door").get(door=home, state=Task.State.OPEN)


def tried(stage: Stage, home: Place, outcome: Outcome = Outcome.DONE, who: str = "bingsi-1") -> None:
    record_attempt(task=task_of(home), outcome=outcome, channel=By_.DOOR, by=stage.tiny.by(who))
    run_pending()


def test_a_request_waits_at_its_door_with_the_doors_other_work(stage: Stage) -> None:
    home = stage.tiny.homes[0]
    before = Wanted(home, "list_check", uuid7(), clock.now() + timedelta(days=1))
    put_items(response=stage.tiny.response, wanted=[before], by=SYSTEM)
    one = ask(stage)
    assert (one.state, one.door) == (State.OPEN, home)
    assert items(home, state="open") == ["asked_medicine"]
    assert Task.objects.within(EVERYTHING).filter(door=home, state="open").count() == 1
    assert one.due_at - one.received_at == timedelta(hours=6)
    assert queries.holders([one])[one.pk].title == stage.tiny.posts["bingsi-1"].title
    assert task_of(home).due_at == one.due_at  # the whole door is due with it


def test_the_same_form_sent_again_is_one_request(stage: Stage) -> None:
    uuid = str(uuid7())
    first, second = ask(stage, uuid=uuid), ask(stage, uuid=uuid, words="another text")
    assert first.pk == second.pk
    assert HelpRequest.objects.within(EVERYTHING).count() == 1
    assert Event.objects.filter(kind="help.asked").count() == 1


def test_for_somebody_else_the_person_is_asked_first(stage: Stage) -> None:
    home = stage.tiny.homes[0]
    one = ask(stage, whom="other")
    assert one.state == State.ASKING
    assert items(home, state="open") == ["asked_first"]
    by = stage.tiny.by("bingsi-shuji")
    with pytest.raises(Problem, match="help_step"):
        actions.say(request=one, act=Act.DO, by=by)
    actions.say(request=one, act=Act.CONFIRM, by=by)
    run_pending()
    assert items(home, state="open") == ["asked_medicine"]
    assert again(one).answered_at is not None


def test_at_the_door_the_person_is_asked_too(stage: Stage) -> None:
    home = stage.tiny.homes[0]
    one = ask(stage, whom="other")
    tried(stage, home)
    assert again(one).state == State.OPEN
    assert items(home, state="open") == ["asked_medicine"]
    tried(stage, home)
    assert again(one).state == State.DONE
    assert items(home, state="open") == []


def test_it_closes_only_when_whoever_asked_says_so(stage: Stage) -> None:
    one = ask(stage)
    tried(stage, stage.tiny.homes[0])
    assert again(one).state == State.DONE
    assert again(one).closed_at is None
    actions.say_by_link(request=one, act=Act.NOT_HELPED, by=NOBODY)
    run_pending()
    assert items(stage.tiny.homes[0], state="open") == ["asked_medicine"]
    tried(stage, stage.tiny.homes[0])
    actions.say_by_link(request=one, act=Act.RECEIVE, by=NOBODY)
    assert again(one).state == State.RECEIVED
    actions.say_by_link(request=one, act=Act.RECEIVE, by=NOBODY)  # said twice it is said
    assert HelpNote.objects.within(EVERYTHING).filter(request=one, kind="receive").count() == 1
    actions.say_by_link(request=one, act=Act.NOT_HELPED, by=NOBODY)
    assert again(one).state == State.OPEN
    with clock.held(clock.now() + timedelta(days=9)):
        closed = ask(stage, sender="")
        actions.say(request=closed, act=Act.TAKE_BACK, by=SYSTEM)
    with clock.held(clock.now() + timedelta(days=17)), pytest.raises(Problem, match="help_late_reopen"):
        actions.say_by_link(request=closed, act=Act.REOPEN, by=NOBODY)


def test_who_says_it_is_done_does_not_say_it_for_the_person(stage: Stage) -> None:
    one, worker, second = ask(stage), stage.tiny.by("bingsi-1"), stage.tiny.by("bingsi-zhibu-1")
    tried(stage, stage.tiny.homes[0])
    for act in (Act.RECEIVE, Act.NOT_REACHED):
        with pytest.raises(Problem, match="help_second"):
            actions.say(request=one, act=act, by=worker)
    with pytest.raises(Problem, match="help_call_first"):
        actions.say(request=one, act=Act.NOT_REACHED, by=second)
    actions.note(request=one, kind=Noted.NO_ANSWER, by=worker)  # a call by the first is no call by the second
    with pytest.raises(Problem, match="help_call_first"):
        actions.say(request=one, act=Act.NOT_REACHED, by=second)
    actions.note(request=one, kind=Noted.NO_ANSWER, by=second)
    actions.say(request=one, act=Act.NOT_REACHED, by=second)
    assert again(one).state == State.UNCONFIRMED
    actions.say_by_link(request=one, act=Act.RECEIVE, by=NOBODY)
    assert again(one).state == State.RECEIVED


def test_refused_at_the_door_it_comes_back_to_the_office(stage: Stage) -> None:
    one = ask(stage)
    tried(stage, stage.tiny.homes[0], Outcome.ABSENT)
    assert again(one).item is not None
    tried(stage, stage.tiny.homes[0], Outcome.REFUSED)  # goes up a level at the door, and is not over
    assert again(one).state == State.OPEN
    assert queries.holders([again(one)])[one.pk].title != stage.tiny.posts["bingsi-1"].title


def test_late_at_a_door_it_goes_up_by_itself(stage: Stage) -> None:
    one = ask(stage)
    with clock.held(clock.now() + timedelta(hours=7)):
        ring_alarms()
        assert queries.holders([again(one)])[one.pk].title == stage.tiny.posts["bingsi-zhibu-1"].title


def test_without_a_door_the_office_has_it_and_late_it_goes_up(stage: Stage) -> None:
    one = ask(stage, where="没有这个门", kind="food")
    assert (one.door, one.item) == (None, None)
    assert queries.holders([one])[one.pk].title == stage.tiny.posts["bingsi-shuji"].title
    with clock.held(clock.now() + timedelta(hours=13)):
        ring_alarms()
        late = again(one)
        assert queries.holders([late])[one.pk].title == stage.tiny.posts["qiaodong"].title
        ring_alarms()
        assert Event.objects.filter(kind="help.late_raised").count() == 1
    actions.put_to_door(request=one, door=stage.tiny.homes[3], by=stage.tiny.by("bingsi-shuji"))
    run_pending()
    assert items(stage.tiny.homes[3], state="open") == ["asked_food"]


def test_a_child_alone_has_a_carer_first_and_the_report_that_the_law_asks_for(stage: Stage) -> None:
    home, by = stage.tiny.homes[0], stage.tiny.by("bingsi-shuji")
    one = ask(stage, kind="child", whom="child", guardian="没人")
    assert one.state == State.OPEN
    assert items(home, state="open") == ["asked_child", "asked_report"]
    tried(stage, home)  # tapped as done, and it is not: it stands there again
    assert again(one).state == State.OPEN
    assert "asked_child" in items(home, state="open")
    with pytest.raises(Problem, match="help_carer"):
        actions.say(request=one, act=Act.DO, by=by)
    with pytest.raises(Problem, match="help_words"):
        actions.note(request=one, kind=Noted.CARER, by=by)
    actions.note(request=one, kind=Noted.CARER, by=by, words="邻居李阿姨 13800000001")
    with pytest.raises(Problem, match="help_report"):
        actions.say(request=one, act=Act.DO, by=by)
    actions.note(request=one, kind=Noted.REPORTED, by=by, words="桥东派出所，14:05")
    actions.say(request=one, act=Act.DO, by=by)
    run_pending()
    assert again(one).state == State.DONE
    assert items(home, state="open") == []


def test_nobody_elsewhere_says_anything(stage: Stage) -> None:
    one = ask(stage)
    for act, away in ((Act.DO, None), (Act.TURN_AWAY, Away.DOUBLE)):
        with pytest.raises(NotAllowed):
            actions.say(request=one, act=act, by=stage.tiny.by("dengqiao-shuji"), away=away)
    with pytest.raises(NotAllowed):
        actions.note(request=one, kind=Noted.WORDS, by=stage.tiny.by("dengqiao-1"), words="x")


def test_one_address_is_limited_and_what_was_taken_stays(stage: Stage) -> None:
    for _number in range(OF_ADDRESS):
        ask(stage, place=stage.tiny.homes[1], where="")
    with pytest.raises(Problem, match="help_too_often"):
        ask(stage)
    scope = stage.tiny.by("bingsi-shuji").scope(next(iter(stage.tiny.by("bingsi-shuji").scopes)))
    figures = queries.figures(EVERYTHING)
    assert figures["open"] == MANY - 1
    assert figures["many"] == OF_ADDRESS - MANY + 1
    assert HelpRequest.objects.within(EVERYTHING).count() == OF_ADDRESS
    assert scope.covers(stage.tiny.homes[1].path, None)


def test_a_mass_from_one_address_does_not_drown_the_others(stage: Stage) -> None:
    """Safe: sixty are kept and one row counts the rest. Visible: in a list of their own, behind everybody else's.
    Recoverable: within that hour others are served, after it so is the address, and the mass is turned away."""
    said = {"kind": "other", "whom": "self", "where": "1号楼", "phone": "", "words": "x"}
    place, taken, before = compound(stage), 0, Event.objects.count()
    for _number in range(MASS):
        with suppress(Problem):
            read = read_help(said | {"uuid": str(uuid7())})
            actions.ask(said=read, place=place, channel=Channel.LINK, by=NOBODY, sender="10.9.9.9")
            taken += 1
    assert taken == HelpRequest.objects.within(EVERYTHING).count() == OF_ADDRESS
    assert Event.objects.count() == before + OF_ADDRESS  # what is refused is no fact and fills no log
    other = ask(stage, sender="10.0.0.2")
    assert other.rank == 1
    assert other.item or other.post
    assert queries.figures(EVERYTHING)["open"] == MANY  # five of them before they are a mass, and the other's
    assert queries.figures(EVERYTHING)["many"] == OF_ADDRESS - MANY + 1
    many = queries.tab(EVERYTHING, "many")
    for one in list(many):
        actions.say(request=one, act=Act.TURN_AWAY, by=SYSTEM, away=Away.NOT_MEANT)
    assert queries.figures(EVERYTHING)["many"] == 0
    with clock.held(clock.now() + timedelta(minutes=61)):
        later = ask(stage, sender="10.9.9.9")
    assert (later.state, later.rank) == (State.OPEN, 1)


def test_what_was_said_is_sealed_and_never_in_the_log(stage: Stage) -> None:
    one = ask(stage)
    actions.note_by_link(request=one, kind=Noted.WORDS, by=NOBODY, words="还有胰岛素")
    assert "氨氯地平".encode() not in bytes(one.sealed)
    text = str(list(Event.objects.filter(kind__startswith="help.").values_list("data", flat=True)))
    assert "13800000000" not in text
    assert "胰岛素" not in text
    assert queries.details(one)["words"] == "氨氯地平只剩两天"


def test_a_reminder_counts_once_an_hour(stage: Stage) -> None:
    one, note = ask(stage), UUID(str(uuid7()))
    actions.note_by_link(request=one, kind=Noted.NUDGE, by=NOBODY, uuid=note)
    with pytest.raises(Problem, match="help_nudged"):
        actions.note_by_link(request=one, kind=Noted.NUDGE, by=NOBODY, uuid=uuid7())
    with clock.held(clock.now() + timedelta(minutes=61)):
        actions.note_by_link(request=one, kind=Noted.NUDGE, by=NOBODY, uuid=uuid7())
    assert again(one).nudges == 2


def test_it_ends_with_its_response(stage: Stage) -> None:
    one = ask(stage)
    close_response(response=stage.tiny.response, by=SYSTEM)
    run_pending()
    assert again(one).state == State.ENDED
    assert items(stage.tiny.homes[0], state="open") == []
    with pytest.raises(Problem, match="help_no_response"):
        ask(stage)


def test_a_hazard_is_shown_nearby_and_a_need_never(stage: Stage) -> None:
    near, need = ask(stage, kind="fire_way", where="北门消防通道"), ask(stage, kind="medicine")
    assert [one.pk for one in queries.near("fire_way", compound(stage))] == [near.pk]
    assert queries.near("medicine", compound(stage)) == []
    assert queries.near("water", compound(stage)) == []
    assert need.public is False


def test_promises_are_counted_by_kind_and_never_about_a_few(stage: Stage) -> None:
    for number in range(6):
        one = ask(stage, sender=f"10.0.1.{number}")
        if number < 4:
            actions.note(request=one, kind=Noted.ANSWERED, by=stage.tiny.by("bingsi-shuji"))
    ask(stage, sender="10.0.2.1", kind="food")
    with clock.held(clock.now() + timedelta(hours=3)):
        found = queries.promises(EVERYTHING)
    assert {one.key: (one.asked, one.kept) for one in found["kinds"]} == {
        "food": (None, None),
        "medicine": (None, None),
    }
    assert [(one.asked, one.kept) for one in found["places"]] == [(7, 4)]


def test_when_its_days_are_over_nothing_of_it_is_left(stage: Stage) -> None:
    one, by = ask(stage), stage.tiny.by("zhiban")
    actions.note_by_link(request=one, kind=Noted.WORDS, by=NOBODY, words="还有胰岛素")
    rang = read_call({"uuid": str(uuid7()), "phone": "13800000000"}, missed=True)
    calls.note_missed(said=rang, place=stage.tiny.places["town"], by=by)
    apart.name(place=stage.tiny.places["district"], account=stage.tiny.accounts["liudiao"], by=SYSTEM)
    told = read_whisper({"uuid": str(uuid7()), "what": "他打我"})
    apart.whisper(said=told, place=stage.tiny.places["district"], by=NOBODY)
    close_response(response=stage.tiny.response, by=SYSTEM)
    run_pending()
    with clock.held(clock.now() + timedelta(days=32)):
        ring_alarms()
        run_pending()
    assert HelpRequest.objects.within(EVERYTHING).count() == 0
    assert HelpNote.objects.within(EVERYTHING).count() == 0
    for model in (Call, Apart):
        assert [bytes(row.sealed) for row in model.objects.within(EVERYTHING)] == [b""]
    assert [row.phone_index for row in Call.objects.within(EVERYTHING)] == [""]
