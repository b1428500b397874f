"""What an answer that matters said: the rows a fact names, as far as they count now."""

from collections.abc import Iterator
from uuid import UUID

from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.protocol import queries as protocols
from wangge.domains.protocol.models import Response


def said(event: Event, question: str) -> Iterator[tuple[Answer, str]]:
    """The answers of ``asking.answers_recorded`` to one question that count, with what was said."""
    if question not in event.data["questions"]:
        return
    named = [UUID(one) for one in event.data["answers"]]
    rows = Answer.objects.within(EVERYTHING).filter(uuid__in=named, question__name=question, state="current")
    for row in rows.select_related("door", "person", "person__home", "question").order_by("id"):
        yield row, value_of(row)


def open_response(event: Event) -> Response | None:
    """The Response the answers belong to, as long as it is open: nothing follows outside one."""
    if event.response is None:
        return None
    response = protocols.response(event.response)
    return None if response.closed_at else response
