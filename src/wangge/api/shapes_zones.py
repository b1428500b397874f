"""What leaves through the API about zones."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema


class ZonePlaceOut(Schema):
    """``part``: in, out (left out of a larger place), edge (its doors are decided one by one)."""

    place: UUID
    part: str


class ZoneOut(Schema):
    """A zone. ``level`` is the edition's key, ``label`` its Chinese word; ``before``: the stricter zone it was until it
    was stepped down; ``doors``: how many are in it."""

    id: UUID
    response: UUID
    level: str
    label: str
    name: str
    district: str
    state: str
    since: datetime
    until: datetime | None
    authority: str
    document_no: str
    clause: str
    protocol: str
    before: UUID | None
    doors: int
    places: list[ZonePlaceOut]


class ZoneFeature(Schema):
    """A GeoJSON feature; ``geometry`` is null where nothing is known of where its places are."""

    type: Literal["Feature"] = "Feature"
    id: UUID
    geometry: dict[str, Any] | None
    properties: ZoneOut


class ZoneCollection(Schema):
    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[ZoneFeature]
    next: str | None
