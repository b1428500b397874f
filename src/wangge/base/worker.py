"""The worker: claims runs by compare-and-set, runs each in one transaction, fails each alone.

A run's work and its mark 'done' commit together. If the process is killed before, the claim's lease ends and the
run is taken again; whatever the flow had written was rolled back, so nothing is done twice. A worker that lives
holds its claim however long the run takes.

Several workers (on PostgreSQL) ring the alarms one at a time: an alarm that another rings at this moment is left to it.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F, Q

from wangge.base import clock, health
from wangge.base.events.models import FlowRun
from wangge.base.events.subscriptions import Alarm, alarms, find
from wangge.base.ids import uuid7

log = logging.getLogger("wangge.worker")
LEASE = timedelta(minutes=5)
BEAT = 30.0  # seconds between two signs of life during one run: well under the lease, and under what counts as late
ALARMS = 0x5741  # the first key of the advisory locks under which alarms ring ("WA")
PAUSE = 0.2  # seconds between looks at an empty queue
BELL = 5.0  # seconds between two rounds of the alarms
TRIES = 8
ME = f"{socket.gethostname()}:{os.getpid()}"


class LostClaim(Exception):
    """Another worker took the run over: this one's work is rolled back."""


def run_pending(limit: int = 1000) -> int:
    """Run what waits, oldest first; returns how many runs were finished or failed."""
    done = 0
    while done < limit and (claimed := _claim()):
        _run(*claimed)
        done += 1
    return done


def _claim() -> tuple[int, UUID] | None:
    now = clock.now()
    ready = Q(state="waiting", not_before__lte=now) | Q(state="running", lease_until__lt=now)
    for run in FlowRun.objects.filter(ready).order_by("id").only("id", "claim", "state")[:5]:
        claim = uuid7()
        taken = FlowRun.objects.filter(pk=run.pk, claim=run.claim, state=run.state).update(
            state="running", claim=claim, claimed_by=ME, lease_until=now + LEASE, attempts=F("attempts") + 1
        )
        if taken:
            return run.pk, claim
    return None


def _run(pk: int, claim: UUID) -> None:
    run = FlowRun.objects.select_related("event").get(pk=pk)
    flow = find(run.flow, run.event.kind)
    try:
        with _held(pk, claim), transaction.atomic():
            if flow:
                flow(run.event)
            finished = FlowRun.objects.filter(pk=pk, claim=claim).update(
                state="done", done_at=clock.now(), error="" if flow else "no such flow any more"
            )
            if not finished:
                raise LostClaim
    except LostClaim:
        log.warning("run %s was taken over", pk)
    except Exception as error:
        _failed(run, error)


@contextmanager
def _held(pk: int, claim: UUID) -> Iterator[None]:
    """Keep the claim while the run goes on. On SQLite its own transaction does: nobody else can claim meanwhile."""
    if connection.vendor != "postgresql":
        yield
        return
    over = threading.Event()
    beating = threading.Thread(target=_beat, args=(pk, claim, over), daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def _beat(pk: int, claim: UUID, over: threading.Event) -> None:
    while not over.wait(BEAT):
        try:
            held = FlowRun.objects.filter(pk=pk, claim=claim, state="running")
            held.update(lease_until=clock.now() + LEASE)
            health.sign(ME)
        except DatabaseError as error:
            log.error("no sign of run %s could be left: %s", pk, reason_of(error))
        finally:
            connection.close()


def _failed(run: FlowRun, error: Exception) -> None:
    """Keep the reason, wait longer each time, give up after TRIES and leave it visible."""
    given_up = run.attempts >= TRIES
    reason = reason_of(error)
    log.error("flow %s on event %s failed (%s of %s): %s", run.flow, run.event_id, run.attempts, TRIES, reason)
    FlowRun.objects.filter(pk=run.pk, claim=run.claim).update(
        state="failed" if given_up else "waiting",
        not_before=clock.now() + timedelta(seconds=2**run.attempts),
        error=reason,
    )


def reason_of(error: Exception) -> str:
    """Class and place of an exception, never its text: a database's message can quote somebody's row."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__} {where}"[:300]


def reclaim_dead() -> int:
    """At start: give back the runs of workers on this machine whose process is gone."""
    host = ME.partition(":")[0]
    freed = 0
    for run in FlowRun.objects.filter(state="running", claimed_by__startswith=f"{host}:"):
        if not _alive(int(run.claimed_by.rpartition(":")[2])):
            freed += FlowRun.objects.filter(pk=run.pk, claim=run.claim).update(lease_until=clock.now() - LEASE)
    return freed


def _alive(pid: int) -> bool:
    if pid == os.getpid():
        return False  # a claim of an earlier process that had our number
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def ring_alarms() -> None:
    """Ask each alarm whether the clock made something a fact; each in its own transaction, failing alone."""
    for alarm in alarms():
        try:
            with transaction.atomic():
                _ring(alarm, clock.now())
        except Exception as error:
            log.error("alarm %s failed: %s", alarm.__name__, reason_of(error))


def _ring(alarm: Alarm, now: datetime) -> None:
    """Two workers that look in the same instant would both find the same order past its end, and record it twice."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [ALARMS, alarm.__name__])
            if not cursor.fetchone()[0]:
                return
    alarm(now)


def serve(stop: threading.Event) -> None:
    """Work until told to stop. SQLite has one worker; PostgreSQL may have several."""
    reclaim_dead()
    next_bell = 0.0
    while not stop.is_set():
        close_old_connections()
        try:
            busy = run_pending(20)
            if time.monotonic() >= next_bell:  # also while the queue is full: orders end at their minute
                health.sign(ME)
                ring_alarms()
                next_bell = time.monotonic() + BELL
        except Exception as error:
            log.error("the worker goes on: %s", reason_of(error))
            connection.close()
            busy = 0
        if not busy:
            stop.wait(PAUSE)
    health.leave(ME)
