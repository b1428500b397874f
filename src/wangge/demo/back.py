"""并四's compound: a tent at the north gate, a yellow code last evening, and a family that comes today."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED, place_id
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for
from wangge.domains.places.models import Place
from wangge.domains.reception import actions
from wangge.domains.reception.inputs import EndInput, ReceptionInput, SpotInput
from wangge.domains.reception.rules import Care, Ended, How, Shown
from wangge.flows import receptions

SECRETARY = "bingsi-shuji"
TENT, WAY = "北门东侧帐篷", "出帐篷沿东墙走，过2号楼到各楼门；走楼梯，不坐电梯"


def come_back() -> None:
    """The secretary sets the tent up, meets one and looks at what they tell; a call announces a family for today."""
    by = _acting(SECRETARY)
    place = Place.objects.get(uuid=place_id(BINGSI.code, BINGSI.compounds[0].name))
    tent = SpotInput(derived(SEED, "spot", "tent"), place.uuid, TENT, WAY, True, True, False)
    actions.set_spot(typed=tent, place=place, by=by)
    yellow = ReceptionInput(
        derived(SEED, "reception", "yellow"), place.uuid, How.GATE, Shown.YELLOW, 1, (), None, {"name": "周先生"}
    )
    one = receptions.announce(typed=yellow, place=place, by=by)
    actions.meet(reception=one, by=by)
    receptions.end(reception=one, typed=EndInput(Ended.LET_IN, ""), by=by)
    family = ReceptionInput(
        derived(SEED, "reception", "family"), place.uuid, How.PHONE, Shown.RED, 3, (Care.OLD, Care.CHILD),
        clock.now() + timedelta(hours=23), {"name": "吴女士", "words": "从火车站坐车回来，老人走不快"},
    )  # fmt: skip
    receptions.announce(typed=family, place=place, by=by)


def _acting(username: str) -> By:
    return by_for(Account.objects.get(username=username))
