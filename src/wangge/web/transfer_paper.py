"""What somebody's own way says, on their phone and on the slip that goes with them: where, why, when, who comes."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.models import Post
from wangge.domains.duty.seating import holder
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import journey, queries
from wangge.domains.transfer.models import Passenger
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.words import BEHIND, BEHIND_THEN, BRING, HANDS, NEEDS
from wangge.web import printing
from wangge.web.desk.words import language, moment
from wangge.web.signs import listed

LINES = 6  # hand-overs a slip has room for: three are usual, another vehicle or the way home takes more


def context(one: Passenger) -> dict[str, Any]:
    """Somebody's way as they read it before the door opens, and while they are on it."""
    trip = one.trip
    return {
        "one": one, "trip": trip, "name": one.name, "from": full_label(one.door), "why": why(one),
        "to": full_label(trip.site.place) if trip else "", "until": one.until, "ready": ready(one),
        "arrives": moment(trip.arrives_at) if trip else "", "hand": HANDS[one.hand], "where": whereabouts(one),
        "comes": people_of(one), "bring": BRING, "behind": behind(one), "hotline": HOTLINE,
        "along": one.order is None and one.point is None, "refused": one.refused_at is not None, "room": one.room,
    }  # fmt: skip


def why(one: Passenger) -> str:
    """The class in the protocol's words; for whoever goes along of their own will, that."""
    roles = in_force(response_named(one.response)).roles
    if one.order is None and one.point is None:
        return _("You go along of your own will, so that somebody of your home is not alone.")
    return roles[one.role].label.into(language()) if one.role in roles else one.role


def ready(one: Passenger) -> str:
    """From when to when the vehicle stands where they live."""
    if one.trip is None:
        return ""
    stands = journey.calls_at(one.trip, one.door)
    if stands is None:
        return moment(one.trip.begins_at)
    return f"{moment(stands[0])}–{stands[1].astimezone(clock.LOCAL):%H:%M}"


def whereabouts(one: Passenger) -> str:
    """In whose hands they are now, said to them."""
    if one.site:
        return _("You are at %(name)s.") % {"name": one.site.place.name}
    if one.hand == Hand.DRIVER:
        return _("You are in the vehicle, on the way.")
    if one.hand == Hand.ESCORT:
        return _("You are with the escort, on the way to the vehicle.")
    return ""


def people_of(one: Passenger) -> list[tuple[str, str, str]]:
    """Who comes to the door and who drives: what they are, name and number; only of a trip that is planned."""
    if one.trip is None:
        return []
    posts = ((Hand.ESCORT, one.trip.vehicle.escort), (Hand.DRIVER, one.trip.vehicle.driver))
    return [(str(HANDS[hand]), _holder(post), office_of(post)) for hand, post in posts if post]


def _holder(post: Post) -> str:
    held = holder(post)
    return held.account.name if held else post.title


def behind(one: Passenger) -> list[tuple[str, str]]:
    """What and who may stay behind under the edition in force, and what happens with it."""
    rule = queries.rule_of(response_named(one.response))
    return [(str(BEHIND[word]), str(BEHIND_THEN[word])) for word in (rule.behind if rule else ())]


def slip_context(one: Passenger) -> dict[str, Any]:
    """The slip of those of one door on one trip: who, where, and a line for each hand. Log the look before it."""
    some = journey.together(one)
    done = journey.hands_of(one)
    return context(one) | {
        "some": [
            {
                "name": each.name,
                "born": each.person.birth_date.year if each.person and each.person.birth_date else "",
                "needs": listed(str(NEEDS[need]) for need in sorted(queries.needs_of(each))),
                "along": each.order is None and each.point is None,
            }
            for each in some
        ],
        "lines": [_line(one, at, done) for at in range(LINES)], "words": [word for word, _then in behind(one)],
        "number": one.uuid.hex[-8:].upper(), "language": get_language(), "printed": moment(clock.now()),
        "response": response_named(one.response),
    }  # fmt: skip


def _line(one: Passenger, at: int, done: list[Any]) -> dict[str, str]:
    """A hand-over that was noted already, or the one that should come, or an empty line."""
    usual = [HANDS[Hand.ESCORT], HANDS[Hand.DRIVER], HANDS[Hand.DESK]]
    if at < len(done):
        made = done[at]
        return {"to": str(HANDS[made.to_hand]), "when": moment(made.answered_at), "count": str(made.accepted)}
    return {"to": str(usual[at]) if at < len(usual) else "", "when": "", "count": ""}


def pdf(one: Passenger) -> HttpResponse:
    """The slip on one A4 page: it needs no phone and no network. Raises Problem where nothing can be printed here."""
    text = render_to_string("wangge/transfer/slip.html", slip_context(one))
    return printing.pdf(text, style="wangge/slip.css", name=f"slip-{one.uuid.hex[-8:].upper()}.pdf")
