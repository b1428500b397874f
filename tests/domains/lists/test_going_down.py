"""A list that was taken goes to doors, comes back with checker, time and outcome, and is reported up."""

from datetime import timedelta
from typing import Any

import pytest
from tests.base.receipts.sheets import book
from tests.domains.lists.sent import HEADING, OTHER_STRANGER, Sent, content, look

from wangge.base import clock, worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.lists import actions, queries
from wangge.domains.lists.report import Answer, Report
from wangge.domains.lists.rules import ITEM, ReturnReason
from wangge.domains.people.models import Person
from wangge.domains.work.actions import record_attempt, settle, withdraw_items
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Channel, Outcome

pytestmark = pytest.mark.django_db


def items() -> list[TaskItem]:
    return list(TaskItem.objects.within(EVERYTHING).filter(kind=ITEM).select_related("task", "person").order_by("id"))


def taken(tiny: Small, **said: str) -> Sent:
    by = tiny.by("bingsi-shuji")
    sent = look(tiny, by, **said)
    actions.take_list(list_=sent.list, by=by)
    sent.list.refresh_from_db()
    return sent


def attempt(tiny: Small, person: Person, outcome: Outcome, who: str = "bingsi-1") -> None:
    task = Task.objects.within(EVERYTHING).get(items__person=person, items__kind=ITEM, state="open")
    record_attempt(task=task, outcome=outcome, channel=Channel.PHONE, by=tiny.by(who), person=person)
    worker.run_pending()


def test_the_same_person_six_times_is_asked_once_at_their_door(tiny: Small) -> None:
    sent = taken(tiny)
    assert [one.person for one in items()] == [tiny.family[0], tiny.roommates[0]]
    assert items()[1].task.door == tiny.room
    assert (sent.row(3).state, sent.row(3).item) == ("asked", items()[0])
    again = actions.send_matched(list_=sent.list, by=tiny.by("bingsi-shuji"))
    assert again == {"known": 0, "joined": 0, "asked": 0}
    assert len(items()) == 2


def test_what_happens_at_the_door_ends_the_row_with_checker_time_and_outcome(tiny: Small) -> None:
    sent = taken(tiny)
    attempt(tiny, tiny.family[0], Outcome.UNREACHABLE)
    assert sent.row(3).state == "asked"
    attempt(tiny, tiny.family[0], Outcome.DONE)
    row = sent.row(3)
    assert (row.state, row.outcome, row.channel) == ("done", "done", "phone")
    assert (row.checker, row.checker_post) == (tiny.accounts["bingsi-1"].uuid, tiny.posts["bingsi-1"].uuid)
    assert row.checked_at is not None
    assert clock.now() - row.checked_at < timedelta(minutes=1)
    event = Event.objects.get(kind="lists.rows_checked")
    assert (event.subject, event.data) == (sent.list.uuid, {"rows": 1, "back": 0})


def test_what_the_level_above_settles_is_an_outcome_too(tiny: Small) -> None:
    sent = taken(tiny)
    attempt(tiny, tiny.family[0], Outcome.MOVED)
    assert sent.row(3).state == "asked"
    task = items()[0].task
    settle(task=task, outcome=Outcome.MOVED, by=tiny.by("bingsi-zhibu-1"))
    worker.run_pending()
    assert (sent.row(3).state, sent.row(3).outcome) == ("done", "moved")
    assert sent.row(3).checker == tiny.accounts["bingsi-zhibu-1"].uuid


def test_a_visit_that_is_taken_back_leaves_the_row_to_be_sent_again(tiny: Small) -> None:
    sent = taken(tiny)
    withdraw_items(causes=[sent.row(3).uuid], by=tiny.by("bingsi-shuji"))
    worker.run_pending()
    assert (sent.row(3).state, sent.row(3).reason, sent.row(3).item) == ("matched", "taken_back", None)
    actions.send_matched(list_=sent.list, by=tiny.by("bingsi-shuji"))
    assert sent.row(3).state == "asked"


def test_a_second_list_asks_nobody_again(tiny: Small) -> None:
    first = taken(tiny)
    second = taken(tiny, name="另一张.xlsx", title="另一张")
    assert len(items()) == 2
    assert (second.row(3).state, second.row(3).reason, second.row(3).item) == (
        "asked", "asked_for_another", first.row(3).item,
    )  # fmt: skip
    attempt(tiny, tiny.family[0], Outcome.DONE)
    assert first.row(3).state == second.row(3).state == "done"
    third = taken(tiny, name="第三张.xlsx", title="第三张")
    row = third.row(3)
    assert (row.state, row.reason, row.outcome) == ("known", "checked_for_another", "done")
    assert (row.checker, row.checked_at) == (first.row(3).checker, first.row(3).checked_at)
    assert [one.list.title for one in queries.same_elsewhere(row)] == ["另一张", "协查名单"]
    assert queries.contacts([tiny.family[0].pk])[tiny.family[0].pk][0] == 1
    with clock.held(clock.now() + timedelta(days=4)):
        fourth = taken(tiny, name="第四张.xlsx", title="第四张")
        assert fourth.row(3).state == "asked"


