"""A report ends silence, whoever brings it; the same one twice is one; nobody reports for whom they may not."""

from datetime import timedelta

import pytest
from tests.domains.monitoring.home import WELL, Home, day_at

from wangge.base import clock
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.isolation.models import Order
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.inputs import read_report
from wangge.domains.monitoring.models import DailyReport, ReportLink
from wangge.domains.monitoring.rules import OF_LINK, ConsentHow
from wangge.domains.people.models import Person


def refused(problem: Problem | Problems) -> set[str]:
    return {one.code for one in (problem.problems if isinstance(problem, Problems) else [problem])}


def test_a_report_in_time_late_and_after_silence(home: Home) -> None:
    one, two, three = home.begin(*home.tiny.family[:3])
    home.reports(one)
    with clock.held(day_at(12)):
        home.reports(two)
        home.run()
        home.reports(three)
        three.refresh_from_db()
        assert (three.misses, three.silent_since, three.last_at) == (0, None, clock.now())
    assert [home.states(watch)[0] for watch in (one, two, three)] == ["reported", "late", "late"]
    assert home.totals() == {"expected": 6, "waiting": 3, "reported": 1, "late": 2, "silent": 0, "refused": 0}


def test_the_same_report_twice_is_one_and_a_second_one_counts_nobody_twice(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    uuid = uuid7()
    assert home.reports(watch, uuid=uuid).pk == home.reports(watch, uuid=uuid, temperature="39").pk
    home.reports(watch, temperature="37.0")
    assert DailyReport.objects.within(EVERYTHING).count() == 2
    assert home.totals()["reported"] == 1


def test_what_is_said_lies_sealed_under_the_response(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    report = home.reports(watch, temperature="38.4", help="<script>alert(1)</script>\n 退烧药", symptoms=("cough",))
    report.refresh_from_db()
    assert b"384" not in bytes(report.sealed)
    assert bytes(report.sealed)[1:17] == home.tiny.response.uuid.bytes
    said = queries.said(report)
    assert (said["tenths"], said["symptoms"], said["help"]) == (384, ["cough"], "<script>alert(1)</script> 退烧药")


def test_a_draft_of_last_night_counts_for_last_night_and_a_clock_wrong_by_a_day_for_now(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    with clock.held(day_at(7, 1)):
        home.run()
        waited = home.reports(watch, at=(clock.now() - timedelta(hours=11)).isoformat())
        wrong = home.reports(watch, at=(clock.now() + timedelta(days=1)).isoformat())
    assert (waited.clock_off, wrong.clock_off) == (False, True)
    assert home.states(watch) == ["silent", "late", "reported", "waiting"]
    assert wrong.at == wrong.received_at


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"temperature": "3650"}, "daily_no_reading"), ({"temperature": ""}, "daily_temperature"),
        ({"temperature": "365"}, "daily_meant"), ({"supplies": ""}, "daily_yes_or_no"),
        ({"medicine_days": "-1"}, "daily_days"), ({"medicine_days": "900"}, "daily_days"),
        ({"uuid": "1"}, "daily_no_number"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_asked_back(said: dict[str, str], code: str) -> None:
    with pytest.raises(Problems) as wrong:
        read_report(WELL | {"uuid": str(uuid7())} | said, [], [])
    assert refused(wrong.value) == {code}


def test_a_lost_point_counts_once_somebody_said_yes() -> None:
    typed = WELL | {"uuid": str(uuid7()), "temperature": "365", "meant": "365"}
    assert read_report(typed, [], []).told.tenths == 365
    with pytest.raises(Problems):
        read_report(typed | {"temperature": "395"}, [], [])


def test_nobody_has_to_have_a_thermometer() -> None:
    typed = {"uuid": str(uuid7()), "temperature": "", "untaken": "1", "supplies": "yes", "mind": "no"}
    assert read_report(typed, ["cough", "made-up"], []).told.tenths is None


def test_a_page_reports_for_its_own_person_alone(home: Home) -> None:
    one, two = home.begin(*home.tiny.family[:2])
    stranger = home.begin(home.tiny.living[home.tiny.homes[8].pk][0])[0]
    _secret, link = home.page(one)
    assert home.reports(one, link=link).helper is None
    for other in (two, stranger):
        with pytest.raises(Problem, match="daily_not_yours"):
            home.reports(other, link=link)


def test_whoever_agreed_can_be_reported_for_until_they_take_it_back(home: Home) -> None:
    one, two = home.begin(*home.tiny.family[:2])
    _secret, link = home.page(one)
    actions.agree(watch=two, helper=one.person, how=ConsentHow.WORKER, by=home.by("bingsi-1"))
    assert home.reports(two, link=link).helper == one.person
    assert actions.disagree(watch=two, helper=one.person, how=ConsentHow.PAGE, by=home.by("bingsi-1"))
    with pytest.raises(Problem, match="daily_not_yours"):
        home.reports(two, link=link)
    with pytest.raises(Problem, match="helper_elsewhere"):
        actions.agree(watch=two, helper=home.tiny.roommates[0], how=ConsentHow.PAGE, by=home.by("bingsi-1"))


def test_for_a_child_whoever_is_grown_up_may_report(home: Home) -> None:
    parent, child = home.begin(home.tiny.family[0], home.tiny.family[2])
    Person.objects.within(EVERYTHING).filter(pk=child.person_id).update(birth_date=clock.today() - timedelta(days=3000))
    _secret, link = home.page(parent)
    assert home.reports(home.watch(child.person), link=link).helper == parent.person


def test_a_new_page_ends_the_one_before_and_the_order_ends_every_page(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    _first, old = home.page(watch)
    _second, new = home.page(watch)
    old.refresh_from_db()
    with pytest.raises(Problem, match="daily_not_yours"):
        home.reports(watch, link=old)
    home.reports(watch, link=new)
    Order.objects.within(EVERYTHING).update(state="ended")
    home.keep()
    new.refresh_from_db()
    with pytest.raises(Problem):
        home.reports(watch, link=new)
    with pytest.raises(Problem, match="daily_over"):
        home.reports(watch)
    with pytest.raises(Problem, match="daily_over"):
        home.page(watch)
    assert queries.link_of("guessed") is None
    assert "guessed" not in ReportLink.objects.values_list("secret_hash", flat=True)


def test_no_page_can_flood_the_list_and_a_resend_is_no_new_try(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    _secret, link = home.page(watch)
    uuid = uuid7()
    for _ in range(OF_LINK + 2):
        home.reports(watch, link=link, uuid=uuid)
    for _ in range(OF_LINK - 1):
        home.reports(watch, link=link)
    with pytest.raises(Problem, match="daily_too_often"):
        home.reports(watch, link=link)


def test_a_worker_of_other_places_takes_nothing_down(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    for username in ("dengqiao-1", "shenji"):
        with pytest.raises(NotAllowed):
            home.reports(watch, by=home.by(username))
    assert home.reports(watch, by=home.by("yisheng")).channel == "phone"


def test_who_does_not_want_to_is_heard_and_asked_again_next_time(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    actions.refuse(watch=watch, by=home.by("bingsi-1"))
    with clock.held(day_at(12)):
        home.run()
    assert home.states(watch) == ["refused", "waiting"]
    with clock.held(day_at(12)):
        home.reports(watch)
    assert home.states(watch) == ["late", "waiting"]
