"""One person who reports from home: call, take the report down by phone or at the door, hand out the page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.actions import Sent
from wangge.domains.monitoring.inputs import read_channel
from wangge.domains.monitoring.models import HomeWatch
from wangge.domains.monitoring.rules import ConsentHow
from wangge.domains.people.queries import details
from wangge.domains.people.rules import age_on
from wangge.domains.places.queries import full_label
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.code_shown import picture
from wangge.web.command.words import spoken
from wangge.web.daily import careful_words, form_of, read, report_rows, slot_rows, week, why_words
from wangge.web.desk.words import day, moment
from wangge.web.field.silent import SEES, scope_of
from wangge.web.saying import confirming, office_for

TAKES = (Right.WORK_DOORS, Right.SIGN_MEDICAL)


def _one(request: Asked, uuid: UUID) -> HomeWatch:
    return queries.watch(scope_of(request), uuid)


@needs(*SEES)
@never_cache
@require_http_methods(["GET", "HEAD"])
def watch(request: Asked, uuid: UUID) -> HttpResponse:
    """What was reported in a week, and the form. A look at the person, put on record."""
    return _page(request, _one(request, uuid), None, 200)


def _page(request: Asked, one: HomeWatch, error: Problem | Problems | None, status: int) -> HttpResponse:
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=one.person.uuid, reason=f"monitoring:{one.uuid}")
    rule, reports = queries.rule_of(one.response), queries.reports_of(one)
    takes = one.ended_at is None and rule is not None and any(request.by.may(right) for right in TAKES)
    context: dict[str, Any] = {
        "one": one, "where": full_label(one.door), "facts": _facts(one), "takes": takes,
        "works": takes and request.by.may(Right.WORK_DOORS), "channel": read_channel(request.GET.get("by", "")).value,
        "week": week(reports, rule.fever) if rule else None, "reports": report_rows(reports),
        "slots": slot_rows(one), "rule": spoken(rule.rule) if rule else "", "clause": rule.clause if rule else "",
        "page_back": reverse("field-silent" if request.by.may(Right.WORK_DOORS) else "silent"),
        **form_of(request, error), **_household(one),
    }  # fmt: skip
    return render(request, "wangge/field/watch.html", context, status=status)


def _facts(one: HomeWatch) -> list[tuple[str, Any]]:
    age = age_on(one.person.birth_date, clock.today())
    facts: list[tuple[str, Any]] = [
        (_("Age"), age if age is not None else _("not stated")), (_("Last day"), day(one.last_day)),
        (_("Last heard"), moment(one.last_at) if one.last_at else _("never")),
    ]  # fmt: skip
    if words := careful_words(one):
        facts.append((_("Looked after first"), words))
    if one.misses:
        facts.append((_("Missed in a row"), one.misses))
    if called := next((call for call in queries.calls_of(one) if call.state == "open"), None):
        said = _("%(why)s, by %(due)s")
        facts.append((_("A doctor calls"), said % {"why": why_words(called.whys), "due": moment(called.due_at)}))
    return facts


def _household(one: HomeWatch) -> dict[str, Any]:
    agreed = {given.helper_id for given in queries.consents(one)}
    return {
        "helpers": [
            {"uuid": person.uuid, "name": person.name, "agreed": person.pk in agreed}
            for person in queries.household(one)
        ]
    }


@needs(*TAKES)
@never_cache
@require_POST
def report(request: Asked, uuid: UUID) -> HttpResponse:
    """A report taken down by phone or at the door."""
    one = _one(request, uuid)
    try:
        sent = Sent(read_channel(request.POST.get("channel", "")))
        actions.receive(watch=one, typed=read(request), sent=sent, by=request.by)
    except (Problem, Problems) as error:
        return _page(request, one, error, 422)
    messages.success(request, _("%(name)s: the report is recorded.") % {"name": one.person.name})
    return redirect("field-silent" if request.by.may(Right.WORK_DOORS) else "doctor")


@needs(*TAKES)
@require_POST
def refused(request: Asked, uuid: UUID) -> HttpResponse:
    """They do not report this time."""
    one = _one(request, uuid)
    actions.refuse(watch=one, by=request.by)
    messages.success(request, _("Noted. The next report is asked for as any other."))
    return redirect("watch", uuid)


@needs(*TAKES)
@never_cache
@require_POST
def number(request: Asked, uuid: UUID) -> HttpResponse:
    """The number for one call, put on record, with what to say."""
    one = _one(request, uuid)
    log_look(by=request.by, kind=AccessLog.Kind.CALLED, person=one.person.uuid, reason=f"monitoring:{uuid}")
    known = details(one.person)
    context = {
        "one": one, "number": known.get("phone", ""), "where": full_label(one.door),
        "confirm": confirming(one.person, known), "office": office_for(request),
        "back": reverse("watch", args=[uuid]), "page_back": reverse("watch", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/field/watch_call.html", context)


@needs(Right.WORK_DOORS)
@never_cache
@require_POST
def page(request: Asked, uuid: UUID) -> HttpResponse:
    """A new page for somebody's reports, shown once as a picture and an address; the one before ends."""
    one = _one(request, uuid)
    try:
        secret = actions.make_link(watch=one, by=request.by)
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("watch", uuid)
    address = request.build_absolute_uri(reverse("daily", args=[secret]))
    context = {"one": one, "address": address, "picture": picture(address), "page_back": reverse("watch", args=[uuid])}
    return render(request, "wangge/field/watch_page.html", context)


@needs(Right.WORK_DOORS)
@require_POST
def helper(request: Asked, uuid: UUID, person: UUID) -> HttpResponse:
    """Somebody told the worker that another one of the household may report for them, or no more."""
    one = _one(request, uuid)
    found = next((each for each in queries.household(one) if each.uuid == person), None)
    if found is None:
        raise Problem("helper_elsewhere", field="helper")
    act = actions.agree if request.POST.get("may") == "yes" else actions.disagree
    act(watch=one, helper=found, how=ConsentHow.WORKER, by=request.by)
    messages.success(request, _("Noted."))
    return redirect("watch", uuid)
