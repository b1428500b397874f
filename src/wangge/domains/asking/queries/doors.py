"""What is open at one door, from all asks together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from wangge.base.access.scope import Scope, ScopedQuerySet
from wangge.base.sets import keys
from wangge.domains.asking.door_form import HOUSEHOLD, Part
from wangge.domains.asking.models import Answer, Ask, AskQuestion, AskSubject, Question
from wangge.domains.asking.queries.answers import of_subject, value_of
from wangge.domains.asking.queries.targets import fresh
from wangge.domains.asking.questionnaire import Questionnaire, of_data
from wangge.domains.asking.rules import ANSWERED, AskState, SubjectKind, SubjectState
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place

DOOR = "h"
#: The questionnaire of what one should know at a door: the best hour, who has a key.
KNOWLEDGE = "door_knowledge"
#: Where an answer belongs: a door as a whole or a person, and the question.
Known = tuple[int | None, int | None, int]


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
    return open_doors(scope, [door])[door.pk]


def open_doors(scope: Scope, doors: Sequence[Place]) -> dict[int, OpenDoor]:
    """The same of many doors, by key, in the same number of queries."""
    lines = AskSubject.objects.within(scope).filter(door__in=keys(one.pk for one in doors))
    lines = lines.filter(tally__ask__state=AskState.OPEN).exclude(state__in=[*ANSWERED, SubjectState.MOVED])
    lines = lines.select_related("person")  # an ask is read once, not with each of its lines
    waiting: dict[int, list[AskSubject]] = {one.pk: [] for one in doors}
    for line in lines.order_by("ask__number", "person__birth_date", "person_id"):
        waiting[line.door_id].append(line)
    every = [line for some in waiting.values() for line in some]
    asks = Ask.objects.select_related("response").in_bulk({line.ask_id for line in every})
    asked = _asked(asks.values())
    questions = {one.pk for ones in asked.values() for one in ones}
    people = {line.person.pk for line in every if line.person}
    known = _known([pk for pk, some in waiting.items() if some], people, questions)
    read: dict[UUID, Questionnaire] = {}
    return {
        pk: _opened(pk, some, [asks[key] for key in dict.fromkeys(line.ask_id for line in some)], asked, known, read)
        for pk, some in waiting.items()
    }


def _opened(
    door: int, waiting: Sequence[AskSubject], asks: list[Ask], asked: Mapping[int, list[Question]],
    answers: Mapping[Known, str], read: dict[UUID, Questionnaire],
) -> OpenDoor:  # fmt: skip
    people = {line.person.pk: line.person for line in waiting if line.person}
    questions = [one for ask in asks for one in asked[ask.pk]]
    known = {
        (who, one.pk): answers[at]
        for who in (None, *people) for one in questions
        if (at := (None if who else door, who, one.pk)) in answers
    }  # fmt: skip
    wanted: dict[int | None, set[str]] = {}
    for line in waiting:
        for one in asked[line.ask_id]:
            about = line.person_id if one.subject == SubjectKind.PERSON else None
            if (about, one.pk) not in known:
                wanted.setdefault(about, set()).add(one.name)
    return made(asks, questions, wanted, people, known, read)


def about_door(scope: Scope, door: Place, form_id: str) -> ScopedQuerySet[Answer]:
    """What is known now of a door as a whole by the questions of one questionnaire, without what was left blank."""
    found = of_subject(scope, door).filter(question__form__form_id=form_id, pk__in=fresh().values("pk"))
    return found.exclude(empty__gt="")


def about_doors(scope: Scope, doors: Iterable[Place], form_id: str) -> dict[int, list[Answer]]:
    """The same of many doors, by key; those of which nothing is known are absent."""
    found = Answer.objects.within(scope).filter(door__in=keys(one.pk for one in doors), person__isnull=True)
    found = found.filter(question__form__form_id=form_id, pk__in=fresh().values("pk")).exclude(empty__gt="")
    by_door: dict[int, list[Answer]] = {}
    for one in found.select_related("question").order_by("question__position"):
        by_door.setdefault(one.door_id, []).append(one)
    return by_door


def made(
    asks: list[Ask], asked: Iterable[Question], wanted: dict[int | None, set[str]], people: dict[int, Person],
    texts: dict[tuple[int | None, int], str], read: dict[UUID, Questionnaire] | None = None,
) -> OpenDoor:  # fmt: skip
    """The parts of a door's form: the household, then the people in their order. ``texts``: what is known; ``read``:
    questionnaires that were read before, by the ids of their forms."""
    read = {} if read is None else read
    every = {one.pk: one for one in asked}
    order = [None, *people]
    parts, about = [], {}
    for who in (one for one in order if one in wanted):
        key = DOOR if who is None else f"p{people[who].uuid.hex[-12:]}"
        known = {every[pk].name: value for (of, pk), value in texts.items() if of == who and value and pk in every}
        label = HOUSEHOLD if who is None else {"zh": people[who].name}
        parts.append(Part(key, label, frozenset(wanted[who]), who is not None, known))
        if who is not None:
            about[key] = people[who]
    forms = {one.form_id: one.form for one in sorted(every.values(), key=lambda one: (one.form_id, one.position))}
    for form in forms.values():
        if form.uuid not in read:
            read[form.uuid] = of_data(form.definition)
    return OpenDoor(asks, parts, about, [read[form.uuid] for form in forms.values()])


def _asked(asks: Iterable[Ask]) -> dict[int, list[Question]]:
    found: dict[int, list[Question]] = {ask.pk: [] for ask in asks}
    for row in AskQuestion.objects.filter(ask__in=list(found)).select_related("question", "question__form"):
        found[row.ask_id].append(row.question)
    return found


def known_here(door: Place, people: Iterable[int], questions: set[int]) -> dict[tuple[int | None, int], str]:
    """What is known of the door and of these people, by person and question; '' for what was left out."""
    return {(person, question): text for (_door, person, question), text in
            _known([door.pk], people, questions).items()}  # fmt: skip


def _known(doors: Iterable[int], people: Iterable[int], questions: set[int]) -> dict[Known, str]:
    about = Q(door__in=keys(doors), person__isnull=True) | Q(person__in=keys(people))
    found = fresh().filter(about, question__in=questions)
    return {
        (None if one.person_id else one.door_id, one.person_id, one.question_id): value_of(one) for one in found
    }  # fmt: skip
