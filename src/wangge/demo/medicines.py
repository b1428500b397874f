"""水产宿舍: somebody's medicine is finished behind a closed gate, another's lasts some days; a card in a hand."""

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING, under
from wangge.base.ids import derived
from wangge.demo.plan import CASE, SEED, SHUANGSAN, place_id
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for
from wangge.domains.medicine.actions import cards, moving, taking
from wangge.domains.medicine.inputs import read_buy, read_need
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.rules import Source
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.venues.queries import pharmacies

WORKER = "shuangsan-1"
FINISHED = {"name": "硝苯地平缓释片", "left": "0", "per_day": "2", "dose": "20毫克", "contact": "家属"}
SOME_DAYS = {"name": "二甲双胍片", "left": "15", "per_day": "3", "dose": "0.5克"}


def runs_out() -> None:
    """The call comes in the evening: the oldest two of the compound who are not in the case's household."""
    by = _acting(WORKER)
    compound = Place.objects.get(uuid=place_id(SHUANGSAN.code, SHUANGSAN.compounds[0].name))
    people = Person.objects.within(EVERYTHING).filter(under(compound.path, "home"), died_on__isnull=True)
    home = Person.objects.within(EVERYTHING).get(uuid=CASE.uuid).home
    first, second = people.exclude(home=home).select_related("home__parent").order_by("birth_date", "id")[:2]
    _take(first, FINISHED, by)
    other = _take(second, SOME_DAYS, by)
    cards.take_card(person=second, by=by, uuid=derived(SEED, "card", second.uuid))
    if shops := pharmacies(second.home):
        moving.place(need=other, where=shops[0].name, venue=shops[0].uuid, by=by)
        moving.give(need=other, to=Account.objects.get(username=WORKER), by=by)
        bought = read_buy({"price": "28.60", "handed": "50", "receipt": "000187"})
        moving.buy(need=other, typed=bought, by=by)


def _take(person: Person, said: dict[str, str], by: By) -> Need:
    return taking.take_need(
        person=person, typed=read_need(said), source=Source.PHONE, by=by, uuid=derived(SEED, "medicine", person.uuid)
    )


def _acting(username: str) -> By:
    return by_for(Account.objects.get(username=username))
