"""Rules the database itself keeps, said once for both databases. Used by migrations.

PostgreSQL gets an exclusion constraint without any contrib extension (a key becomes a one-number range, which core
GiST can compare); SQLite gets triggers.
"""

from typing import Any

from django.db.migrations import RunPython


def no_overlap(table: str, key: str, starts: str, ends: str) -> RunPython:
    """At most one row per ``key`` on any day: [starts, ends) of two rows may not overlap (``ends`` NULL: open)."""
    name = f"{table}_no_overlap"

    def forwards(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
                f"(int8range({key}, {key}, '[]') WITH &&, daterange({starts}, {ends}) WITH &&)"
            )
            return
        for verb in ("INSERT", "UPDATE"):
            editor.execute(
                f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} WHEN EXISTS ("  # noqa: S608  # no input
                f"SELECT 1 FROM {table} o WHERE o.{key} = NEW.{key} AND o.id <> COALESCE(NEW.id, -1) "
                f"AND o.{starts} < COALESCE(NEW.{ends}, '9999-12-31') "
                f"AND NEW.{starts} < COALESCE(o.{ends}, '9999-12-31')) "
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )

    return RunPython(forwards, RunPython.noop)


def append_only(table: str) -> RunPython:
    """Rows of the log are never changed or deleted, whoever asks."""

    def forwards(apps: Any, editor: Any) -> None:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if editor.connection.vendor == "postgresql":
                editor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23514'; END $$"
                )
                editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
            else:
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )

    return RunPython(forwards, RunPython.noop)
