"""Whether a database holds an installation, and bringing an empty one to the tables of a backup."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from wangge.base import migrations
from wangge.base.migrations import Migration
from wangge.operate.rows import quoted
from wangge.operate.sealed import ask

#: One row in any of these is an installation.
TELLING = ("wangge_account", "wangge_place", "wangge_event")


def is_empty() -> bool:
    """No account, no place, no fact: nothing that anybody would miss."""
    there = set(connection.introspection.table_names())
    return not any(ask(f"SELECT 1 FROM {name} LIMIT 1") for name in TELLING if name in there)  # noqa: S608


def bring_to(wanted: frozenset[Migration]) -> None:
    """Tables as these migrations make them. Only for an empty database: other tables of ours are made anew."""
    if migrations.state().applied == wanted:
        return
    _wipe()
    executor = MigrationExecutor(connection)
    children = executor.loader.graph.node_map
    last = [one for one in wanted if not any(child.key in wanted and child.key[0] == one[0]
                                             for child in children[one].children)]  # fmt: skip
    executor.migrate(sorted(last))


def forward() -> int:
    """Bring restored tables up to this version; returns how many migrations that took."""
    count = len(migrations.state().missing)
    call_command("migrate", verbosity=0, interactive=False)
    return count


def _wipe() -> None:
    names = [quoted(name) for name in connection.introspection.table_names() if name.startswith(_ours())]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in names:
                cursor.execute(f"DROP TABLE IF EXISTS {name} CASCADE")
            cursor.execute("SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
                           "AND prorettype = 'trigger'::regtype AND proname LIKE 'wangge\\_%%'")  # fmt: skip
            for (function,) in cursor.fetchall():
                cursor.execute(f"DROP FUNCTION IF EXISTS {quoted(function)}()")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        for name in names:
            cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute("PRAGMA foreign_keys = ON")


def _ours() -> tuple[str, ...]:
    apps = {app for app, _ in migrations.known()}
    return (*(f"{app}_" for app in apps), "django_")
