"""A shop's scanner checks somebody in by the code they show: its number becomes their row at that venue, no more."""

from datetime import datetime
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed
from wangge.base.keys import KeyMissing
from wangge.base.problems import Problem, Problems
from wangge.domains.checkpoints.actions import own_shift
from wangge.domains.codes.inputs import read_shown
from wangge.domains.codes.queries import holder_of, issuer_of
from wangge.domains.codes.tokens import Claims
from wangge.domains.duty.models import Account
from wangge.domains.people.models import Person
from wangge.domains.phones.actions import Replayed
from wangge.domains.phones.inputs import Sent
from wangge.domains.phones.rules import happened
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.venues.actions import check_in
from wangge.domains.venues.inputs import CheckInInput
from wangge.domains.venues.models import Venue
from wangge.domains.venues.queries import orders, venue_named
from wangge.domains.venues.rules import order_of


def checked_in(sent: Sent, account: Account, by: By) -> Replayed:
    """Store it under the command's own id, so that sending again is one row. Raises Problem or Problems in words. No
    fact about the person: nothing can follow from a check-in."""
    at = happened(sent.at, sent.clocks, None, clock.now())
    shown = read_shown(sent.data)
    try:
        point = own_shift(shown.shift, by).checkpoint
    except NotAllowed as error:
        raise Problem("checkpoint_not_yours") from error
    venue = _venue(point.venue)
    if (days := kept_at(venue)) is None:
        raise Problem("check_in_not_here")
    who = _holder(response_named(point.response), shown.claims, at)
    row = CheckInInput(sent.uuid, who.uuid, venue.uuid, at)
    try:
        check_in(rows=[row], keep_days=days, by=by)
    except Problems as problems:
        raise problems.problems[0] from problems
    return Replayed(point.place, at)


def kept_at(venue: Venue) -> int | None:
    """For how many days check-ins there are kept; None where no open order around it names check-in."""
    order = order_of(venue.place.path, orders())
    return order.days if order else None


def _venue(uuid: UUID | None) -> Venue:
    if uuid is None:
        raise Problem("check_in_no_venue")
    return venue_named(uuid)


def _holder(response: Response, claims: Claims, at: datetime) -> Person:
    """Whose code it is. The phone has verified the signature; what it means is the server's alone to know."""
    if claims.issuer != issuer_of(response):
        raise Problem("check_in_code_elsewhere")
    if not claims.issued - clock.SLACK <= at < claims.expires:
        raise Problem("check_in_code_over")
    try:
        who = holder_of(response, claims, at)
    except KeyMissing:  # the Response is over, its numbers with it
        who = None
    if who is None:
        raise Problem("check_in_number_unknown")
    return who
