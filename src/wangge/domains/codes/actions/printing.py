"""Codes on paper, for whoever has no phone: one valid paper per person; the one before is void in the list."""

import secrets

from django.db import IntegrityError, transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.codes import queries
from wangge.domains.codes.models import PrintedCode
from wangge.domains.codes.numbers import DOMAIN
from wangge.domains.codes.rules import PRINTED_FOR
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response

TRIES = 20


@transaction.atomic
def print_code(*, person: Person, response: Response, by: By) -> PrintedCode:
    """A new paper with a random number; the one before is void from now on."""
    by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    if not queries.in_use(response):
        raise Problem("codes_not_in_use")
    before = _void(person, response)
    now = clock.now()
    paper = _with_free_number(person, response, by)
    record(
        "codes.printed", by=by, subject=paper.uuid, response=response.uuid,
        data={"person": str(person.uuid), "until": (now + PRINTED_FOR).isoformat(), "replaced": before},
    )  # fmt: skip
    return paper


@transaction.atomic
def void_print(*, person: Person, response: Response, by: By) -> int:
    """A lost paper: it is void from the next list on. Returns how many were valid (0 or 1)."""
    by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    number = _void(person, response)
    if number:
        record("codes.print_voided", by=by, subject=person.uuid, response=response.uuid, data={"papers": number})
    return number


def _void(person: Person, response: Response) -> int:
    held = PrintedCode.objects.within(EVERYTHING).filter(person=person, response=response, voided_at__isnull=True)
    return held.update(voided_at=clock.now())


def _with_free_number(person: Person, response: Response, by: By) -> PrintedCode:
    now = clock.now()
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return PrintedCode.objects.create(
                    response=response, person=person, number=secrets.randbelow(DOMAIN), issued_at=now,
                    expires_at=now + PRINTED_FOR, account=by.account, post=by.post,
                )  # fmt: skip
        except IntegrityError:  # somebody has this number already
            continue
    raise Problem("codes_full")
