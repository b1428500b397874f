"""Appeals: which level answers for a fact, what waits there, what is late."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.codes.models import CodeAppeal, CodeVerdict
from wangge.domains.codes.rules import Evidence
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import offices, open_posts, posts_answered_by
from wangge.domains.duty.rules import PostKind
from wangge.domains.isolation.queries import confirmed_by
from wangge.domains.people.models import Person
from wangge.domains.places.rules import ancestors
from wangge.domains.protocol.rules_colours import When


def level_of(one: Evidence, person: Person) -> Post | None:
    """The post that made the decision a colour rests on. For what nobody ordered (a test, an answer) the office of the
    person's community answers; for a decision whose post is gone the authority around the home."""
    decided = _decided_by(one)
    if found := open_posts().filter(uuid=decided).first() if decided else None:
        return found
    if one.when in (When.MEASURE, When.PROVISIONAL, When.VERDICT):
        paths = [*ancestors(person.home.path), person.home.path]
        near = open_posts().filter(kind=PostKind.AUTHORITY, place__path__in=paths).order_by("-place__path").first()
        if near:
            return near
    return next(iter(offices(person.home)), None)


def _decided_by(one: Evidence) -> UUID | None:
    if one.when is When.VERDICT:
        return CodeVerdict.objects.within(EVERYTHING).filter(uuid=one.ref).values_list("post", flat=True).first()
    return confirmed_by(one.ref) if one.when is When.MEASURE else None


def answered_by(by: By) -> ScopedQuerySet[CodeAppeal]:
    """The open appeals that somebody answers for: of the posts they hold, deputise or back up; late ones of the levels
    below too. The next deadline first."""
    mine = posts_answered_by(by.account)
    waits = CodeAppeal.objects.within(EVERYTHING).filter(decided_at__isnull=True)
    chosen = waits.filter(Q(post__in=mine) | Q(raised_at__isnull=False, post__parent__in=mine))
    return chosen.select_related("person", "person__home", "response", "post").order_by("due_at", "id")


def appeal(by: By, uuid: UUID) -> CodeAppeal:
    """One of these. Raises CodeAppeal.DoesNotExist."""
    return answered_by(by).get(uuid=uuid)


def open_about(person: Person, response_key: int, scope: Scope = EVERYTHING) -> ScopedQuerySet[CodeAppeal]:
    """A person's appeals, open and decided, the latest first."""
    found = CodeAppeal.objects.within(scope).filter(person=person, response=response_key)
    return found.select_related("post").order_by("-made_at", "-id")


def late(now: datetime) -> ScopedQuerySet[CodeAppeal]:
    """Appeals past their deadline that have not gone up a level yet, locked."""
    waits = CodeAppeal.objects.within(EVERYTHING).filter(decided_at__isnull=True, raised_at__isnull=True)
    return waits.filter(due_at__lte=now).select_related("response").order_by("id").select_for_update(of=("self",))
