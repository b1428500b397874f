"""A shop's scanner checks somebody in by the code they show: through the outbox, once, and as no more than a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as installation
from tests.domains.checkpoints.standing import Gate
from tests.sync.handset import Handset, command

from wangge.base import clock, signing, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.checkpoints import actions
from wangge.domains.checkpoints.models import Checkpoint
from wangge.domains.checkpoints.rules import Kind
from wangge.domains.codes import actions as codes
from wangge.domains.codes import queries, tokens
from wangge.domains.codes.rules import Consent
from wangge.domains.people.models import Person
from wangge.domains.phones.queries import command as kept
from wangge.domains.phones.queries import content_of
from wangge.domains.protocol.actions import close_response
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules import Named
from wangge.domains.venues import posters, storage
from wangge.domains.venues.models import Venue
from wangge.domains.venues.queries import candidates_for
from wangge.domains.venues.rules import Why

Phones = Callable[..., Handset]
KEEPER, SECRETARY = "bingsi-kadian", "bingsi-shuji"


@dataclass
class Shop:
    """A venue with its poster and a checkpoint at its door, where the keeper stands."""

    gate: Gate
    venue: Venue
    point: Checkpoint
    phone: Handset

    @property
    def tiny(self) -> Small:
        return self.gate.tiny

    def code(self, person: Person) -> tokens.Claims:
        """Somebody's code of today, as their phone shows it and the scanner reads it."""
        by, response = self.gate.by(SECRETARY), self.tiny.response
        link = queries.link_of(codes.allow(person=person, response=response, consent=Consent.OWN, by=by))
        assert link
        text = codes.use_link(link=link)
        known = signing.known(installation.WANGGE_KEYS)
        _seen, claims = tokens.read(text, known, queries.issuer_of(response), clock.now())
        assert claims
        return claims

    def shown(self, claims: tokens.Claims, at: datetime | None = None, **other: Any) -> dict[str, Any]:
        """The command of a scan."""
        data = {
            "shift": str(self.shift), "issuer": claims.issuer, "number": claims.number, "kind": "daily",
            "issued": int(claims.issued.timestamp()), "expires": int(claims.expires.timestamp()), "salt": "0" * 32,
        }  # fmt: skip
        return command("venue.check_in", data | other, at)

    @property
    def shift(self) -> UUID:
        return self.point.shifts.get().uuid

    def rows(self, person: Person) -> list[tuple[int, int]]:
        today = clock.today()
        return storage.visits_of(person.pk, today, today)


@pytest.fixture
def shop(tiny: Small, phone: Phones) -> Shop:
    gate, venue = Gate(tiny), tiny.venues[0]
    posters.issue_poster(venue=venue, why=Why.FIRST, by=gate.by(SECRETARY))
    point = gate.open("超市门口", place=tiny.places["community"], kind=Kind.SHOP, venue=venue.uuid)
    gate.begin(point=point)
    return Shop(gate, venue, point, phone(KEEPER))


def test_a_scanned_code_is_one_row_of_its_person_however_often_it_is_sent(shop: Shop) -> None:
    person, scan = shop.tiny.family[0], shop.shown(shop.code(shop.tiny.family[0]))
    (answer,) = shop.phone.send(scan)
    assert (answer["verdict"], len(answer["receipt"])) == ("done", 8)
    assert [one["verdict"] for one in shop.phone.send(scan, scan)] == ["had", "had"]
    assert [venue for venue, _at in shop.rows(person)] == [shop.venue.pk]


def test_a_tracer_finds_whoever_was_there_at_the_same_time(shop: Shop) -> None:
    case, other = shop.tiny.family[0], shop.tiny.roommates[0]
    for person in (case, other):
        shop.phone.send(shop.shown(shop.code(person)))
    today = clock.today()
    met = candidates_for(person=case.pk, first_day=today, last_day=today, stays={shop.venue.kind: 30}, cap=10)
    assert [(one.person, one.venue) for one in met] == [(other.pk, shop.venue.pk)]


def test_nothing_follows_and_nothing_names_the_person(shop: Shop) -> None:
    person = shop.tiny.family[0]
    claims, before = shop.code(person), Event.objects.count()
    status = queries.status_of(person, shop.tiny.response)
    scan = shop.shown(claims)
    shop.phone.send(scan)
    worker.run_pending()
    assert Event.objects.count() == before
    assert queries.status_of(person, shop.tiny.response) == status
    row = kept(UUID(scan["id"]))
    assert row
    assert set(content_of(row)) == {"sha256"}
    assert str(person.uuid) not in str(vars(row))


