"""What people's codes are at an instant, worked out from the facts that stand."""

from collections.abc import Sequence
from datetime import datetime

from wangge.base import clock
from wangge.domains.codes.queries.facts import evidence
from wangge.domains.codes.rules import Status, status
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, named_at, names
from wangge.domains.protocol.rules import Named
from wangge.domains.protocol.rules_colours import Colour, ColourRule, When


def in_use(response: Response) -> bool:
    """Whether codes exist in a Response: its order names them, it is open, and the edition of today asks for them
    somewhere."""
    if not names(response, Named.CODES):
        return False
    codes = in_force(response).codes
    return codes is not None and codes.asked != "nowhere"


def response_of(person: Person) -> Response | None:
    """The Response whose code somebody has; None where codes are not in use at their home."""
    return at(person.home)


def at(place: Place) -> Response | None:
    """The Response whose codes the people of a place have; None where no codes are in use."""
    found = named_at(place, Named.CODES)
    return found if found and in_use(found) else None


def issuer_of(response: Response) -> str:
    """Whose codes these are: the division's code and the end of the Response's id. Another's are foreign here."""
    return f"{response.area.code[:6] or '000000'}:{response.uuid.hex[-8:]}"


def rules_of(response: Response, now: datetime | None = None) -> Sequence[ColourRule]:
    """What makes a colour under the edition in force at an instant."""
    codes = in_force(response, clock.day_of(now or clock.now())).codes
    return codes.colours if codes and codes.asked != "nowhere" else ()


def takes_verdicts(response: Response) -> bool:
    """Whether the edition in force takes what an authority above says as a ground at all."""
    return any(rule.when is When.VERDICT for rule in rules_of(response))


def status_of(person: Person, response: Response, now: datetime | None = None) -> Status:
    """One person's status with its whole reasoning. Log the look before showing it to staff."""
    now = now or clock.now()
    edition = in_force(response, clock.day_of(now))
    found = evidence(response, edition, now, person.pk).get(person.pk, ())
    return status(rules_of(response, now), found, now)


def not_green(response: Response, now: datetime | None = None) -> dict[int, Status]:
    """Everybody who is not green, by key. Nobody else is looked at: who has no fact has no colour."""
    now = now or clock.now()
    rules = rules_of(response, now)
    if not rules:
        return {}
    edition = in_force(response, clock.day_of(now))
    found = ((key, status(rules, facts, now)) for key, facts in evidence(response, edition, now).items())
    return {key: one for key, one in found if one.colour is not Colour.GREEN}
