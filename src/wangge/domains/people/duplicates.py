"""Records that may be one person: found set by set on what two records share, listed, and decided.

No two records have the same document: the database refuses the second. What is left is a name with a date of birth,
and a phone. A phone alone says little, because one phone serves many: a family's is no evidence, nor one of a village.
"""

from datetime import timedelta
from enum import IntEnum
from itertools import product
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, TILDE, Scope
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.places.rules import SEGMENT

MANY = 6  # more records than these with one phone: it is an office's or a shop's
#: Why two records are two people: codes for the log, words in ``words.py``.
REASONS = ("spoke_to_both", "documents", "chance", "family")


class Strength(IntEnum):
    """How much two records have in common; ``_FIND`` writes these numbers."""

    WEAK = 1  # a phone alone, or two documents that differ
    POSSIBLE = 2  # name and phone
    LIKELY = 3  # name and date of birth
    STRONG = 4  # all three


#: One pass for each piece of evidence; a pair that is known is left as it was decided.
_FIND = """
INSERT INTO wangge_duplicate (one_id, other_id, same_name, same_birth, same_phone, other_document, other_sex,
    strength, state, waits_at, reason, found_at)
SELECT pair.*, CASE WHEN other_document OR other_sex OR NOT same_name THEN 1 WHEN same_birth AND same_phone THEN 4
    WHEN same_birth THEN 3 ELSE 2 END, 'open', '', '', %s
FROM (
    SELECT a.id AS one_id, b.id AS other_id, a.name = b.name
            OR (a.name_birth_index <> '' AND a.name_birth_index = b.name_birth_index) AS same_name,
        COALESCE(a.birth_date = b.birth_date, {no}) AS same_birth,
        (a.phone_index <> '' AND a.phone_index IN (b.phone_index, b.other_phone_index))
            OR (a.other_phone_index <> '' AND a.other_phone_index IN (b.phone_index, b.other_phone_index))
            AS same_phone,
        a.document_index <> '' AND b.document_index <> '' AS other_document,
        a.sex <> b.sex AND a.sex <> 'unknown' AND b.sex <> 'unknown' AS other_sex
    FROM wangge_person a JOIN wangge_person b ON {join} AND a.id < b.id
    WHERE a.merged_into_id IS NULL AND b.merged_into_id IS NULL AND {only}
) pair
WHERE 1 = 1
ON CONFLICT (one_id, other_id) DO NOTHING
"""
_ONE_PHONE = """
a.{mine} IN (SELECT {mine} FROM wangge_person WHERE {mine} <> '' AND merged_into_id IS NULL
    GROUP BY {mine} HAVING COUNT(*) <= {many})
AND b.{other} IN (SELECT {other} FROM wangge_person WHERE {other} <> '' AND merged_into_id IS NULL
    GROUP BY {other} HAVING COUNT(*) <= {many})
AND (a.name = b.name OR a.home_id <> b.home_id)
AND (a.birth_date IS NULL OR b.birth_date IS NULL OR a.birth_date = b.birth_date)
"""
_PHONES = ("phone_index", "other_phone_index")
_PASSES = (
    ("a.name_birth_index = b.name_birth_index", "a.name_birth_index <> ''"),
    *(
        (f"a.{mine} = b.{other}", _ONE_PHONE.format(mine=mine, other=other, many=MANY))
        for mine, other in product(_PHONES, _PHONES)
    ),
)


@transaction.atomic
def find(*, by: By) -> int:
    """Note every new pair of the whole register; returns how many. Again finds nothing twice."""
    by.scope(Right.IMPORT_RECORDS)
    no = "false" if connection.vendor == "postgresql" else "0"
    found = 0
    with connection.cursor() as cursor:
        for join, only in _PASSES:
            cursor.execute(_FIND.format(join=join, only=only, no=no), [clock.now()])
            found += max(cursor.rowcount, 0)
    if found:
        record("people.duplicates_found", by=by, data={"count": found})
    return found


def _standing() -> QuerySet[Duplicate]:
    """Pairs of two records that both still stand."""
    pairs = Duplicate.objects.within(EVERYTHING).filter(one__merged_into__isnull=True, other__merged_into__isnull=True)
    return pairs.select_related("one", "one__home", "other", "other__home")


