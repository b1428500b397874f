"""How the database's tables stand beside this version's migrations. Reads one small table: cheap to ask often."""

from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Migration = tuple[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """``missing``: the database has not had them, in order. ``unknown``: it has had them, this version has not."""

    applied: frozenset[Migration]
    missing: tuple[Migration, ...]
    unknown: tuple[Migration, ...]

    @property
    def right(self) -> bool:
        return not self.missing and not self.unknown

    def sentence(self) -> str:
        """What is the matter and what to do; '' when nothing is."""
        if self.unknown:
            return (
                f"the tables were made by a newer version ({len(self.unknown)} migrations that this one does not know, "
                f"such as {self.unknown[0][1]}). Install that version again."
            )
        if not self.missing:
            return ""
        if not self.applied:
            return "the database has no tables yet. Run: wangge migrate"
        return (
            f"{len(self.missing)} migrations are missing, the first is {self.missing[0][1]}: the tables are of an "
            "older version, or an upgrade was interrupted. Nothing is lost. Run: wangge migrate"
        )


@cache
def known() -> tuple[Migration, ...]:
    """This version's migrations, each after those it stands on."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    found: dict[Migration, None] = {}
    for leaf in sorted(graph.leaf_nodes()):
        found |= dict.fromkeys(graph.forwards_plan(leaf))
    return tuple(found)


def state() -> State:
    """Compare the database with this version. Raises the database's own error when it does not answer."""
    recorder = MigrationRecorder(connection)
    applied = frozenset(recorder.applied_migrations()) if recorder.has_table() else frozenset()
    ours = known()
    missing = tuple(one for one in ours if one not in applied)
    apps = {app for app, _ in ours}
    return State(applied, missing, tuple(sorted(one for one in applied if one not in ours and one[0] in apps)))
