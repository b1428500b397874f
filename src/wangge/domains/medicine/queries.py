"""Named reads of medicine: what runs out first, who has it, which cards are in which hand."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.duty.models import Account, Holding
from wangge.domains.duty.queries import coverage, holdings_of, in_force
from wangge.domains.medicine.models import CardCount, CardHand, Need, NeedStep, NeedVoice, Prescription
from wangge.domains.medicine.rules import OPEN, Away, Move, Source, State, Terms
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force as edition_of
from wangge.domains.protocol.queries import open_responses
from wangge.domains.protocol.rules import Protocol

TABLE, STEPS, PHOTOS = "wangge_need", "wangge_needstep", "wangge_prescription"
#: Who works with needs: at doors, and at the telephone.
SEES = (Right.WORK_DOORS, Right.ANSWER_CALLS)
MOST_BUYERS = 60


def scope_of(by: By) -> Scope:
    """The places at which somebody works with needs. Raises NotAllowed where there are none."""
    if by.system:
        return EVERYTHING
    held = [by.scope(right) for right in SEES if by.may(right)]
    return held[0] | held[-1] if held else by.scope(SEES[0])


def works_at(by: By, place: Place) -> bool:
    """Whether somebody works with needs at a home."""
    return by.system or any(by.may(right) and by.scope(right).covers(place.path, place.grid_id) for right in SEES)


def response_at(place: Place) -> Response | None:
    """The open Response around a home; the narrowest."""
    around = [*ancestors(place.path), place.path]
    return open_responses().filter(area__path__in=around).prefetch_related("phases").order_by("-area__path").first()


def terms_of(edition: Protocol) -> Terms:
    """An edition's terms as spans of time."""
    said = edition.medicine
    margin, urgent, soonest = (timedelta(hours=hours) for hours in (said.margin, said.urgent, said.soonest))
    return Terms(margin, urgent, soonest, {State(part): timedelta(hours=hours) for part, hours in said.hold.items()})


def _whole(needs: ScopedQuerySet[Need]) -> ScopedQuerySet[Need]:
    return needs.select_related("person", "person__home", "person__home__parent", "post", "post__parent", "raised_to")


def open_needs(scope: Scope) -> ScopedQuerySet[Need]:
    """What is open at the places of a scope: whose medicine is finished first, first."""
    return _whole(Need.objects.within(scope).filter(ended_at__isnull=True)).order_by("runs_out_at", "id")


def ended_needs(scope: Scope) -> ScopedQuerySet[Need]:
    """What is over, the latest first."""
    return _whole(Need.objects.within(scope).filter(ended_at__isnull=False)).order_by("-ended_at", "-id")


def urgent_count(scope: Scope, now: datetime, urgent: timedelta) -> int:
    """How many open needs have less left than that and are not at the door yet."""
    return open_needs(scope).filter(runs_out_at__lt=now + urgent).exclude(state=State.DELIVERED).count()


def need(by: By, uuid: UUID) -> Need:
    """One need of one's places, or in one's own hand. Raises Need.DoesNotExist."""
    scope = scope_of(by) if by.system or any(by.may(right) for right in SEES) else Scope()
    mine = Q(pk__in=Need.objects.within(EVERYTHING).filter(buyer=by.account, buyer__isnull=False).values("pk"))
    found = _whole(Need.objects.within(EVERYTHING)).filter(scope.q("person__home") | mine)
    return found.get(uuid=uuid)


def known(uuid: UUID | None) -> Need | None:
    """A need by the id it was sent with, for a verb that is asked twice."""
    return _whole(Need.objects.within(EVERYTHING)).filter(uuid=uuid).first() if uuid else None


def out_of_reach(account: UUID, reach: Scope) -> ScopedQuerySet[Need]:
    """What somebody buys or brings to homes that their posts reach no more."""
    return buying(account).exclude(reach.q("person__home"))


def buying(account: UUID | None) -> ScopedQuerySet[Need]:
    """What is in somebody's hand: in the order of their round, then by deadline."""
    found = _whole(Need.objects.within(EVERYTHING)).filter(buyer=account, ended_at__isnull=True)
    return found.exclude(state=State.DELIVERED).order_by(F("turn").asc(nulls_last=True), "due_at", "id")


def deliverable(scope: Scope) -> ScopedQuerySet[Need]:
    """What was bought and is not at the door yet, by deadline."""
    return open_needs(scope).filter(state__in=(State.BOUGHT, State.ON_WAY)).order_by("due_at", "id")


