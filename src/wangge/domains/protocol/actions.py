"""Opening, switching and closing a Response."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.protocol import queries
from wangge.domains.protocol.models import Response, ResponsePhase
from wangge.domains.protocol.rules import Named, Protocol


@transaction.atomic
def open_response(
    *,
    title: str,
    protocol: str,
    area: Place,
    authority: str,
    document_no: str,
    ground: str,
    remedy: str,
    drill: bool,
    by: By,
    named: Collection[Named] = (),
    uuid: UUID | None = None,
) -> Response:
    """Open a Response under one protocol edition from today on. The same document for an area opens it once.

    ``named``: what the order names beyond orders and visits; everything else of the kind stays off.
    """
    by.need(Right.OPEN_RESPONSE, area.path)
    if uuid and (known := Response.objects.filter(uuid=uuid).first()):
        return known
    edition = queries.protocol(protocol)
    today = clock.today()
    if not drill and edition.valid_to and today > edition.valid_to:
        raise Problem("edition_out_of_force", field="protocol", until=edition.valid_to)
    try:
        with transaction.atomic():
            response = Response.objects.create(
                uuid=uuid or uuid7(), title=title, drill=drill, area=area, authority=authority,
                document_no=document_no, ground=ground, remedy=remedy, opened_at=clock.now(), opened_post=by.post,
                named=sorted(named),
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem("document_already_opened", field="document_no", number=document_no) from error
    ResponsePhase.objects.create(response=response, protocol=protocol, from_day=today)
    record(
        "protocol.response_opened", by=by, subject=response.uuid, place=area.uuid, response=response.uuid,
        protocol=protocol, data={"drill": drill, "named": sorted(named)},
    )  # fmt: skip
    return response


@transaction.atomic
def switch_protocol(*, response: Response, protocol: str, from_day: date, by: By) -> ResponsePhase:
    """Put another edition in force from a day on; decisions made before keep theirs."""
    by.need(Right.OPEN_RESPONSE, response.area.path)
    if response.closed_at:
        raise Problem("response_closed")
    if from_day < clock.today():
        raise Problem("switch_in_the_past", field="from_day")
    in_family(response, queries.protocol(protocol))
    phase, _ = ResponsePhase.objects.update_or_create(
        response=response, from_day=from_day, defaults={"protocol": protocol}
    )
    record(
        "protocol.edition_switched", by=by, subject=response.uuid, response=response.uuid, protocol=protocol,
        data={"from": from_day.isoformat()},
    )  # fmt: skip
    return phase


def in_family(response: Response, edition: Protocol) -> None:
    """Refuse another family: what was decided about an infection means nothing before a flood. Raises Problem."""
    if edition.family != queries.in_force(response).family:
        raise Problem("edition_of_another_family", field="protocol")


@transaction.atomic
def close_response(*, response: Response, by: By) -> Response:
    """Close a Response: its measures end and its deletion clocks start (flows answer the fact)."""
    by.need(Right.OPEN_RESPONSE, response.area.path)
    response = Response.objects.select_for_update().get(pk=response.pk)
    if response.closed_at:
        return response
    response.closed_at = clock.now()
    response.save(update_fields=["closed_at"])
    record("protocol.response_closed", by=by, subject=response.uuid, response=response.uuid)
    return response
