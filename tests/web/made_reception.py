"""Somebody who comes back, and a place for waiting, on one side of the tiny city."""

from dataclasses import dataclass

from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.reception import actions
from wangge.domains.reception.inputs import read_reception, read_spot
from wangge.domains.reception.models import Reception, ReceptionSpot
from wangge.flows import receptions


@dataclass(frozen=True)
class Received:
    """What the addresses of receptions are about."""

    one: Reception
    spot: ReceptionSpot


def received(tiny: Small, key: str, secretary: str) -> Received:
    """Announced by a call; the tent is the secretary's."""
    place, by = tiny.places[key], tiny.by(secretary)
    said = {"place": str(place.uuid), "name": "帐篷", "way": "沿东墙", "sheltered": "yes"}
    spot = actions.set_spot(typed=read_spot(said | {"uuid": str(uuid7())}), place=place, by=by)
    typed = read_reception({"uuid": str(uuid7()), "place": str(place.uuid), "how": "gate", "shown": "red"}, ())
    return Received(receptions.announce(typed=typed, place=place, by=by), spot)
