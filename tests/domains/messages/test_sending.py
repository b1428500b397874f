"""An audience is queued in one statement, each by their own way; figures add up; nothing is told twice."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.domains.messages.office import Office

from wangge.base import clock
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.messages import actions, queries
from wangge.domains.messages.actions import Told
from wangge.domains.messages.models import Dispatch
from wangge.domains.messages.rules import State, way
from wangge.domains.people.queries import in_area

pytestmark = pytest.mark.django_db


def test_everybody_who_lives_there_is_told_once(office: Office) -> None:
    uuid = uuid7()
    one = office.send(uuid=uuid)
    assert office.send(uuid=uuid) == one
    assert {row.person_id for row in office.rows(dispatch=one)} == {person.pk for person in office.people()}
    assert office.figures(one).expected == len(office.people())
    event = Event.objects.get(kind="messages.queued", subject=one.uuid)
    assert event.data["people"] == len(office.people())


def test_the_statement_takes_the_way_of_the_rule(office: Office) -> None:
    """Every combination that the rule tells apart, on both sides of a shared phone."""
    for person in office.people()[::3]:
        office.forget_phone(person)
    people = office.people()
    for number, person in enumerate(people):
        chosen = ("", "sms", "voice", "email", "call")[number % 5]
        typed = {"chosen": chosen, "email": "a@example.org" if chosen == "email" or number % 3 == 0 else ""}
        flags = {name: bool(number & bit) for name, bit in (("no_sms", 1), ("no_voice", 2), ("no_email", 4))}
        flags.pop(f"no_{chosen}", None)
        office.ways(person, **typed, **{name: "on" for name, on in flags.items() if on})
    one = office.send("evacuate")
    expected = {key: (via, way(ways)) for key, (via, ways) in queries.ways_of(people, office.tiny.response).items()}
    found = {row.person_id: (row.via_id, row.channel, row.why) for row in office.rows(dispatch=one)}
    assert found == {key: (via, chosen.channel, chosen.why) for key, (via, chosen) in expected.items()}
    assert len({chosen.channel for _via, chosen in expected.values()}) >= 3


def test_the_phone_of_somebody_of_the_home_serves_who_has_none(office: Office) -> None:
    person = office.without_phone()
    office.send()
    row = office.row(person)
    assert row.via in office.mates(person)
    assert row.via != person
    assert (row.channel, row.state) == ("sms", State.QUEUED)


def test_figures_add_up(office: Office) -> None:
    one = office.send()
    found = office.figures(one)
    assert found.expected == found.waiting + found.sent + found.reached + found.failed + found.no_way + found.stopped
    assert found.expected > 0


def test_who_wants_no_texts_is_not_sent_notices_and_is_called_about_orders(office: Office) -> None:
    person = office.with_phone()
    office.ways(person, no_sms="on", no_voice="on")
    office.send("notice")
    assert (office.row(person).state, office.row(person).why) == (State.STOPPED, "said_stop")
    office.send("evacuate")
    assert (office.row(person).state, office.row(person).why) == (State.CALLS, "refused_ways")


def test_nobody_is_told_outside_a_response_or_by_who_may_not(office: Office) -> None:
    tiny = office.tiny
    with pytest.raises(NotAllowed):
        office.send(place=tiny.places["village"])
    actions.close_of_response(response=tiny.response, by=tiny.by("zhihuibu"))
    type(tiny.response).objects.filter(pk=tiny.response.pk).update(closed_at=clock.now())
    with pytest.raises(Problem, match="message_outside_response"):
        office.send()


def test_in_the_quiet_hours_it_waits_for_seven_and_lives_do_not(office: Office, settings: Settings) -> None:
    night = clock.end_of(clock.today()) - timedelta(minutes=30)
    with clock.held(night):
        office.send("notice")
        assert {row.not_before.astimezone(clock.LOCAL).hour for row in office.rows(state="queued")} == {7}
        urgent = office.send("evacuate")
        assert {row.not_before for row in office.rows(dispatch=urgent, state="queued")} == {night}


def test_a_flow_tells_each_their_own_thing_once(office: Office) -> None:
    person, order, tiny = office.with_phone(), uuid7(), office.tiny
    template = queries.template("order_ended", tiny.places["community"])
    told = [Told(person, order, {"day": {"zh": "4月14日", "en": "14 April"}})]
    for _ in range(2):
        actions.tell(response=tiny.response, template=template, told=told, by=tiny.by("zhihuibu"), uuid=uuid7())
    assert len(office.rows(subject=order)) == 1
    assert b"April" not in bytes(office.rows(subject=order)[0].sealed), "sealed until it has reached them"
    assert queries.own_values(office.rows(subject=order)[0])["day"]["en"] == "14 April"
    assert Dispatch.objects.get(audience="flow").place == tiny.places["community"]


def test_with_the_response_everything_stops_and_its_words_go(office: Office) -> None:
    one = office.send()
    actions.close_of_response(response=office.tiny.response, by=office.tiny.by("zhihuibu"))
    assert office.figures(one).stopped == office.figures(one).expected
    assert {bytes(row.sealed) for row in office.rows(dispatch=one)} == {b""}


def test_what_is_no_longer_true_is_told_to_nobody(office: Office) -> None:
    one = office.send()
    number = actions.stop_about(
        response=office.tiny.response, subjects=[one.subject], by=office.tiny.by("zhihuibu")
    )  # fmt: skip
    assert number == office.figures(one).stopped > 0


def test_reach_counts_people_and_not_messages(office: Office, settings: Settings) -> None:
    settings.WANGGE_GATEWAYS = {}
    for template in ("notice", "evacuate", "notice"):
        office.send(template)
    found = queries.reach(office.tiny.by("bingsi-shuji").scope(Right.SEND_MESSAGES))
    assert (found.people, found.reached) == (in_area(office.building).count(), 0)
