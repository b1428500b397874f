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


#: The upper 16 bits of the advisory locks that mark writers of an append-only log ("WG").
WRITERS = 0x5747


def writers_marked(table: str) -> RunPython:
    """On PostgreSQL every transaction that writes a log holds a lock which names the last id given out before it.

    Ids commit out of order there: a reader that trusts "greater than the last I saw" loses those that commit late.
    With the marks it can tell: whatever is not above the lowest mark (and was given out before it looked) is there
    for good or never comes. The trigger is one for each *statement*, which PostgreSQL runs before the statement's
    first row takes its id, and it marks a transaction once. Read by ``base/events/feed.py``. SQLite has one writer.
    """

    def forwards(apps: Any, editor: Any) -> None:
        if editor.connection.vendor != "postgresql":
            return
        name = f"{table}_mark_writer"
        editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608  # no input
            f"IF current_setting('wangge.marked', true) IS DISTINCT FROM pg_current_xact_id()::text THEN "
            f"PERFORM pg_advisory_xact_lock_shared(({WRITERS}::bigint << 48) | "
            f"(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {table}_id_seq)); "
            f"PERFORM set_config('wangge.marked', pg_current_xact_id()::text, true); "
            f"END IF; RETURN NULL; END $$"
        )
        editor.execute(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()")

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
