"""A column type that behaves the same on both databases."""

from typing import Any

from django.db import models


class PathField(models.CharField):  # type: ignore[type-arg]
    """Text compared byte by byte (``COLLATE "C"`` on PostgreSQL, BINARY on SQLite), so that a prefix is a range."""

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters
