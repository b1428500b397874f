"""Links: a phone may show a code, its own or another's, until that is taken back."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.codes import numbers, queries, tokens
from wangge.domains.codes.actions.numbering import slot_of
from wangge.domains.codes.models import CodeLink
from wangge.domains.codes.queries.carried import day_key, digest, links_to
from wangge.domains.codes.rules import LINK_FOR, Consent, Kind, initials
from wangge.domains.codes.tokens import Claims
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response

SECRET_BYTES = 18
MOST = 6  # phones that show one person's code


@transaction.atomic
def allow(*, person: Person, response: Response, consent: Consent, by: By, through: CodeLink | None = None) -> str:
    """A phone may show somebody's code from now on; returns the secret of its address, shown once.

    At a desk it needs the right to open the record; ``through``: they said so on their own code's page.
    """
    if through is None:
        by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    elif through.person_id != person.pk or through.consent != Consent.OWN:
        raise Problem("codes_own_page")  # who carries another's code hands it on to nobody
    if not queries.in_use(response):
        raise Problem("codes_not_in_use")
    if links_to(person, response).count() >= MOST:
        raise Problem("codes_too_many", most=MOST)
    secret, now = secrets.token_urlsafe(SECRET_BYTES), clock.now()
    link = CodeLink.objects.create(
        response=response, person=person, secret_hash=digest(secret), consent=consent, made_at=now,
        expires_at=now + LINK_FOR, account=by.account, post=by.post,
    )  # fmt: skip
    slot_of(person, response)
    record(
        "codes.link_made", by=by, subject=link.uuid, response=response.uuid,
        data={"person": str(person.uuid), "consent": consent.value},
    )  # fmt: skip
    return secret


@transaction.atomic
def end_link(*, link: CodeLink, by: By) -> CodeLink:
    """The phone shows this code no more. Twice is once."""
    link = CodeLink.objects.within(EVERYTHING).select_for_update().get(pk=link.pk)
    if link.ended_at is None:
        link.ended_at = clock.now()
        link.save(update_fields=["ended_at"])
        record("codes.link_ended", by=by, subject=link.uuid, response=link.response.uuid)
    return link


@transaction.atomic
def end_all_in(*, response: Response, by: By) -> int:
    """Codes end with their Response: no phone shows one from this moment on. Returns how many did."""
    standing = CodeLink.objects.within(EVERYTHING).filter(response=response, ended_at__isnull=True)
    number = standing.update(ended_at=clock.now())
    if number:
        record("codes.all_ended", by=by, subject=response.uuid, response=response.uuid, data={"links": number})
    return number


def use_link(*, link: CodeLink) -> str:
    """Today's code of a link as text, signed now; that the link was used is noted once a day."""
    now = clock.now()
    if not queries.in_use(link.response):
        raise Problem("codes_not_in_use")
    if link.seen_at is None or clock.day_of(link.seen_at) != clock.day_of(now):
        CodeLink.objects.within(EVERYTHING).filter(pk=link.pk).update(seen_at=now)
    number = numbers.number_of(day_key(link.response, now), slot_of(link.person, link.response))
    return _signed(link.person, link.response, number, Kind.DAILY, now, clock.end_of(clock.day_of(now)))


def _signed(person: Person, response: Response, number: int, kind: Kind, now: datetime, until: datetime) -> str:
    claims = Claims(queries.issuer_of(response), now, until, number, kind, initials(person.name))
    return tokens.make(settings.WANGGE_KEYS, claims)


def signed_paper(person: Person, response: Response, number: int, issued: datetime, until: datetime) -> str:
    """The text of a printed code."""
    return _signed(person, response, number, Kind.PRINTED, issued, until)
