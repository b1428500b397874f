"""What a switch of editions does to people who are under an order already.

From the day on which the new edition begins, what runs is worked out again under it:

    a role it no longer gives            the order ends that day, with the edition's clause, and somebody says so
    a term that is over under it         the same
    a milder term or place               proposed; an authority confirms it. Nobody did: the older order ends with it
    a longer or a stricter one           nothing: the order stays as it was decided, to its own end
    a proposal nobody has confirmed      proposed again, under the new edition
    tests                                those of an ended order are taken back; those of a confirmed one are its own
    everything off                       every order, visit and test ends

Decisions made before keep their edition and clause. The rule itself is ``isolation.rules.turn``. Part by part, so
that others can write in between; each part may be repeated, and a later switch simply works it out once more.
"""

from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.domains.cases import contacts
from wangge.domains.cases import queries as case_reads
from wangge.domains.isolation import queries as isolation
from wangge.domains.people.models import Person
from wangge.domains.people.queries import hold
from wangge.domains.protocol import queries
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules import Protocol
from wangge.domains.testing.actions import withdraw_tests_in
from wangge.domains.work.actions import withdraw_items_in
from wangge.flows.consequences import follow_through, resettle, role_causes, take_back
from wangge.flows.reasons import reasons_of

PART = 250  # people in one transaction: about a second on SQLite, where nobody else writes meanwhile


def follow(event: Event) -> None:
    """Answer ``protocol.edition_switched``: an edition that is in force today begins now, a later one on its day."""
    _begin(queries.response(subject_of(event)))


def of_the_day(event: Event) -> None:
    """Answer ``clock.day_began``: editions whose day has come begin; one that has begun does not begin again."""
    for response in queries.open_responses().prefetch_related("phases"):
        _begin(response)


def _begin(response: Response) -> None:
    switch = queries.switch_of(response)
    if switch is None or response.closed_at:
        return
    edition = queries.in_force(response)
    record(
        "protocol.edition_began", by=SYSTEM, subject=response.uuid, response=response.uuid, protocol=edition.key,
        clause=edition.switch.clause, cause=switch.uuid, data={"from": switch.data["from"]},
        uuid=derived("edition", switch.uuid),
    )  # fmt: skip


def settle(event: Event) -> None:
    """Answer ``protocol.edition_began`` and ``protocol.edition_part_taken``: one part of the people concerned."""
    response = queries.response(subject_of(event))
    if not queries.still_open(response):
        return  # closing it has ended everything
    edition = queries.in_force(response)
    if edition.all_off and "after" not in event.data:
        withdraw_tests_in(response=response, by=SYSTEM, cause=event.uuid)
        withdraw_items_in(response=response, by=SYSTEM, cause=event.uuid)
    keys = _next_part(response, event.data.get("after", 0))
    if keys:
        _settle_part(response, _people(keys), edition, event)
    if len(keys) == PART:
        record(
            "protocol.edition_part_taken", by=SYSTEM, subject=response.uuid, response=response.uuid,
            protocol=edition.key, cause=event.uuid, data={"after": keys[-1]}, uuid=derived("part", event.uuid),
        )  # fmt: skip


def _next_part(response: Response, after: int) -> list[int]:
    """The next people with a standing order or contact, in order of key."""
    known = set(isolation.people_in(response, after)[:PART]) | set(case_reads.people_in(response, after)[:PART])
    return sorted(known)[:PART]


def _people(keys: list[int]) -> list[Person]:
    found = Person.objects.within(EVERYTHING).filter(pk__in=keys).select_related("home", "home__parent")
    return list(found.order_by("id"))


def _settle_part(response: Response, people: list[Person], edition: Protocol, event: Event) -> None:
    """Contacts added up again, orders turned, and what a role asked for before any order taken back with the role."""
    hold(people)
    contacts.add_up(response=response, people=people, protocol=edition, by=SYSTEM, cause=event.uuid)
    reasons = reasons_of(response, people, edition)
    resettle(response, people, reasons, edition, event)
    gone: list[UUID] = []
    for person in people:
        stand = {derived("role", response.uuid, person.uuid, one.reason.role) for one in reasons[person.pk]}
        gone += role_causes(response, person) - stand
    take_back(gone, event)
    # Somebody with a positive first screen whose order ended needs the screen's own protective step.
    screened = [one for one in people if any(it.kind == "result" for it in reasons[one.pk])]
    if screened:
        follow_through(response, screened, event)
