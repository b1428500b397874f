"""Named reads of protocols and Responses. Neither is about a person: no scope is needed."""

from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, Q, QuerySet

from wangge.base import clock
from wangge.base.access.scope import Scope
from wangge.base.events.models import Event
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import about
from wangge.domains.places.rules import ancestors
from wangge.domains.protocol.inputs import read_protocol
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules import Named, Protocol

FOLDER = Path(settings.HERE) / "protocols"
HELD = "SELECT 1 FROM wangge_response WHERE uuid = %s AND closed_at IS NULL FOR KEY SHARE"


@cache
def protocol(key: str) -> Protocol:
    """The protocol of a key such as 'covid19-v8'. Raises FileNotFoundError or ProtocolError."""
    return read_protocol(FOLDER / f"{key}.yaml")


def all_protocols() -> list[Protocol]:
    """Every edition that ships, family by family in the order of their dates."""
    found = [protocol(path.stem) for path in FOLDER.glob("*.yaml")]
    return sorted(found, key=lambda one: (one.family, one.valid_from, one.key))


def in_force(response: Response, day: date | None = None) -> Protocol:
    """The edition in force in a Response on a civil day (today when none is given)."""
    day = day or clock.today()
    phases = list(response.phases.all())
    past = [phase for phase in phases if phase.from_day <= day]
    return protocol((past[-1] if past else phases[0]).protocol)


def roles_ever(response: Response) -> set[str]:
    """The roles of every edition that was, is or will be in force in a Response."""
    return {key for phase in response.phases.all() for key in protocol(phase.protocol).roles}


def switch_of(response: Response) -> Event | None:
    """The fact that put today's edition in force in an open Response; None where it is the one it was opened with."""
    past = [phase for phase in response.phases.all() if phase.from_day <= clock.today()]
    switches = Event.objects.filter(kind="protocol.edition_switched", subject=response.uuid).order_by("-id")
    began = past[-1].from_day.isoformat() if past else ""
    return next((one for one in switches if one.data["from"] == began), None)


def open_responses() -> QuerySet[Response]:
    """Responses that are open now, the latest first."""
    return Response.objects.filter(closed_at__isnull=True).select_related("area").order_by("-opened_at")


def drill() -> Response | None:
    """The drill that is open now, if one is: every page, paper and phone says so."""
    return open_responses().filter(drill=True).first()


def closed_responses() -> QuerySet[Response]:
    """Responses that were closed, the earliest closing first: their deletion clocks run."""
    return Response.objects.filter(closed_at__isnull=False).select_related("area").order_by("closed_at", "id")


def names(response: Response, what: Named) -> bool:
    """Whether a Response is open and the order that opened it names codes, or check-in: off else."""
    return response.closed_at is None and what in response.named


def named_at(place: Place, what: Named) -> Response | None:
    """The open Response around a place whose order names codes, or check-in; the one with the narrowest area."""
    around = [*ancestors(place.path), place.path]
    found = open_responses().filter(area__path__in=around).prefetch_related("phases").order_by("-area__path")
    return next((one for one in found if names(one, what)), None)


def naming(what: Named) -> list[Response]:
    """Every open Response whose order names codes, or check-in."""
    return [one for one in open_responses().prefetch_related("phases") if names(one, what)]


def response(uuid: UUID) -> Response:
    """Raises Response.DoesNotExist."""
    return Response.objects.select_related("area").prefetch_related("phases").get(uuid=uuid)


def still_open(response: Response) -> bool:
    """Whether a Response is open at this moment, read anew: measures end with it, also those just being worked out."""
    return Response.objects.filter(pk=response.pk, closed_at__isnull=True).exists()


def held_open(response: UUID) -> bool:
    """The same, and it stays so until the caller's transaction is over. Shared: any number hold it at once, and whoever
    closes the Response waits for them."""
    if connection.vendor != "postgresql":  # one transaction writes at a time
        return Response.objects.filter(uuid=response, closed_at__isnull=True).exists()
    with connection.cursor() as cursor:
        cursor.execute(HELD, [response])
        return cursor.fetchone() is not None


def covering(place: Place, signal: str) -> Response | None:
    """The open Response whose area holds this place and whose protocol answers the signal; the narrowest area."""
    around = [*ancestors(place.path), place.path]
    found = open_responses().filter(Q(area__path__in=around)).prefetch_related("phases").order_by("-area__path")
    return next((one for one in found if signal in in_force(one).on), None)


def touching(scope: Scope) -> QuerySet[Response]:
    """The Responses whose area holds, or lies in, the places of a scope: open ones first, then the latest."""
    found = Response.objects.filter(about(scope, "area")).select_related("area").prefetch_related("phases")
    return found.order_by(F("closed_at").asc(nulls_first=True), "-opened_at", "-id")


def listed(scope: Scope) -> QuerySet[Response]:
    """The Responses that touch a scope, closed ones too, for a reader that goes through them by key."""
    return Response.objects.filter(about(scope, "area")).select_related("area").prefetch_related("phases")
