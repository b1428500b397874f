"""Which place a page of command is about, what of it the reader sees, and in which Response."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import part_of, seen, way_to
from wangge.domains.places.rules import Kind
from wangge.domains.places.spelling import short_name
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import touching
from wangge.web.access import Asked


@dataclass(frozen=True, slots=True)
class Here:
    """A place as the reader sees it: ``scope`` is all of it, or only the reader's own grids."""

    place: Place
    scope: Scope
    way: list[Place]
    responses: list[Response]
    response: Response | None

    @property
    def whole(self) -> bool:
        return bool(self.scope.prefixes)

    @property
    def name(self) -> str:
        return name_of(self.place)

    @property
    def keep(self) -> dict[str, str]:
        """What every link of the page hands on: the Response, where it was a choice."""
        chosen = self.response is not None and self.response != next(iter(self.responses), None)
        return {"response": str(self.response.uuid)} if self.response and chosen else {}

    def link(self, name: str, place: Place | None = None, **more: str) -> str:
        """The address of a page about this place, or another, in the same Response."""
        query = urlencode({**self.keep, **more})
        return reverse(name, args=[(place or self.place).uuid]) + (f"?{query}" if query else "")


def here(request: Asked, uuid: UUID, find: Callable[[Scope, UUID], Place] = seen) -> Here:
    """The place of an address. Raises Place.DoesNotExist outside the places whose board one sees.

    ``find`` says which places an address can name: those with a board, or also a building (its doors alone).
    """
    scope = request.by.scope(Right.SEE_BOARD)
    place = find(scope, uuid)
    part = part_of(place, scope)
    known = list(touching(part))
    asked = uuid_of(request.GET.get("response", ""))
    open_ = [one for one in known if one.closed_at is None]
    chosen = next((one for one in known if one.uuid == asked), None)
    return Here(place, part, way_to(place, scope), open_, chosen or next(iter(open_), None))


def name_of(place: Place) -> str:
    """A place's name as people say it: without 居委会."""
    return short_name(place.name, Kind(place.kind))


def uuid_of(text: str) -> UUID | None:
    """The id in a query string; None for anything else: a damaged link shows the list without it."""
    try:
        return UUID(text)
    except ValueError:
        return None


def typed(request: Asked, name: str, most: int = 40) -> str:
    """What somebody typed into a search; without the NUL that PostgreSQL refuses."""
    return request.GET.get(name, "").replace("\0", "").strip()[:most]


def kept(request: Asked) -> str:
    """The query string that leads to other pages of the same list."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
