"""``wangge migrate``: the database's tables."""

from argparse import Namespace

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from wangge.cli.saying import say


def command(args: Namespace) -> int:
    count = migrate()
    say(f"{count} migrations applied." if count else "The tables are up to date.")
    return 0


def missing() -> int:
    """How many migrations of this version the database has not had."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Apply what is missing; returns how many migrations that was."""
    count = missing()
    if count:
        call_command("migrate", verbosity=0, interactive=False)
    return count
