"""Places, grids and Responses: what everything else names by id."""

from uuid import UUID

from django.db.models import Q
from ninja import Field, Query, Router, Schema

from wangge.api.access import Caller, scope_of_any
from wangge.api.paging import Page, Paging, page, page_of
from wangge.api.shapes import GridOut, PlaceOut, ResponseOut
from wangge.api.showing import local
from wangge.base.access.scope import under
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.queries import scoped
from wangge.domains.places.rules import Kind, full_code
from wangge.domains.protocol import queries as protocols
from wangge.domains.protocol.models import Response

router = Router(tags=["places"])


class PlaceFilter(Schema):
    """``parent``: directly in it; ``under``: anywhere in it, itself included; ``code``: short forms are filled up."""

    parent: UUID | None = None
    under: UUID | None = None
    code: str = Field("", max_length=32)
    kind: Kind | None = None


def _place(one: Place) -> PlaceOut:
    return PlaceOut(
        id=one.uuid, code=one.code, kind=one.kind, name=one.name, parent=one.parent.uuid if one.parent else None,
        grid=one.grid.uuid if one.grid else None, opened=one.opened, closed=one.closed,
    )  # fmt: skip


@router.get("/places", response=Page[PlaceOut])
def places(request: Caller, paging: Query[Paging], chosen: Query[PlaceFilter]) -> Page[PlaceOut]:
    """The places of the token's scope and those around them, closed ones too, each after the one it lies in."""
    scope = scope_of_any(request.by)
    narrow = Q(parent__uuid=chosen.parent) if chosen.parent else Q()
    narrow &= under(scoped.listed_one(scope, chosen.under).path) if chosen.under else Q()
    narrow &= Q(code=full_code(chosen.code)) if chosen.code else Q()
    narrow &= Q(kind=chosen.kind) if chosen.kind else Q()
    rows, further = page_of([part.filter(narrow) for part in scoped.listed(scope)], "places", paging, key="path")
    return Page[PlaceOut](items=[_place(one) for one in rows], next=further)


@router.get("/places/{uuid:id}", response=PlaceOut)
def place(request: Caller, id: UUID) -> PlaceOut:
    """One place."""
    return _place(scoped.listed_one(scope_of_any(request.by), id))


@router.get("/grids", response=Page[GridOut])
def grids(request: Caller, paging: Query[Paging], community: UUID | None = None) -> Page[GridOut]:
    """The grids of the token's scope, closed ones too."""
    found = scoped.grids_listed(scope_of_any(request.by))
    found = found.filter(community__uuid=community) if community else found
    rows, further = page(found, "grids", paging)
    return Page[GridOut](items=[_grid(one) for one in rows], next=further)


def _grid(one: Grid) -> GridOut:
    return GridOut(
        id=one.uuid, community=one.community.uuid, number=one.number, name=one.name, opened=one.opened,
        closed=one.closed,
    )  # fmt: skip


@router.get("/responses", response=Page[ResponseOut])
def responses(request: Caller, paging: Query[Paging]) -> Page[ResponseOut]:
    """The Responses that touch the token's scope, closed ones too."""
    rows, further = page(protocols.listed(scope_of_any(request.by)), "responses", paging)
    return Page[ResponseOut](items=[_response(one) for one in rows], next=further)


def _response(one: Response) -> ResponseOut:
    return ResponseOut(
        id=one.uuid, title=one.title, drill=one.drill, area=one.area.uuid, protocol=protocols.in_force(one).key,
        authority=one.authority, document_no=one.document_no, opened_at=local(one.opened_at),
        closed_at=local(one.closed_at),
    )  # fmt: skip
