"""One checkpoint: who stands there, what its shifts add up to, who was let through in need, the visitors' register."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.privacy import mask_name, mask_phone
from wangge.base.problems import Problem
from wangge.domains.checkpoints import actions, queries
from wangge.domains.checkpoints.models import Checkpoint, RegisterLine
from wangge.domains.checkpoints.queries import Total
from wangge.domains.checkpoints.rules import Became
from wangge.domains.checkpoints.words import BECAME, CALLED, CONDITIONS, ENTERED, KINDS, LINE, SHOWN
from wangge.domains.duty.seating import titles
from wangge.domains.places.queries import full_label
from wangge.domains.venues.queries import venue_named
from wangge.web.access import Asked, needs
from wangge.web.command.words import spoken
from wangge.web.desk.words import moment
from wangge.web.signs import listed

SHIFTS, NEEDS, LINES = 30, 50, 50


def _one(request: Asked, uuid: UUID) -> Checkpoint:
    return queries.checkpoint(request.by.scope(Right.KEEP_CHECKPOINT), uuid)


@needs(Right.KEEP_CHECKPOINT)
@require_safe
def checkpoint(request: Asked, uuid: UUID) -> HttpResponse:
    """What stands in the plan, and what happens there."""
    one = _one(request, uuid)
    total = queries.totals_of_checkpoints([one]).get(one.pk, queries.NOTHING)
    leads = request.by.may(Right.OPEN_RECORD)
    context = {
        "one": one, "kind": KINDS[one.kind], "facts": _facts(one), "total": total, "shown": _shown(total),
        "shifts": _shifts(one), "emergencies": _emergencies(one), "became": list(BECAME.items()), "leads": leads,
        "can_close": leads and one.closed_at is None, "page_back": reverse("checkpoints"),
    }  # fmt: skip
    return render(request, "wangge/command/checkpoint.html", context)


def _facts(one: Checkpoint) -> list[tuple[str, Any]]:
    ground = queries.ground_of(one) if one.closed_at is None else None
    keeper = one.post.title if one.post else _("grid workers of the place")
    facts = [
        (_("Place"), full_label(one.place)), (_("Kept by"), keeper), (_("Open since"), moment(one.opened_at)),
    ]  # fmt: skip
    if one.venue:
        facts.append((_("Door of a venue"), venue_named(one.venue).name))
    if one.closed_at:
        return [*facts, (_("Closed on"), moment(one.closed_at))]
    if ground is None:
        return [*facts, (_("Codes"), _("No code may be asked for here under the edition in force."))]
    asks = listed(str(CONDITIONS[name]) for name in ground.rule.asks[one.kind])
    return [
        *facts, (_("Asked at the entrance"), asks or _("nothing but the code")), (_("Clause"), ground.rule.clause),
        (_("With an old list"), spoken(ground.rule.fallback)),
    ]  # fmt: skip


def _shown(total: Total) -> list[tuple[str, int]]:
    return [(str(SHOWN[one]), number) for one, number in total.shown.items() if number]


def _shifts(one: Checkpoint) -> list[dict[str, Any]]:
    found = list(queries.shifts(one)[:SHIFTS])
    names, posts = queries.names_of(found), titles(shift.post for shift in found if shift.post)
    totals = queries.totals_of_shifts(found)
    return [
        {
            "name": names.get(shift.account, ""), "post": posts.get(shift.post, "") if shift.post else "",
            "begins": moment(shift.opened_at), "ends": moment(shift.closed_at) if shift.closed_at else "",
            "total": totals.get(shift.pk, queries.NOTHING), "counted": shift.counted,
            "missing": max(0, (shift.counted or 0) - totals.get(shift.pk, queries.NOTHING).passes),
        }
        for shift in found
    ]  # fmt: skip


def _emergencies(one: Checkpoint) -> list[dict[str, Any]]:
    return [
        {
            "uuid": each.uuid, "when": moment(each.at), "called": CALLED[each.called],
            "became": BECAME[each.became] if each.became else "",
        }
        for each in queries.emergencies(one)[:NEEDS]
    ]  # fmt: skip


@needs(Right.KEEP_CHECKPOINT)
@require_POST
def settle(request: Asked, uuid: UUID, emergency: UUID) -> HttpResponse:
    """What became of somebody who was let through in need."""
    one = _one(request, uuid)
    became = member(Became, request.POST.get("became", ""))
    if became is None:
        raise Problem("became_missing", field="became")
    actions.settle_emergency(emergency=queries.emergency(one, emergency), became=became, by=request.by)
    messages.success(request, _("Noted."))
    return redirect("checkpoint", uuid)


@needs(Right.KEEP_CHECKPOINT)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Asked, uuid: UUID) -> HttpResponse:
    """Close one: first what that means for whoever stands there."""
    one = _one(request, uuid)
    request.by.scope(Right.OPEN_RECORD)
    if request.method == "POST":
        actions.close_checkpoint(checkpoint=one, by=request.by)
        said = _("%(name)s is closed. Phones drop its list at their next contact.")
        messages.success(request, said % {"name": one.name})
        return redirect("checkpoint", uuid)
    standing = queries.standing([one]).get(one.pk, [])
    names = queries.names_of(standing)
    context = {"one": one, "who": listed(names.get(each.account, "") for each in standing)}
    back = {"page_back": reverse("checkpoint", args=[uuid])}
    return render(request, "wangge/command/checkpoint_close.html", context | back)


@needs(Right.OPEN_RECORD)
@never_cache
@require_safe
def register(request: Asked, uuid: UUID) -> HttpResponse:
    """The visitors' register, names and numbers masked. A look at many, put on record."""
    scope = request.by.scope(Right.OPEN_RECORD)
    one = queries.checkpoint(scope, uuid)
    page = Paginator(queries.register(scope, one), LINES).get_page(request.GET.get("page"))
    lines = list(page.object_list)
    log_look(
        by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"register:{uuid}", count=max(1, len(lines))
    )
    context = {"one": one, "page": page, "rows": [_line(each) for each in lines],
               "page_back": reverse("checkpoint", args=[uuid])}  # fmt: skip
    return render(request, "wangge/command/checkpoint_register.html", context)


def _line(each: RegisterLine) -> dict[str, Any]:
    said = dict(queries.said(each))
    said |= {"name": mask_name(said.get("name", "")), "phone": mask_phone(said.get("phone", ""))}
    return {
        "when": moment(each.at), "kind": ENTERED[each.kind],
        "said": [(LINE[name], said[name]) for name in LINE if said.get(name)],
    }  # fmt: skip
