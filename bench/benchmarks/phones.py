"""A thousand phones catch up after an outage: nothing lost, nothing twice, and the desk stays usable meanwhile.

Each phone is another worker with a grid of ten doors. Without ``BENCH_PHONES_EACH`` each sends five commands (50,000 in
all, fifty each, take a quarter of an hour and more on two cores); every tenth answer is lost on the way, so that its
commands come again. Generator, server and database share the machine; the worker does not run.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.test import Client

from bench import outage
from bench.benchmarks.openrosa import server
from bench.measure import Outcome
from bench.stand import Stand
from wangge.cli import serve_
from wangge.demo import small
from wangge.domains.phones.models import Command
from wangge.domains.work import tallies
from wangge.domains.work.models import Attempt

PAGE, USABLE = "/command/posts/", 1000.0  # ms within which 19 of 20 times a desk's page has to come
PHONES, EACH, QUICK = 1000, 5, 100


def outcomes(stand: Stand) -> list[Outcome]:
    """One outage on this database."""
    phones = QUICK if stand.quick else PHONES
    each = int(os.environ.get("BENCH_PHONES_EACH", EACH))
    city = small.build(check_ins=False)
    begun = time.monotonic()
    made = outage.made(city, phones, each)
    print(f"{stand.vendor}: {phones} phones with a grid each, {time.monotonic() - begun:.0f} s", file=sys.stderr)
    desk = Client()
    desk.force_login(city.accounts["qiaodong"], backend="django.contrib.auth.backends.ModelBackend")
    order = {"phones": made, "desk": desk.cookies["sessionid"].value, "page": PAGE}
    serve_.prepare()
    connections.close_all()
    with server("wangge.rsgi:application", serve_.WORKERS) as port:
        said = caught_up(order | {"port": port})
    check(city, phones * each, said)
    times = sorted(said["desk"])
    p95 = times[int(len(times) * 0.95)]
    rate = phones * each / said["seconds"]
    print(
        f"{stand.vendor}: {phones} phones, {phones * each} commands in {said['seconds']:.0f} s ({rate:.0f}/s), "
        f"{said['verdicts']}, {said['lost']} answers lost on the way; {len(times)} times the desk's page, "
        f"median {times[len(times) // 2]:.0f} ms, p95 {p95:.0f} ms, slowest {times[-1]:.0f} ms",
        file=sys.stderr,
    )
    return [
        Outcome(
            f"desk's p95, {phones} phones x {each}", stand.vendor, p95, times[0], times[-1], None,
            f"< {USABLE:g} ms", p95 < USABLE,
        )
    ]  # fmt: skip


def check(city: Any, sent: int, said: dict[str, Any]) -> None:
    """Nothing lost, nothing twice: for each command one final answer, one row in the inbox, one attempt."""
    assert said["final"] == sent, f"{said['final']} final answers for {sent} commands"
    assert said["refused"] == 0, "a command of a worker at their own door was refused"
    assert Command._base_manager.count() == sent, "the inbox does not hold what was sent"
    assert Attempt._base_manager.count() == sent, "an attempt is missing, or there twice"
    with transaction.atomic():
        assert tallies.recount(city.response) == [], "the figures are not the facts"


def caught_up(order: dict[str, Any]) -> dict[str, Any]:
    """Let the phones' process run to its end."""
    with _generator() as process:
        out, _err = process.communicate(json.dumps(order), timeout=3600)
    found: dict[str, Any] = json.loads(out)
    return found


@contextmanager
def _generator() -> Iterator[Any]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.catching_up"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
