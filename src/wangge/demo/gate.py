"""The north gate of 并四's compound: an open checkpoint, yesterday morning's shift there, and what it counted."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED, place_id
from wangge.domains.checkpoints import actions
from wangge.domains.checkpoints.inputs import EmergencyInput, LineInput, PassInput, ShiftInput
from wangge.domains.checkpoints.rules import Band, Called, Entered, Kind, Seen
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import by_for
from wangge.domains.places.models import Place

KEEPER = "bingsi-kadian"
#: What was shown, how often, and whether with a fever.
SHOWN = (
    (Seen.GREEN, 37, Band.NORMAL), (Seen.TALLY, 4, Band.NORMAL), (Seen.PAPER, 2, Band.NORMAL),
    (Seen.YELLOW, 1, Band.NORMAL), (Seen.GREEN, 1, Band.FEVER),
)  # fmt: skip
LINES = (
    (Entered.VISITOR, {"purpose": "看望父母", "host": "2号楼1单元301"}),
    (Entered.RIDER, {"purpose": "送外卖", "drop": "北门货架"}),
    (Entered.VEHICLE, {"purpose": "送菜", "plate": "晋A00000", "drop": "居委会门口"}),
)


def open_gate() -> None:
    """The secretary opens it at seven; the volunteer's shift until noon is already over when the demo begins."""
    keeper = _acting(KEEPER)
    place = Place.objects.get(uuid=place_id(BINGSI.code, BINGSI.compounds[0].name))
    post = Post.objects.get(uuid=derived(SEED, "post", KEEPER))
    point = actions.open_checkpoint(
        place=place, kind=Kind.GATE, name="北门", post=post, by=_acting("bingsi-shuji"),
        uuid=derived(SEED, "checkpoint", "north gate"),
    )  # fmt: skip
    now, shift = clock.now(), derived(SEED, "shift", "north gate")
    actions.begin_shift(typed=ShiftInput(shift, point.uuid, True, None), at=now, by=keeper)
    count = 0
    for shown, times, heat in SHOWN:
        through = shown is not Seen.YELLOW and heat is Band.NORMAL
        typed = PassInput(shift, shown, through, heat, True, False, 40)
        for _time in range(times):
            count += 1
            at = now + timedelta(minutes=5 * count)
            actions.record_pass(uuid=derived(SEED, "pass", count), typed=typed, at=at, by=keeper)
    for number, (kind, said) in enumerate(LINES):
        at = now + timedelta(hours=number + 1)
        actions.record_line(uuid=derived(SEED, "line", number), typed=LineInput(shift, kind, said), at=at, by=keeper)
    need = EmergencyInput(shift, Called.AMBULANCE, derived(SEED, "emergency"))
    actions.record_emergency(typed=need, at=now + timedelta(hours=2), by=keeper)
    over = ShiftInput(shift, point.uuid, False, count)
    actions.end_shift(typed=over, at=now + timedelta(hours=5), by=keeper)


def _acting(username: str) -> By:
    return by_for(Account.objects.get(username=username))
