"""People as the API shows them: masked, or whole where a right and a purpose say so; then the look is on record."""

from collections.abc import Iterable, Sequence
from typing import Any

from wangge.api.access import Caller, purpose_of
from wangge.api.shapes import PersonOut
from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.domains.people.actions import open_records
from wangge.domains.people.models import Person
from wangge.domains.places.queries import labels


def local(at: Any) -> Any:
    """An instant with the offset of the place; None stays None."""
    return at.astimezone(clock.LOCAL) if at else None


def may_open(by: By, person: Person) -> bool:
    """Whether this person's record may be opened."""
    return by.may(Right.OPEN_RECORD) and by.scope(Right.OPEN_RECORD).covers(person.home.path, person.home.grid_id)


class Shown:
    """The people of one page: two queries at most, however many there are."""

    def __init__(self, request: Caller, people: Iterable[Person]) -> None:
        self.people: Sequence[Person] = list({one.pk: one for one in people}.values())
        purpose = purpose_of(request)
        self.whole = {one.pk for one in self.people if purpose and may_open(request.by, one)}
        if self.whole:
            opened = [one for one in self.people if one.pk in self.whole]
            open_records(people=opened, reason=f"api: {purpose}", by=request.by)
        self.addresses = labels([one.home for one in self.people])

    def fields(self, one: Person) -> dict[str, Any]:
        """The fields every shape of a person has."""
        whole = one.pk in self.whole
        return {
            "id": one.uuid, "masked": not whole, "name": one.name if whole else mask_name(one.name), "sex": one.sex,
            "birth_date": one.birth_date if whole else None, "place": one.home.uuid,
            "address": self.addresses[one.home_id],
        }  # fmt: skip

    def of(self, one: Person) -> PersonOut:
        return PersonOut(**self.fields(one))


REVEALED = AccessLog.Kind.REVEALED