def test_a_paper_checks_in_too(shop: Shop) -> None:
    person, by = shop.tiny.family[0], shop.gate.by(SECRETARY)
    paper = codes.print_code(person=person, response=shop.tiny.response, by=by)
    now = clock.now()
    claims = tokens.Claims(queries.issuer_of(shop.tiny.response), now, paper.expires_at, paper.number, 1, "")  # type: ignore[arg-type]
    (answer,) = shop.phone.send(shop.shown(claims, kind="printed"))
    assert (answer["verdict"], len(shop.rows(person))) == ("done", 1)
    codes.print_code(person=person, response=shop.tiny.response, by=by)
    found, before = shop.shown(claims, kind="printed"), shop.shown(claims, now, kind="printed")
    answers = shop.phone.send(found, before)
    assert [one["code"] for one in answers] == ["check_in_number_unknown", None], "a paper that was lost is nobody's"


@pytest.mark.parametrize(
    ("other", "code", "words"),
    [
        ({"issuer": "elsewhere"}, "check_in_code_elsewhere", "of another place"),
        ({"expires": 1_650_000_000}, "check_in_code_over", "not in force"),
        ({"issued": 4_000_000_000, "expires": 4_000_100_000}, "check_in_code_over", "not in force"),
        ({"number": 16_000_000}, "check_in_number_unknown", "number any more"),
        ({"number": 1 << 24}, "code_shown", "incomplete"), ({"number": True}, "code_shown", "incomplete"),
        ({"salt": "short"}, "code_shown", "incomplete"), ({"issued": "noon"}, "code_shown", "incomplete"),
        ({"shift": str(uuid7())}, "shift_unknown", "no such shift"),
    ],
)  # fmt: skip
def test_refused_in_words(shop: Shop, other: dict[str, Any], code: str, words: str) -> None:
    person = shop.tiny.family[0]
    claims = shop.code(person)
    other = other if other.get("number") != 16_000_000 else {"number": (claims.number + 1) % (1 << 24)}
    scan = shop.shown(claims, **other)
    (answer,) = shop.phone.send(scan)
    assert (answer["verdict"], answer["code"]) == ("refused", code)
    assert words in answer["words"]
    assert shop.rows(person) == []
    row = kept(UUID(scan["id"]))
    assert row
    assert set(content_of(row)) == {"sha256", "words"}, "the number is not kept"


def test_a_day_that_is_not_taken_any_more(shop: Shop) -> None:
    claims = shop.code(shop.tiny.family[0])
    scan = shop.shown(claims)
    with clock.held(clock.now() + timedelta(days=40)):
        (answer,) = shop.phone.send(scan)
    assert (answer["verdict"], answer["code"]) == ("refused", "check_in_too_old")


def test_where_no_order_names_check_in_any_more(shop: Shop) -> None:
    scan = shop.shown(shop.code(shop.tiny.family[0]))
    assert shop.phone.get("checkpoints").json()["checkpoints"][0]["venue"]["name"] == shop.venue.name
    shop.tiny.response.named = [Named.CODES]
    shop.tiny.response.save()
    points = shop.phone.get("checkpoints").json()["checkpoints"]
    assert {point["venue"] for point in points} == {None}
    assert shop.phone.send(scan)[0]["code"] == "check_in_not_here"


def test_the_order_around_the_venue_counts_not_one_around_the_gate_alone(shop: Shop) -> None:
    scan = shop.shown(shop.code(shop.tiny.family[0]))
    shop.venue.place = shop.tiny.places["district"]  # wider than the order's area
    Response.objects.update(area=shop.tiny.places["community"])
    shop.venue.save()
    assert {point["venue"] for point in shop.phone.get("checkpoints").json()["checkpoints"]} == {None}
    assert shop.phone.send(scan)[0]["code"] == "check_in_not_here"


def test_a_response_that_is_over_takes_none(shop: Shop) -> None:
    scan = shop.shown(shop.code(shop.tiny.family[0]))
    close_response(response=shop.tiny.response, by=shop.gate.by("zhihuibu"))
    assert shop.phone.send(scan)[0]["code"] == "check_in_not_here"


def test_a_gate_that_is_no_venues_door_and_anothers_shift(shop: Shop, phone: Phones) -> None:
    claims = shop.code(shop.tiny.family[0])
    (answer,) = shop.phone.send(shop.shown(claims, shift=str(shop.gate.shift.uuid)))
    assert answer["code"] == "check_in_no_venue"
    assert phone("bingsi-1").send(shop.shown(claims))[0]["code"] == "checkpoint_not_yours"


def test_a_door_is_linked_by_whoever_may_keep_both(shop: Shop) -> None:
    with pytest.raises(NotAllowed):
        shop.gate.open("侧门", kind=Kind.SHOP, venue=shop.venue.uuid, by=shop.gate.by("bingsi-1"))
    assert actions.close_checkpoint(checkpoint=shop.point, by=SYSTEM).venue == shop.venue.uuid
    with pytest.raises(Problem):
        shop.gate.open("北门", venue=shop.venue.uuid)
