"""Deleting what is due, in parts. Every part is one transaction; what was interrupted goes on where it stopped."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import ForeignKey

from wangge.base import clock, keys
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.base.retention import queries
from wangge.base.retention.fields import Field, own_links
from wangge.base.retention.queries import Counts, Term

PART = 5000  # rows in one transaction


@dataclass
class Part:
    """What one part deleted, and the keys of the rows these pointed at, by the name of their model."""

    counts: Counts = dataclass_field(default_factory=dict)
    touched: dict[str, set[int]] = dataclass_field(default_factory=dict)

    @property
    def size(self) -> int:
        return queries.total(self.counts)


@transaction.atomic
def begin(*, term: Term, by: By, cause: UUID) -> Event | None:
    """Put on record that a term's deletion begins, with its counts. None where nothing is left or it goes on."""
    if not queries.anything_left(term) or queries.began(term):
        return None
    return record(
        "retention.deletion_began", by=by, subject=term.response, response=term.response, cause=cause,
        uuid=derived("deletion", term.response, term.days, cause),
        data={"days": term.days, "before": queries.count(term)},
    )  # fmt: skip


@transaction.atomic
def delete_part(*, term: Term, limit: int = PART) -> Part:
    """Delete up to ``limit`` rows or fields of a term; an empty part says that nothing is left."""
    part = Part()
    for one in queries.fields_of(term):
        room = limit - part.size
        if room <= 0:
            break
        if not one.link and queries.goes_with_its_row(one, term):
            continue
        chosen = list(queries.ready(one, term).order_by("pk").values_list("pk", flat=True)[:room])
        if chosen:
            number = _delete_rows(one, chosen, part) if one.link else _empty(one, chosen)
            part.counts.setdefault(one.table, {})[one.name] = number
    return part


def _empty(one: Field, chosen: list[int]) -> int:
    return one.model._base_manager.filter(pk__in=chosen).update(**{one.name: one.empty})


def _delete_rows(one: Field, chosen: list[int], part: Part) -> int:
    """A row about somebody goes as a whole: without the person it says nothing, with the person it is theirs."""
    rows = one.model._base_manager.filter(pk__in=chosen)
    for link in own_links(one.model):
        one.model._base_manager.filter(**{f"{link}__in": chosen}).update(**{link: None})
    for target in [each for each in one.model._meta.get_fields() if isinstance(each, ForeignKey)]:
        name = target.related_model.__name__  # type: ignore[union-attr]  # a model once the apps are ready
        keys_ = set(rows.exclude(**{target.name: None}).values_list(f"{target.name}_id", flat=True))
        part.touched.setdefault(name, set()).update(keys_)
    rows.delete()
    return len(chosen)


@transaction.atomic
def note_part(*, part: Part, term: Term, began: UUID, renewed: int, by: By, cause: UUID) -> Event:
    """Put a part on record; the next part answers this fact."""
    return record(
        "retention.part_deleted", by=by, subject=term.response, response=term.response, cause=cause,
        data={"days": term.days, "deleted": part.counts, "renewed": renewed, "began": str(began)},
    )  # fmt: skip


@transaction.atomic
def finish(*, term: Term, began: Event, by: By) -> Event:
    """The proof: counts before and after, under which rule, since when it was due."""
    after = queries.count(term)
    done = record(
        "retention.deletion_done", by=by, subject=term.response, response=term.response, cause=began.uuid,
        uuid=derived("deletion done", began.uuid),
        data={"days": term.days, "due": term.due.isoformat(), "before": began.data["before"], "after": after},
    )  # fmt: skip
    transaction.on_commit(lambda: overwrite(list(after)), robust=True)
    return done


def destroy_key(*, response: UUID, by: By, cause: UUID) -> bool:
    """Destroy a Response's data key once no envelope needs it; False while one does. Repeats safely.

    First the key, then the fact: the log never says more than is true. Killed in between, it is done again.
    """
    if queries.sealed_left(response):
        return False
    keys.destroy_response(settings.WANGGE_KEYS, response, clock.now())
    record(
        "retention.key_destroyed", by=by, subject=response, response=response, cause=cause,
        uuid=derived("key destroyed", response), data={"key": str(response)},
    )  # fmt: skip
    return True


def overwrite(tables: list[str]) -> None:
    """Let the database give up what it still has of deleted rows, beside its day's work. Repeats safely.

    SQLite overwrites as it deletes (``secure_delete``); here its write-ahead log is emptied. PostgreSQL takes dead
    rows out of the tables. Neither can run inside a transaction.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f'VACUUM "{table}"')
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
