"""A check-in as it arrives from a device."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CheckInInput:
    """``uuid`` made by the device, person and venue by their public ids, ``at`` an aware instant."""

    uuid: UUID
    person: UUID
    venue: UUID
    at: datetime
