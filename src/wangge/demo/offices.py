"""The posts of the demo city, from the city to the stairs, some of them vacant."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.demo.plan import AREAS, BINGSI, Area, place_id
from wangge.demo.staff import Staff
from wangge.domains.duty.actions import end
from wangge.domains.duty.models import Holding
from wangge.domains.duty.rules import PostKind
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.queries import by_code

#: user name, kind, title, code of the place, the level above
OFFICES = (
    ("zhihuibu", PostKind.CITY, "太原市疫情防控指挥部", "1401", ""),
    ("yingze", PostKind.DISTRICT, "迎泽区疫情防控指挥部", "140106", "zhihuibu"),
    ("qingxu", PostKind.DISTRICT, "清徐县疫情防控指挥部", "140121", "zhihuibu"),
    ("qiaodong", PostKind.TOWN, "桥东街道办事处", "140106005", "yingze"),
    ("yingze-jiedao", PostKind.TOWN, "迎泽街道办事处", "140106004", "yingze"),
    ("haozhuang", PostKind.TOWN, "郝庄镇副镇长", "140106100", "yingze"),
    ("jiyi", PostKind.TOWN, "集义乡人民政府", "140121204", "qingxu"),
    ("yingze-zhengling", PostKind.AUTHORITY, "迎泽区疫情防控工作领导小组办公室", "140106", "zhihuibu"),
    ("qingxu-zhengling", PostKind.AUTHORITY, "清徐县疫情防控工作领导小组办公室", "140121", "zhihuibu"),
    ("liudiao", PostKind.TRACER, "市流调专班流调员", "1401", "zhihuibu"),
    ("jiance", PostKind.TEST_DESK, "迎泽区检测信息专班", "140106", "yingze"),
    ("jiance-shi", PostKind.TEST_DESK, "市检测信息专班", "1401", "zhihuibu"),
    ("shenji", PostKind.AUDITOR, "市审计专员", "1401", "zhihuibu"),
)
#: Left three days ago and not yet filled. 并四's grid 3 falls to its branch, branch 4 to the secretary.
LEFT = ("bingsi-3", "shuangbei-2", "bingsi-zhibu-4")
DEPUTIES = {"shuangbei-2": "shuangbei-2-dai"}


def fill(staff: Staff, grids: Mapping[str, Sequence[Grid]]) -> None:
    """Make every post; ``grids`` are by the area's key. Call it with the clock held where they began."""
    for username, kind, title, code, above in OFFICES:
        staff.seat(username, kind, title, by_code(code), above=above)
    for area in AREAS:
        _community(staff, area, by_code(area.code), grids[area.key])
    staff.seat("bingsi-kadian", PostKind.CHECKPOINT, "并四社区北门卡点", by_code(BINGSI.code), above="bingsi-shuji")


def _community(staff: Staff, area: Area, place: Place, grids: Sequence[Grid]) -> None:
    secretary, where = f"{area.key}-shuji", "村" if area.hamlets else "社区"
    title = f"{area.label}{where}党{'支部' if area.hamlets else '委'}书记"
    staff.seat(secretary, PostKind.COMMUNITY, title, place, above=area.town)
    share = len(grids) // area.branches
    for branch in range(area.branches):
        mine = grids[branch * share : (branch + 1) * share]
        name, number = f"{area.key}-zhibu", f"第{branch + 1}" if area.branches > 1 else ""
        name += f"-{branch + 1}" if number else ""
        staff.seat(name, PostKind.BRANCH, f"{area.label}{number}网格党支部书记", place, above=secretary, grids=mine)
        for grid in mine:
            worker, title = f"{area.key}-{grid.number}", f"{area.label}第{grid.number}网格网格员"
            staff.seat(worker, PostKind.GRID_WORKER, title, place, above=name, grids=[grid])
        _buildings(staff, area, branch, name)


def _buildings(staff: Staff, area: Area, branch: int, above: str) -> None:
    """A building group for the first two buildings of a compound, every other one without a holder."""
    for number, compound in enumerate(area.compounds[branch * 2 : branch * 2 + 2], branch * 2 + 1):
        for building in (1, 2)[: sum(block.count for block in compound.blocks)]:
            place = Place.objects.get(uuid=_building(area, compound.name, building))
            user, title = f"{area.key}-lou-{number}-{building}", f"{compound.name}{building}号楼党小组组长"
            vacant = (number + building) % 2 == 1
            staff.seat(user, PostKind.BUILDING_GROUP, title, place, above=above, vacant=vacant)
            if building == 1:
                user, title = f"{area.key}-hu-{number}", f"{compound.name}1号楼党员中心户"
                staff.seat(user, PostKind.CENTRE_HOUSEHOLD, title, place, above=above, vacant=number % 2 == 0)


def _building(area: Area, compound: str, number: int) -> UUID:
    return place_id(area.code, compound, f"{number}号楼")


def leave(staff: Staff) -> None:
    """Three posts fell vacant three days ago; whoever left cannot sign in any more. One has a deputy since."""
    with clock.held(clock.start_of(clock.today() - timedelta(days=3)) + timedelta(hours=18)):
        for username in LEFT:
            holding = next(one for one in staff.holdings if one.account.username == username)
            end(holding=holding, by=SYSTEM)
            account = staff.accounts.pop(username)
            account.is_active = False
            account.save(update_fields=["is_active"])
            if deputy := DEPUTIES.get(username):
                staff.fill(staff.posts[username], deputy, Holding.Role.DEPUTY)
