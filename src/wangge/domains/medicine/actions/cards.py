"""Insurance cards: always in a named hand, which the next one accepts; given back to the patient; fetched out of a hand
that cannot give them. Eighty cards were once locked away with the one person who held them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account
from wangge.domains.medicine import queries
from wangge.domains.medicine.models import CardCount, CardHand
from wangge.domains.medicine.rules import Away, Hand
from wangge.domains.people.models import Person
from wangge.domains.people.queries import hold
from wangge.domains.protocol.queries import held_open


@transaction.atomic
def take_card(*, person: Person, by: By, uuid: UUID | None = None) -> CardHand:
    """Somebody hands out their card. Raises Problem where it is in a hand already, or no Response is open."""
    if known := CardHand.objects.within(EVERYTHING).filter(uuid=uuid).first() if uuid else None:
        return known
    if by.account is None or not queries.works_at(by, person.home):
        raise NotAllowed(queries.SEES[0])
    hold([person])
    response = queries.response_at(person.home)
    if response is None or not held_open(response.uuid):
        raise Problem("medicine_no_response")
    if held := CardHand.objects.within(EVERYTHING).filter(person=person, until__isnull=True).first():
        raise Problem("card_in_a_hand", who=queries.names_of([held.account]).get(held.account, "—"))
    return _in_hand(person, response.uuid, by.account, by.post, by, uuid or uuid7())


@transaction.atomic
def offer_card(*, card: CardHand, to: Account, by: By) -> CardHand:
    """The holder offers it to the next hand; it is theirs once they accept. Raises Problem."""
    row = _open(card)
    if row.account != by.account:
        raise Problem("card_not_yours")
    if to.uuid == row.account or not queries.posts_reaching(to, row.person.home):
        raise Problem("card_to_whom", field="to")
    row.offered_to, row.offered_at = to.uuid, clock.now()
    row.save(update_fields=["offered_to", "offered_at"])
    _fact("medicine.card_offered", row, by)
    return row


@transaction.atomic
def accept_card(*, card: CardHand, by: By) -> CardHand:
    """The next hand has it. Twice is once."""
    if by.account is None:
        raise NotAllowed(queries.SEES[0])
    mine = derived("card", card.uuid, by.account)
    if known := CardHand.objects.within(EVERYTHING).filter(uuid=mine).first():
        return known
    row = _open(card)
    if row.offered_to != by.account:
        raise Problem("card_not_offered")
    _leaves(row, Hand.PASSED, by)
    return _in_hand(row.person, row.response, by.account, by.post, by, mine)


@transaction.atomic
def return_card(*, card: CardHand, by: By) -> CardHand:
    """The patient, or who lives with them, has it back. Raises Problem when it was given back already."""
    row = _open(card)
    if row.account != by.account:
        raise Problem("card_not_yours")
    return _leaves(row, Hand.RETURNED, by)


@transaction.atomic
def fetch_card(*, card: CardHand, by: By) -> CardHand:
    """Somebody takes it out of a hand that cannot give it: where it lay is asked on the telephone. Raises Problem while
    that hand can give it itself."""
    if by.account is None or not queries.works_at(by, card.person.home):
        raise NotAllowed(queries.SEES[0])
    mine = derived("card", card.uuid, by.account)
    if known := CardHand.objects.within(EVERYTHING).filter(uuid=mine).first():
        return known
    row = _open(card)
    if row.away_at is None:
        raise Problem("card_holder_is_there")
    _leaves(row, Hand.FETCHED, by)
    return _in_hand(row.person, row.response, by.account, by.post, by, mine)


@transaction.atomic
def holders_away(
    *, accounts: Iterable[UUID], why: Away, now: datetime, by: By, cause: UUID, reach: Scope | None = None
) -> int:
    """Whoever holds cards cannot give them back: all of them are on the list at once. ``reach``: only those of homes
    outside of it. Returns how many; one statement, however many there are."""
    number = queries.away_hands(accounts, reach).update(away_at=now, away_why=why)
    if number:
        record(
            "medicine.cards_away", by=by, uuid=derived("cards", "away", why, cause), cause=cause,
            data={"cards": number, "why": why.value},
        )  # fmt: skip
    return number


@transaction.atomic
def count_cards(*, counted: int, by: By, uuid: UUID | None = None) -> CardCount:
    """At the end of a shift: what is in the hand, beside what should be."""
    if known := CardCount.objects.filter(uuid=uuid).first() if uuid else None:
        return known
    if by.account is None:
        raise NotAllowed(queries.SEES[0])
    held = queries.cards_of(by.account).count()
    one = CardCount.objects.create(
        uuid=uuid or uuid7(), account=by.account, post=by.post, at=clock.now(), held=held, counted=counted
    )
    record("medicine.cards_counted", by=by, subject=by.account, data={"held": held, "counted": counted})
    return one


def _open(card: CardHand) -> CardHand:
    """The row, held until the transaction ends. Raises Problem where it left that hand already."""
    CardHand.objects.within(EVERYTHING).select_for_update().get(pk=card.pk)
    row = CardHand.objects.within(EVERYTHING).select_related("person__home").get(pk=card.pk)
    if row.until:
        raise Problem("card_left_already")
    return row


def _leaves(row: CardHand, became: Hand, by: By) -> CardHand:
    row.until, row.became = clock.now(), became
    row.save(update_fields=["until", "became"])
    _fact("medicine.card_left", row, by, became=became.value)
    return row


def _in_hand(person: Person, response: UUID, account: UUID, post: UUID | None, by: By, uuid: UUID) -> CardHand:
    row = CardHand.objects.create(
        uuid=uuid, response=response, person=person, account=account, post=post, since=clock.now()
    )
    _fact("medicine.card_taken", row, by)
    return row


def _fact(kind: str, row: CardHand, by: By, **data: str) -> None:
    record(
        kind, by=by, subject=row.uuid, place=row.person.home.uuid, response=row.response,
        data={"person": str(row.person.uuid), "holder": str(row.account), **data},
    )  # fmt: skip
