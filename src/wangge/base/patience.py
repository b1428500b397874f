"""How long a transaction waits for others before it gives way, where somebody can ask again later."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Inside, a lock that others hold for longer raises OperationalError: whoever waits for it holds nothing up."""
    usual = int(connection.settings_dict.get("OPTIONS", {}).get("timeout", 5) * 1000)
    _wait(int(seconds * 1000))
    try:
        yield
    finally:
        _wait(usual if connection.vendor == "sqlite" else 0)


def _wait(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{milliseconds}ms"])
        else:
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
