"""An insurance card is always in a named hand; a hand that cannot give it is a list at once; the counts agree."""

from typing import Any

import pytest
from tests.domains.medicine.standing import Patient

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions import cards
from wangge.domains.medicine.models import CardHand
from wangge.domains.medicine.rules import Away


def refused(code: str, act: Any, **said: Any) -> None:
    with pytest.raises(Problem) as problem:
        act(**said)
    assert problem.value.code == code


def test_a_card_goes_from_hand_to_hand_and_back_to_the_patient(patient: Patient) -> None:
    worker, secretary = patient.by(), patient.by("bingsi-shuji")
    card = patient.hands()
    refused("card_in_a_hand", cards.take_card, person=patient.person, by=secretary)
    cards.offer_card(card=card, to=patient.tiny.accounts["bingsi-shuji"], by=worker)
    assert list(queries.cards_of(worker.account)) == [card], "it is the first one's until the next has accepted"
    assert list(queries.cards_offered(secretary.account)) == [card]
    taken = cards.accept_card(card=card, by=secretary)
    assert cards.accept_card(card=card, by=secretary) == taken
    cards.return_card(card=taken, by=secretary)
    refused("card_left_already", cards.return_card, card=taken, by=secretary)
    hands = [(one.account, one.became) for one in queries.hands_of(patient.person)]
    assert hands == [(worker.account, "passed"), (secretary.account, "returned")]
    assert patient.hands().until is None, "given back, it may be handed out again"


def test_only_its_holder_gives_it_and_only_to_whom_it_was_offered(patient: Patient) -> None:
    card, secretary = patient.hands(), patient.by("bingsi-shuji")
    refused("card_not_yours", cards.return_card, card=card, by=secretary)
    refused("card_not_offered", cards.accept_card, card=card, by=secretary)
    refused("card_to_whom", cards.offer_card, card=card, to=patient.tiny.accounts["dengqiao-1"], by=patient.by())
    refused("card_to_whom", cards.offer_card, card=card, to=patient.tiny.accounts["bingsi-1"], by=patient.by())
    refused("card_holder_is_there", cards.fetch_card, card=card, by=secretary)
    with pytest.raises(NotAllowed):
        patient.hands(username="dengqiao-1")


def test_taken_twice_under_one_id_is_one(patient: Patient) -> None:
    uuid = uuid7()
    for _again in range(2):
        cards.take_card(person=patient.person, by=patient.by(), uuid=uuid)
    assert CardHand._base_manager.count() == 1


def test_eighty_cards_in_one_hand_are_a_list_at_once(patient: Patient) -> None:
    people = [one for one in patient.tiny.people if one.home.path.startswith(patient.tiny.places["community"].path)]
    for person in people:
        patient.hands(person, "bingsi-shuji")
    secretary, worker = patient.by("bingsi-shuji"), patient.by()
    cause = uuid7()
    number = cards.holders_away(accounts=[secretary.account], why=Away.ORDER, now=clock.now(), by=SYSTEM, cause=cause)
    assert number == len(people) > 30
    assert Event.objects.get(kind="medicine.cards_away").data == {"cards": number, "why": "order"}
    assert queries.cards_away(queries.scope_of(patient.by("qiaodong"))).count() == number
    mine = list(queries.cards_away(queries.scope_of(worker)))
    assert 0 < len(mine) < number, "each sees those of their own doors"
    fetched = cards.fetch_card(card=mine[0], by=worker)
    assert (fetched.account, fetched.away_at) == (worker.account, None)
    assert queries.hands_of(fetched.person)[0].became == "fetched"
    assert queries.cards_away(queries.scope_of(worker)).count() == len(mine) - 1


def test_whoever_left_keeps_what_they_still_reach(patient: Patient) -> None:
    card = patient.hands(username="bingsi-shuji")
    account = patient.by("bingsi-shuji").account
    reach = queries.reach_of(account)
    said = {"accounts": [account], "why": Away.LEFT, "now": clock.now(), "by": SYSTEM}
    assert cards.holders_away(**said, cause=uuid7(), reach=reach) == 0
    assert cards.holders_away(**said, cause=uuid7(), reach=queries.reach_of(uuid7())) == 1
    card.refresh_from_db()
    assert card.away_why == "left"


def test_the_count_at_the_end_of_a_shift_stands_beside_what_is_known(patient: Patient) -> None:
    patient.hands()
    first = cards.count_cards(counted=1, by=patient.by())
    second = cards.count_cards(counted=0, by=patient.by())
    assert [(one.held, one.counted) for one in (first, second)] == [(1, 1), (1, 0)]
    assert queries.last_count(patient.by().account) == second
