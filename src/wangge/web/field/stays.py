"""Were they in a risk area? Looked up with the person, at the door or on the phone, judged by the list of each day.

What is recorded are the answers of the questionnaire, so that the door's form does not ask them again. Everything is
one form without a script too: a button looks, one chooses an area, one takes it away, one records.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.actions.at_door import SOURCES
from wangge.domains.asking.queries.answers import form_in_use, judge_of, known_texts
from wangge.domains.asking.queries.reading import questions
from wangge.domains.asking.questionnaire import Questionnaire, words_in
from wangge.domains.asking.saying import answer_words, language, question_words
from wangge.domains.asking.trying import RISK_AREA
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door
from wangge.domains.places.queries import label
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.rules import Protocol
from wangge.domains.risk import queries as risk
from wangge.domains.risk.words import LEVELS
from wangge.domains.work.actions import open_door
from wangge.domains.work.models import Task
from wangge.domains.work.queries import task
from wangge.domains.work.rules import Channel
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.command.here import uuid_of
from wangge.web.desk.words import moment
from wangge.web.field.staying import Judgement, Row, in_words, judged, lookback, rows, searched
from wangge.web.questionnaire.plain import PREFIX, PlainForm, answers

#: The questionnaires that ask about risk areas; the first that is in use decides.
FORMS = ("travel_code", "returnee_report")
#: What else of them is answered with it, and which of these is the day of coming back.
JOURNEY = ("came_from", "came_on", "arrive_on", "came_by", "trip_number")
BACK_ON = ("came_on", "arrive_on")


@dataclass(frozen=True, slots=True)
class Looking:
    """A person behind a door whose stays are looked up, and what is typed so far. ``given``: their journey."""

    task: Task
    person: Person
    edition: Protocol
    asks: Questionnaire
    rows: list[Row]
    none: bool
    given: Mapping[str, str]

    @property
    def came_on(self) -> str:
        return next((self.given[name] for name in BACK_ON if self.given.get(name)), "")

    @property
    def judgement(self) -> Judgement | None:
        return judged(self.rows, self.none, self.came_on, self.edition)

    @property
    def journey(self) -> Questionnaire:
        """The questions around the stay, as the questionnaire puts them; what follows from the stays may be empty."""
        follows = ("came_from", *BACK_ON) if self.rows else ()
        mine = tuple(
            replace(one, relevant="", groups=(), required="" if one.name in follows else one.required)
            for one in self.asks.questions if one.name in JOURNEY
        )  # fmt: skip
        return replace(self.asks, questions=mine, groups=())


@needs(Right.WORK_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def stays(request: Asked, uuid: UUID, person: UUID) -> HttpResponse:
    """Opening it is a look at the people behind the door, logged with the task as its purpose."""
    scope = request.by.scope(Right.WORK_DOORS)
    one = task(scope, uuid)
    who = at_door(scope, one.door).filter(uuid=person, died_on__isnull=True).get()
    found = next((form for name in FORMS if (form := form_in_use(name))), None)
    if found is None:
        messages.info(request, _("The office has not published this questionnaire yet."))
        return redirect("door", uuid)
    at = _looking(request, one, who, judge_of(found.uuid).questionnaire)
    if "record" in request.POST:
        return _recorded(request, at)
    open_door(task=one, by=request.by)
    return _page(request, at)


def _looking(request: Asked, one: Task, who: Person, asks: Questionnaire) -> Looking:
    names = [question.name for question in asks.asked if question.name in JOURNEY]
    posted = request.method == "POST"
    given = answers(request.POST) if posted else known_texts(one.door, who, names)
    mine = {name: given[name] for name in names if given.get(name)}
    return Looking(one, who, in_force(one.response), asks, rows(request.POST), "none" in request.POST, mine)


def _channel(request: Asked) -> Channel:
    said = request.POST.get("channel") or request.GET.get("by", "")
    return Channel.PHONE if said == Channel.PHONE else Channel.DOOR


def _page(request: Asked, at: Looking, problem: Problem | Problems | None = None) -> HttpResponse:
    plain, current, channel, judgement = _plain(at, problem), risk.latest(), _channel(request), at.judgement
    context: dict[str, Any] = {
        "task": at.task, "person": at.person, "door": label(at.task.door), "channel": channel,
        "here": reverse("door-stays", args=[at.task.uuid, at.person.uuid]), "plain": plain, "rows": at.rows,
        "none": at.none and not at.rows, "lookback": lookback(at.edition), "recording": problem is not None,
        "submission": uuid_of(request.POST.get("submission", "")) or uuid7(), "judgement": judgement,
        "question": _question(), "current": moment(current.published_at) if current else "",
        "page_back": f"{reverse('door', args=[at.task.uuid])}?by={channel}", **searched(request.POST),
    }  # fmt: skip
    if judgement:
        context |= {
            "answer": _answer(judgement.answer),
            "level": LEVELS[judgement.verdict.level] if judgement.verdict.level else "",
        }
    return render(request, "wangge/field/stays.html", context, status=422 if problem else 200)


def _plain(at: Looking, problem: Problem | Problems | None) -> PlainForm:
    plain = PlainForm(at.journey, language(), at.given)
    if problem:
        plain.say([])
        for one in problem.problems if isinstance(problem, Problems) else [problem]:
            said = words_in(one.values.get("words", {}), language()) or sentence(one)  # the questionnaire's own first
            plain.add_error(PREFIX + one.field if PREFIX + one.field in plain.fields else None, said)
    return plain


def _question() -> str:
    return next((question_words(one) for one in questions([RISK_AREA])), "")


def _answer(value: str) -> str:
    return next((answer_words(one, value) for one in questions([RISK_AREA])), value) if value else ""


def _recorded(request: Asked, at: Looking) -> HttpResponse:
    """Keep it as answers of the questionnaire. Sent twice it is once; corrected and sent again it is the later one."""
    submission = uuid_of(request.POST.get("submission", "")) or uuid7()
    try:
        judgement = _ready(at)
        channel, values = _channel(request), _values(at, judgement)
        put = set(values) | {one.name for one in at.journey.asked}
        record_answers(
            door=at.task.door, person=at.person, values=values, asked=put, at=clock.now(), by=request.by,
            source=SOURCES[channel], response=at.task.response,
            instance=derived("stays", submission, at.person.uuid, sorted(values.items())),
        )  # fmt: skip
    except (Problem, Problems) as problem:
        open_door(task=at.task, by=request.by)
        return _page(request, at, problem)
    said = {"name": at.person.name, "question": _question(), "answer": _answer(judgement.answer)}
    if judgement.answer:
        messages.success(request, _("%(name)s: recorded. %(question)s %(answer)s.") % said)
    else:
        text = _("%(name)s: recorded. “%(question)s” stays open: a list of some of the days is not known here.")
        messages.warning(request, text % said)
    return redirect(f"{reverse('door-questions', args=[at.task.uuid])}?by={channel}")


def _ready(at: Looking) -> Judgement:
    """Raises Problems while a day is missing, Problem where nothing was chosen."""
    if wrong := [one.problem for one in at.rows if one.problem]:
        raise Problems(list({sentence(problem): problem for problem in wrong}.values()))
    judgement = at.judgement
    if judgement is None:
        raise Problem("risk_stay_missing")
    return judgement


def _values(at: Looking, judgement: Judgement) -> dict[str, str]:
    """Answers by question. Left empty, "from where" and the day of coming back follow from the stays."""
    day = {name: judgement.arrives.isoformat() for name in BACK_ON if at.rows}
    where = {"came_from": in_words(at.rows)} if at.rows else {}
    values = {**where, **day, **at.given, "came_back": "yes", RISK_AREA: judgement.answer}
    mine = {one.name for one in at.asks.asked}
    return {name: text for name, text in values.items() if name in mine and text}
