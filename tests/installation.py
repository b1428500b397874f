"""An installation of its own for a test that starts real processes: own database, own keys, own files."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Installation:
    """Run code in it with ``run`` (waits, returns what it printed as JSON) or ``start`` (a process to be killed)."""

    env: dict[str, str]

    def start(self, code: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"], env=self.env, cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, code: str) -> Any:
        process = self.start(code)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return json.loads(out.splitlines()[-1]) if out.strip() else None


def bare(folder: Path) -> Installation:
    """A folder and a database of the kind of the test run, with nothing in them: no tables, no keys."""
    env = {**os.environ, "WANGGE_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "wangge.settings", "PYTHONPATH": "src"}
    env.pop("WANGGE_KEYS", None)
    env.pop("WANGGE_CHECKINS", None)
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        env["WANGGE_DATABASE_URL"] = _own_postgres()
    else:
        env.pop("WANGGE_DATABASE_URL", None)
    return Installation(env)


def install(folder: Path) -> Installation:
    """A migrated, empty installation on the same kind of database as the test run."""
    made = bare(folder)
    made.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    return made


def _own_postgres() -> str:
    """A database of its own on the server of the test run."""
    import psycopg

    config = settings.DATABASES["default"]
    name = f"own_{uuid4().hex[:12]}"
    host = config["HOST"] or config["OPTIONS"].get("host", "")
    parts = {"host": host, "port": config["PORT"], "user": config["USER"], "password": config["PASSWORD"]}
    known = {key: str(value) for key, value in parts.items() if value}
    with psycopg.connect(**known, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    query = f"?host={host}" if host.startswith("/") else ""
    place = "" if query else f"{host}:{config['PORT'] or 5432}"
    return f"postgresql://{config['USER']}:{config['PASSWORD']}@{place}/{name}{query}"
