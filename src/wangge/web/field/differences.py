"""Two workers, neither of whom could know of the other, say differently how a visit ended: somebody says once which."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base.access.rights import Right
from wangge.domains.duty.entry import name_of
from wangge.domains.places.queries import full_label, label, labels
from wangge.domains.work import actions
from wangge.domains.work.differing import difference, differences
from wangge.domains.work.models import Attempt, Difference
from wangge.domains.work.words import CHANNELS, OUTCOMES
from wangge.web.access import Asked, needs
from wangge.web.command.here import kept
from wangge.web.field.cards import day_hour

PAGE = 25


def waiting(request: Asked) -> int:
    """How many wait at one's own doors."""
    return differences(request.by.scope(Right.WORK_DOORS)).count() if request.by.may(Right.WORK_DOORS) else 0


@needs(Right.WORK_DOORS)
@require_safe
def listed(request: Asked) -> HttpResponse:
    """Those that wait at the reader's doors, the oldest first."""
    page = Paginator(differences(request.by.scope(Right.WORK_DOORS)), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    named = labels([one.task.door for one in found])
    rows = [
        {"uuid": one.uuid, "door": named[one.task.door_id], "since": day_hour(one.found_at),
         "counted": OUTCOMES[one.counted.outcome], "other": OUTCOMES[one.other.outcome]}
        for one in found
    ]  # fmt: skip
    context = {"rows": rows, "page": page, "keep": kept(request), "page_back": reverse("field")}
    return render(request, "wangge/field/differences.html", context)


@needs(Right.WORK_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Asked, uuid: UUID) -> HttpResponse:
    """Both tries with who and when; ``keep`` 'counted' or 'other' says which counts."""
    one = difference(request.by.scope(Right.WORK_DOORS), uuid)
    if request.method == "POST" and request.POST.get("keep") in ("counted", "other"):
        actions.settle_difference(difference=one, other_counts=request.POST["keep"] == "other", by=request.by)
        messages.success(request, _("Settled. Both tries stay on record; the figures follow the one that counts."))
        return redirect("differences")
    actions.open_door(task=one.task, by=request.by)
    both = (("counted", one.counted, one.says != Difference.Says.OTHER), ("other", one.other, one.says == "other"))
    mine = request.account.uuid in (one.counted.account, one.other.account)
    context = {
        "door": label(one.task.door), "where": full_label(one.task.door), "task": one.task,
        "both": [_said(name, tried, counts) for name, tried, counts in both], "open": one.settled_at is None,
        "mine": mine, "page_back": reverse("differences"),
    }  # fmt: skip
    return render(request, "wangge/field/difference.html", context)


def _said(name: str, one: Attempt, counts: bool) -> dict[str, Any]:
    return {
        "name": name, "outcome": OUTCOMES[one.outcome], "channel": CHANNELS[one.channel], "at": day_hour(one.at),
        "known": day_hour(one.recorded_at), "who": name_of(one.account), "counts": counts,
        "person": one.person.name if one.person else "",
    }  # fmt: skip
