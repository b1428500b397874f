"""The tiny city with short words for what an office sends and for what became of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.messages import actions, queries
from wangge.domains.messages.inputs import read_ways
from wangge.domains.messages.models import ContactChoice, Dispatch, Message
from wangge.domains.messages.rules import Figures, Outcome
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details, in_area
from wangge.domains.places.models import Place

VALUES = {"what": "明天做核酸", "when": "上午8点", "where": "北门", "bring": "身份证"}


@dataclass
class Office:
    """The secretary of 并四, and what the tables say."""

    tiny: Small

    @property
    def building(self) -> Place:
        unit = self.tiny.homes[0].parent
        assert unit is not None
        assert unit.parent is not None
        return unit.parent

    def send(self, template: str = "notice", place: Place | None = None, uuid: UUID | None = None) -> Dispatch:
        place = place or self.building
        return actions.send(
            response=self.tiny.response, template=queries.template(template, place), values=VALUES, place=place,
            people=in_area(place), audience=Dispatch.Audience.HOUSEHOLDS, by=self.tiny.by("bingsi-shuji"),
            uuid=uuid or uuid7(),
        )  # fmt: skip

    def figures(self, one: Dispatch) -> Figures:
        return queries.figures([one])[one.pk]

    def texted(self, one: Dispatch) -> int:
        """How many of an audience have a phone, their own or their home's."""
        return len([row for row in self.rows(dispatch=one) if row.via_id])

    def rows(self, **which: Any) -> list[Message]:
        found = Message.objects.within(EVERYTHING).filter(**which).order_by("id")
        return list(found.select_related("person", "via", "dispatch", "response"))

    def row(self, person: Person) -> Message:
        return self.rows(person=person)[-1]

    def ways(self, person: Person, **typed: Any) -> ContactChoice:
        ways = read_ways({"language": "zh-Hans"} | typed)
        return actions.choose_ways(
            person=person, response=self.tiny.response, ways=ways, by=self.tiny.by("bingsi-shuji")
        )

    def call(self, person: Person, outcome: Outcome, uuid: UUID | None = None) -> None:
        actions.note_call(message=self.row(person), outcome=outcome, by=self.tiny.by("bingsi-1"), uuid=uuid or uuid7())

    def with_phone(self) -> Person:
        """Somebody of building 1 whose number nobody else has."""
        return next(one for one in self.people() if one.phone_index)

    def without_phone(self) -> Person:
        """Somebody of building 1 whose number is taken out of the register, with whom somebody lives who has one."""
        person = next(one for one in self.people() if len(self.mates(one)) > 1 and self.mates(one)[0].pk != one.pk)
        self.forget_phone(person)
        return person

    def forget_phone(self, person: Person) -> None:
        sealed = sealing.seal("wangge_person", person.uuid, {})
        rows = Person.every.within(EVERYTHING).filter(pk=person.pk)
        rows.update(phone_index="", other_phone_index="", sealed=sealed)

    def number(self, person: Person) -> str:
        return str(details(person)["phone"])

    def mates(self, person: Person) -> list[Person]:
        return [one for one in self.tiny.living[person.home_id] if one.phone_index]

    def people(self) -> list[Person]:
        return list(in_area(self.building).select_related("home").order_by("id"))
