"""Venues are registered, check-ins taken or refused, days sealed and dropped, candidates found."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import Scope
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, segment
from wangge.domains.venues import actions, queries, storage, words
from wangge.domains.venues.inputs import CheckInInput
from wangge.domains.venues.models import CheckInDay, Venue
from wangge.domains.venues.rules import VenueKind

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 4, 14, 4, tzinfo=UTC)  # noon
TODAY = date(2022, 4, 14)
STAYS = {"market": 45, "restaurant": 60, "shop": 20}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.held(NOW):
        yield


@pytest.fixture
def people(community: Place) -> list[Person]:
    home = Place.objects.create(kind=Kind.HOUSEHOLD, name="101", path=community.path + segment(1), parent=community)
    return Person.objects.bulk_create(Person(name=f"居民{number}", home=home) for number in range(6))


def scan(person: Person, venue: Venue, at: datetime) -> CheckInInput:
    return CheckInInput(uuid7(), person.uuid, venue.uuid, at)


class TestRegistering:
    def test_a_venue_opens_today_and_is_on_record(self, community: Place) -> None:
        uuid = uuid7()
        venue = actions.register_venue(
            name=" 东街超市 ", kind=VenueKind.SHOP, place=community, keeper="周", by=SYSTEM, uuid=uuid
        )
        assert (venue.name, venue.opened, queries.venue_named(uuid)) == ("东街超市", TODAY, venue)
        assert Event.objects.get(kind="venues.registered").subject == uuid
        again = actions.register_venue(name="东街超市", kind=VenueKind.SHOP, place=community, by=SYSTEM, uuid=uuid)
        assert again == venue
        assert Event.objects.count() == 1

    def test_needs_a_name_and_the_right(self, community: Place) -> None:
        with pytest.raises(Problem, match="venue_name_missing"):
            actions.register_venue(name="  ", kind=VenueKind.SHOP, place=community, by=SYSTEM)
        elsewhere = By(uuid7(), uuid7(), {Right.WORK_DOORS: Scope(prefixes=("zzzz",))})
        with pytest.raises(NotAllowed):
            actions.register_venue(name="东街超市", kind=VenueKind.SHOP, place=community, by=elsewhere)

    def test_lists_and_look_ups(self, market: Venue, community: Place) -> None:
        assert list(queries.within(Scope(prefixes=(community.path,)))) == [market]
        assert list(queries.within(Scope(prefixes=("zzzz",)))) == []
        assert queries.by_key([market.pk, market.pk, 0]) == {market.pk: market}


class TestCheckingIn:
    def test_once_and_again(self, market: Venue, people: list[Person]) -> None:
        rows = [scan(person, market, NOW - timedelta(hours=1)) for person in people]
        assert actions.check_in(rows=rows, keep_days=14, by=SYSTEM) == 6
        assert actions.check_in(rows=rows, keep_days=14, by=SYSTEM) == 0
        at = int((NOW - timedelta(hours=1)).timestamp())
        assert storage.visits_of(people[0].pk, TODAY, TODAY) == [(market.pk, at)]
        assert not Event.objects.filter(kind__startswith="venues.").exists()

    def test_every_bad_row_is_named_and_nothing_is_written(self, market: Venue, people: list[Person]) -> None:
        good = scan(people[0], market, NOW)
        market.closed = TODAY - timedelta(days=3)
        closed = Venue.objects.create(
            name="关了", kind=VenueKind.SHOP, place=market.place, opened=date(2020, 1, 1), closed=date(2022, 4, 1)
        )
        bad = {
            "venue_unknown": replace(good, uuid=uuid7(), venue=uuid7()),
            "visitor_unknown": replace(good, uuid=uuid7(), person=uuid7()),
            "venue_closed": scan(people[0], closed, NOW),
            "check_in_in_future": scan(people[0], market, NOW + timedelta(minutes=6)),
            "check_in_too_old": scan(people[0], market, NOW - timedelta(days=15)),
        }
        with pytest.raises(Problems) as caught:
            actions.check_in(rows=[good, *bad.values()], keep_days=14, by=SYSTEM)
        assert {one.code: one.values["row"] for one in caught.value.problems} == {
            code: row.uuid for code, row in bad.items()
        }
        assert storage.days() == {}
        for one in caught.value.problems:
            assert str(words.PROBLEMS[one.code]) % one.values

    def test_off_where_no_protocol_keeps_check_ins(self, market: Venue, people: list[Person]) -> None:
        with pytest.raises(Problems, match="check_ins_off"):
            actions.check_in(rows=[scan(people[0], market, NOW)], keep_days=0, by=SYSTEM)

    def test_no_more_queries_for_more_rows(
        self, market: Venue, people: list[Person], django_assert_num_queries: object
    ) -> None:
        rows = [scan(person, market, NOW) for person in people]
        actions.check_in(rows=rows[:1], keep_days=14, by=SYSTEM)
        counted = []
        for some in (rows[1:2], rows[2:]):
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as queries_:
                actions.check_in(rows=some, keep_days=14, by=SYSTEM)
            counted.append(len(queries_))
        assert counted[0] == counted[1]


class TestNights:
    def test_days_are_sealed_and_dropped_and_said_once(self, market: Venue, people: list[Person]) -> None:
        rows = [scan(people[0], market, NOW - timedelta(days=back)) for back in range(15)]
        actions.check_in(rows=rows, keep_days=14, by=SYSTEM)
        with clock.held(NOW + timedelta(days=1)):
            assert len(actions.seal_days(by=SYSTEM)) == 15
            assert actions.drop_days(keep_days=14, by=SYSTEM) == [date(2022, 3, 31)]
            assert actions.seal_days(by=SYSTEM) == actions.drop_days(keep_days=14, by=SYSTEM) == []
            with pytest.raises(Problems, match="check_in_too_old"):
                actions.check_in(rows=rows[-1:], keep_days=14, by=SYSTEM)
            with pytest.raises(Problem, match="check_in_day_dropped"):
                actions.check_in(rows=rows[-1:], keep_days=30, by=SYSTEM)
        assert CheckInDay.objects.get(day=date(2022, 3, 31)).rows_at_drop == 1
        dropped = Event.objects.get(kind="venues.day_dropped")
        assert dropped.data == {"day": "2022-03-31", "rows": 1}
        assert Event.objects.filter(kind="venues.day_sealed").count() == 15

    def test_today_stays_live(self, market: Venue, people: list[Person]) -> None:
        actions.check_in(rows=[scan(people[0], market, NOW)], keep_days=14, by=SYSTEM)
        assert actions.seal_days(by=SYSTEM) == []
        assert actions.drop_days(keep_days=0, by=SYSTEM) == []


class TestCandidates:
    def test_two_steps(self, market: Venue, people: list[Person]) -> None:
        case, near, nearer, away, twice, before = people
        noon = NOW - timedelta(days=1)
        rows = [
            scan(case, market, noon),
            scan(near, market, noon + timedelta(minutes=40)),
            scan(nearer, market, noon - timedelta(minutes=10)),
            scan(away, market, noon + timedelta(minutes=45)),
            scan(twice, market, noon + timedelta(minutes=20)),
            scan(twice, market, noon + timedelta(minutes=5)),
            scan(before, market, noon - timedelta(days=1)),
        ]
        actions.check_in(rows=rows, keep_days=14, by=SYSTEM)
        day = TODAY - timedelta(days=1)
        for form in ("live", "sealed"):
            if form == "sealed":
                storage.seal(day)
            found = queries.candidates_for(person=case.pk, first_day=day, last_day=TODAY, stays=STAYS, cap=10)
            assert [(one.person, one.minutes, one.crowd, one.rank) for one in found] == [
                (twice.pk, 40, 3, 1), (nearer.pk, 35, 3, 2), (near.pk, 5, 3, 3),
            ]  # fmt: skip
            assert found[0].starts == noon + timedelta(minutes=5)
            ranked = queries.ranked_for(person=case.pk, first_day=day, last_day=TODAY, stays=STAYS, cap=1)
            assert ([one.person for one in ranked.candidates], ranked.cut) == ([twice.pk], 2)

    def test_somebody_of_the_evening_before_is_found(self, market: Venue, people: list[Person]) -> None:
        midnight = clock.start_of(TODAY)
        rows = [
            scan(people[0], market, midnight + timedelta(minutes=10)),
            scan(people[1], market, midnight - timedelta(minutes=10)),
        ]
        actions.check_in(rows=rows, keep_days=14, by=SYSTEM)
        found = queries.candidates_for(person=people[0].pk, first_day=TODAY, last_day=TODAY, stays=STAYS, cap=10)
        assert [(one.person, one.minutes) for one in found] == [(people[1].pk, 25)]
        assert found[0].starts == midnight + timedelta(minutes=10)

    def test_a_case_without_visits_has_none(self, people: list[Person]) -> None:
        asked = {"first_day": TODAY, "last_day": TODAY, "stays": STAYS, "cap": 10}
        assert queries.candidates_for(person=people[0].pk, **asked) == []  # type: ignore[arg-type]


def test_every_kind_and_problem_has_words() -> None:
    assert set(words.LABELS) == set(VenueKind)
    with translation.override("en"):
        assert all(str(sentence).count(". ") >= 1 for sentence in words.PROBLEMS.values())
