"""Named reads of homes in isolation: which, who in them, which day of how many, which papers were handed over."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q

from wangge.base import clock, sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.isolation.models import PAPERS, Order, PaperHanded, Stage
from wangge.domains.isolation.queries import whole
from wangge.domains.isolation.rules import OrderState
from wangge.domains.isolation.rules_home import Paper, Term, term
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules import Where


def at_home(scope: Scope, response: Response) -> ScopedQuerySet[Order]:
    """Orders of an authority in force whose measure of today, or the first one that is to come, is spent at home."""
    orders = Order.objects.within(scope).filter(response=response, state=OrderState.IN_FORCE, provisional=False)
    today = clock.today()
    ahead = Stage.objects.filter(order=OuterRef("pk"), last_day__gte=today).order_by()
    away = _away(orders)
    here = ahead.filter(~away, first_day__lte=today)
    return orders.filter(Exists(here) | (Exists(ahead) & ~Exists(ahead.filter(away))))


def _away(orders: ScopedQuerySet[Order]) -> Q:
    """Measures that are not spent at home, each by the edition of its order: it decides what its words mean."""
    found = Q(pk__in=())
    for key in set(orders.order_by().values_list("protocol", flat=True).distinct()):
        edition = protocol(key)
        kinds = {one.kind for role in edition.roles.values() for one in role.measures if one.where is not Where.HOME}
        found |= Q(order__protocol=key, measure__in=kinds)
    return found


def homes(scope: Scope, response: Response) -> "ScopedQuerySet[Person]":
    """The homes of these orders as keys (``home``), in the order in which one walks."""
    orders = at_home(scope, response)
    people = Person.objects.within(scope).filter(pk__in=orders.order_by().values("person"))
    return people.order_by("home__path").values_list("home", flat=True).distinct()  # type: ignore[return-value]


def orders_in(scope: Scope, homes: Iterable[int], response: Response) -> dict[int, list[Order]]:
    """The orders in force in some homes (by key), the oldest people first."""
    found: dict[int, list[Order]] = defaultdict(list)
    there = whole(at_home(scope, response).filter(person__home__in=list(homes)))
    for one in there.order_by("person__birth_date", "id"):
        found[one.person.home_id].append(one)
    return found


def of_home(home: Place) -> list[Order]:
    """The orders of an authority in force about those who live behind a door, also where they are spent elsewhere."""
    there = Q(person__home=home) | Q(person__home__parent=home)
    found = Order.objects.within(EVERYTHING).filter(there, state=OrderState.IN_FORCE, provisional=False)
    return list(whole(found).order_by("id"))


def own_order(person: Person, response: Response) -> Order | None:
    """The order in force about one person, a protective step included: for that person's own page."""
    found = Order.objects.within(EVERYTHING).filter(person=person, response=response, state=OrderState.IN_FORCE)
    return whole(found).first()


def term_of(order: Order) -> Term:
    """Which day of how many an order is in today; its end decides, also where it was shortened."""
    stages = list(order.stages.all())
    first = stages[0].first_day if stages else clock.day_of(order.starts_at)
    last = stages[-1].last_day if stages else clock.day_of(order.ends_at)
    return term(first, last, clock.today())


def handed(orders: Iterable[Order], kind: Paper = Paper.ORDER) -> dict[int, PaperHanded]:
    """The latest hand-over of a paper of each order, by the order's key."""
    rows = PaperHanded.objects.within(EVERYTHING).filter(order__in=[one.pk for one in orders], kind=kind)
    return {one.order_id: one for one in rows.order_by("at", "id")}


def papers_of(order: Order, kind: Paper) -> list[PaperHanded]:
    """Every hand-over of a paper of one order, the latest last."""
    return list(PaperHanded.objects.within(EVERYTHING).filter(order=order, kind=kind).order_by("at", "id"))


def guardian_of(paper: PaperHanded) -> str:
    """Who signed for somebody else; '' where nobody did. Log the look before showing it."""
    return str(sealing.unseal(PAPERS, paper.uuid, paper.sealed).get("guardian", "")) if paper.sealed else ""


def places(keys: Sequence[int]) -> list[Place]:
    """Some homes by key, in the order given."""
    found = Place.objects.select_related("parent").in_bulk(keys)
    return [found[key] for key in keys]
