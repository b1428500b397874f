"""What the exposures of somebody add up to: one contact, who comes and goes with them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.domains.cases import queries
from wangge.domains.cases.models import Contact, Exposure
from wangge.domains.cases.rules import Met, standing
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules import Protocol, Role


@transaction.atomic
def add_up(
    *, response: Response, people: Sequence[Person], protocol: Protocol, by: By, cause: UUID | None = None
) -> int:
    """Say of each person what their confirmed exposures make of them. Returns how many contacts changed."""
    reasons: dict[int, list[Exposure]] = defaultdict(list)
    roles: dict[int, Role] = {}
    for one in queries.met(response, people):
        if role := protocol.role_given(kind=one.kind, role=one.role, under=one.protocol):
            reasons[one.person_id].append(one)
            roles[one.pk] = role
    known = queries.contacts_of(response, people)
    changed = 0
    for person in people:
        mine = reasons[person.pk]
        met = [Met(roles[one.pk].key, roles[one.pk].rank, clock.day_of(one.ends)) for one in mine]
        changed += _stand(response, person, known.get(person.pk), standing(met), mine)
    if changed:
        record("cases.contacts_changed", by=by, response=response.uuid, cause=cause, data={"count": changed})
    return changed


def _stand(
    response: Response, person: Person, contact: Contact | None, now: tuple[str, date] | None, reasons: list[Exposure]
) -> bool:
    if now is None:
        if contact is None or contact.state == Contact.State.WITHDRAWN:
            return False
        contact.state = Contact.State.WITHDRAWN
        contact.save(update_fields=["state"])
        return True
    before = (contact.role, contact.last_exposure, contact.state) if contact else None
    contact = contact or Contact(uuid=derived("contact", response.uuid, person.uuid), response=response, person=person)
    contact.role, contact.last_exposure = now
    contact.state = Contact.State.ACTIVE
    if before != (*now, Contact.State.ACTIVE):
        contact.save()
    if ids := [one.pk for one in reasons if one.contact_id != contact.pk]:
        Exposure.objects.within(EVERYTHING).filter(pk__in=ids).update(contact=contact)
    return before != (*now, Contact.State.ACTIVE)