def waiting(scope: Scope) -> QuerySet[Duplicate]:
    """Pairs to decide of which at least one record lies in the scope, the strongest first.

    One that was sent up is left to the levels it was sent to.
    """
    asked = Q(waits_at="")
    for prefix in scope.prefixes:
        asked |= Q(waits_at__gte=prefix, waits_at__lt=prefix + TILDE)
    either = scope.q("one__home") | scope.q("other__home")
    pairs = _standing().filter(state=Duplicate.State.OPEN).order_by("-strength", "id")
    return pairs if scope.everything else pairs.filter(either, asked)


def pair(scope: Scope, one: UUID, other: UUID) -> Duplicate:
    """A pair of which both records lie in the scope. Raises Duplicate.DoesNotExist for any other."""
    return _standing().filter(scope.q("one__home"), scope.q("other__home")).get(one__uuid=one, other__uuid=other)


def merges(scope: Scope) -> QuerySet[Merge]:
    """Merges at the places of a scope, the latest first."""
    found = Merge.objects.within(EVERYTHING).filter(scope.q("into__home"), scope.q("absorbed__home"))
    return found.select_related("into", "into__home", "absorbed", "absorbed__home").order_by("-at", "-id")


def merge_of(uuid: UUID) -> Merge:
    """A merge with both records, within the system's scope: a flow asks. Raises Merge.DoesNotExist."""
    return (
        Merge.objects.within(EVERYTHING).select_related("into__home__parent", "absorbed__home__parent").get(uuid=uuid)
    )


def settle(one: Person, other: Person, state: Duplicate.State, by: By, reason: str = "") -> None:
    """Note what was decided about two records, whichever is the older; an open pair has no decision."""
    decided = state != Duplicate.State.OPEN
    Duplicate.objects.within(EVERYTHING).filter(one__in=(one, other), other__in=(one, other)).update(
        state=state, reason=reason, decided_by=by.account if decided else None,
        decided_at=clock.now() if decided else None,
    )  # fmt: skip


@transaction.atomic
def say_different(*, pair: Duplicate, reason: str, by: By) -> None:
    """Two people after all: never suggested again. The reason is a code of REASONS."""
    _need(pair, by)
    if reason not in REASONS:
        raise Problem("why_different", field="reason")
    held = Duplicate.objects.within(EVERYTHING).select_for_update().get(pk=pair.pk)
    if held.state == Duplicate.State.DIFFERENT:
        return
    if held.state != Duplicate.State.OPEN:
        raise Problem("pair_decided")
    settle(pair.one, pair.other, Duplicate.State.DIFFERENT, by, reason)
    record(
        "people.found_different", by=by, subject=pair.one.uuid,
        data={"other": str(pair.other.uuid), "reason": reason},
    )  # fmt: skip


@transaction.atomic
def ask_above(*, pair: Duplicate, by: By) -> None:
    """Whoever does not know leaves it to the level above their own; the list below no longer shows it."""
    _need(pair, by)
    homes = (pair.one.home.path, pair.other.home.path)
    own = [
        prefix for prefix in by.scope(Right.IMPORT_RECORDS).prefixes if all(path.startswith(prefix) for path in homes)
    ]
    level = max(own, key=len, default="")[:-SEGMENT]
    if not level:
        raise Problem("nobody_above")
    if (
        Duplicate.objects.within(EVERYTHING)
        .filter(pk=pair.pk, state=Duplicate.State.OPEN)
        .exclude(waits_at=level)
        .update(waits_at=level)
    ):
        record("people.duplicate_sent_up", by=by, subject=pair.one.uuid, data={"other": str(pair.other.uuid)})


def look_at(*, pair: Duplicate, by: By) -> None:
    """Put on record that somebody is about to see two records beside each other: once in an hour for each."""
    _need(pair, by)
    people, since = (pair.one.uuid, pair.other.uuid), clock.now() - timedelta(hours=1)
    known = AccessLog.objects.filter(account=by.account, person__in=people, reason="duplicate", at__gte=since)
    seen = set(known.values_list("person", flat=True))
    for person in people:
        if person not in seen:
            log_look(by=by, kind=AccessLog.Kind.OPENED, person=person, reason="duplicate")


def _need(pair: Duplicate, by: By) -> None:
    for home in (pair.one.home, pair.other.home):
        by.need(Right.IMPORT_RECORDS, home.path, home.grid_id)
