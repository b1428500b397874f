"""A notice of the district: one building of 双一 is closed, a line of it waits for somebody who knows the place."""

from wangge.base.access.by import By
from wangge.demo.plan import SHUANGYI, place_id
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code
from wangge.domains.zones import actions, queries
from wangge.domains.zones.inputs import InForce, LineInput, read_text
from wangge.domains.zones.rules import LineState, Part

OFFICE, AUTHORITY = "yingze", "迎泽区疫情防控指挥部"
TEXT = """关于划定管控区的通告（演练）
第1号
一、管控区
迎泽区：车务院3号楼、老槐树面馆旁小院"""


def draw() -> None:
    """The office takes its notice, places the line that it knows and puts it in force."""
    by, area = _acting(OFFICE), by_code("140106")
    response = queries.response_for(area)
    if response is None:
        raise LookupError("the demo's Response is not open")
    notice = actions.take_notice(notice=read_text(TEXT), area=area, response=response, by=by)
    building = Place.objects.get(uuid=place_id(SHUANGYI.code, SHUANGYI.compounds[1].name, "3号楼"))
    first = notice.lines.get(number=1)
    actions.decide_line(line=first, typed=LineInput(LineState.PLACED, ((building.uuid, Part.IN),)), by=by)
    said = InForce(AUTHORITY, "第1号", "社区防控方案·管控区")
    actions.put_in_force(notice=notice, said=said, by=by)


def _acting(username: str) -> By:
    return by_for(Account.objects.get(username=username))