def open_at(door: Place) -> ScopedQuerySet[Need]:
    """The open needs of those who live behind a door."""
    found = Need.objects.within(EVERYTHING).filter(ended_at__isnull=True)
    return _whole(found.filter(Q(person__home=door) | Q(person__home__parent=door))).order_by("runs_out_at", "id")


def of_person(person: Person) -> ScopedQuerySet[Need]:
    """All of somebody's, the open ones first."""
    return _whole(Need.objects.within(EVERYTHING)).filter(person=person).order_by("ended_at", "-id")


def open_of(person: Person) -> ScopedQuerySet[Need]:
    """Somebody's open needs, what is finished first first."""
    found = _whole(Need.objects.within(EVERYTHING)).filter(person=person, ended_at__isnull=True)
    return found.order_by("runs_out_at", "id")


def voices(one: Need) -> list[NeedVoice]:
    """Where else it was said, in the order of saying."""
    return list(NeedVoice.objects.within(EVERYTHING).filter(need=one).order_by("at", "id"))


def voiced(source: Source, origin: UUID) -> Need | None:
    """The need of which a request, report or answer speaks; the open one, where it is one of several."""
    found = _whole(Need.objects.within(EVERYTHING)).filter(voices__source=source, voices__origin=origin)
    return found.order_by(F("ended_at").desc(nulls_first=True), "-id").first()


def digest(secret: str) -> str:
    """What is kept of the secret of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def by_secret(secret: str) -> Need | None:
    """The need that an address opens, as long as its Response is open."""
    found = _whole(Need.objects.within(EVERYTHING)).filter(secret_hash=digest(secret)).first()
    return found if found and open_responses().filter(uuid=found.response).exists() else None


def said(one: Need) -> dict[str, Any]:
    """What is sealed of a need: name, dose, contact, note. Log the look before showing it."""
    return sealing.unseal(TABLE, one.uuid, one.sealed)


def index_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The blind index of a medicine's name: kept with the need, worked out again under new keys. A need with a photo
    alone has one too: there is one of these for a person."""
    name = "".join(str(content.get("name", "")).casefold().split())
    return {"name_index": sealing.blind("medicine", name or "photo")}


def steps(one: Need) -> list[tuple[NeedStep, dict[str, Any]]]:
    """The path, from its beginning, with what was said at each step."""
    rows = NeedStep.objects.within(EVERYTHING).filter(need=one).order_by("at", "id")
    return [(row, sealing.unseal(STEPS, row.uuid, row.sealed)) for row in rows]


def where(one: Need) -> str:
    """The name of the hospital or pharmacy that is chosen now; '' where none is."""
    chosen = NeedStep.objects.within(EVERYTHING).filter(need=one, move__in=(Move.PLACE, Move.OUT_OF_STOCK))
    row = chosen.order_by("at", "id").last()
    return str(sealing.unseal(STEPS, row.uuid, row.sealed)["where"]) if row and row.move == Move.PLACE else ""


