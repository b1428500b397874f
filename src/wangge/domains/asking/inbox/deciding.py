"""A person decides about a form that is held: its answers are recorded after all, or it is set aside. Either once."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.actions import log_looks
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import Recorded, record_answers
from wangge.domains.asking.inbox.actions import TABLE
from wangge.domains.asking.inbox.catalogue import known_form
from wangge.domains.asking.inbox.recording import answers_in, close, instance_uuid, reason_of, sender_of
from wangge.domains.asking.inbox.rules import Why
from wangge.domains.asking.models import Answer, ReceivedForm
from wangge.domains.asking.rules import Source
from wangge.domains.people.queries import at_door

State = ReceivedForm.State


def look_at_form(*, held: ReceivedForm, by: By) -> None:
    """Put on record who saw what was answered: about a person, or about everybody behind the door."""
    people = [held.person.uuid] if held.person else at_door(EVERYTHING, held.door).values_list("uuid", flat=True)
    log_looks(by=by, kind=AccessLog.Kind.OPENED, people=people, reason=f"form:{held.uuid}")


def record_held(*, held: ReceivedForm, by: By, corrected: Mapping[str, str] | None = None) -> Recorded | None:
    """Record a held form after all: as it was sent, or with some answers ``corrected``. None: somebody had already.

    The sender stays who asked; what was corrected is the corrector's word. Raises Problem or Problems: then it stays
    held, and for a form tried as it was sent the list says why it cannot be recorded now.
    """
    by.need(Right.WORK_DOORS, held.door.path, held.door.grid_id)
    try:
        with transaction.atomic():
            return _record(_locked(held), corrected or {}, by)
    except (Problem, Problems) as error:
        if not corrected:
            rows = ReceivedForm.objects.within(EVERYTHING)
            rows.filter(pk=held.pk, state=State.HELD).update(reason=reason_of(error))
        raise


def _locked(held: ReceivedForm) -> ReceivedForm:
    """As it stands now: two people at one form follow each other."""
    rows = ReceivedForm.objects.within(EVERYTHING).select_for_update(of=("self",))
    return rows.select_related("form", "door", "person").get(pk=held.pk)


def _record(row: ReceivedForm, corrected: Mapping[str, str], by: By) -> Recorded | None:
    if row.state == State.RECORDED:
        return None
    if row.state != State.HELD:
        raise Problem("form_decided_already")
    form = known_form(row.form, {})
    sent, asked = answers_in(row, form), {one.name for one in form.judge.questionnaire.asked}
    new = {name: text for name, text in corrected.items() if name in asked and text != sent.get(name, "")}
    instance = instance_uuid(row.instance)
    done = record_answers(
        door=row.door, person=row.person, values=sent | new, at=row.at, by=sender_of(row), source=Source.OPENROSA,
        form=row.form, instance=instance,
    )  # fmt: skip
    if new and not done.again:
        _own(Answer.objects.within(EVERYTHING).filter(instance=instance, question__name__in=new), by)
    close(row, {name: sent.get(name, "") for name in new})
    _settle(row, by)
    record(
        "asking.held_form_recorded", by=by, subject=row.uuid, place=row.door.uuid,
        data={"reason": row.reason, "corrected": sorted(new), "counted": done.counted},
    )  # fmt: skip
    return done


def _own(answers: Iterable[Answer], by: By) -> None:
    """What somebody corrected is what they say."""
    for one in answers:
        one.account, one.post = by.account, by.post
        one.save(update_fields=["account", "post"])


def _settle(row: ReceivedForm, by: By) -> None:
    row.settled_at, row.settled_post = clock.now(), by.post
    row.save(update_fields=["settled_at", "settled_post"])


@transaction.atomic
def set_form_aside(*, held: ReceivedForm, why: Why, by: By, words: str = "") -> ReceivedForm:
    """Decide that a held form's answers are not to count. It stays on record, with its content until that expires.

    The reason in ``words`` is sealed with the content; the log has the code alone. Twice for the same reason is once.
    """
    by.need(Right.WORK_DOORS, held.door.path, held.door.grid_id)
    row = _locked(held)
    content = sealing.unseal(TABLE, row.uuid, row.sealed)
    if row.state == State.ASIDE and content.get("why") == why:
        return row
    if row.state != State.HELD:
        raise Problem("form_decided_already")
    row.state = State.ASIDE
    row.sealed = sealing.seal(TABLE, row.uuid, content | {"why": why.value, "words": words})
    row.save(update_fields=["state", "sealed"])
    _settle(row, by)
    record(
        "asking.form_set_aside", by=by, subject=row.uuid, place=row.door.uuid,
        data={"reason": row.reason, "why": why.value},
    )  # fmt: skip
    return row
