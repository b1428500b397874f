"""Which phone may show whose code, which paper is valid, and whose number a scanner read."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q

from wangge.base import clock, keys, sets
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.codes import numbers
from wangge.domains.codes.models import CodeLink, CodeSlot, CodeVerdict, PrintedCode
from wangge.domains.codes.queries.statuses import issuer_of
from wangge.domains.codes.rules import Kind
from wangge.domains.codes.tokens import Claims
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response


def digest(secret: str) -> str:
    """The secret has 144 random bits: a fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link_of(secret: str) -> CodeLink | None:
    """The link that this secret opens now; None for every reason alike."""
    return links_of([secret]).get(secret)


def links_of(secrets: Iterable[str]) -> dict[str, CodeLink]:
    """The links that these secrets open now, in their order: a phone's whole pocket in two statements."""
    by_digest = {digest(one): one for one in secrets}
    held = CodeLink.objects.within(EVERYTHING).filter(
        secret_hash__in=by_digest, ended_at__isnull=True, expires_at__gt=clock.now(), person__died_on__isnull=True
    )
    rows = held.select_related("person", "response__area")
    found = {by_digest[one.secret_hash]: one for one in rows.prefetch_related("response__phases")}
    return {secret: found[secret] for secret in by_digest.values() if secret in found}


def links_to(person: Person, response: Response, scope: Scope = EVERYTHING) -> ScopedQuerySet[CodeLink]:
    """The phones that may show somebody's code now, the latest first."""
    held = CodeLink.objects.within(scope).filter(person=person, response=response, ended_at__isnull=True)
    return held.filter(expires_at__gt=clock.now()).order_by("-made_at", "-id")


def paper_of(person: Person, response: Response, scope: Scope = EVERYTHING) -> PrintedCode | None:
    """The paper that is valid now."""
    held = PrintedCode.objects.within(scope).filter(person=person, response=response, voided_at__isnull=True)
    return held.filter(expires_at__gt=clock.now()).select_related("person", "response", "response__area").first()


def verdict(scope: Scope, uuid: UUID) -> CodeVerdict:
    """Raises CodeVerdict.DoesNotExist, also outside the scope."""
    found = CodeVerdict.objects.within(scope).select_related("person", "person__home", "response")
    return found.get(uuid=uuid)


def slots_of(response: Response, people: Iterable[int]) -> dict[int, int]:
    """The slots of those of these people who have one, by the key of the person: a city's not green are far fewer than
    those who carry a code."""
    slots = CodeSlot.objects.within(EVERYTHING).filter(response=response, person__in=sets.keys(people)).order_by()
    return dict(slots.values_list("person", "slot"))


def next_slot(response: Response) -> int:
    """The first number that was never given. Slots go only with the whole Response, so that none is given twice."""
    last = CodeSlot.objects.within(EVERYTHING).filter(response=response).aggregate(last=Max("slot"))["last"]
    return 0 if last is None else int(last) + 1


def day_key(response: Response, at: datetime) -> bytes:
    """The key of the numbers of a day: from the Response's data key, which is destroyed with the Response's data."""
    return numbers.key_of(keys.of_response(settings.WANGGE_KEYS, response.uuid), clock.day_of(at))


def holder_of(response: Response, claims: Claims, at: datetime | None = None) -> Person | None:
    """Whose code a scanner read: for a tracer and for a shop's own scanner. None where nobody has that number.

    ``at``: when it was shown: a paper that had been replaced by then is nobody's, whoever found it.
    """
    if claims.issuer != issuer_of(response):
        return None
    if claims.kind is Kind.PRINTED:
        paper = PrintedCode.objects.within(EVERYTHING).filter(response=response, number=claims.number)
        paper = paper.filter(Q(voided_at__isnull=True) | Q(voided_at__gt=at)) if at else paper
        row: PrintedCode | CodeSlot | None = paper.select_related("person", "person__home").first()
    else:
        slot = numbers.slot_of(day_key(response, claims.issued), claims.number)
        slots = CodeSlot.objects.within(EVERYTHING).filter(response=response, slot=slot)
        row = slots.select_related("person", "person__home").first()
    return row.person if row else None
