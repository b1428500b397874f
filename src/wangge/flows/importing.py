"""Files of people and venues on their way in: which street takes which, and what asking for them sets off.

A file is looked through and then taken in parts, by whoever is first: the page that received it, the command, or the
worker, which goes on when the page is closed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import Right
from wangge.base.collecting import resting
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.receipts import bulk, queries
from wangge.base.receipts.bulk import TakeMany
from wangge.base.receipts.forms import Form
from wangge.base.receipts.models import Intake
from wangge.domains.duty.queries import by_for
from wangge.domains.duty.seating import account
from wangge.domains.people import files as people
from wangge.domains.venues import files as venues

PART = 5000  # rows of one transaction: what a call asks of the database grows little with its rows


@dataclass(frozen=True, slots=True)
class Importing:
    """A kind of file: its form, what tells two rows apart, and the street's verb for many rows."""

    form: Form
    same: Callable[[Mapping[str, str]], str]
    taking: Callable[..., TakeMany]


IMPORTS: Mapping[str, Importing] = {
    people.FORM.kind: Importing(people.FORM, people.same_person, people.taking),
    venues.FORM.kind: Importing(venues.FORM, venues.same_venue, venues.taking),
}


@resting()
def receive(*, kind: str, name: str, content: bytes, by: By) -> tuple[Intake, bool]:
    """Keep a file; its columns can then be corrected. Raises Problem where the whole file is refused."""
    by.scope(Right.IMPORT_RECORDS)
    return bulk.keep_file(form=IMPORTS[kind].form, name=name, content=content, by=by)


@resting()
@transaction.atomic
def ask_look(*, intake: Intake, fields: list[str], make_doors: bool, by: By) -> Intake:
    """Choose the columns and ask for the dry run. ``make_doors``: doors that are missing are made."""
    by.scope(Right.IMPORT_RECORDS)
    kind = IMPORTS[intake.kind]
    intake = bulk.choose_columns(intake=intake, fields=fields, form=kind.form, by=by)
    intake.shape = intake.shape | {"make_doors": make_doors}
    intake.save(update_fields=["shape"])
    return bulk.ask_look(intake=intake, form=kind.form, same=kind.same, by=by)


def ask_take(*, intake: Intake, by: By) -> Intake:
    """Ask for the rows to be taken as the dry run said."""
    by.scope(Right.IMPORT_RECORDS)
    return bulk.ask_take(intake=intake, by=by)


def throw_away(*, intake: Intake, by: By) -> None:
    """Delete a file that was not taken."""
    by.scope(Right.IMPORT_RECORDS)
    bulk.throw_away(intake=intake, by=by)


def verb(intake: Intake, by: By, *, dry: bool) -> TakeMany:
    """The street's verb for the rows of a file."""
    return IMPORTS[intake.kind].taking(by=by, make_doors=intake.shape.get("make_doors", True), dry=dry)


@resting()
def go_on(*, intake: Intake, by: By, limit: int = PART) -> int:
    """Look through the next rows, or take them once that was asked for; returns how many are left."""
    form = IMPORTS[intake.kind].form
    if intake.take_asked_at is None:
        return bulk.look_through(intake=intake, form=form, look=verb(intake, by, dry=True), limit=limit)
    return bulk.work_through_many(intake=intake, form=form, take_many=verb(intake, by, dry=False), limit=limit)


@transaction.atomic
def follow(event: Event) -> None:
    """Answer ``receipts.look_asked``, ``take_asked`` and ``part_done`` for whoever sent the file, with their rights."""
    intake = queries.perhaps(subject_of(event))
    if intake is None:  # it was thrown away meanwhile
        return
    by = sender(event.actor, event.post) if event.actor else SYSTEM  # the command acts for the installation
    if left := go_on(intake=intake, by=by):
        bulk.part_done(intake=intake, left=left, by=by, cause=event.uuid)


def sender(actor: UUID | None, post: UUID | None) -> By:
    """Who sent the file, with the rights held now. Raises ValueError for a fact of nobody's."""
    if actor is None:
        raise ValueError("sent by nobody")
    return by_for(account(actor), post)
