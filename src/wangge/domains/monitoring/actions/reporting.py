"""Taking a report down, from whoever brings it; and noting that somebody does not want to report."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from wangge.base import clock, sealing
from wangge.base.access import tries
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.monitoring import queries
from wangge.domains.monitoring.actions.expecting import expect
from wangge.domains.monitoring.inputs import ReportInput
from wangge.domains.monitoring.models import DailyReport, HomeWatch, ReportLink, ReportSlot, WatchTally
from wangge.domains.monitoring.queries import TABLE
from wangge.domains.monitoring.rules import (
    HOUR,
    OF_ADDRESS,
    OF_LINK,
    Channel,
    SlotState,
    When,
    in_time,
    when,
)
from wangge.domains.protocol.queries import held_open
from wangge.domains.protocol.rules_monitoring import ReportSlot as Due

#: A report takes the place of these; what came stays as it came.
OPEN = (SlotState.WAITING, SlotState.SILENT, SlotState.REFUSED)

#: Whoever may take somebody's report down, by phone or at the door.
REPORTERS = (Right.WORK_DOORS, Right.SIGN_MEDICAL)


@dataclass(frozen=True, slots=True)
class Sent:
    """How a report came: through whose page, or by whom of the staff."""

    channel: Channel
    link: ReportLink | None = None
    sender: str = ""


def receive(*, watch: HomeWatch, typed: ReportInput, sent: Sent, by: By) -> DailyReport:
    """Take a report down; the same id again is one report. It ends the silence at once, and a flow does what follows.

    Raises Problem: the days at home are over, or too many came from one page or address; NotAllowed: neither their own
    page nor that of somebody they agreed to, nor a worker of the place.
    """
    if known := DailyReport.objects.within(EVERYTHING).filter(uuid=typed.uuid).first():
        return _same(known, watch)
    _may(watch, sent, by)
    if link := sent.link:
        if not tries.take("daily report", link.uuid, most=OF_LINK, within=HOUR):
            raise Problem("daily_too_often")
        if not tries.take("daily report from", sent.sender, most=OF_ADDRESS, within=HOUR):
            raise Problem("daily_too_often")
    return _take(watch, typed, sent, by)


def _same(known: DailyReport, watch: HomeWatch) -> DailyReport:
    if known.watch_id != watch.pk:
        raise Problem("daily_other_person")
    return known


def _may(watch: HomeWatch, sent: Sent, by: By) -> None:
    if (link := sent.link) is None:
        place = watch.door
        if not any(by.may(one) and by.scope(one).covers(place.path, place.grid_id) for one in REPORTERS):
            raise NotAllowed(Right.WORK_DOORS)
    elif link.ended_at or not (link.watch_id == watch.pk or watch in queries.helped(link.watch)):
        raise Problem("daily_not_yours")


@transaction.atomic
def _take(watch: HomeWatch, typed: ReportInput, sent: Sent, by: By) -> DailyReport:
    watch = locked(watch)
    if known := DailyReport.objects.within(EVERYTHING).filter(uuid=typed.uuid).first():
        return _same(known, watch)  # the other one of two at once was first
    response, received = watch.response, clock.now()
    if watch.ended_at or (rule := queries.rule_of(response)) is None or not held_open(response.uuid):
        raise Problem("daily_over")
    instant = when(typed.at, received)
    day, due = queries.slot_now(rule, instant.at)
    slot = _expected(watch, day, due, by)
    report = _write(watch, typed, sent, instant, slot, by)
    if slot and slot.state in OPEN:
        move(slot, in_time(slot.tally.due_at, received))
    HomeWatch.objects.within(EVERYTHING).filter(pk=watch.pk).update(
        last_at=received, misses=0, silent_since=None, asked=""
    )  # fmt: skip
    record(
        "monitoring.report_received", by=by, subject=report.uuid, place=watch.door.uuid, response=response.uuid,
        occurred_at=instant.at, clause=rule.clause,
        data={"watch": str(watch.uuid), "channel": sent.channel.value, "clock_off": instant.off,
              "silent_since": watch.silent_since.isoformat() if watch.silent_since else None},
    )  # fmt: skip
    return report


def _write(
    watch: HomeWatch, typed: ReportInput, sent: Sent, instant: When, slot: ReportSlot | None, by: By
) -> DailyReport:
    helper = sent.link.watch.person_id if sent.link and sent.link.watch_id != watch.pk else None
    content: dict[str, Any] = typed.content()
    return DailyReport.objects.create(
        uuid=typed.uuid, watch=watch, slot=slot, link=sent.link, helper_id=helper, at=instant.at,
        received_at=clock.now(), channel=sent.channel, account=by.account, post=by.post, clock_off=instant.off,
        sealed=sealing.seal(TABLE, typed.uuid, content, response=watch.response.uuid),
    )  # fmt: skip


def locked(watch: HomeWatch) -> HomeWatch:
    """The watch, held until the transaction ends: two reports of one person follow each other."""
    HomeWatch.objects.within(EVERYTHING).select_for_update().get(pk=watch.pk)
    return queries.watch(EVERYTHING, watch.uuid)


def _expected(watch: HomeWatch, day: date, due: Due, by: By) -> ReportSlot | None:
    """The expected report that this one answers; made now where the night's work has not come to it yet."""
    if not watch.first_day <= day <= watch.last_day:
        return None
    if (slot := queries.slot_row(watch, day, due.key)) is None and day == clock.today():
        expect(response=watch.response, day=day, by=by)
        slot = queries.slot_row(watch, day, due.key)
    return slot


def move(slot: ReportSlot, state: SlotState) -> None:
    """Put an expected report into another state, and its tally with it."""
    was, now = slot.state, state.value
    if was == now:
        return
    slot.state = now
    slot.save(update_fields=["state"])
    WatchTally.objects.filter(pk=slot.tally_id).update(**{was: F(was) - 1, now: F(now) + 1})


@transaction.atomic
def refuse(*, watch: HomeWatch, by: By) -> HomeWatch:
    """Somebody reached said that they do not report this time. It counts as heard: nobody is sent to the door for it,
    and the next report is asked for as any other."""
    _may(watch, Sent(Channel.PHONE), by)
    watch = locked(watch)
    if watch.ended_at or (rule := queries.rule_of(watch.response)) is None:
        raise Problem("daily_over")
    now = clock.now()
    day, due = queries.slot_now(rule, now)
    slot = _expected(watch, day, due, by)
    if slot and slot.state in (SlotState.WAITING, SlotState.SILENT):
        move(slot, SlotState.REFUSED)
    HomeWatch.objects.within(EVERYTHING).filter(pk=watch.pk).update(last_at=now, misses=0, silent_since=None, asked="")
    record(
        "monitoring.report_refused", by=by, subject=watch.uuid, place=watch.door.uuid, response=watch.response.uuid,
        clause=rule.clause,
        data={"silent_since": watch.silent_since.isoformat() if watch.silent_since else None},
    )  # fmt: skip
    return watch
