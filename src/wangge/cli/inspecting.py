"""What ``wangge check`` looks at. Each check returns a line for each thing that is wrong."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from wangge.base import clock, keys, sealing
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import FlowRun
from wangge.domains.duty import entry
from wangge.domains.duty.queries import responsible, who_answers
from wangge.domains.people.envelope import document_index
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.models import Grid, GridMember, Place
from wangge.domains.places.queries import labels
from wangge.domains.places.rules import DOORS
from wangge.domains.protocol.queries import open_responses
from wangge.domains.work.tallies import recount

LINES = 20  # of one check
PART = 2000  # doors at a time


def readable_keys() -> list[str]:
    """The key file is there, opens what was sealed first and last, and is the one of the blind indexes."""
    try:
        keys.load(settings.WANGGE_KEYS)
        people = Person.every.within(EVERYTHING).order_by("pk")
        for person in filter(None, (people.first(), people.last())):
            content = details(person)
            number = content.get("document", "")
            if number and person.document_index and document_index(number) != person.document_index:
                return [_other_blind_key()]
    except keys.KeyFileBroken as error:
        return [f"{error}. Put that file back from its copy."]
    except keys.KeyDestroyed:
        return []  # by intent
    except keys.KeyMissing as error:
        return [f"{error} is missing in {settings.WANGGE_KEYS}. Put that file back from its copy."]
    except sealing.Tampered as error:
        return [f"the envelope of {error} is not its own, or this is another installation's key file."]
    return []


def second_factors() -> list[str]:
    """Every authenticator app and set of recovery codes opens with the key file's secret."""
    try:
        shut = entry.shut_factors()
    except keys.KeyFileBroken:
        return []  # ``readable_keys`` has said so
    if not shut:
        return []
    return [f"the secret in {settings.WANGGE_KEYS} does not open the second factors of {shut} accounts: it is another "
            "than the one they were set up with. Put that file back from its copy, or give each of them a way in "
            "again: wangge account recover NAME"]  # fmt: skip


def _other_blind_key() -> str:
    if keys.load(settings.WANGGE_KEYS).blind_next:
        return "the blind indexes are under the next key already. Run: wangge rotate-keys --blind"
    return f"{settings.WANGGE_KEYS} holds another key of the blind indexes. Put that file back from its copy."


def true_tallies() -> list[str]:
    """Every tally equals its count from the facts. The recount mends; here that is rolled back."""
    wrong: list[str] = []
    with transaction.atomic():
        for response in open_responses():
            wrong += [f"{response.title}: {difference}" for difference in recount(response)]
        transaction.set_rollback(True)
    return _some(wrong)


def grids_inside() -> list[str]:
    """A grid's members lie in its one community; a door's grid is the one of the members around it."""
    today = clock.today()
    now = Q(opened__lte=today) & (Q(closed__isnull=True) | Q(closed__gt=today))
    members = GridMember.objects.filter(now).select_related("grid__community", "place")
    wrong = [
        f"{one.place.name} belongs to {one.grid.name} but lies outside {one.grid.community.name}"
        for one in members
        if not one.place.path.startswith(one.grid.community.path)
    ]
    grid_of = {one.place.path: one.grid_id for one in members}
    for door in Place.objects.filter(kind__in=DOORS, closed__isnull=True).order_by("path").iterator():
        around = {grid_of[door.path[:end]] for end in range(4, len(door.path) + 1, 4) if door.path[:end] in grid_of}
        if around != ({door.grid_id} - {None}):
            wrong.append(f"{door.name} ({door.uuid}) carries grid {door.grid_id}, drawn are {sorted(around)}")
    closed = Grid.objects.filter(closed__lte=today).annotate(doors_left=Count("doors")).filter(doors_left__gt=0)
    return _some(wrong + [f"{grid.name} is closed and still has {grid.doors_left} doors" for grid in closed])


def answered_doors() -> list[str]:
    """Each door has a post, and somebody answers for that post now, be it a level above."""
    answering: dict[int, bool] = {}
    wrong: list[str] = []
    for doors in _doors():
        posts = responsible(doors)
        new = {post.pk: post for post in posts.values() if post.pk not in answering}
        answering |= {pk: holding is not None for pk, holding in who_answers(new.values()).items()}
        lost = [door for door in doors if door.pk not in posts or not answering[posts[door.pk].pk]]
        wrong += [f"nobody answers for {label}" for label in labels(lost[:LINES]).values()]
    return _some(wrong)


def _doors() -> Iterator[list[Place]]:
    every = Place.objects.filter(kind__in=DOORS, closed__isnull=True).order_by("path").iterator(chunk_size=PART)
    while part := list(islice(every, PART)):
        yield part


def finished_flows() -> list[str]:
    """No flow has given up; those that failed and will be tried again are named too."""
    failed = FlowRun.objects.filter(Q(state=FlowRun.State.FAILED) | ~Q(error="") & Q(state=FlowRun.State.WAITING))
    return _some([
        f"{run.flow} on event {run.event_id} ({run.event.kind}): {run.state} after {run.attempts} tries, {run.error}"
        for run in failed.select_related("event").order_by("id")
    ])  # fmt: skip


def _some(wrong: Sequence[str]) -> list[str]:
    more = len(wrong) - LINES
    return [*wrong[:LINES], *([f"and {more} more"] if more > 0 else [])]


CHECKS: Sequence[tuple[str, Callable[[], list[str]]]] = (
    ("keys open what was sealed", readable_keys),
    ("the secret opens second factors", second_factors),
    ("tallies equal their recount", true_tallies),
    ("every grid lies in one community, every door in its grid", grids_inside),
    ("every door is answered for", answered_doors),
    ("every flow ran through", finished_flows),
)
