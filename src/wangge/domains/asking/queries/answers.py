"""Named reads of answers: what is known of a door and of who lives there, and what contradicts it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.asking.envelope import TABLE, value_index
from wangge.domains.asking.models import Answer, AskSubject, Form, Question
from wangge.domains.asking.queries.targets import fresh
from wangge.domains.asking.questionnaire import of_data
from wangge.domains.asking.rules import ANSWERED, AnswerState, AskState
from wangge.domains.asking.verdict import Judge
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import open_responses


def value_of(answer: Answer) -> str:
    """What was answered, unsealed where it is sealed; '' for what was left out. Log the look before showing it."""
    if not answer.sealed:
        return answer.value
    return str(sealing.unseal(TABLE, answer.uuid, answer.sealed).get("value", ""))


@lru_cache(maxsize=64)
def judge_of(form: UUID) -> Judge:
    """The judge of a published version: it never changes. Kept by its id for good; a row number can come again."""
    return Judge(of_data(Form.objects.get(uuid=form).definition))


def form_in_use(form_id: str, version: str = "") -> Form | None:
    """A published version; without one named, the version in use."""
    found = Form.objects.filter(form_id=form_id)
    found = found.filter(version=version) if version else found.filter(retired_at__isnull=True)
    return found.first()


def forms_in_use() -> QuerySet[Form]:
    """The questionnaires that are offered."""
    return Form.objects.filter(retired_at__isnull=True).order_by("form_id")


def of_subject(scope: Scope, door: Place, person: Person | None = None) -> ScopedQuerySet[Answer]:
    """What counts of a person, or of a door as a whole; stale answers too, by question."""
    found = Answer.objects.within(scope).filter(state=AnswerState.CURRENT).select_related("question")
    found = found.filter(person=person) if person else found.filter(door=door, person__isnull=True)
    return found.order_by("question__form_id", "question__position")


def history(scope: Scope, answer: Answer) -> ScopedQuerySet[Answer]:
    """Every answer to the same question by the same subject, the latest first."""
    found = Answer.objects.within(scope).filter(question=answer.question)
    who = Q(person=answer.person) if answer.person_id else Q(door=answer.door, person__isnull=True)
    return found.filter(who).order_by("-at", "-id")


def disputed(scope: Scope) -> ScopedQuerySet[Answer]:
    """Answers that contradict the one that counts, and wait for somebody to say which it is; the oldest first."""
    found = Answer.objects.within(scope).filter(state=AnswerState.DISPUTED)
    return found.select_related("question", "door", "door__parent", "person").order_by("known_at", "id")


def answer(scope: Scope, uuid: UUID) -> Answer:
    """Raises Answer.DoesNotExist, also outside the scope."""
    return Answer.objects.within(scope).select_related("question", "door", "person").get(uuid=uuid)


def current_beside(answer: Answer) -> Answer | None:
    """The answer that counts where this one does not."""
    return history(EVERYTHING, answer).filter(state=AnswerState.CURRENT).select_related("question").first()


def known_texts(door: Place, person: Person | None, questions: Iterable[str]) -> dict[str, str]:
    """Fresh answers of a door, and of a person, in words of their questions: what a form is filled in with."""
    who = Q(door=door, person__isnull=True) | (Q(person=person) if person else Q(pk__in=()))
    found = fresh().filter(who, question__name__in=list(questions)).select_related("question")
    return {one.question.name: value_of(one) for one in found if not one.empty}


def open_lines(door: Place, person: Person | None) -> list[AskSubject]:
    """Lines of open asks at a door, or of a person wherever they were listed, that are not answered yet."""
    who = Q(door=door) | Q(person=person) if person else Q(door=door)
    found = AskSubject.objects.within(EVERYTHING).filter(who, ask__state=AskState.OPEN)
    left = found.exclude(state__in=[state.value for state in ANSWERED])
    return list(left.select_related("ask", "person").order_by("ask_id", "id"))


def complete(lines: Sequence[AskSubject], door: Place) -> list[AskSubject]:
    """Of these lines those whose every question has a fresh answer now, of the person or of the door."""
    wanted: dict[int, set[tuple[int, str]]] = {}
    asked = Question.objects.filter(asked_in__ask__in={line.ask_id for line in lines})
    for ask, question, subject in asked.values_list("asked_in__ask", "pk", "subject"):
        wanted.setdefault(ask, set()).add((question, subject))
    people = {line.person_id for line in lines if line.person_id}
    doors = {line.door_id for line in lines} | {door.pk}
    found = fresh().filter(Q(person__in=people) | Q(door__in=doors, person__isnull=True))
    have = set(found.values_list("question", "person", "door"))
    persons = {(question, person) for question, person, _ in have if person}
    houses = {(question, at) for question, person, at in have if person is None}

    def answered(line: AskSubject) -> bool:
        return all(
            (question, line.person_id) in persons if subject == "person" else
            (question, line.door_id) in houses or (question, door.pk) in houses
            for question, subject in wanted.get(line.ask_id, {(0, "")})
        )  # fmt: skip

    return [line for line in lines if answered(line)]


def response_at(door: Place) -> Response | None:
    """The open Response with the narrowest area around a door."""
    around = [*ancestors(door.path), door.path]
    return open_responses().filter(area__path__in=around).order_by("-area__path", "-opened_at").first()


def said_in(response: Response, name: str, value: str) -> ScopedQuerySet[Answer]:
    """What counts of people who answered a question so in a Response; sealed answers are found by their index."""
    which = Q(pk__in=())
    for question in Question.objects.filter(name=name):
        word = {"value": value} if question.level == "open" else {"value_index": value_index(question.pk, value)}
        which |= Q(question=question, **word)
    found = Answer.objects.within(EVERYTHING).filter(which, response=response.uuid, state=AnswerState.CURRENT)
    return found.filter(person__isnull=False, person__died_on__isnull=True).order_by()
