"""Answers become facts: judged, kept, and counted once, whoever else answered before, after or at the same time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.asking import tallies
from wangge.domains.asking.envelope import TABLE, value_index
from wangge.domains.asking.models import Answer, Ask, AskSubject, Form, Question, Submission
from wangge.domains.asking.queries import answers as reads
from wangge.domains.asking.rules import (
    AnswerState,
    AskState,
    Empty,
    Said,
    Source,
    SubjectKind,
    SubjectState,
    fresh_until,
    place_of,
)
from wangge.domains.asking.rules import (
    Place as Standing,
)
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.work.actions import finish_items


@dataclass(frozen=True, slots=True)
class Recorded:
    """The clear answer to whoever sent answers: what was kept, and what it did.

    ``again``: this instance was taken before, nothing was written. ``closed``: the ask is over; kept as a fact.
    ``moved``: the person no longer lives there; kept as a fact about the person. ``asks``: numbers of the asks that
    are answered with it. ``disputed``: how many contradict an answer from another source.
    """

    answers: tuple[Answer, ...] = ()
    again: bool = False
    closed: bool = False
    moved: bool = False
    counted: int = 0
    disputed: int = 0
    asks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, where and how answers were given."""

    door: Place
    person: Person | None
    at: datetime
    by: By
    source: Source
    instance: UUID | None
    ask: Ask | None
    where: Response | None


@dataclass(frozen=True, slots=True)
class Given:
    """Judged answers to some questions: texts, and why the others hold nothing."""

    texts: Mapping[str, str]
    empty: Mapping[str, Empty]


@transaction.atomic
def record_answers(
    *,
    door: Place,
    values: Mapping[str, str],
    at: datetime,
    by: By,
    source: Source,
    person: Person | None = None,
    asked: Collection[str] | None = None,
    form: Form | None = None,
    instance: UUID | None = None,
    ask: Ask | None = None,
    response: Response | None = None,
) -> Recorded:
    """Keep what a door or a person answered. ``values`` by question; ``asked``: what was put, where that is more.

    With ``form`` it is a whole questionnaire of that version. Raises Problems with each answer that cannot be taken,
    and then nothing is written. The same ``instance`` twice is once.
    """
    by.need(Right.WORK_DOORS, door.path, door.grid_id)
    if at > clock.now() + clock.SLACK:
        raise Problem("in_the_future", field="at")
    Place.objects.select_for_update(no_key=True).get(pk=door.pk)  # two workers at one door follow each other
    if instance and Submission.objects.filter(instance=instance).exists():
        return Recorded(tuple(Answer.objects.within(EVERYTHING).filter(instance=instance)), again=True)
    where = response or (ask.response if ask else reads.response_at(door))
    return _keep(Occasion(door, person, at, by, source, instance, ask, where), values, asked, form)


def _keep(occasion: Occasion, values: Mapping[str, str], asked: Collection[str] | None, form: Form | None) -> Recorded:
    questions = _questions(values, asked, form)
    door, person, ask = occasion.door, occasion.person, occasion.ask
    if person is None and (personal := [one for one in questions if one.subject == SubjectKind.PERSON]):
        raise Problem("answer_needs_person", field=personal[0].name, name=personal[0].name)
    given = _judged(questions, values, occasion, form)
    rows = [_row(one, given, occasion) for one in questions if one.name in given.texts or one.name in given.empty]
    standings = [_stand(row, given.texts.get(row.question.name, "")) for row in rows]
    if occasion.instance:
        Submission.objects.create(
            instance=occasion.instance, form=form, received_at=clock.now(), account=occasion.by.account,
            answers=len(rows),
        )  # fmt: skip
    lines = _finish(door, person, occasion.by)
    done = Recorded(
        tuple(rows), closed=bool(ask and not Ask.objects.filter(pk=ask.pk, state=AskState.OPEN).exists()),
        moved=bool(person and not at_door(EVERYTHING, door).filter(pk=person.pk).exists()),
        counted=sum(one in (Standing.COUNTS, Standing.COUNTS_OTHER_DISPUTED) for one in standings),
        disputed=sum(one in (Standing.DISPUTED, Standing.COUNTS_OTHER_DISPUTED) for one in standings),
        asks=tuple(sorted({line.ask.number for line in lines})),
    )  # fmt: skip
    _tell(done, lines, occasion)
    return done


def _questions(values: Mapping[str, str], asked: Collection[str] | None, form: Form | None) -> list[Question]:
    names = set(values) | set(asked or ())
    if form:
        names |= {one.name for one in reads.judge_of(form.uuid).questionnaire.asked}
    found = list(Question.objects.filter(name__in=names).select_related("form").order_by("form_id", "position"))
    if unknown := sorted(names - {one.name for one in found}):
        raise Problem("question_unknown", field=unknown[0], name=unknown[0])
    if not found:
        raise Problem("answers_missing")
    return found


