"""What to say on the telephone, and what to ask: never the whole ID number, and nothing that is known already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wangge.domains.duty.badges import number_of, office_of
from wangge.domains.people.models import Person
from wangge.domains.people.rules import DocumentType
from wangge.web.access import Asked

LAST = 4  # characters that confirm without telling


@dataclass(frozen=True, slots=True)
class Confirm:
    """``last``: the end of the document that is known, to compare with what the person says; empty: none is known.

    ``ask_birth``: the year of birth is unknown and may be asked; an ID number is never asked for by telephone.
    """

    last: str
    ask_birth: bool


def confirming(person: Person, known: Mapping[str, Any]) -> Confirm:
    """What may be asked to be sure that it is the right person."""
    number = str(known.get("document", ""))
    card = number and known.get("document_type", DocumentType.ID_CARD) == DocumentType.ID_CARD
    return Confirm(last=number[-LAST:] if card else "", ask_birth=person.birth_date is None)


def office_for(request: Asked) -> dict[str, str]:
    """How the person called can check the caller: the office's number and today's check number."""
    post = request.seats[0].post if request.seats else None
    return {"phone": office_of(post), "number": number_of(request.account), "post": post.title} if post else {}
