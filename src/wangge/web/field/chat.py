"""What residents write in the group chat: pasted, read, and confirmed line by line before it counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.asking import queries
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.chat.reading import Said
from wangge.domains.asking.chat.words import TROUBLES
from wangge.domains.asking.models import Question
from wangge.domains.asking.queries.pasted import doors_of, read_paste
from wangge.domains.asking.rules import Source
from wangge.domains.asking.saying import answer_words, question_words
from wangge.domains.people.queries import at_door
from wangge.domains.places.models import Place
from wangge.domains.places.queries import labels
from wangge.domains.places.queries.reading import by_uuid
from wangge.sentences import by_field
from wangge.web.access import Asked, needs
from wangge.web.command.here import uuid_of

_NOT_ASKED = gettext_lazy("No question of the bank asks this. If they need something, call them.")
LONGEST = 20_000  # characters of one paste


@needs(Right.WORK_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: Asked) -> HttpResponse:
    """The paste, and what was read in it. Nothing of it is kept before somebody confirms it."""
    text = request.POST.get("text", "").replace("\0", "")[:LONGEST]
    scope = request.by.scope(Right.WORK_DOORS)
    lines = _lines(scope, read_paste(scope, text)) if text.strip() else []
    context = {"text": text, "lines": lines, "paste": uuid7(), "ready": sum(bool(one["doors"]) for one in lines)}
    return render(request, "wangge/field/chat.html", context)


def _lines(scope: Scope, said: tuple[Said, ...]) -> list[dict[str, Any]]:
    asked = {read.question for one in said for read in one.answers}
    bank = {one.name: one for one in queries.questions(asked)}
    doors = doors_of(scope, [spot.key for one in said for spot in one.spots])
    named = labels(doors.values())
    return [_line(number, one, bank, doors, named, scope) for number, one in enumerate(said, 1)]


def _line(
    number: int, said: Said, bank: Mapping[str, Question], doors: Mapping[int, Place], named: Mapping[int, str],
    scope: Scope,
) -> dict[str, Any]:  # fmt: skip
    """One line as the page shows it. It can be confirmed where it means a door of ours and a question of the bank."""
    answers = [
        {"name": read.question, "value": read.value, "question": question_words(bank[read.question]),
         "answer": answer_words(bank[read.question], read.value), "words": read.words}
        for read in said.answers if read.question in bank
    ]  # fmt: skip
    spots = [doors[spot.key] for spot in said.spots if spot.key in doors] if answers else []
    personal = any(bank[one["name"]].subject == "person" for one in answers)
    people = [who for door in spots for who in at_door(scope, door)] if personal else []
    return {
        "number": number, "text": said.message.text, "who": said.message.nickname, "answers": answers,
        "at": said.message.at.isoformat() if said.message.at else "", "chosen": said.ready and not people,
        "doors": [{"uuid": door.uuid, "label": named[door.pk]} for door in spots], "people": people,
        "why": TROUBLES[said.trouble] if said.trouble else "" if answers else _NOT_ASKED,
        "by_nickname": said.by_nickname, "from_heading": said.from_heading,
    }  # fmt: skip


@needs(Right.WORK_DOORS)
@require_POST
def confirm(request: Asked) -> HttpResponse:
    """The lines that were ticked become answers; each alone, so that one that cannot be taken stops no other."""
    taken, wrong = 0, []
    for number in request.POST.getlist("take"):
        try:
            _take(request, number)
            taken += 1
        except (Problem, Problems) as problem:
            said = " ".join(text for texts in by_field(problem).values() for text in texts)
            wrong.append(_("Line %(number)s: %(why)s") % {"number": number, "why": said})
    if taken:
        text = ngettext("%(count)d line is recorded.", "%(count)d lines are recorded.", taken)
        messages.success(request, text % {"count": taken})
    for text in wrong:
        messages.error(request, text)
    if not taken and not wrong:
        messages.warning(request, _("No line was ticked. Tick those that are right, then record them."))
    return redirect("chat")


def _take(request: Asked, number: str) -> None:
    scope, posted = request.by.scope(Right.WORK_DOORS), request.POST
    door = _door(posted.get(f"door_{number}", ""))
    values = dict(pair.split("=", 1) for pair in posted.getlist(f"answer_{number}") if "=" in pair)
    chosen = uuid_of(posted.get(f"person_{number}", ""))
    person = at_door(scope, door).filter(uuid=chosen).first() if chosen else None
    record_answers(
        door=door, person=person, values=values, at=_at(posted, number), by=request.by, source=Source.CHAT,
        instance=derived("chat", posted.get("paste", ""), number),
    )  # fmt: skip


def _door(text: str) -> Place:
    uuid: UUID | None = uuid_of(text)
    if uuid is None:
        raise Problem("chat_door_missing", field="door")
    return by_uuid(uuid)


def _at(posted: QueryDict, number: str) -> datetime:
    """When it was written, where the chat says so; never later than now."""
    now = clock.now()
    try:
        written = make_aware(datetime.fromisoformat(posted.get(f"at_{number}", "")), clock.LOCAL)
    except ValueError:
        return now
    return min(written, now)
