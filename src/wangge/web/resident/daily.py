"""The daily report on a page of one's own: no account, a plain form, one page for one person.

Whoever has the address may report, and sees nothing of what was reported before, by themselves or by anybody else.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base import clock
from wangge.base.access import tries
from wangge.base.access.address import client_of
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.actions import Sent
from wangge.domains.monitoring.inputs import told_of
from wangge.domains.monitoring.models import DailyReport, HomeWatch, ReportLink
from wangge.domains.monitoring.rules import GRAVE, HOUR, Channel, ConsentHow, Told, whys
from wangge.domains.monitoring.words import SLOTS
from wangge.domains.people.models import Person
from wangge.domains.people.rules import age_on
from wangge.domains.places.models import Place
from wangge.domains.protocol.rules_monitoring import Monitoring
from wangge.web.command.words import spoken
from wangge.web.daily import form_of, read
from wangge.web.desk.words import day, moment
from wangge.web.resident.ask import NOBODY
from wangge.web.signs import noted

GUESSES = 60  # addresses that lead nowhere, in an hour from one address


@never_cache
def report(request: HttpRequest, secret: str) -> HttpResponse:
    """One's own report."""
    link = link_behind(request, secret)
    return _over(request, link) if link is None or link.ended_at else _report(request, secret, link, link.watch)


@never_cache
def report_for(request: HttpRequest, secret: str, uuid: UUID) -> HttpResponse:
    """The report of somebody of the household who agreed to it."""
    link = link_behind(request, secret)
    if link is None or link.ended_at:
        return _over(request, link)
    other = next((one for one in queries.helped(link.watch) if one.uuid == uuid), None)
    if other is None:
        raise Http404
    return _report(request, secret, link, other)


def link_behind(request: HttpRequest, secret: str) -> ReportLink | None:
    """The page behind an address; guesses are counted, and from some number on none is looked up any more."""
    sender = client_of(request)
    if tries.spent("report page", sender, most=GUESSES, within=HOUR):
        return None
    if link := queries.link_of(secret):
        return link
    tries.take("report page", sender, most=GUESSES, within=HOUR)
    return None


def _over(request: HttpRequest, link: ReportLink | None) -> HttpResponse:
    """A page that ended says so; one that never was, too: neither tells anything of anybody."""
    ended = bool(link and link.watch.ended_at)
    context: dict[str, Any] = {"ended": ended} | (_office(link.watch.door) if link else {"phone": HOTLINE})
    return render(request, "wangge/resident/daily_over.html", context, status=410 if link else 404)


def _office(place: Place) -> dict[str, Any]:
    posts = offices(place)[:1]
    return {"office": posts[0].title if posts else "", "phone": office_of(posts[0]) if posts else HOTLINE}


def _report(request: HttpRequest, secret: str, link: ReportLink, watch: HomeWatch) -> HttpResponse:
    if request.method != "POST":
        return _page(request, secret, link, watch, None, 200)
    try:
        sent = Sent(Channel.LINK, link, client_of(request))
        one = actions.receive(watch=watch, typed=read(request), sent=sent, by=NOBODY)
    except (Problem, Problems) as error:
        often = isinstance(error, Problem) and error.code == "daily_too_often"
        answer = _page(request, secret, link, watch, error, 429 if often else 422)
        if often:
            answer.headers["Retry-After"] = str(int(HOUR.total_seconds()))
        return answer
    return redirect("daily-sent", secret, one.uuid)


def _page(
    request: HttpRequest, secret: str, link: ReportLink, watch: HomeWatch, error: Problem | Problems | None, status: int
) -> HttpResponse:
    rule, own = queries.rule_of(watch.response), watch.pk == link.watch_id
    if rule is None:
        return _over(request, link)
    on, due = queries.slot_now(rule, clock.now())
    context = {
        "secret": secret, "own": own, "watch": watch.uuid,
        "name": named(watch.person), "rule": spoken(rule.rule), "clause": rule.clause,
        "slot": SLOTS[due.key], "due": moment(queries.due_at(on, due)), "until": day(watch.last_day),
        "response": watch.response, "fever": f"{rule.fever / 10:g}", **_office(watch.door), **form_of(request, error),
    }  # fmt: skip
    if own:
        context |= _household(watch)
    return render(request, "wangge/resident/daily.html", context, status=status)


def _household(watch: HomeWatch) -> dict[str, Any]:
    """For whom one may report besides, and who may report for oneself."""
    agreed = {one.helper_id for one in queries.consents(watch)}
    return {
        "others": [{"uuid": one.uuid, "name": named(one.person)} for one in queries.helped(watch)],
        "helpers": [
            {"uuid": one.uuid, "name": named(one), "agreed": one.pk in agreed} for one in queries.household(watch)
        ],
    }  # fmt: skip


def named(person: Person) -> str:
    """Enough for the household to know who is meant, and too little for a stranger: 张* (72)."""
    age = age_on(person.birth_date, clock.today())
    return mask_name(person.name) if age is None else noted(mask_name(person.name), age)


@never_cache
@require_safe
def sent(request: HttpRequest, secret: str, uuid: UUID) -> HttpResponse:
    """The receipt: it stands only where the server has it, and only for the page that sent it."""
    link = link_behind(request, secret)
    if link is None:
        return _over(request, None)
    try:
        one = queries.report(uuid)
    except DailyReport.DoesNotExist as error:
        raise Http404 from error
    if one.link_id != link.pk or (rule := queries.rule_of(one.watch.response)) is None:
        raise Http404
    told = told_of(queries.said(one))
    called = whys(told, rule.fever, rule.cold)
    context = {
        "secret": secret, "name": named(one.watch.person), "when": moment(one.received_at), "number": str(uuid)[-8:],
        "grave": bool(GRAVE & set(told.symptoms)), "doctor": bool(called), "clock_off": one.clock_off,
        "hours": f"{rule.doctor_within_hours:g}", "brought": not told.supplies or _short(told, rule),
        "cared": bool(told.dependants or told.help), "next": _next(one.watch),
        "medicine": _medicine(secret, link, one.watch) if _short(told, rule) else "", "response": one.watch.response,
        **_office(one.watch.door),
    }  # fmt: skip
    return render(request, "wangge/resident/daily_sent.html", context)


def _short(told: Told, rule: Monitoring) -> bool:
    """Whether medicine runs out by what was reported."""
    return told.medicine_days is not None and told.medicine_days < rule.medicine_days


def _medicine(secret: str, link: ReportLink, watch: HomeWatch) -> str:
    """Where to say which one, for oneself or for whom one reported."""
    if watch.pk == link.watch_id:
        return reverse("daily-medicine", args=[secret])
    return reverse("daily-medicine-for", args=[secret, watch.uuid])


def _next(watch: HomeWatch) -> str:
    """By when the next report is expected."""
    waiting = [slot for slot in queries.slots_of(watch) if slot.state == "waiting"]
    return moment(waiting[-1].tally.due_at) if waiting else _("the next day")


@never_cache
@require_POST
def helper(request: HttpRequest, secret: str, uuid: UUID) -> HttpResponse:
    """On one's own page: somebody of the household may report for me; or no more."""
    link = link_behind(request, secret)
    if link is None or link.ended_at:
        return _over(request, link)
    person = next((one for one in queries.household(link.watch) if one.uuid == uuid), None)
    if person is None:
        raise Http404
    act = actions.agree if request.POST.get("may") == "yes" else actions.disagree
    act(watch=link.watch, helper=person, how=ConsentHow.PAGE, by=NOBODY)
    return redirect("daily", secret)
