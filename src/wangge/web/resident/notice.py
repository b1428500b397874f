"""The page of a Response for whoever it concerns, and the certificate of what was deleted. No account, no persons."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.domains.duty.queries import offices
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, response
from wangge.domains.protocol.retention import Proof, key_destroyed, proofs
from wangge.domains.protocol.rules import Named
from wangge.domains.venues.queries import days_gone
from wangge.web.command.words import spoken
from wangge.web.resident import told
from wangge.web.resident.words import FIELDS, TABLES
from wangge.web.signs import phrases


@require_safe
def notice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Purpose, ground, who sees what, until when, how to complain, how to ask for one's own."""
    one = response(uuid)
    edition = in_force(one)
    context = {
        "response": one, "label": spoken(edition.label), "area": full_label(one.area), "collected": told.of_response(),
        "checkins_days": edition.checkins_days if Named.CHECK_IN in one.named else 0,
        "offices": offices(one.area)[:2], "printed": _long(clock.today()),
    }  # fmt: skip
    return render(request, "wangge/resident/notice.html", context)


@require_safe
def deletion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The certificate: what there was, what is left, when it was deleted, and when the key was destroyed."""
    one = response(uuid)
    destroyed = key_destroyed(uuid)
    context = {
        "response": one, "area": full_label(one.area), "proofs": [_proof(each) for each in proofs(uuid)],
        "check_ins": _check_ins(one),
        "key": _moment(destroyed) if destroyed else "", "printed": _long(clock.today()), "still": _still(one),
    }  # fmt: skip
    return render(request, "wangge/resident/deletion.html", context)


def _still(one: Response) -> str:
    """What is not deleted yet, in a sentence; '' once everything is."""
    if one.closed_at is None:
        return _("The Response is open. Its deletion days begin when it is closed.")
    return ""


def _check_ins(one: Response) -> dict[str, Any] | None:
    """The days of check-ins since it was opened; None where its order names none."""
    if Named.CHECK_IN not in one.named:
        return None
    gone = days_gone(clock.day_of(one.opened_at))
    return {**gone._asdict(), "last": _moment(gone.last) if gone.last else ""}


def _proof(one: Proof) -> dict[str, Any]:
    rows = [
        {"what": str(TABLES[table].what), "field": str(FIELDS[f"{table}.{name}"]), "before": number,
         "after": one.after.get(table, {}).get(name, 0)}
        for table, fields in one.before.items() for name, number in fields.items()
    ]  # fmt: skip
    return {
        "term": told.after_closing(one.days), "due": _moment(one.due), "began": _moment(one.began),
        "done": _moment(one.done), "event": one.event, "rows": rows,
        "nothing": phrases(row["field"] for row in rows if not row["before"]),
    }  # fmt: skip


def _moment(at: Any) -> str:
    return date_format(at.astimezone(clock.LOCAL), "DATETIME_FORMAT")


def _long(day: Any) -> str:
    return date_format(day, "DATE_FORMAT")
