"""Commands replayed: once each, in their own time, refused in words, and a busy server records nothing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from pytest_django.fixtures import Settings
from tests.domains.work.doors import check_tallies, put
from tests.sync.handset import Handset, attempt, command, id_of

from wangge.base import clock, keys, worker
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.phones.models import Command, Handed, Phone
from wangge.domains.phones.queries import content_of
from wangge.domains.work import tallies
from wangge.domains.work.actions import withdraw_items_in
from wangge.domains.work.models import Attempt, Task
from wangge.sync import commands as inbox
from wangge.sync import replay
from wangge.sync.turns import HEARING, Turns

Phones = Callable[..., Handset]
HOUR = timedelta(hours=1)


def verdicts(answers: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(one["verdict"], one["code"]) for one in answers]


def hold(phone: Handset, task: Task) -> None:
    """The phone was given this task."""
    row = Phone.objects.get(account=phone.account)
    Handed._base_manager.create(phone=row, task=task.uuid, door=task.door, at=clock.now(), changed=1, digest="-")


def test_a_command_counts_once_at_the_time_at_which_it_happened(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    with clock.held(clock.now() + 3 * HOUR):
        handset, sent = phone(), attempt(task, "done", clock.now() - HOUR)
        first, again = handset.send(sent), handset.send(sent)
        assert (verdicts(first), verdicts(again)) == ([("done", None)], [("had", None)])
        one = Attempt._base_manager.get(uuid=id_of(sent))
        assert (one.at, one.recorded_at) == (clock.now() - HOUR, clock.now())
        assert (one.outcome, one.account) == ("done", tiny.accounts["bingsi-1"].uuid)
    assert first[0]["receipt"] == again[0]["receipt"] == sent["id"].replace("-", "")[-8:].upper()
    assert Task._base_manager.get(pk=task.pk).state == "closed"
    check_tallies(tiny)


def test_a_clock_that_is_wrong_by_a_day_is_set_right(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    with clock.held(clock.now() + 2 * HOUR):
        clocks = {"own": (clock.now() + 24 * HOUR).isoformat(), "server": clock.now().isoformat()}
        told = attempt(task, "absent", clock.now() + 23.5 * HOUR, clock=clocks)
        untold = attempt(task, "absent", clock.now() + 24 * HOUR)
        before = attempt(task, "absent", clock.now() - 240 * HOUR)
        assert {one["verdict"] for one in phone().send(told, untold, before)} == {"done"}
        times = [Attempt._base_manager.get(uuid=id_of(one)).at for one in (told, untold, before)]
        assert times == [clock.now() - HOUR / 2, clock.now(), task.opened_at]


def test_what_is_refused_is_kept_and_can_be_sent_again_corrected(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    handset = phone()
    wrong = attempt(task, "died")
    answers = handset.send(wrong, command("dance", {}), {"id": "x", "kind": 3}, {"id": str(uuid7()), "kind": 3})
    assert verdicts(answers) == [
        ("refused", "who_died"), ("refused", "kind_unknown"), ("refused", "command_unreadable"),
        ("refused", "command_unreadable"),
    ]  # fmt: skip
    assert all("." in one["words"] for one in answers)
    assert handset.send(wrong)[0] == answers[0]
    row = Command._base_manager.get(uuid=id_of(wrong))
    assert content_of(row)["data"] == wrong["data"]
    right = wrong | {"id": str(uuid7()), "data": {**wrong["data"], "person": str(tiny.family[3].uuid)}}
    assert verdicts(handset.send(right)) == [("done", None)]
    assert "data" not in content_of(Command._base_manager.get(uuid=id_of(right)))


def test_the_same_id_with_another_content_or_of_another_phone_changes_nothing(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    sent = attempt(task, "absent")
    phone().send(sent)
    assert verdicts(phone().send(sent | {"data": {**sent["data"], "outcome": "done"}})) == [
        ("refused", "another_content")
    ]
    assert verdicts(phone("bingsi-shuji").send(sent)) == [("refused", "another_content")]
    assert list(Attempt._base_manager.filter(task=task).values_list("outcome", flat=True)) == ["absent"]


@pytest.mark.parametrize("what", ["closed", "withdrawn", "moved"])
def test_work_done_before_the_phone_heard_is_accepted(tiny: Small, phone: Phones, what: str) -> None:
    (task,) = put(tiny, tiny.homes[0])
    handset = phone()
    hold(handset, task)
    if what == "closed":
        phone("bingsi-shuji").send(attempt(task, "done"))
    elif what == "withdrawn":
        withdraw_items_in(response=tiny.response, by=SYSTEM)
    else:  # the door went to another grid, and nothing of it is this worker's any more
        task.door.grid = tiny.grids[1]
        task.door.save(update_fields=["grid"])
        tallies.recount(tiny.response)
    before = Task._base_manager.get(pk=task.pk).state
    sent = attempt(task, "done")
    assert verdicts(handset.send(sent)) == [("done", None)]
    assert Attempt._base_manager.filter(uuid=id_of(sent)).exists()
    assert Task._base_manager.get(pk=task.pk).state == (before if before != "open" else "closed")
    check_tallies(tiny)


def test_a_door_that_was_never_ones_own_is_refused(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.yards[0])
    handset = phone()
    gone = attempt(task, "done") | {"task": str(uuid7())}
    answers = handset.send(attempt(task, "done"), gone)
    assert verdicts(answers) == [("refused", "not_your_door"), ("refused", "task_gone")]
    assert not Attempt._base_manager.filter(task=task).exists()


def test_a_mistake_of_ours_is_kept_and_not_sent_for_ever(
    tiny: Small, phone: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = put(tiny, tiny.homes[0])
    monkeypatch.setattr(replay, "record_attempt", lambda **_all: 1 / 0)
    sent = attempt(task, "done")
    assert verdicts(phone().send(sent)) == [("refused", "command_failed")]
    assert content_of(Command._base_manager.get(uuid=id_of(sent)))["data"] == sent["data"]


def test_half_a_sign_and_an_unreadable_one_hold_nobody_up(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    handset, half, sent = phone(), attempt(task, "done", data={"outcome": "\ud83d"}), attempt(task, "absent")
    torn = {"id": str(uuid7()), "kind": 3, "data": {"words": "半个\udc00"}}
    refused = [("refused", "command_unreadable")] * 2
    answers = handset.send(half, torn, sent)
    assert verdicts(answers) == [*refused, ("done", None)]
    assert answers[0]["receipt"]
    with clock.held(clock.now() + HOUR):  # the answer was lost: it is the same an hour later
        assert handset.send(half, torn)[:2] == answers[:2]
    assert verdicts(handset.send(torn | {"kind": 4})) == [("refused", "another_content")]


def test_one_that_cannot_be_answered_is_final_for_itself_alone(
    tiny: Small, phone: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = put(tiny, tiny.homes[0])
    handset, bad, good, taken = phone(), attempt(task, "absent"), attempt(task, "unreachable"), inbox.take

    def broken(*, sent: Any, **more: Any) -> Any:
        return 1 / 0 if sent.uuid == id_of(bad) else taken(sent=sent, **more)

    monkeypatch.setattr(inbox, "take", broken)
    answers = handset.send(bad, good)
    assert verdicts(answers) == [("refused", "command_failed"), ("done", None)]
    assert answers[0]["words"]
    assert not Attempt._base_manager.filter(uuid=id_of(bad)).exists()
    monkeypatch.setattr(inbox, "take", lambda **_all: Path("/nowhere/keys.json").read_bytes())
    assert verdicts(handset.send(attempt(task, "absent"))) == [("later", "server_busy")]


def test_after_a_restore_with_another_key_file_it_is_answered_by_what_became_of_it(
    tiny: Small, phone: Phones, settings: Settings
) -> None:
    (task,) = put(tiny, tiny.homes[0])
    handset, sent, wrong = phone(), attempt(task, "absent"), attempt(task, "died")
    first = handset.send(sent, wrong)
    path = Path(settings.WANGGE_KEYS)
    before = path.read_text(encoding="utf-8")
    keys.add_sealing(path)
    keys.drop_sealing(path)
    try:
        again = handset.send(sent, wrong, attempt(task, "unreachable"))
        assert verdicts(again) == [("had", None), ("refused", "who_died"), ("done", None)]
        assert again[1] == first[1]
        assert handset.get(f"receipts?ids={sent['id']}").status_code == 200
    finally:
        path.write_text(before, encoding="utf-8")


def test_somebody_died_on_the_day_on_which_it_was_recorded_not_sent(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    person, then = tiny.family[3], clock.now()
    sent = attempt(task, "died", then, data={"person": str(person.uuid)})
    with clock.held(then + 30 * HOUR):
        assert verdicts(phone().send(sent)) == [("done", None)]
    assert Person._base_manager.get(pk=person.pk).died_on == clock.day_of(then)


def test_a_busy_server_records_nothing_and_says_when_to_come_back(
    tiny: Small, phone: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = put(tiny, tiny.homes[0], tiny.homes[1])
    handset = phone()

    def locked(**_all: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(replay, "record_attempt", locked)
        answers = handset.send(attempt(one, "done"), attempt(other, "done"))
    assert [(said["verdict"], said["retry_after"] > 0) for said in answers] == [("later", True), ("later", True)]
    with inbox._turns.one():
        assert verdicts(handset.send(attempt(one, "done"))) == [("later", "server_busy")]
    with HEARING.one(), HEARING.one():
        answer = handset.post("contact", {})
        assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)
        assert handset.get("package").json()["code"] == "server_busy"
    assert not Command._base_manager.exists()
    assert not Attempt._base_manager.exists()
    monkeypatch.setattr(inbox, "SPENT", -1)
    assert verdicts(handset.send(attempt(one, "done"))) == [("later", "server_busy")]


def test_the_more_are_turned_away_the_later_they_come_back() -> None:
    turns = Turns(1)
    few = [turns.when() for _each in range(20)]
    for _each in range(500):
        turns.when()
    many = [turns.when() for _each in range(20)]
    assert max(few) < min(many)
    assert len(set(many)) > 1


def test_receipts_are_ones_own(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    handset, sent = phone(), attempt(task, "absent")
    (said,) = handset.send(sent)
    assert handset.get(f"receipts?ids={sent['id']},nonsense").json()["answers"] == [said]
    assert handset.get("receipts").json()["answers"] == [said]
    assert phone("bingsi-shuji").get(f"receipts?ids={sent['id']}").json()["answers"] == []


def test_what_follows_an_attempt_follows_one_from_a_phone(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    phone().send(attempt(task, "refused"))
    worker.run_pending()
    after = Task._base_manager.select_related("raised_to").get(pk=task.pk)
    assert after.raised_to == tiny.posts["bingsi-zhibu-1"]
    check_tallies(tiny)


def test_too_many_or_nothing_that_can_be_read(phone: Phones) -> None:
    handset = phone()
    for content in ({"commands": [{}] * 51}, {"commands": 3}, [], "x"):
        answer = handset.post("commands", content)
        assert (answer.status_code, bool(answer.json()["words"])) == (422, True)
