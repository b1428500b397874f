"""What an answer that matters said, and the one open thing that follows from it for as long as it is said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries.answers import history, value_of
from wangge.domains.people.queries import door_of, hold
from wangge.domains.places.models import Place
from wangge.domains.protocol import queries as protocols
from wangge.domains.protocol.models import Response


@dataclass(frozen=True, slots=True)
class Thing:
    """What a subject has open at most once while its answer to a question is one of these values.

    ``put`` opens it unless it is open already; ``take_back`` withdraws what earlier answers of the subject opened.
    """

    question: str
    values: frozenset[str]
    put: Callable[[Answer, Response, Event], None]
    take_back: Callable[[Answer, Response, Event], None]

    def follow(self, event: Event) -> None:
        """Answer ``asking.answers_recorded`` and ``asking.dispute_settled``. Nothing follows about the dead."""
        if response := open_response(event):
            for answer, value in said(event, self.question):
                if not (answer.person and answer.person.died_on):
                    (self.put if value in self.values else self.take_back)(answer, response, event)


def said(event: Event, question: str) -> Iterator[tuple[Answer, str]]:
    """The answers that a fact names to one question, as far as they count now, with what was said."""
    if question not in event.data.get("questions", ()):
        return
    named = [UUID(one) for one in event.data["answers"]]
    rows = Answer.objects.within(EVERYTHING).filter(uuid__in=named, question__name=question)
    hold(row.person for row in rows.select_related("person") if row.person)  # a yes and a no at once take turns
    whole = rows.filter(state="current").select_related("door", "person", "person__home__parent", "question")
    for row in whole.order_by("id"):
        yield row, value_of(row)


def sayings(answer: Answer) -> list[UUID]:
    """The ids of all answers of the same subject to the same question: the causes of what they opened."""
    return [one.uuid for one in history(EVERYTHING, answer)]


def door_now(answer: Answer) -> Place:
    """Where to knock: at the door behind which the person lives now, wherever it was said."""
    return door_of(answer.person.home) if answer.person else answer.door


def open_response(event: Event) -> Response | None:
    """The Response the answers belong to, as long as it is open: nothing follows outside one."""
    if event.response is None:
        return None
    response = protocols.response(event.response)
    return None if response.closed_at else response
