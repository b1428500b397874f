"""``wangge migrate``: the database's tables."""

import json
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from wangge.base import migrations
from wangge.cli.progress import Progress
from wangge.cli.saying import refuse, say


def command(args: Namespace) -> int:
    before = migrations.state()
    if before.unknown:
        return refuse(before.sentence())
    if args.look:
        missing = [f"{app}.{name}" for app, name in before.missing]
        say(json.dumps({"missing": missing}) if args.json else "\n".join(missing) or "The tables are up to date.")
        return 1 if missing else 0
    with Progress() as now:
        count = migrate(now)
    if args.json:
        say(json.dumps({"applied": count}))
    else:
        say(f"{count} migrations applied." if count else "The tables are up to date.")
    return 0


def migrate(now: Callable[[str], None] = lambda words: None) -> int:
    """Apply what is missing, each migration in a transaction of its own; returns how many that was.

    Interrupted, the one that was running is undone by the database and those before it stay: call it again.
    """
    count = len(migrations.state().missing)
    if count:

        def told(action: str, migration: Any = None, fake: bool = False) -> None:
            if action == "apply_start":
                now(str(migration))

        executor = MigrationExecutor(connection, told)  # type: ignore[arg-type]  # its stubs want one signature a call
        executor.migrate(executor.loader.graph.leaf_nodes())
        call_command("migrate", verbosity=0, interactive=False)  # content types and the like
    return count