def _judged(questions: Sequence[Question], values: Mapping[str, str], occasion: Occasion, form: Form | None) -> Given:
    """Each form's answers by its own rules; what is known already decides with them what is relevant."""
    texts: dict[str, str] = {}
    empty: dict[str, Empty] = {}
    wrong: list[Problem] = []
    for key in dict.fromkeys([form.uuid] if form else [one.form.uuid for one in questions]):
        judge = reads.judge_of(key)
        mine = {one.name for one in judge.questionnaire.asked} & {one.name for one in questions}
        others = {one.name for one in judge.questionnaire.asked} - mine
        known = reads.known_texts(occasion.door, occasion.person, others)
        given = {name: values[name] for name in mine if values.get(name, "").strip()}
        verdict = judge.judge(known | given, at=occasion.at.astimezone(clock.LOCAL))
        wrong += [Problem(one.code, field=one.question, words=dict(one.words)) for one in verdict.faults
                  if one.question in mine]  # fmt: skip
        texts |= {name: verdict.texts[name] for name in mine if name in verdict.texts}
        empty |= {
            name: Empty.NOT_RELEVANT if name in verdict.irrelevant else Empty.LEFT_BLANK
            for name in mine if name not in verdict.texts
        }  # fmt: skip
    if wrong:
        raise Problems(list({problem.field: problem for problem in reversed(wrong)}.values()))
    return Given(texts, empty)


def _row(question: Question, given: Given, occasion: Occasion) -> Answer:
    """The answer as it is kept, unsaved: in the open where its question says so, otherwise sealed."""
    fresh_for = timedelta(seconds=question.fresh_for) if question.fresh_for is not None else None
    until, where = fresh_until(occasion.at, fresh_for), occasion.where
    if where is None and until is None:
        raise Problem("no_response_here", field=question.name)
    uuid, value, response = uuid7(), given.texts.get(question.name, ""), where.uuid if where else None
    row = Answer(
        uuid=uuid, door=occasion.door, person=occasion.person if question.subject == SubjectKind.PERSON else None,
        question=question, at=occasion.at, known_at=clock.now(), fresh_until=until, source=occasion.source,
        account=occasion.by.account, post=occasion.by.post, ask=occasion.ask, response=response,
        instance=occasion.instance, empty=given.empty.get(question.name, ""),
    )  # fmt: skip
    if question.level == "open":
        row.value = value
    elif value:
        row.sealed = sealing.seal(TABLE, uuid, {"value": value}, response=response)
        row.value_index = value_index(question.pk, value)
    return row


def _stand(row: Answer, value: str) -> Standing:
    """Put a new answer beside the one that counts; the earlier is kept, whichever it is."""
    who = Q(person=row.person_id) if row.person_id else Q(door=row.door_id, person__isnull=True)
    mine = Answer.objects.within(EVERYTHING).filter(who, question=row.question_id)
    current = mine.filter(state=AnswerState.CURRENT).first()
    now = clock.now()
    before = None if current is None else Said(
        reads.value_of(current) or current.empty, current.at, Source(current.source),
        current.fresh_until is None or current.fresh_until > now,
    )  # fmt: skip
    new = Said(value or row.empty, row.at, Source(row.source), row.fresh_until is None or row.fresh_until > now)
    standing = place_of(new, before)
    if current is None or standing is Standing.COUNTS:
        _replace(current, row, AnswerState.SUPERSEDED)
    elif standing is Standing.COUNTS_OTHER_DISPUTED:
        _replace(current, row, AnswerState.DISPUTED)
    else:
        row.state = AnswerState.DISPUTED if standing is Standing.DISPUTED else AnswerState.SUPERSEDED
        row.superseded_by = current
        row.save(force_insert=True)
    return standing


def _replace(current: Answer | None, row: Answer, state: AnswerState) -> None:
    row.state = AnswerState.CURRENT
    if current is not None:  # before the new one, so that never two count; who replaced it is known after
        Answer.objects.within(EVERYTHING).filter(pk=current.pk).update(state=state)
    row.save(force_insert=True)
    if current is not None:
        Answer.objects.within(EVERYTHING).filter(pk=current.pk).update(superseded_by=row)


def _finish(door: Place, person: Person | None, by: By) -> list[AskSubject]:
    """Every line of an open ask that is fully answered now is done, and its thing to do at the door with it."""
    lines = reads.complete(reads.open_lines(door, person), door)
    mark(lines, SubjectState.DONE)
    if lines:
        finish_items(causes=[line.uuid for line in lines], by=by)
    return lines


def mark(lines: Iterable[AskSubject], state: SubjectState) -> None:
    """Put lines of lists into a state and count their tallies again."""
    changed = [line for line in lines if line.state != state]
    keys = [line.pk for line in changed]
    AskSubject.objects.within(EVERYTHING).filter(pk__in=keys).update(state=state, changed_at=clock.now())
    tallies.refresh(line.tally_id for line in changed)


def _tell(done: Recorded, lines: Sequence[AskSubject], occasion: Occasion) -> None:
    person, where = occasion.person, occasion.where
    record(
        "asking.answers_recorded", by=occasion.by, subject=person.uuid if person else occasion.door.uuid,
        place=occasion.door.uuid, response=where.uuid if where else None, occurred_at=occasion.at,
        data={"answers": [str(one.uuid) for one in done.answers], "source": occasion.source.value,
              "questions": [one.question.name for one in done.answers], "counted": done.counted,
              "disputed": done.disputed, "person": str(person.uuid) if person else None,
              "asks": sorted({str(line.ask.uuid) for line in lines})},
    )  # fmt: skip
