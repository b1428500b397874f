"""Writing a backup: every table, every day of check-ins, the files beside them, and a manifest at the end.

The key file is never part of it; the manifest names the keys by number and fingerprint. Nothing is held in memory
but a block of rows.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from wangge import __version__
from wangge.base import keys, migrations
from wangge.operate import archive, sealed
from wangge.operate.archive import Manifest, Writer
from wangge.operate.refusals import Refused
from wangge.operate.snapshot import Snapshot, taken

NAME = "wangge-%Y%m%dT%H%M%SZ.zip"
FILES = ("demo-accounts.json",)  # of WANGGE_VAR: what an installation writes beside its database

Say = Callable[[str], None]


def target_of(given: Path) -> Path:
    """Where a backup goes: the file that was named, or a new one in the folder that was. Raises Refused."""
    if given.is_dir():
        return given / datetime.now(UTC).strftime(NAME)
    if given.exists():
        raise Refused(f"{given} exists and is not written over. Name a folder, or a file that is not there.", code=2)
    if not given.parent.is_dir():
        raise Refused(f"there is no folder {given.parent}. Make it, or name another place.", code=2)
    return given


def write(target: Path, say: Say) -> Manifest:
    """Write a whole backup; ``say`` gets each part's name before it is written. Raises Refused and OSError."""
    with taken() as snapshot:
        applied = _migrations(snapshot)
        with archive.writing(target) as writer:
            manifest: Manifest = {
                "format": archive.FORMAT, "id": str(uuid4()),
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"), "version": __version__,
                "database": snapshot.vendor, "migrations": applied,
            }  # fmt: skip
            manifest["tables"] = _tables(snapshot, writer, say)
            manifest["checkins"] = _days(snapshot, writer, say)
            manifest["visitors"] = {
                day: writer.add(f"visitors/{day}.tsv", snapshot.visitor_lines(date.fromisoformat(day)))
                for day in manifest["checkins"]
            }
            manifest["files"] = _files(writer)
            given = snapshot.sequences().items()
            manifest["sequences"] = {table: last for table, last in given if table in manifest["tables"] and last}
            manifest["keys"] = _keys(snapshot)
            text = json.dumps(manifest, ensure_ascii=False, indent=1)
            writer.add(archive.MANIFEST, [text.encode() + b"\n"])
    return manifest


def _migrations(snapshot: Snapshot) -> list[list[str]]:
    if migrations.state().applied:
        return [list(row) for row in snapshot.ask("SELECT app, name FROM django_migrations ORDER BY id")]
    raise Refused("there is nothing to back up: the database has no tables. Does WANGGE_DATABASE_URL name it?")


def _tables(snapshot: Snapshot, writer: Writer, say: Say) -> dict[str, Any]:
    found = {}
    for name, columns in snapshot.tables().items():
        say(name)
        found[name] = {"columns": columns, **writer.add(f"tables/{name}.tsv", snapshot.table_lines(name, columns))}
    return found


def _days(snapshot: Snapshot, writer: Writer, say: Say) -> dict[str, Any]:
    found = {}
    for day, state in snapshot.days().items():
        say(f"check-ins of {day}")
        found[str(day)] = {"state": str(state), **writer.add(f"checkins/{day}.tsv", snapshot.day_lines(day))}
    return found


def _files(writer: Writer) -> dict[str, Any]:
    there = [name for name in FILES if (Path(settings.VAR) / name).exists()]
    return {name: writer.add(f"files/{name}", [(Path(settings.VAR) / name).read_bytes()]) for name in there}


def _keys(snapshot: Snapshot) -> dict[str, Any]:
    """The keys that somebody will need who restores this, by number and fingerprint; never a key."""
    ours = keys.load(settings.WANGGE_KEYS)
    among = sealed.present({table: dict(columns) for table, columns in snapshot.tables().items()})
    numbers = sorted({number for counts in sealed.envelopes(snapshot.ask, among).values() for number in counts})
    return {
        "sealing": {str(one): keys.fingerprint(ours.sealing[one]) if one in ours.sealing else "" for one in numbers},
        "responses": {
            str(one): keys.fingerprint(ours.responses[one])
            for one in {*sealed.responses(snapshot.ask, among), *snapshot.visitor_responses()}
            if one in ours.responses
        },
        "blind": keys.fingerprint(ours.blind),
        "secret": keys.fingerprint(ours.secret.encode()),
    }


def older(folder: Path, keep: int) -> Iterator[Path]:
    """The whole backups of a folder beyond the newest ``keep``, which a timer's call may delete."""
    yield from sorted(folder.glob("wangge-????????T??????Z.zip"), reverse=True)[keep:]
