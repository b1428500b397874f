"""Where a reading process begins: it knows nothing yet, so Django is set up before anything of it is imported."""

from typing import Any

_reader: list[Any] = []  # this process's Reader, made once


def begin(source: Any, scope: Any, database: dict[str, Any]) -> None:
    """The same database as the process that started this one, and a reader of its own."""
    import django

    django.setup()
    from django.db import connection

    from wangge.domains.people.filling.reading import Reader

    connection.settings_dict.update(database)
    _reader.append(Reader(source, scope))


def work(block: Any) -> Any:
    """Read a block; on PostgreSQL its ready rows are written from here, elsewhere they go back."""
    from django.db import connection

    from wangge.domains.people.filling import staging

    done = _reader[0].read(block)
    if connection.vendor == "postgresql":
        staging.add(done.ready)
        done.ready = []
    return done
