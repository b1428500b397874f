"""What people asked for on the evening before: medicine, food, a blocked fire way; and a call nobody took."""

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED, place_id
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for
from wangge.domains.help import actions, calls
from wangge.domains.help.inputs import read_call, read_help
from wangge.domains.help.rules import Act, Channel, Noted
from wangge.domains.places.models import Place

NOBODY = By(account=None, post=None)
#: Where nobody could say which door it is, the office has it until somebody does.
ASKED = (
    {"kind": "medicine", "whom": "other", "where": "小区南头，院里有棵槐树的那家", "phone": "13800000000",
     "words": "我妈的降压药只剩两天了，我在外地回不去"},
    {"kind": "food", "whom": "self", "where": "传达室旁边平房", "phone": "", "words": "米吃完了，一个人住，腿脚不好"},
    {"kind": "fire_way", "where": "北门消防通道", "words": "被两辆车堵着，救护车进不来"},
)  # fmt: skip


def ask() -> None:
    """Three requests of the evening; the food was brought and waits for the old man's word; one call was missed."""
    place = Place.objects.get(uuid=place_id(BINGSI.code, BINGSI.compounds[0].name))
    secretary = by_for(Account.objects.get(username="bingsi-shuji"))
    for number, typed in enumerate(ASKED):
        said = read_help({"uuid": str(derived(SEED, "help", number)), **typed})
        one = actions.ask(said=said, place=place, channel=Channel.LINK, by=NOBODY, sender=f"demo {number}")
        if typed["kind"] == "food":
            actions.note(request=one, kind=Noted.ANSWERED, by=secretary)
            actions.say(request=one, act=Act.DO, by=secretary)
    rang = read_call({"uuid": str(derived(SEED, "call", 1)), "phone": "13800000001"}, missed=True)
    community = Place.objects.get(uuid=place.parent.uuid) if place.parent else place
    calls.note_missed(said=rang, place=community, by=secretary, at=clock.now())
