"""An intake at the door: what the record lacks is asked, what it holds is not and stays as it is."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem, Problems
from wangge.domains.people.correcting import current, held_row, rewrite
from wangge.domains.people.documents import NO_DOCUMENT, read_document
from wangge.domains.people.inputs import PersonInput, read_or
from wangge.domains.people.models import Person
from wangge.domains.people.phones import MOST, read_phones


def read_completion(typed: Mapping[str, str], now: PersonInput) -> PersonInput:
    """The record with what was missing; a new number is called first, the earlier ones stay. Raises Problems."""
    problems: list[Problem] = []
    given = read_or(NO_DOCUMENT, problems, read_document, typed.get("document", ""), typed.get("document_kind", ""))
    phones: tuple[str, ...] = read_or((), problems, read_phones, typed.get("phone", ""))
    if given.number and now.document not in ("", given.number):
        problems.append(Problem("document_on_record", field="document"))
    if given.card and now.birth_date and given.card.birth_date != now.birth_date:
        told = {"typed": now.birth_date, "card": given.card.birth_date}
        problems.append(Problem("birth_dates_differ", field="document", **told))
    if problems:
        raise Problems(problems)
    first, *others = tuple(dict.fromkeys((*phones, *now.phones)))[:MOST] or ("",)
    full = replace(now, phone=first, other_phones=tuple(others))
    if given.number and not now.document:
        full = replace(full, document=given.number, document_type=given.kind)
    if given.card:
        sex = ("male" if given.card.male else "female") if full.sex == "unknown" else full.sex
        full = replace(full, birth_date=given.card.birth_date, sex=sex)
    return full


@transaction.atomic
def complete_person(*, person: Person, typed: Mapping[str, str], by: By) -> list[str]:
    """Take down what the record lacks; returns the names of the fields that were filled in, none where all was known.

    The intake counts as made either way. The same twice fills in nothing more. Raises Problems; NotAllowed.
    """
    by.need(Right.WORK_DOORS, person.home.path, person.home.grid_id)
    row = held_row(person)
    names = rewrite(row, read_completion(typed, current(row)))
    record("people.completed", by=by, subject=row.uuid, place=row.home.uuid, data={"fields": names})
    return names
