"""并四's store room runs short of masks, the township has enough; test kits expire soon, gowns are on the way."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import by_for
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code
from wangge.domains.supplies.actions import booking, sending
from wangge.domains.supplies.inputs import read_in
from wangge.domains.supplies.models import Store
from wangge.domains.supplies.queries import items
from wangge.domains.supplies.rules import Kind

TOWN, SECRETARY, GATE = "qiaodong", "bingsi-shuji", "bingsi-kadian"
#: What came in where: user name, name, unit, how many, days until it expires (0: no date).
CAME = (
    (TOWN, "口罩", "只", 20_000, 700), (TOWN, "防护服", "套", 300, 500), (TOWN, "抗原试剂", "人份", 5_000, 120),
    (SECRETARY, "口罩", "只", 600, 700), (SECRETARY, "抗原试剂", "人份", 200, 20), (SECRETARY, "消毒液", "桶", 40, 0),
)  # fmt: skip


def fill() -> None:
    """Two stores, what came in, a morning at the gate, and gowns on their way down."""
    stores = {
        TOWN: _store("街道物资库", Kind.WAREHOUSE, by_code(BINGSI.code[:9]), TOWN),
        SECRETARY: _store("社区库房", Kind.COMMUNITY, by_code(BINGSI.code), SECRETARY),
    }
    for number, (username, name, unit, amount, days) in enumerate(CAME):
        until = (clock.today() + timedelta(days=days)).isoformat() if days else ""
        typed = read_in({"name": name, "unit": unit, "amount": str(amount), "came": "office", "expires_on": until})
        booking.take_in(store=stores[username], typed=typed, by=_acting(username), uuid=derived(SEED, "supply", number))
    known = {one.name: one for one in items()}
    for number, amount in enumerate((180, 160, 120)):
        booking.hand_over(
            store=stores[SECRETARY], item=known["口罩"], amount=amount, by=_acting(GATE),
            uuid=derived(SEED, "handed", number),
        )  # fmt: skip
    sending.send(
        origin=stores[TOWN], to=stores[SECRETARY], item=known["防护服"], amount=20, by=_acting(TOWN),
        uuid=derived(SEED, "shipment"),
    )  # fmt: skip


def _store(name: str, kind: Kind, place: Place, username: str) -> Store:
    post = Post.objects.get(uuid=derived(SEED, "post", username))
    return booking.open_store(
        name=name, kind=kind, place=place, post=post, by=_acting(username), uuid=derived(SEED, "store", username)
    )


def _acting(username: str) -> By:
    return by_for(Account.objects.get(username=username))
