"""Tables that are made by the clock: as their account could take them then, sealed, picked up on record, deleted."""

from datetime import timedelta

import pytest

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.base.retention import actions as retention
from wangge.base.retention import queries as due
from wangge.demo.small import Small
from wangge.domains.duty.actions.posts import end
from wangge.domains.duty.models import Holding
from wangge.domains.tables import actions, queries
from wangge.domains.tables.models import DAYS, SavedTable, TableFile, TableFilePart, TableSchedule
from wangge.domains.tables.rules import Column, Definition, Every, Subject
from wangge.flows.clock import a_day_begins


def schedule(tiny: Small, every: Every = Every.DAY, form: str = "csv") -> TableSchedule:
    by = tiny.by("bingsi-shuji")
    definition = queries.table("building-register", by)
    return actions.schedule_table(definition=definition, area=None, every=every, form=form, reason="每日底册", by=by)


def a_day_later(days: int = 1) -> None:
    """The next day begins, and whatever answers it is done."""
    with clock.held(clock.now() + timedelta(days=days)):
        a_day_begins(clock.now())
        worker.run_pending()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_is_made_every_day_and_waits_sealed(tiny: Small, form: str) -> None:
    one = schedule(tiny, form=form)
    a_day_later()
    file = TableFile.objects.get(schedule=one)
    assert file.count == len(tiny.homes) + 1
    parts = [bytes(content) for content in file.parts.values_list("content", flat=True)]
    assert parts
    assert not any("并州".encode() in part or b"xl/worksheets" in part for part in parts)
    made = AccessLog.objects.get(kind="exported")
    assert (made.account, made.count) == (one.account, file.count)
    _, pieces = actions.pick_up(uuid=file.uuid, by=tiny.by("bingsi-shuji"))
    content = b"".join(pieces)
    assert content.startswith(b"PK" if form == "xlsx" else "\ufeff序号".encode())
    assert TableFile.objects.get().picked_up_at is not None
    assert AccessLog.objects.filter(kind="exported", reason__contains="picked up").count() == 1


def test_the_same_day_twice_makes_one_file(tiny: Small) -> None:
    schedule(tiny)
    a_day_later()
    a_day_later()
    event = Event.objects.get(kind="tables.file_due")
    with clock.held(event.recorded_at):
        actions.make_file(schedule=TableSchedule.objects.get(), by=SYSTEM, cause=event)
    assert TableFile.objects.count() == 1


def test_once_a_week_is_on_monday(tiny: Small) -> None:
    schedule(tiny, Every.WEEK)
    to_monday = (7 - clock.today().weekday()) % 7 or 7
    for days in range(1, 8):
        a_day_later(days)
    (file,) = TableFile.objects.all()
    assert clock.day_of(file.made_at) == clock.today() + timedelta(days=to_monday)


def test_who_lost_the_right_gets_no_more_files(tiny: Small) -> None:
    one = schedule(tiny)
    for holding in Holding.objects.filter(account=tiny.accounts["bingsi-shuji"]):
        end(holding=holding, by=SYSTEM)
    a_day_later()
    assert TableFile.objects.count() == 0
    assert TableSchedule.objects.get(pk=one.pk).ended_at is not None
    assert Event.objects.get(kind="tables.schedule_ended").data["why"] == "right lost"


def test_it_is_for_its_account_alone(tiny: Small) -> None:
    schedule(tiny)
    a_day_later()
    file = TableFile.objects.get()
    with pytest.raises(TableFile.DoesNotExist):
        actions.pick_up(uuid=file.uuid, by=tiny.by("qiaodong"))
    with pytest.raises(NotAllowed):
        actions.pick_up(uuid=file.uuid, by=tiny.by("bingsi-1"))


def test_after_its_days_the_file_is_gone_and_its_line_stays(tiny: Small) -> None:
    schedule(tiny)
    a_day_later()
    with clock.held(clock.now() + timedelta(days=DAYS + 2)):
        for term in due.own_terms(clock.now()):
            while retention.delete_part(term=term).size:
                pass
        assert [bytes(one.content) for one in TableFilePart.objects.all()] in ([], [b""])
        file = TableFile.objects.get()
        assert file.count == len(tiny.homes) + 1
        with pytest.raises(Problem, match="table_file_gone"):
            actions.pick_up(uuid=file.uuid, by=tiny.by("bingsi-shuji"))


def test_the_same_twice_and_no_reason_are_refused(tiny: Small) -> None:
    schedule(tiny)
    with pytest.raises(Problem, match="table_scheduled_already"):
        schedule(tiny)
    by = tiny.by("bingsi-shuji")
    definition = queries.table("returnees", by)
    with pytest.raises(Problem, match="table_reason_missing"):
        actions.schedule_table(definition=definition, area=None, every=Every.DAY, form="csv", reason="", by=by)
    actions.end_schedule(schedule=TableSchedule.objects.get(), by=by)
    a_day_later()
    assert TableFile.objects.count() == 0


def test_a_table_made_here_is_there_for_the_places_around_and_below(tiny: Small) -> None:
    by = tiny.by("bingsi-shuji")
    definition = Definition("doors", "门牌表", Subject.HOUSEHOLD, (Column("房号", "place.door"),))
    actions.save_table(definition=definition, place=tiny.places["community"], by=by)
    assert queries.table("doors", by) == definition
    with pytest.raises(Problem, match="table_name_taken"):
        actions.save_table(definition=definition, place=tiny.places["community"], by=by)
    with pytest.raises(NotAllowed):
        actions.save_table(definition=definition, place=tiny.places["village"], by=by)
    with pytest.raises(Problem, match="table_unknown"):
        queries.table("doors", tiny.by("dengqiao-shuji"))
    assert SavedTable.objects.count() == 1
