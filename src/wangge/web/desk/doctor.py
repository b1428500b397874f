"""A doctor's calls: whom to call, why, by when; what came of it, and the next call."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.inputs import NOTE, read_call
from wangge.domains.monitoring.models import DoctorCall
from wangge.domains.people.queries import details
from wangge.domains.places.queries import full_label, labels
from wangge.web.access import Asked, needs
from wangge.web.daily import outcomes, report_rows, week, why_words
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment
from wangge.web.saying import confirming, office_for

PAGE = 50
SEES = (Right.SIGN_MEDICAL, Right.ANSWER_CALLS, Right.OPEN_RECORD)


class CallForm(Typed):
    """What came of a call."""

    outcome = forms.CharField(
        label=gettext_lazy("What came of the call?"), widget=forms.RadioSelect(choices=outcomes())
    )
    again_at = forms.CharField(
        label=gettext_lazy("When is the next call?"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note for the next call"), required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE}),
    )  # fmt: skip


@needs(*SEES)
@never_cache
@require_safe
def calls(request: Asked) -> HttpResponse:
    """Whom to call, the next hour first. Whoever leads sees those that are late, without why."""
    page = Paginator(queries.calls_for(request.by), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    if rows:
        log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason="monitoring:calls", count=len(rows))
    where, now = labels([one.watch.door for one in rows]), clock.now()
    context = {
        "page": page,
        "rows": [
            {
                "uuid": one.uuid, "name": mask_name(one.watch.person.name), "door": where[one.watch.door_id],
                "why": why_words(one.whys) if queries.may_call(request.by, one) else "",
                "due": moment(one.due_at), "late": one.due_at <= now, "raised": one.raised_at is not None,
                "may": queries.may_call(request.by, one),
            }
            for one in rows
        ],
    }  # fmt: skip
    return render(request, "wangge/desk/doctor.html", context)


@needs(Right.SIGN_MEDICAL, Right.ANSWER_CALLS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: Asked, uuid: UUID) -> HttpResponse:
    """One call: the week, the number, and what came of it. A look, put on record."""
    one = _one(request, uuid)
    if request.method != "POST":
        return _page(request, one, CallForm(), 200)
    form = CallForm(request.POST)
    try:
        actions.record_call(call=one, typed=read_call(request.POST.dict()), by=request.by)
    except Problem as problem:
        form.say(problem)
        return _page(request, one, form, 422)
    messages.success(request, _("The call with %(name)s is noted.") % {"name": one.watch.person.name})
    return redirect("doctor")


def _one(request: Asked, uuid: UUID) -> DoctorCall:
    scopes = [request.by.scope(right) for right in (Right.SIGN_MEDICAL, Right.ANSWER_CALLS) if request.by.may(right)]
    one = queries.call(scopes[0] | scopes[-1], uuid)
    if not queries.may_call(request.by, one):
        raise Http404
    return one


def _page(request: Asked, one: DoctorCall, form: CallForm, status: int) -> HttpResponse:
    watch = one.watch
    log_look(by=request.by, kind=AccessLog.Kind.CALLED, person=watch.person.uuid, reason=f"monitoring:{watch.uuid}")
    rule, known, reports = queries.rule_of(watch.response), details(watch.person), queries.reports_of(watch)
    medical = request.by.may(Right.SIGN_MEDICAL)  # whoever only talks does not need the readings
    context: dict[str, Any] = {
        "one": one, "person": watch.person, "where": full_label(watch.door), "why": why_words(one.whys),
        "due": moment(one.due_at), "late": one.due_at <= clock.now(), "open": one.state == DoctorCall.State.OPEN,
        "week": week(reports, rule.fever) if rule and medical else None,
        "reports": report_rows(reports) if medical else [], "number": known.get("phone", ""),
        "confirm": confirming(watch.person, known), "office": office_for(request), "form": form,
        "before": _before(one) if medical else [], "page_back": reverse("doctor"), "response": watch.response,
        "watch": watch.uuid if medical else None,
    }  # fmt: skip
    return render(request, "wangge/desk/doctor_call.html", context, status=status)


def _before(one: DoctorCall) -> list[dict[str, Any]]:
    """What earlier calls came to."""
    words = dict(outcomes())
    return [
        {
            "when": moment(each.closed_at), "why": why_words(each.whys), "what": words.get(each.outcome, ""),
            "note": queries.note(each),
        }
        for each in queries.calls_of(one.watch)
        if each.closed_at and each.outcome and each.pk != one.pk
    ]  # fmt: skip
