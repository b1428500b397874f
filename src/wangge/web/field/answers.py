"""Every open question of one door, from all asks, as one form: filled in once, at the door or on the phone."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.asking import filling
from wangge.domains.asking.actions.recording import Recorded
from wangge.domains.asking.filling import Door, Sent
from wangge.domains.asking.queries.doors import open_door
from wangge.domains.asking.saying import language
from wangge.domains.asking.trying import RISK_AREA
from wangge.domains.asking.verdict import Fault
from wangge.domains.asking.xform import xform
from wangge.domains.places.queries import full_label, label
from wangge.domains.work.actions import open_door as look_at_door
from wangge.domains.work.models import Task
from wangge.domains.work.queries import task
from wangge.domains.work.rules import Channel
from wangge.sentences import by_field, of_faults, sentence
from wangge.web.access import Asked, needs
from wangge.web.command.here import uuid_of
from wangge.web.questionnaire import page
from wangge.web.questionnaire.plain import PlainForm, answers


@needs(Right.WORK_DOORS)
@page.with_web_forms
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: Asked, uuid: UUID) -> HttpResponse:
    """The form of a door; ``by`` says whether it is a call or a visit."""
    one = task(request.by.scope(Right.WORK_DOORS), uuid)
    if request.method == "POST":
        return _sent(request, one)
    at = _now_open(request, one)
    if not at.form.slots:
        messages.info(request, _("Nothing is left to ask at this door."))
        return redirect("door", uuid)
    look_at_door(task=one, by=request.by)
    return _page(request, at, PlainForm(at.form.questionnaire, language()))


def _now_open(request: Asked, one: Task) -> Door:
    return filling.composed(one, open_door(request.by.scope(Right.WORK_DOORS), one.door))


def _channel(request: Asked) -> Channel:
    said = request.POST.get("channel") or request.GET.get("by", "")
    return Channel.PHONE if said == Channel.PHONE else Channel.DOOR


def _page(request: Asked, at: Door, plain: PlainForm, status: int = 200) -> HttpResponse:
    channel = _channel(request)
    shown = page.Filling(
        form=xform(at.form.questionnaire), send=reverse("door-questions", args=[at.task.uuid]),
        submission=uuid_of(request.POST.get("submission", "")) or uuid7(), about=str(at.task.door.uuid),
    )  # fmt: skip
    context = page.context(request, shown, request.account.uuid) | {
        "task": at.task, "name": label(at.task.door), "where": full_label(at.task.door), "plain": plain,
        "asks": at.open.asks, "count": at.open.count,
        "stays": [] if request.method == "POST" else at.open.waiting_for(RISK_AREA),
        "hidden": [{"name": "channel", "value": channel}, {"name": "put", "value": filling.seal(at)}],
        "channel": channel, "page_back": f"{reverse('door', args=[at.task.uuid])}?by={channel}",
    }  # fmt: skip
    if plain.wrong:
        context["web_form"] = None  # what the plain form sent is corrected in the plain form
    return render(request, "wangge/field/questions.html", context, status=status)


def _sent(request: Asked, one: Task) -> HttpResponse:
    xml, given = request.POST.get("xml", ""), answers(request.POST)
    submission = uuid_of(request.POST.get("submission", "")) or uuid7()
    try:
        at = filling.opened(one, request.POST.get("put", ""))
    except Problem as problem:
        return _refused(request, _now_open(request, one), [], sentence(problem), bool(xml), given)
    sent = Sent(xml.encode() if xml else given, _channel(request), submission, _at(request))
    try:
        taken = filling.take(at=at, sent=sent, scope=request.by.scope(Right.WORK_DOORS), by=request.by)
    except (Problem, Problems) as problem:
        said = " ".join(text for texts in by_field(problem).values() for text in texts)
        return _refused(request, at, [], said, bool(xml), given)
    if taken.wrong:
        return _refused(request, at, taken.wrong, "", bool(xml), given)
    return _recorded(request, at, taken.done, submission)


def _at(request: Asked) -> datetime | None:
    """When it was filled in, where the page says so with its zone: it may have waited for a network."""
    try:
        at = datetime.fromisoformat(request.POST.get("at", ""))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _recorded(request: Asked, at: Door, done: list[Recorded], submission: UUID) -> HttpResponse:
    count = sum(bool(one.value or one.sealed) for each in done for one in each.answers)
    said = ngettext("%(door)s: %(count)d answer is recorded. Receipt %(number)s.",
                    "%(door)s: %(count)d answers are recorded. Receipt %(number)s.", count)  # fmt: skip
    number = submission.hex[-8:].upper()
    messages.success(request, said % {"door": label(at.task.door), "count": count, "number": number})
    url = reverse("field")
    return JsonResponse({"next": url}) if request.POST.get("xml") else redirect(url)


def _refused(
    request: Asked, at: Door, wrong: list[Fault], said: str, is_xml: bool, given: dict[str, str]
) -> HttpResponse:
    if is_xml:
        return JsonResponse({"message": said or of_faults(at.form.questionnaire, wrong, language())}, status=422)
    plain = PlainForm(at.form.questionnaire, language(), given)
    plain.say(wrong, said)
    return _page(request, at, plain, 422)