def test_somebody_new_is_noted_at_a_door_and_asked(tiny: Small) -> None:
    sent, by = taken(tiny), tiny.by("bingsi-shuji")
    row = actions.place_row(row=sent.row(9), home=tiny.homes[11], by=by)
    assert row.state == "asked"
    assert row.person is not None
    assert (row.person.name, row.person.home, row.person.noted_for) == (
        "甄无名", tiny.homes[11], tiny.response.uuid,
    )  # fmt: skip
    with pytest.raises(Problem, match="row_decided_already"):
        actions.place_row(row=sent.row(9), home=tiny.homes[11], by=by)


def test_a_person_chosen_who_is_in_the_list_already_is_the_same_person(tiny: Small) -> None:
    sent, by = taken(tiny), tiny.by("bingsi-shuji")
    row = actions.resolve_row(row=sent.row(10), person=tiny.family[0], by=by)
    assert (row.state, row.repeats) == ("repeated", sent.row(3))
    assert len(items()) == 2


def finish(sent: Sent, tiny: Small) -> None:
    """End whatever is open."""
    by = tiny.by("bingsi-shuji")
    actions.return_row(row=sent.row(10), reason=ReturnReason.NO_SUCH_ADDRESS, by=by)
    actions.return_row(row=sent.row(11), reason=ReturnReason.NOT_OURS, by=by)
    actions.return_row(row=sent.row(12), reason=ReturnReason.NOT_OURS, by=by)
    actions.place_row(row=sent.row(9), home=tiny.homes[11], by=by)
    attempt(tiny, tiny.family[0], Outcome.DONE)
    attempt(tiny, tiny.roommates[0], Outcome.DONE, "bingsi-zhibu-1")
    stranger = sent.row(9).person
    assert stranger is not None
    attempt(tiny, stranger, Outcome.DONE, "bingsi-zhibu-1")


def test_a_list_is_reported_once_every_row_has_ended(tiny: Small) -> None:
    sent, by = taken(tiny), tiny.by("bingsi-shuji")
    with pytest.raises(Problem, match="rows_open"):
        actions.report_up(list_=sent.list, by=by)
    finish(sent, tiny)
    assert sent.sums() == {"rows": 13, "ended": 13, "done": 3, "returned": 3, "repeated": 5, "remark": 2}
    assert actions.report_up(list_=sent.list, by=by).state == "reported"


def say(answer: Answer) -> dict[str, str]:
    return {
        "result": answer.outcome or answer.state, "checker": answer.checker, "note": answer.reason,
        "checked_at": f"{answer.checked_at:%Y}" if answer.checked_at else "",
    }  # fmt: skip


def test_the_report_is_the_senders_table_with_the_answers_in_it(tiny: Small) -> None:
    sent = taken(tiny)
    finish(sent, tiny)
    report = Report(sent.list)
    assert report.heading({"result": "R", "checker": "C", "checked_at": "T", "note": "说明一"}) == [
        *HEADING, "说明一",
    ]  # fmt: skip
    table, name = list(report.table(say)), tiny.accounts["bingsi-1"].name
    assert len(table) == 13
    assert table[0][:3] == ["1", tiny.family[0].name, tiny.document(tiny.family[0])]
    assert table[0][7:9] == table[1][7:9] == table[5][7:9] == ["done", name]
    assert table[7][7] == "returned"
    assert table[7][10] == "no_such_address"
    assert table[12][:2] == ["合计", "12人"]


def test_what_stood_above_the_table_and_between_its_rows_goes_back_where_it_was(tiny: Small) -> None:
    man = tiny.family[0]
    top: list[list[Any]] = [["协查人员名单"], [], ["联系人：甲", "电话：13900000000"], list(HEADING)]
    some: list[list[Any]] = [["1", man.name, tiny.document(man)], [], ["2", "贾无处", OTHER_STRANGER]]
    sent = look(tiny, tiny.by("bingsi-shuji"), book(some, name="名单", top=top))
    report = Report(sent.list)
    assert report.top() == [["协查人员名单"], (), ["联系人：甲", "电话：13900000000"]]
    assert [row[:1] for row in report.body(say)] == [["1"], (), ["2"]]
    assert sent.row(7).number == 7
    assert b"13900000000" not in bytes(sent.list.top)


def test_columns_the_sender_filled_are_not_written_over(tiny: Small) -> None:
    man = tiny.family[0]
    some: list[list[Any]] = [["1", man.name, tiny.document(man), "", "", "", "", "上一轮已联系"]]
    sent = look(tiny, tiny.by("bingsi-shuji"), content(None, some))
    report = Report(sent.list)
    assert report.heading(dict.fromkeys(("result", "checker", "checked_at", "note"), "新"))[7:] == [
        "核查结果", "核查人", "核查时间", "新", "新",
    ]  # fmt: skip
    assert next(report.table(say))[7:] == ["上一轮已联系", "", "", "matched", ""]
