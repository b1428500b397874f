"""People by id, and by document for whoever states a purpose. A document never stands in an address."""

from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema
from ninja.params import functions as params

from wangge.api.access import Caller, purpose_of
from wangge.api.shapes import PersonWhole
from wangge.api.showing import REVEALED, Shown
from wangge.base.access.rights import Right
from wangge.base.privacy import mask_document, mask_phone
from wangge.base.problems import Problem
from wangge.domains.people import queries
from wangge.domains.people.actions import open_records
from wangge.domains.people.models import Person

router = Router(tags=["people"])
PURPOSE: Any = params.Header(
    None, alias="X-Purpose", max_length=400, description="Why: it stands on the person's record."
)


class DocumentIn(Schema):
    document: str = Field(min_length=1, max_length=60)


def _whole(request: Caller, one: Person) -> PersonWhole:
    shown = Shown(request, [one])
    numbers = queries.details(one)
    document, phone = str(numbers.get("document", "")), str(numbers.get("phone", ""))
    if one.pk in shown.whole:
        open_records(people=[one], reason=f"api: {purpose_of(request)}", by=request.by, kind=REVEALED)
    else:
        document, phone = mask_document(document), mask_phone(phone)
    return PersonWhole(
        **shown.fields(one), document_type=str(numbers.get("document_type", "")), document=document, phone=phone,
        died_on=one.died_on if one.pk in shown.whole else None,
    )  # fmt: skip


@router.get("/people/{uuid:id}", response=PersonWhole)
def person(request: Caller, id: UUID, x_purpose: str | None = PURPOSE) -> PersonWhole:
    """One person: masked, or whole with X-Purpose, which is put on the person's record of looks."""
    return _whole(request, queries.person(request.by.scope(Right.OPEN_RECORD), id))


@router.post("/people/search", response=PersonWhole)
def search(request: Caller, asked: DocumentIn, x_purpose: str | None = PURPOSE) -> PersonWhole:
    """The person with this document. X-Purpose is needed: whoever has a number could otherwise try all of them."""
    scope = request.by.scope(Right.OPEN_RECORD)
    if not purpose_of(request):
        raise Problem("reason_missing", field="X-Purpose")
    one = queries.by_document(scope, asked.document)
    if one is None:
        raise Person.DoesNotExist
    return _whole(request, one)
