"""People who come back to the compound of the tiny city, and short words for what is done with them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.ids import uuid7
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.reception import actions, queries
from wangge.domains.reception.inputs import read_end, read_reception, read_spot
from wangge.domains.reception.models import Reception, ReceptionSpot
from wangge.flows import receptions

WORKER, SECRETARY, GATE = "bingsi-1", "bingsi-shuji", "bingsi-kadian"


def compound(stage: Stage) -> Place:
    """The compound of the first home."""
    path = stage.tiny.homes[0].path
    found = [one for one in Place.objects.filter(kind=Kind.COMPOUND) if path.startswith(one.path)]
    return found[0]


def comes(
    stage: Stage, *, shown: str = "red", how: str = "gate", care: tuple[str, ...] = (), by: str = WORKER,
    uuid: UUID | None = None, expected: datetime | None = None, **said: Any,
) -> Reception:  # fmt: skip
    at = expected or clock.now() + timedelta(hours=2)
    typed = {
        "uuid": str(uuid or uuid7()), "place": str(compound(stage).uuid), "how": how, "shown": shown,
        "expected_at": f"{at.astimezone(clock.LOCAL):%Y-%m-%dT%H:%M}",
    } | said  # fmt: skip
    return receptions.announce(typed=read_reception(typed, care), place=compound(stage), by=stage.tiny.by(by))


def ends(stage: Stage, one: Reception, how: str, *, by: str = WORKER, taken_by: str = "") -> Reception:
    return receptions.end(reception=one, typed=read_end({"how": how, "taken_by": taken_by}), by=stage.tiny.by(by))


def met(stage: Stage, one: Reception, person: Person | None = None, by: str = WORKER) -> Reception:
    found = actions.meet(reception=one, by=stage.tiny.by(by))
    return actions.name_person(reception=found, person=person, by=stage.tiny.by(by)) if person else found


def now_of(one: Reception) -> Reception:
    found = queries.known(one.uuid)
    assert found
    return found


def spot(stage: Stage, *, by: str = SECRETARY, **said: str) -> ReceptionSpot:
    typed = {
        "uuid": str(uuid7()), "place": str(compound(stage).uuid), "name": "北门东侧帐篷", "way": "沿东墙到楼门",
        "sheltered": "yes", "warm": "yes",
    } | said  # fmt: skip
    return actions.set_spot(typed=read_spot(typed), place=compound(stage), by=stage.tiny.by(by))
