"""What needs a decision at a place: the top of its board. Each line says how many, with whom, and where to go."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.queries import failed_runs
from wangge.domains.duty.entry import recoveries
from wangge.domains.duty.queries import who_answers
from wangge.domains.duty.seating import holes, seated
from wangge.domains.places.queries.scoped import part_of, widest
from wangge.domains.protocol.models import Response
from wangge.domains.requests.queries import figures
from wangge.domains.work.rounds import late_by_post, raised_here
from wangge.domains.work.words import OUTCOMES
from wangge.web.command.figures import Standing
from wangge.web.command.here import Here
from wangge.web.command.words import since, who
from wangge.web.signs import told

MOST = 4  # names per line: the list behind it has all


@dataclass(frozen=True, slots=True)
class Decision:
    """One line. ``url`` is empty where the reader's posts do not lead further."""

    what: str
    count: int
    lines: list[str] = field(default_factory=list)
    url: str = ""


def decisions(here: Here, by: By, standing: Standing | None) -> list[Decision]:
    """Everything that waits for somebody at this place or below; nothing that is in order."""
    found = [*_asked(here, by), *_locked_out(here, by), *_posts(here, by), *_runs(by)]
    if here.response and standing:
        round_ = [*_late(here, here.response), *_raised(here, here.response)]
        found = [*round_, *_measures(standing, by), *found]
    return [one for one in found if one.count]


def _late(here: Here, response: Response) -> Iterator[Decision]:
    hands = late_by_post(here.scope, response)
    answering = who_answers([one.post for one in hands[:MOST]])
    lines = [
        _("%(post)s: %(count)s, %(who)s")
        % {"post": one.post.title, "count": one.late, "who": who(one.post, answering[one.post.pk])}
        for one in hands[:MOST]
    ]
    yield Decision(_("Late doors"), sum(one.late for one in hands), lines, here.link("not-reached", show="late"))


def _raised(here: Here, response: Response) -> Iterator[Decision]:
    """What came up to this very level: it ends here or nowhere."""
    outcomes = raised_here(here.scope, response, here.place)
    lines = [told(OUTCOMES[outcome], count) for outcome, count in outcomes.items()]
    yield Decision(_("Doors sent up to here"), sum(outcomes.values()), lines, here.link("not-reached", show="here"))


def _measures(standing: Standing, by: By) -> Iterator[Decision]:
    url = reverse("orders") if by.may(Right.CONFIRM_ORDERS) else ""
    waiting = [_("They count once the competent authority has confirmed them.")]
    yield Decision(_("Orders waiting for the authority"), standing.orders["proposed"], waiting, url)
    tests = standing.tests
    late = [_("%(count)s of them overdue") % {"count": tests["retests_overdue"]}] if tests["retests_overdue"] else []
    yield Decision(_("Positives waiting for a re-test"), tests["retests"], late)


def _asked(here: Here, by: By) -> Iterator[Decision]:
    """What residents ask about their own data has a last day: whoever answers finds it here."""
    if by.may(Right.ANSWER_REQUESTS):
        sums = figures(part_of(here.place, by.scope(Right.ANSWER_REQUESTS)))
        late = [_("%(count)s of them overdue") % {"count": sums["late"]}] if sums["late"] else []
        yield Decision(_("Residents' requests"), sums["open"] + sums["late"], late, reverse("requests"))


def _locked_out(here: Here, by: By) -> Iterator[Decision]:
    """Somebody below who cannot sign in waits for one's voice: said at the top of one's own places."""
    if by.may(Right.MANAGE_POSTS) and widest(by.scope(Right.MANAGE_POSTS)) == here.place:
        waiting = recoveries(by)
        yield Decision(
            _("Ask to get in again"), len(waiting), [one.account.name for one in waiting[:MOST]], reverse("posts")
        )


def _posts(here: Here, by: By) -> Iterator[Decision]:
    """The holes: everybody can see them."""
    vacant = holes(here.scope)
    lines = [told(seat.post.title, since(seat)) for seat in seated(list(vacant[:MOST]))]
    url = f"{reverse('posts')}?place={here.place.uuid}&vacant=1" if by.may(Right.MANAGE_POSTS) else ""
    yield Decision(_("Vacant posts"), vacant.count(), lines, url)


def _runs(by: By) -> Iterator[Decision]:
    if by.may(Right.OPEN_RESPONSE) or by.may(Right.AUDIT):
        url = reverse("log-runs") if by.may(Right.AUDIT) else ""
        lines = [_("Something that should have followed did not. Tell the help desk today.")]
        yield Decision(_("Failed flow runs"), failed_runs(), lines, url)
