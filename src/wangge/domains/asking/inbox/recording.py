"""From the inbox to facts: each form of a batch alone, so that one that cannot be recorded holds up no other."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import Error, transaction

from wangge.base import sealing, worker
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.inbox.actions import TABLE
from wangge.domains.asking.inbox.catalogue import KnownForm, known_form
from wangge.domains.asking.instances import BrokenInstance, read_instance
from wangge.domains.asking.models import ReceivedForm
from wangge.domains.asking.rules import Source

log = logging.getLogger("wangge.openrosa")
State = ReceivedForm.State


def record_batch(*, batch: UUID) -> int:
    """Make answers of the forms of a batch that wait; returns how many were recorded. Repeats safely.

    Whoever sent one was allowed to when it came in: that counts, also when the post has ended since.
    """
    waiting = ReceivedForm.objects.within(EVERYTHING).filter(batch=batch, state=State.RECEIVED).order_by("id")
    forms: dict[int, KnownForm] = {}
    done = 0
    for row in waiting.select_related("form", "door", "person"):
        done += _record(row, forms)
    return done


def _record(row: ReceivedForm, forms: dict[int, KnownForm]) -> bool:
    """Record one form, or hold it with the reason: then its content stays, for a person to look at.

    Whatever is the matter with it holds up no other; a database that fails is no matter of one form.
    """
    try:
        form = forms.get(row.form_id) or forms.setdefault(row.form_id, known_form(row.form, {}))
        with transaction.atomic():
            record_answers(
                door=row.door, person=row.person, values=answers_in(row, form), at=row.at, by=sender_of(row),
                source=Source.OPENROSA, form=row.form, instance=instance_uuid(row.instance),
            )  # fmt: skip
            close(row)
    except (Problem, Problems) as error:
        _hold(row, reason_of(error))
        return False
    except Error:
        raise
    except Exception as error:
        log.error("a form could not be recorded: %s", worker.reason_of(error))
        _hold(row, "form_failed")
        return False
    return True


@transaction.atomic
def _hold(row: ReceivedForm, reason: str) -> None:
    row.state, row.reason = State.HELD, reason
    row.save(update_fields=["state", "reason"])
    record("asking.form_held", by=SYSTEM, subject=row.uuid, place=row.door.uuid, data={"reason": reason})
    log.warning("a form that was received is held: %s", reason)


def reason_of(error: Problem | Problems) -> str:
    """The code of what is the matter, the first where there are several."""
    first = error.problems[0] if isinstance(error, Problems) else error
    return first.code[:40]


def answers_in(row: ReceivedForm, form: KnownForm) -> dict[str, str]:
    """What was answered, by question; nothing once it is recorded. Log the look before showing it. Raises Problem."""
    xml = sealing.unseal(TABLE, row.uuid, row.sealed).get("xml")
    if xml is None:
        return {}
    try:
        instance = read_instance(xml.encode())
    except BrokenInstance as broken:
        raise Problem(broken.code, **dict[str, Any](broken.values)) from broken
    asked = {one.name for one in form.judge.questionnaire.asked}
    named = {form.names[path]: text for path, text in instance.answers.items() if path in form.names}
    return {name: named[name] for name in asked & named.keys()}


def close(row: ReceivedForm, before: Mapping[str, str] | None = None) -> None:
    """Its answers are facts: of the content only the hash stays, and what stood where somebody corrected it."""
    content = {"sha256": sealing.unseal(TABLE, row.uuid, row.sealed).get("sha256")}
    row.state = State.RECORDED
    row.sealed = sealing.seal(TABLE, row.uuid, content | ({"before": dict(before)} if before else {}))
    row.save(update_fields=["state", "sealed"])


def sender_of(row: ReceivedForm) -> By:
    """Who sent it, allowed to answer at this door, as was checked before the receipt."""
    scope = Scope(prefixes=(row.door.path,))
    return By(account=row.account, post=row.post, scopes={Right.WORK_DOORS: scope})


def instance_uuid(instance: str) -> UUID:
    """The UUID of a client's own id: the one in it, or one that follows from it."""
    try:
        return UUID(instance.removeprefix("uuid:"))
    except ValueError:
        return derived("instance", instance)
