"""An office with a tiny city in it, and the commands its operator calls, each as a process of its own."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.installation import ROOT, Installation, bare, install

BUILD = """
from datetime import timedelta
from uuid import uuid4
from wangge.base import clock, worker
from wangge.demo import small
from wangge.domains.venues import storage
small.build()
worker.run_pending()
now = int(clock.now().timestamp())
for back in range(5):
    storage.add([storage.CheckIn(uuid4(), 1 + one % 20, 1 + one % 3, now - 86400 * back) for one in range(40)])
days = sorted(storage.days())
storage.drop_day(days[0])
storage.seal(days[1])
"""


def wangge(env: Mapping[str, str], *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Call a command and wait for it."""
    line = [sys.executable, "-m", "wangge", *map(str, arguments)]
    return subprocess.run(line, env=dict(env), cwd=ROOT, capture_output=True, text=True, timeout=180)


def said(done: "subprocess.CompletedProcess[str]") -> Any:
    """What a command that was called with --json says; it went well."""
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def office(folder: Path) -> Installation:
    """A tiny city with check-ins: one day sealed, one dropped, the rest live."""
    made = install(folder)
    made.run(BUILD)
    return made


def empty(folder: Path, keys: Path | None) -> Installation:
    """An empty machine with the same kind of database, with a key file carried over or without one."""
    folder.mkdir()
    if keys:
        shutil.copy(keys, folder / "keys.json")
    return bare(folder)


def on_sqlite(folder: Path, keys: Path) -> Installation:
    """An empty folder for an installation on SQLite, whatever the run's database is."""
    made = empty(folder, keys)
    return Installation({name: value for name, value in made.env.items() if name != "WANGGE_DATABASE_URL"})


def manifest(backup: Path) -> dict[str, Any]:
    with zipfile.ZipFile(backup) as archive:
        found: dict[str, Any] = json.loads(archive.read("manifest.json"))
        return found


def content(backup: Path) -> dict[str, Any]:
    """Digest and count of everything in a backup, but for what restoring itself writes down."""
    found = manifest(backup)
    parts = {**found["tables"], **found["checkins"]}
    changed = {"wangge_event", "wangge_flowrun", "wangge_workersign", "django_content_type", "auth_permission"}
    return {name: (one["rows"], one["sha256"]) for name, one in parts.items() if name not in changed}
