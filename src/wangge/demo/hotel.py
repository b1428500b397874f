"""A hotel and a hospital that take people in, and a vehicle: whoever an order takes away waits on the list."""

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED
from wangge.domains.cases.models import Case
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import by_for
from wangge.domains.places.actions import add_place
from wangge.domains.places.queries import by_code
from wangge.domains.places.rules import Kind
from wangge.domains.transfer import actions
from wangge.domains.transfer.inputs import read_site, read_vehicle
from wangge.domains.transfer.inputs_rooms import read_rooms
from wangge.domains.transfer.rooms import list_rooms
from wangge.domains.transfer.rules import Need, Zone

PLACES = (
    ("平安酒店（集中隔离点）", {"where": "central", "single": "24", "family": "6", "accessible": "2", "staff": "9"}),
    ("定点医院隔离病区", {"where": "hospital", "single": "10", "family": "2", "accessible": "2", "staff": "12"}),
)
#: The hotel's rooms one by one, as its manager would paste them; the ward knows its numbers by kind alone.
ROOMS = "101-102,无障碍房,污染区\n201-206,家庭房,污染区\n301-324,单人间,污染区\n401-404,单人间,清洁区"


def open_hotel() -> None:
    """The district opens both and puts a bus of twenty seats to use."""
    by, community = by_for(Account.objects.get(username="yingze")), by_code(BINGSI.code)
    response = Case.objects.within(EVERYTHING).select_related("response").latest("id").response
    posts = {name: Post.objects.get(uuid=derived(SEED, "post", name)) for name in ("qiantai", "siji", "husong")}
    for number, (name, rooms) in enumerate(PLACES, 80):
        place = add_place(
            kind=Kind.SITE, name=name, parent=community, order=number, by=SYSTEM, uuid=derived(SEED, "place", name)
        )  # fmt: skip
        typed = read_site(rooms | {"place": str(place.uuid)}, list(Zone), list(Need))
        site = actions.open_site(response=response, place=place, typed=typed, desk=posts["qiantai"], by=by)
        if site.where == "central":
            list_rooms(site=site, rows=read_rooms({"list": ROOMS}), by=by)
    actions.add_vehicle(
        response=response, place=by_code("140106"), typed=read_vehicle({"name": "1号车", "seats": "20"}),
        driver=posts["siji"], escort=posts["husong"], by=by, uuid=derived(SEED, "vehicle", 1),
    )  # fmt: skip
