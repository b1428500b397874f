"""Who is to report, what is expected of a day, and how silence is counted."""

from datetime import timedelta

from tests.domains.monitoring.home import Home, day_at, order_home

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.isolation.models import Order
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.models import HomeWatch, ReportSlot, WatchTally
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place


def test_whose_days_are_spent_at_home_reports_twice_a_day(home: Home) -> None:
    watch, other = home.begin(home.tiny.family[0], home.tiny.roommates[0])
    assert home.states(watch) == ["waiting", "waiting"]
    assert watch.door == home.tiny.homes[0]
    assert other.door == home.tiny.room, "a bed's door is its room"
    assert home.totals() == {"expected": 4, "waiting": 4, "reported": 0, "late": 0, "silent": 0, "refused": 0}


def test_who_is_away_at_a_site_does_not_report(home: Home) -> None:
    order_home(home.tiny, [home.tiny.family[0]], measure="central_isolation")
    home.keep()
    assert not HomeWatch.objects.within(EVERYTHING).exists()


def test_working_it_out_again_changes_nothing(home: Home) -> None:
    home.begin(*home.tiny.family)
    events = Event.objects.count()
    home.keep()
    assert actions.expect(response=home.tiny.response, day=clock.today(), by=SYSTEM) == 0
    assert (Event.objects.count(), ReportSlot.objects.count()) == (events, 8)


def test_an_order_that_begins_at_noon_asks_for_the_evening_alone(home: Home) -> None:
    with clock.held(day_at(12)):
        (watch,) = home.begin(home.tiny.family[0])
    assert [slot.tally.slot for slot in ReportSlot.objects.filter(watch=watch)] == ["evening"]


def test_a_day_is_expected_when_it_begins_also_for_another_grid(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    Place.objects.filter(pk=watch.door_id).update(grid=home.tiny.grids[1])
    with clock.held(day_at(0, 1) + timedelta(minutes=1)):
        home.run()
    grids = WatchTally.objects.order_by("day", "slot").values_list("grid", flat=True)
    assert list(grids) == [home.tiny.grids[0].pk] * 2 + [home.tiny.grids[1].pk] * 2
    assert len(home.states(watch)) == 4


def test_the_end_of_an_order_takes_what_was_not_due_yet_off_the_list(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    _secret, link = home.page(watch)
    with clock.held(day_at(12)):
        home.run()
        Order.objects.within(EVERYTHING).filter(person=watch.person).update(state="ended")
        home.keep()
    watch.refresh_from_db()
    link.refresh_from_db()
    assert watch.ended_at
    assert link.ended_at
    assert watch.silent_since is None
    assert home.states(watch) == ["silent"]
    assert home.totals() == {"expected": 1, "waiting": 0, "reported": 0, "late": 0, "silent": 1, "refused": 0}


def test_a_report_that_did_not_come_is_missed_once_however_often_the_clock_looks(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    with clock.held(day_at(11)):
        home.run()
        home.run()
    watch.refresh_from_db()
    assert home.states(watch) == ["silent", "waiting"]
    assert (watch.misses, watch.silent_since) == (1, watch.began_at)
    assert Event.objects.filter(kind="monitoring.reports_missed").count() == 1
    assert sum(home.totals().values()) == 2 * home.totals()["expected"]


def test_the_list_begins_with_whoever_is_looked_after_first_then_the_longest_silent(home: Home) -> None:
    people = [home.tiny.family[1], home.tiny.family[0], home.tiny.living[home.tiny.homes[8].pk][0]]
    watches = home.begin(*people)
    with clock.held(day_at(10)):
        home.reports(watches[0])
    with clock.held(day_at(21)):
        home.run()
    found = list(queries.silent(EVERYTHING))
    assert [one.person for one in found] == [people[2], people[1], people[0]], "alone first; then who was heard last"
    assert "alone" in found[0].careful


def test_figures_add_up_at_every_level_from_the_tallies(home: Home) -> None:
    family = home.begin(*home.tiny.family)
    home.begin(*home.tiny.roommates)
    home.reports(family[0])
    with clock.held(day_at(12)):
        home.run()
        home.reports(family[1])
        actions.refuse(watch=family[2], by=home.by("bingsi-1"))
    for username in ("zhihuibu", "bingsi-1"):
        right = next(iter(home.by(username).scopes.values()))
        morning = queries.figures(right, clock.today())[0]
        expected = 8 if username == "zhihuibu" else 4
        assert morning.expected == expected
        assert (morning.columns["reported"], morning.columns["late"], morning.columns["refused"]) == (1, 1, 1)
        assert morning.columns["silent"] == expected - 3
    community = home.tiny.places["community"]
    child = queries.by_child(home.tiny.places["city"], len(community.path), clock.today(), "morning")
    assert child[community.path]["silent"] == 5


def test_who_is_old_or_pregnant_or_alone_is_looked_after_first(home: Home) -> None:
    old = home.tiny.family[3]
    Person.objects.within(EVERYTHING).filter(pk=old.pk).update(birth_date=clock.today() - timedelta(days=366 * 81))
    watches = home.begin(old, home.tiny.family[0])
    assert (watches[0].careful, watches[0].first) == ("old", True)
    assert not watches[1].first