def names_of(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """Who is on duty, as the badge says it."""
    return dict(Account.objects.filter(uuid__in={one for one in accounts if one}).values_list("uuid", "name"))


def posts_reaching(account: Account, place: Place) -> list[UUID]:
    """The posts that somebody holds now and that reach a home."""
    held = (one.post for one in holdings_of(account)) if account.is_active else ()
    return [post.uuid for post in held if coverage(post).covers(place.path, place.grid_id)]


def buyers_for(place: Place) -> list[Account]:
    """Who may buy and bring: the holders of posts of the place and of what lies around it."""
    around = [*ancestors(place.path), place.path]
    held = Holding.objects.filter(in_force(), post__place__path__in=around).exclude(account__is_active=False)
    keys = held.order_by("-post__place__path", "id").values_list("account", flat=True)[: 4 * MOST_BUYERS]
    found = Account.objects.in_bulk(list(dict.fromkeys(keys))[:MOST_BUYERS])
    return [one for one in found.values() if posts_reaching(one, place)]


def account(uuid: UUID | None) -> Account | None:
    """An account by its id."""
    return Account.objects.filter(uuid=uuid).first() if uuid else None


def editions(found: Iterable[Need]) -> dict[UUID, Protocol]:
    """The edition in force in each Response of these needs, by its id."""
    wanted = Response.objects.filter(uuid__in={one.response for one in found}).prefetch_related("phases")
    return {one.uuid: edition_of(one) for one in wanted}


def photos(one: Need) -> list[UUID]:
    """The prescriptions of a need, in the order of taking."""
    found = Prescription.objects.within(EVERYTHING).filter(need=one).order_by("at", "id")
    return list(found.values_list("uuid", flat=True))


def photo(one: Need, uuid: UUID) -> Prescription:
    """Raises Prescription.DoesNotExist."""
    return Prescription.objects.within(EVERYTHING).get(need=one, uuid=uuid)


def cards_of(account: UUID) -> ScopedQuerySet[CardHand]:
    """The cards in somebody's hand now."""
    found = CardHand.objects.within(EVERYTHING).filter(account=account, until__isnull=True)
    return found.select_related("person", "person__home", "person__home__parent").order_by("since", "id")


def cards_offered(account: UUID | None) -> ScopedQuerySet[CardHand]:
    """The cards that wait for somebody to take them."""
    found = CardHand.objects.within(EVERYTHING).filter(offered_to=account, until__isnull=True)
    return found.select_related("person", "person__home", "person__home__parent").order_by("offered_at", "id")


def cards_at(scope: Scope) -> ScopedQuerySet[CardHand]:
    """Every card of one's places that is in a hand, those that cannot be given back first."""
    found = CardHand.objects.within(scope).filter(until__isnull=True)
    chosen = found.select_related("person", "person__home", "person__home__parent")
    return chosen.order_by("away_at", "account", "since", "id")


def cards_away(scope: Scope) -> ScopedQuerySet[CardHand]:
    """The cards in hands that cannot give them back."""
    return cards_at(scope).filter(away_at__isnull=False)


def card(by: By, uuid: UUID) -> CardHand:
    """A card in one's own hand, offered to one, or of one's places. Raises CardHand.DoesNotExist."""
    scope = scope_of(by) if by.system or any(by.may(right) for right in SEES) else Scope()
    found = CardHand.objects.within(EVERYTHING).select_related("person", "person__home", "person__home__parent")
    mine = Q(account=by.account) | Q(offered_to=by.account) if by.account else Q(pk__in=())
    return found.filter(mine | scope.q("person__home")).get(uuid=uuid)


def hands_of(person: Person) -> list[CardHand]:
    """Through which hands somebody's card went, from the first on."""
    return list(CardHand.objects.within(EVERYTHING).filter(person=person).order_by("since", "id"))


def last_count(account: UUID) -> CardCount | None:
    """The last time somebody counted."""
    return CardCount.objects.filter(account=account).order_by("-at", "-id").first()


def accounts_of(people: Iterable[UUID]) -> list[Account]:
    """The accounts of people who are on duty themselves, by the telephone both have."""
    rows = Person.objects.within(EVERYTHING).filter(uuid__in=list(people))
    numbers = {index for pair in rows.values_list("phone_index", "other_phone_index") for index in pair if index}
    return list(Account.objects.filter(phone_index__in=numbers).order_by("id")) if numbers else []


def away_hands(accounts: Iterable[UUID], reach: Scope | None = None) -> ScopedQuerySet[CardHand]:
    """The cards in these hands that nobody was told about yet; ``reach``: without those of homes they still reach."""
    rows = CardHand.objects.within(EVERYTHING).filter(account__in=list(accounts), until__isnull=True)
    rows = rows.filter(away_at__isnull=True)
    return rows.exclude(reach.q("person__home")) if reach else rows


def reach_of(account: UUID) -> Scope:
    """All that the posts reach which somebody holds now; nothing where there is none."""
    found = Account.objects.filter(uuid=account, is_active=True).first()
    scope = Scope()
    for one in holdings_of(found) if found else ():
        scope |= coverage(one.post)
    return scope


def edition_at(response: Response) -> Protocol:
    """The edition in force in a need's Response."""
    return edition_of(response)


def past_photos(before: datetime) -> QuerySet[Prescription]:
    """The prescriptions of needs that ended before an instant."""
    return Prescription.objects.within(EVERYTHING).filter(need__ended_at__lt=before)


def is_open(one: Need) -> bool:
    """Whether a need still goes on."""
    return State(one.state) in OPEN


def away_words(one: CardHand) -> Away | None:
    """Why a hand cannot give a card back."""
    return Away(one.away_why) if one.away_why else None


def left_now(one: Need) -> int:
    """Whole days for which a need's stock lasts from now on."""
    return max(0, (one.runs_out_at - clock.now()).days)
