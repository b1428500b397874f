"""A positive re-test saved → every order, test and task it sets off is there, with the worker as its own process."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from bench.limits import thread as bare
from bench.measure import Pair
from bench.stand import Stand
from wangge import models
from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import FlowRun
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.queries import by_code
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.rules import Purpose, Value

WRITTEN = ("Event", "FlowRun", "TestResult", "Case", "Exposure", "Contact", "Order", "OrderReason", "Stage", "TestDue",
           "Task", "TaskItem")  # fmt: skip
PATIENCE = 60.0  # seconds


def pairs(stand: Stand) -> Iterator[Pair]:
    """A new person each round, each from another household; the limit writes as many rows bare, in one transaction."""
    stand.demo()
    people = _people()
    by = by_for(Account.objects.get(username="jiance"))
    write = bare.postgres(stand.uri) if stand.vendor == "postgresql" else bare.sqlite(stand.uri)
    with worker():
        before = _rows()
        confirm(next(people), by)
        count = _rows() - before
        yield Pair(
            f"thread ({count} rows)", lambda: confirm(next(people), by), lambda: write(count), most_ms=5000, rounds=5
        )


def confirm(person: Person, by: By) -> None:
    """Record the result and wait until the worker has answered it."""
    at = clock.now() - timedelta(hours=2)
    typed = ResultInput(
        details(person)["document"], "bench", str(person.uuid), Purpose.RETEST, Value.POSITIVE, True, at, at
    )
    record_result(typed=typed, by=by)
    until = time.monotonic() + PATIENCE
    while FlowRun.objects.exclude(state="done").exists():
        if time.monotonic() > until:
            raise AssertionError("the worker has not answered")
        time.sleep(0.02)


@contextmanager
def worker() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "wangge", "worker"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _people() -> Iterator[Person]:
    """Adults with a document in the demo's first community, one of each household."""
    community = by_code("140106005010")
    grown = Person.objects.within(EVERYTHING).filter(
        home__path__startswith=community.path, home__kind="household", birth_date__lt="2000-01-01"
    )
    seen: set[int] = set()
    for person in grown.exclude(document_index="").select_related("home").order_by("id"):
        if person.home_id not in seen:
            seen.add(person.home_id)
            yield person


def _rows() -> int:
    return sum(getattr(models, name)._base_manager.count() for name in WRITTEN)
