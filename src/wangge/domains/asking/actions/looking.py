"""Seeing what somebody answered is a look at them, on record before it is shown."""

from collections.abc import Iterable

from django.db import transaction

from wangge.base.access.actions import log_looks
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.domains.asking.models import Answer
from wangge.domains.people.queries import at_door


@transaction.atomic
def look_at_answers(*, answers: Iterable[Answer], by: By) -> None:
    """Put on record who saw these answers: of a person, or of everybody behind the door that answered as a whole."""
    for one in answers:
        people = [one.person.uuid] if one.person else at_door(EVERYTHING, one.door).values_list("uuid", flat=True)
        log_looks(by=by, kind=AccessLog.Kind.OPENED, people=people, reason=f"answer:{one.uuid}")
