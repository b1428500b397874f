"""What is open at one door, from all asks together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from wangge.base.access.scope import Scope, ScopedQuerySet
from wangge.domains.asking.door_form import Part
from wangge.domains.asking.models import Answer, Ask, AskQuestion, AskSubject, Question
from wangge.domains.asking.queries.answers import of_subject, value_of
from wangge.domains.asking.queries.targets import fresh
from wangge.domains.asking.questionnaire import Questionnaire, of_data
from wangge.domains.asking.rules import ANSWERED, AskState, SubjectKind, SubjectState
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place

DOOR = "h"


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """The open questions of a door. ``people``: who each part is about; the household's part is about nobody."""

    asks: list[Ask]
    parts: list[Part]
    people: dict[str, Person]
    forms: list[Questionnaire]

    @property
    def count(self) -> int:
        return sum(len(part.names) for part in self.parts)

    def waiting_for(self, question: str) -> list[Person]:
        """The people to whom a question is open."""
        return [self.people[part.key] for part in self.parts if part.person and question in part.names]


def open_door(scope: Scope, door: Place) -> OpenDoor:
    """Everything that open asks want to know here and nobody knows yet, in a fixed number of queries. What a person
    said elsewhere is known here too. Log the look before showing it: known answers decide what is relevant.
    """
    lines = AskSubject.objects.within(scope).filter(door=door, tally__ask__state=AskState.OPEN)
    lines = lines.exclude(state__in=[*ANSWERED, SubjectState.MOVED])
    lines = lines.select_related("ask", "ask__response", "person")
    waiting = list(lines.order_by("ask__number", "person__birth_date", "person_id"))
    asks = list({line.ask_id: line.ask for line in waiting}.values())
    asked = _asked(asks)
    people = {line.person.pk: line.person for line in waiting if line.person}
    known = known_here(door, people, {one.pk for ones in asked.values() for one in ones})
    wanted: dict[int | None, set[str]] = {}
    for line in waiting:
        for one in asked[line.ask_id]:
            about = line.person_id if one.subject == SubjectKind.PERSON else None
            if (about, one.pk) not in known:
                wanted.setdefault(about, set()).add(one.name)
    return made(asks, [one for ones in asked.values() for one in ones], wanted, people, known)


def about_door(scope: Scope, door: Place, form_id: str) -> ScopedQuerySet[Answer]:
    """What is known now of a door as a whole by the questions of one questionnaire, without what was left blank."""
    found = of_subject(scope, door).filter(question__form__form_id=form_id, pk__in=fresh().values("pk"))
    return found.exclude(empty__gt="")


def made(
    asks: list[Ask], asked: Iterable[Question], wanted: dict[int | None, set[str]], people: dict[int, Person],
    texts: dict[tuple[int | None, int], str],
) -> OpenDoor:  # fmt: skip
    """The parts of a door's form: the household, then the people in their order. ``texts``: what is known."""
    every = {one.pk: one for one in asked}
    order = [None, *people]
    parts, about = [], {}
    for who in (one for one in order if one in wanted):
        key = DOOR if who is None else f"p{people[who].uuid.hex[-12:]}"
        known = {every[pk].name: value for (of, pk), value in texts.items() if of == who and value and pk in every}
        label = {"zh": "整户", "en": "The household"} if who is None else {"zh": people[who].name}
        parts.append(Part(key, label, frozenset(wanted[who]), who is not None, known))
        if who is not None:
            about[key] = people[who]
    forms = {one.form_id: one.form for one in sorted(every.values(), key=lambda one: (one.form_id, one.position))}
    return OpenDoor(asks, parts, about, [of_data(form.definition) for form in forms.values()])


def _asked(asks: Iterable[Ask]) -> dict[int, list[Question]]:
    found: dict[int, list[Question]] = {ask.pk: [] for ask in asks}
    for row in AskQuestion.objects.filter(ask__in=list(found)).select_related("question", "question__form"):
        found[row.ask_id].append(row.question)
    return found


def known_here(door: Place, people: Iterable[int], questions: set[int]) -> dict[tuple[int | None, int], str]:
    """What is known of the door and of these people, by person and question; '' for what was left out."""
    about = Q(door=door, person__isnull=True) | Q(person__in=list(people))
    found = fresh().filter(about, question__in=questions)
    return {(one.person_id, one.question_id): value_of(one) for one in found}
