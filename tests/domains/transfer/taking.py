"""A family of the tiny city is to be taken to a hotel: the site, a vehicle, orders, and each hand on the way."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.places.actions import add_place
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.transfer import actions, handing, planning
from wangge.domains.transfer.actions import ToTake
from wangge.domains.transfer.inputs import read_site, read_vehicle
from wangge.domains.transfer.models import Passenger, PeopleOffer, TransferPlan, TransferSite, TransferVehicle
from wangge.domains.transfer.rules import Need, Zone
from wangge.domains.transfer.rules_hands import Hand

ROOMS = {"where": "central", "single": "8", "family": "3", "accessible": "1", "staff": "4"}


@dataclass
class Taking:
    """One hotel and one vehicle; the first family is on the list."""

    tiny: Small
    hotel: Place = field(init=False)
    site: TransferSite = field(init=False)
    vehicle: TransferVehicle = field(init=False)

    def __post_init__(self) -> None:
        self.hotel = self.a_hotel("平安酒店")
        self.site = self.opened(self.hotel)
        self.vehicle = self.with_vehicle("1号车")

    def by(self, username: str) -> By:
        return self.tiny.by(username)

    @property
    def leader(self) -> By:
        return self.by("yingze")

    def a_hotel(self, name: str) -> Place:
        return add_place(kind=Kind.SITE, name=name, parent=self.tiny.places["community"], order=90, by=SYSTEM)

    def opened(self, place: Place, **rooms: str) -> TransferSite:
        typed = read_site(ROOMS | {"place": str(place.uuid)} | rooms, list(Zone), list(Need))
        desk = self.tiny.posts["qiantai"]
        return actions.open_site(response=self.tiny.response, place=place, typed=typed, desk=desk, by=self.leader)

    def with_vehicle(self, name: str, seats: int = 20) -> TransferVehicle:
        typed = read_vehicle({"name": name, "seats": str(seats)})
        return actions.add_vehicle(
            response=self.tiny.response, place=self.tiny.places["district"], typed=typed, by=self.leader,
            driver=self.tiny.posts["siji"], escort=self.tiny.posts["husong"],
        )  # fmt: skip

    def listed(self, *people: Person, role: str = "close_contact") -> list[Passenger]:
        until = clock.today() + timedelta(days=6)
        wanted = [ToTake(one, uuid7(), role, "central", until) for one in people]
        actions.list_people(response=self.tiny.response, wanted=wanted, by=SYSTEM)
        return self.now(*people)

    def now(self, *people: Person) -> list[Passenger]:
        found = Passenger.objects.within(EVERYTHING).filter(person__in=people).select_related("person", "door", "site")
        return list(found.order_by("id"))

    def planned(self) -> TransferPlan:
        plan, made = planning.make_plan(
            response=self.tiny.response, area=self.tiny.places["district"], by=self.leader, seconds=3
        )
        assert plan is not None, made.missing
        return plan

    def adopted(self, why: str = "") -> TransferPlan:
        return planning.adopt(plan=self.planned(), why=why, by=self.leader)

    def ready(self, people: list[Passenger]) -> list[Passenger]:
        """Told and asked at the door."""
        worker_ = self.by("bingsi-1")
        actions.tell(people=people, by=worker_)
        actions.ask_behind(people=people, behind=(), by=worker_)
        return self.now(*(one.person for one in people))

    def offers(self, people: list[Passenger], to: Hand, who: str, uuid: UUID | None = None) -> PeopleOffer:
        return handing.offer(uuid=uuid or uuid7(), people=people, to=to, by=self.by(who))

    def accepts(self, offer: PeopleOffer, people: list[Passenger], who: str, count: int | None = None) -> PeopleOffer:
        counted = len(people) if count is None else count
        return handing.accept(offer=offer, present=[one.uuid for one in people], count=counted, by=self.by(who))

    def passed_on(self, people: list[Passenger], to: Hand, frm: str, who: str) -> list[Passenger]:
        self.accepts(self.offers(people, to, frm), people, who)
        worker.run_pending()
        return self.now(*(one.person for one in people))
