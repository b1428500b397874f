"""Rows of other areas: forwarded to the office there, whose answer comes back; or returned."""

import pytest
from tests.domains.lists.sent import Sent, look

from wangge.base import worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.lists import actions, queries
from wangge.domains.lists.models import HandedList
from wangge.domains.lists.rules import ITEM, ReturnReason
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Channel, Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(tiny: Small) -> Sent:
    by = tiny.by("bingsi-shuji")
    one = look(tiny, by)
    actions.take_list(list_=one.list, by=by)
    one.list.refresh_from_db()
    return one


def forward(sent: Sent, tiny: Small) -> Sent:
    rows = queries.rows(sent.list).filter(state="elsewhere", area__isnull=False)
    (child,) = actions.forward_rows(list_=sent.list, rows=rows, by=tiny.by("bingsi-shuji"))
    child.refresh_from_db()
    return Sent(child, tiny)


def test_a_row_goes_to_the_office_of_its_area_and_its_answer_comes_back(sent: Sent, tiny: Small) -> None:
    village = tiny.living[tiny.yards[0].pk][0]
    there = forward(sent, tiny)
    assert (there.list.place, there.list.above, there.list.due_at) == (
        tiny.places["village"], sent.list, sent.list.due_at,
    )  # fmt: skip
    assert (there.row(11).state, there.row(11).person) == ("matched", village)
    assert sent.row(11).state == "forwarded"
    by = tiny.by("dengqiao-shuji")
    assert actions.accept_list(list_=there.list, by=by).accepted_by == tiny.accounts["dengqiao-shuji"].uuid
    actions.take_list(list_=there.list, by=by)
    task = Task.objects.within(EVERYTHING).get(items__kind=ITEM, items__person=village)
    record_attempt(
        task=task, outcome=Outcome.DONE, channel=Channel.DOOR, by=tiny.by("dengqiao-1"), person=village
    )  # fmt: skip
    worker.run_pending()
    assert there.row(11).state == "done"
    row = sent.row(11)
    assert (row.state, row.outcome, row.checker) == ("done", "done", tiny.accounts["dengqiao-1"].uuid)
    assert Event.objects.filter(kind="lists.rows_forwarded", subject=there.list.uuid).count() == 1


def test_the_other_office_sees_only_what_was_forwarded(sent: Sent, tiny: Small) -> None:
    from wangge.base.access.rights import Right

    there = forward(sent, tiny)
    scope = tiny.by("dengqiao-shuji").scope(Right.IMPORT_RECORDS)
    assert list(queries.lists(scope)) == [there.list]
    with pytest.raises(HandedList.DoesNotExist):
        queries.one(scope, sent.list.uuid)
    assert there.states() == {11: "matched"}


def test_a_row_that_comes_back_is_to_be_resolved_and_does_not_go_there_twice(sent: Sent, tiny: Small) -> None:
    there = forward(sent, tiny)
    actions.return_row(row=there.row(11), reason=ReturnReason.MOVED_AWAY, by=tiny.by("dengqiao-shuji"))
    assert (sent.row(11).state, sent.row(11).reason) == ("to_resolve", "back_moved_away")
    with pytest.raises(Problem, match="forwarded_before"):
        actions.forward_rows(
            list_=sent.list, rows=[sent.row(11)], by=tiny.by("bingsi-shuji"), to=tiny.places["village"]
        )  # fmt: skip


def test_nothing_is_forwarded_in_a_circle_or_to_nobody(sent: Sent, tiny: Small) -> None:
    there, by = forward(sent, tiny), tiny.by("dengqiao-shuji")
    with pytest.raises(Problem, match="forward_in_circle"):
        actions.forward_rows(list_=there.list, rows=[there.row(11)], by=by, to=tiny.places["community"])
    with pytest.raises(Problem, match="forward_where"):
        actions.forward_rows(list_=sent.list, rows=[sent.row(12)], by=tiny.by("bingsi-shuji"))


def test_a_returned_row_ends_with_who_returned_it_and_why(sent: Sent, tiny: Small) -> None:
    row = actions.return_row(row=sent.row(12), reason=ReturnReason.NOT_OURS, by=tiny.by("bingsi-shuji"))
    assert (row.state, row.reason, row.checker) == ("returned", "not_ours", tiny.accounts["bingsi-shuji"].uuid)
    assert row.checked_at is not None
