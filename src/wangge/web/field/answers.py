"""Every open question of one door, from all asks, as one form: filled in once, at the door or on the phone."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions.at_door import Filled, record_visit
from wangge.domains.asking.door_form import HERE, DoorForm, compose
from wangge.domains.asking.instances import BrokenInstance
from wangge.domains.asking.queries.doors import DOOR, OpenDoor, open_door
from wangge.domains.asking.queries.opened import as_put, reopened
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.asking.verdict import Fault, Judge, Verdict
from wangge.domains.asking.xform import xform
from wangge.domains.places.queries import full_label, label
from wangge.domains.work.actions import open_door as look_at_door
from wangge.domains.work.models import Task
from wangge.domains.work.queries import task
from wangge.domains.work.rules import Channel, Outcome
from wangge.sentences import by_field, sentence
from wangge.web.access import Asked, needs
from wangge.web.asks.words import language
from wangge.web.command.here import uuid_of
from wangge.web.field.trying import RISK_AREA
from wangge.web.questionnaire import page
from wangge.web.questionnaire.plain import PlainForm, answers

SALT = "wangge.door-form"
MISSED = {"absent": Outcome.ABSENT, "refused": Outcome.REFUSED}


@dataclass(frozen=True, slots=True)
class Door:
    """A door with its open questions, and the one form they make."""

    task: Task
    open: OpenDoor
    form: DoorForm


@needs(Right.WORK_DOORS)
@page.with_web_forms
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: Asked, uuid: UUID) -> HttpResponse:
    """The form of a door; ``by`` says whether it is a call or a visit."""
    one = task(request.by.scope(Right.WORK_DOORS), uuid)
    if request.method == "POST":
        return _sent(request, one)
    at = _door(one, open_door(request.by.scope(Right.WORK_DOORS), one.door))
    if not at.form.slots:
        messages.info(request, _("Nothing is left to ask at this door."))
        return redirect("door", uuid)
    look_at_door(task=one, by=request.by)
    return _page(request, at, PlainForm(at.form.questionnaire, language()))


def _door(one: Task, found: OpenDoor) -> Door:
    title = {"zh": label(one.door)}
    return Door(one, found, compose(title=title, version="1", parts=found.parts, forms=found.forms))


def _channel(request: Asked) -> Channel:
    said = request.POST.get("channel") or request.GET.get("by", "")
    return Channel.PHONE if said == Channel.PHONE else Channel.DOOR


def _page(request: Asked, at: Door, plain: PlainForm, status: int = 200) -> HttpResponse:
    channel = _channel(request)
    filling = page.Filling(
        form=xform(at.form.questionnaire), send=reverse("door-questions", args=[at.task.uuid]),
        submission=uuid_of(request.POST.get("submission", "")) or uuid7(), about=str(at.task.door.uuid),
    )  # fmt: skip
    context = page.context(request, filling, request.account.uuid) | {
        "task": at.task, "name": label(at.task.door), "where": full_label(at.task.door), "plain": plain,
        "asks": at.open.asks, "count": at.open.count,
        "stays": [] if request.method == "POST" else at.open.waiting_for(RISK_AREA),
        "hidden": [{"name": "channel", "value": channel}, {"name": "put", "value": _seal(at)}],
        "channel": channel, "page_back": f"{reverse('door', args=[at.task.uuid])}?by={channel}",
    }  # fmt: skip
    if plain.wrong:
        context["web_form"] = None  # what the plain form sent is corrected in the plain form
    return render(request, "wangge/field/questions.html", context, status=status)


def _seal(at: Door) -> str:
    """The form as it is opened now, to come back with its answers: asks may end and others may answer meanwhile."""
    return signing.dumps([str(at.task.door.uuid), as_put(at.open)], salt=SALT, compress=True)


def _sent(request: Asked, one: Task) -> HttpResponse:
    try:
        door, put = signing.loads(request.POST.get("put", ""), salt=SALT)
    except signing.BadSignature:
        door, put = "", []
    if door != str(one.door.uuid):
        at = _door(one, open_door(request.by.scope(Right.WORK_DOORS), one.door))
        said = sentence(Problem("form_broken"))
        return _refused(request, at, [], said, bool(request.POST.get("xml")), answers(request.POST))
    return _taken(request, _door(one, reopened(one.door, put)))


def _taken(request: Asked, at: Door) -> HttpResponse:
    """Judge again what the phone judged, then record all of it."""
    xml = request.POST.get("xml", "")
    given = answers(request.POST)
    try:
        verdict = Judge(at.form.questionnaire).judge(
            xml.encode() if xml else given, at=clock.now().astimezone(clock.LOCAL)
        )
        if verdict.unknown:
            raise Problem("form_broken")
        left = _left(request, at)
        wrong = _still_wrong(at, verdict, left)
        if not wrong:
            return _recorded(request, at, verdict, left)
    except BrokenInstance as broken:
        return _refused(
            request,
            at,
            [],
            sentence(Problem(broken.code, **{name: str(value) for name, value in broken.values.items()})),
            bool(xml),
            given,
        )
    except (Problem, Problems) as problem:
        said = " ".join(text for texts in by_field(problem).values() for text in texts)
        return _refused(request, at, [], said, bool(xml), given)
    return _refused(request, at, wrong, "", bool(xml), given)


def _left(request: Asked, at: Door) -> set[tuple[str, str]]:
    """What is still open here, as (part, question)."""
    found = open_door(request.by.scope(Right.WORK_DOORS), at.task.door)
    return {(part.key, name) for part in found.parts for name in part.names}


def _still_wrong(at: Door, verdict: Verdict, left: set[tuple[str, str]]) -> list[Fault]:
    """What somebody else answered since the form was opened need not be answered here any more."""
    people = {key for key, _name in left}
    return [
        fault
        for fault in verdict.faults
        if fault.code != "answer_missing" or (slot := at.form.slots[fault.question]) in left
        or (slot[1] == HERE and slot[0] in people)
    ]  # fmt: skip


def _recorded(request: Asked, at: Door, verdict: Verdict, left: set[tuple[str, str]]) -> HttpResponse:
    submission = uuid_of(request.POST.get("submission", "")) or uuid7()
    done = record_visit(
        task=at.task, filled=_filled(at, verdict, left), channel=_channel(request), at=clock.now(), by=request.by,
        submission=submission,
    )  # fmt: skip
    count = sum(bool(one.value or one.sealed) for each in done for one in each.answers)
    said = ngettext("%(door)s: %(count)d answer is recorded. Receipt %(number)s.",
                    "%(door)s: %(count)d answers are recorded. Receipt %(number)s.", count)  # fmt: skip
    number = submission.hex[-8:].upper()
    messages.success(request, said % {"door": label(at.task.door), "count": count, "number": number})
    url = reverse("field")
    return JsonResponse({"next": url}) if request.POST.get("xml") else redirect(url)


def _filled(at: Door, verdict: Verdict, left: set[tuple[str, str]]) -> list[Filled]:
    """The answers by whom they concern. A question that was put and stayed empty was put all the same, unless somebody
    else has answered it meanwhile or nobody asks it any more."""
    texts = at.form.by_part(verdict.texts)
    found = []
    for part in at.open.parts:
        mine, person = dict(texts.get(part.key, {})), at.open.people.get(part.key)
        here = mine.pop(HERE, "") if part.key != DOOR else "yes"
        if person is not None and here in MISSED:
            found.append(Filled(person, missed=MISSED[here]))
        elif mine and here == "yes":
            values = {name: text for name, text in mine.items() if name in part.names}
            still = {name for name in part.names if (part.key, name) in left}
            found.append(Filled(person, values, tuple(sorted(still | values.keys()))))
    return found


def _refused(
    request: Asked, at: Door, wrong: list[Fault], said: str, is_xml: bool, given: dict[str, str]
) -> HttpResponse:
    if is_xml:
        return JsonResponse({"message": said or _said(at, wrong)}, status=422)
    plain = PlainForm(at.form.questionnaire, language(), given)
    plain.say(wrong, said)
    return _page(request, at, plain, 422)


def _said(at: Door, wrong: list[Fault]) -> str:
    labels = {one.name: words_in(one.label, language()) for one in at.form.questionnaire.questions}
    return " ".join(
        f"{labels[one.question]} {words_in(one.words, language()) or sentence(Problem(one.code))}" for one in wrong
    )
