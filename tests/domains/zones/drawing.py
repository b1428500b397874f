"""Short words for drawing zones in the tiny city: 东岗里 has two buildings of two units, and a dormitory."""

from dataclasses import dataclass

from django.http import QueryDict

from wangge.base import clock
from wangge.demo.small import Small
from wangge.domains.places.models import Place
from wangge.domains.zones import actions, placing, queries
from wangge.domains.zones.inputs import InForce, LineInput, read_decision, read_text
from wangge.domains.zones.models import Zone, ZoneLine, ZoneNotice
from wangge.domains.zones.rules import LineState, Part

AUTHORITY = "太原市疫情防控办公室"


@dataclass
class Drawing:
    """The district's office takes notices, places their lines and puts them in force."""

    tiny: Small
    username: str = "yingze"
    area: str = "district"
    published: int = 0

    @property
    def by(self):  # type: ignore[no-untyped-def]
        return self.tiny.by(self.username)

    @property
    def compound(self) -> Place:
        return self.building(0).parent  # type: ignore[return-value]  # a building lies in its compound

    def building(self, number: int) -> Place:
        return self.tiny.homes[number * 6].parent.parent  # type: ignore[union-attr, return-value]

    def unit(self, home: int) -> Place:
        return self.tiny.homes[home].parent  # type: ignore[return-value]

    def take(self, lockdown: str = "", control: str = "", district: str = "迎泽区") -> ZoneNotice:
        """Each is published a minute after the one before."""
        self.published += 1
        day = f"{clock.today():%Y年%m月%d日} 08:{self.published:02d}"
        parts = [f"太原市通告 {day}"]
        parts += [f"一、封控区\n{district}：{lockdown}"] if lockdown else []
        parts += [f"二、管控区\n{district}：{control}"] if control else []
        notice = read_text("\n".join(parts))
        return actions.take_notice(
            notice=notice, area=self.tiny.places[self.area], response=self.tiny.response, by=self.by
        )

    def lines(self, notice: ZoneNotice) -> list[ZoneLine]:
        return list(notice.lines.order_by("number"))

    def offered(self, line: ZoneLine) -> placing.Proposal:
        return placing.proposals(line.notice, [line])[line.pk]

    def place(self, line: ZoneLine, *places: Place, without: tuple[Place, ...] = (), part: Part = Part.IN) -> ZoneLine:
        chosen = [(one.uuid, part) for one in places] + [(one.uuid, Part.OUT) for one in without]
        return actions.decide_line(line=line, typed=LineInput(LineState.PLACED, tuple(chosen)), by=self.by)

    def tap(self, line: ZoneLine, **said: str) -> ZoneLine:
        typed = QueryDict(mutable=True)
        typed.update(said)
        return actions.decide_line(line=line, typed=read_decision(typed), by=self.by)

    def in_force(self, notice: ZoneNotice, authority: str = AUTHORITY) -> ZoneNotice:
        said = InForce(authority, f"第{self.published}号", "社区防控方案")
        return actions.put_in_force(notice=notice, said=said, by=self.by)

    def drawn(self, *places: Place, level: str = "lockdown", without: tuple[Place, ...] = (), **more: str) -> Zone:
        """A notice with one line, placed and in force."""
        notice = self.take(**{level: "、".join(one.name for one in places)})
        for line, place in zip(self.lines(notice), places, strict=True):
            self.place(line, place, without=without)
        self.in_force(notice, **more)
        return self.zones()[0]

    def zones(self) -> list[Zone]:
        return list(queries.zones(self.by.scope("draw_zones")))
