"""Somebody stands at the north gate of the tiny city: what their phone sends, by the verbs that take it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.checkpoints import actions, queries
from wangge.domains.checkpoints.inputs import read_emergency, read_pass, read_shift, read_vehicle, read_visitor
from wangge.domains.checkpoints.models import Checkpoint, Emergency, Pass, RegisterLine, Shift
from wangge.domains.checkpoints.queries import Total
from wangge.domains.checkpoints.rules import Kind
from wangge.domains.places.models import Place

PASS = {"shown": "green", "through": True, "temperature": "normal", "mask": True, "venue_code": True, "list_minutes": 9}


@dataclass
class Gate:
    """A checkpoint opened by the secretary and a shift of the volunteer in it."""

    tiny: Small
    point: Checkpoint = field(init=False)
    shift: Shift = field(init=False)

    def __post_init__(self) -> None:
        self.point = self.open()
        self.shift = self.begin()

    def by(self, username: str) -> By:
        return self.tiny.by(username)

    @property
    def keeper(self) -> By:
        return self.by("bingsi-kadian")

    @property
    def compound(self) -> Place:
        building = self.tiny.homes[0].parent.parent  # type: ignore[union-attr]  # a home lies in a unit of a building
        return building.parent  # type: ignore[union-attr, return-value]

    def open(self, name: str = "北门", **said: Any) -> Checkpoint:
        given: dict[str, Any] = {"place": self.compound, "kind": Kind.GATE, "by": self.by("bingsi-shuji")}
        return actions.open_checkpoint(name=name, **(given | {"post": self.tiny.posts["bingsi-kadian"]} | said))

    def begin(self, by: By | None = None, point: Checkpoint | None = None) -> Shift:
        said = {"shift": str(uuid7()), "checkpoint": str((point or self.point).uuid), "begins": True}
        return actions.begin_shift(typed=read_shift(said), at=clock.now(), by=by or self.keeper)

    def end(self, counted: int) -> Shift:
        said = {"shift": str(self.shift.uuid), "checkpoint": str(self.point.uuid), "begins": False, "counted": counted}
        return actions.end_shift(typed=read_shift(said), at=clock.now(), by=self.keeper)

    def comes(self, *, uuid: UUID | None = None, by: By | None = None, **said: Any) -> Pass:
        typed = read_pass(PASS | {"shift": str(self.shift.uuid)} | said)
        return actions.record_pass(uuid=uuid or uuid7(), typed=typed, at=clock.now(), by=by or self.keeper)

    def visits(self, *, uuid: UUID | None = None, **said: Any) -> RegisterLine:
        read = read_vehicle if "kind" in said else read_visitor
        typed = read({"shift": str(self.shift.uuid)} | said)
        return actions.record_line(uuid=uuid or uuid7(), typed=typed, at=clock.now(), by=self.keeper)

    def needs_help(self, *, uuid: UUID | None = None, called: str = "ambulance") -> Emergency:
        said = {"shift": str(self.shift.uuid), "called": called, "emergency": str(uuid or uuid7())}
        return actions.record_emergency(typed=read_emergency(said), at=clock.now(), by=self.keeper)

    def total(self) -> Total:
        return queries.totals_of_shifts([self.shift]).get(self.shift.pk, queries.NOTHING)
