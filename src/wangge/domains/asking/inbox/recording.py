"""From the inbox to facts: each form of a batch alone, so that one that cannot be recorded holds up no other."""

import logging
from uuid import UUID

from django.db import transaction

from wangge.base import sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.ids import derived
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.inbox.actions import TABLE
from wangge.domains.asking.inbox.catalogue import KnownForm, known_form
from wangge.domains.asking.instances import read_instance
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
        if row.form_id not in forms:
            forms[row.form_id] = known_form(row.form, {})
        done += _record(row, forms[row.form_id])
    return done


def _record(row: ReceivedForm, form: KnownForm) -> bool:
    """Record one form, or hold it with the reason: then its content stays, for a person to look at."""
    try:
        with transaction.atomic():
            _keep(row, form)
    except (Problem, Problems) as error:
        first = error.problems[0] if isinstance(error, Problems) else error
        row.state, row.reason = State.HELD, first.code[:40]
        row.save(update_fields=["state", "reason"])
        log.warning("a form that was received is held: %s", first.code)
        return False
    return True


def _keep(row: ReceivedForm, form: KnownForm) -> None:
    content = sealing.unseal(TABLE, row.uuid, row.sealed)
    instance = read_instance(content["xml"].encode())
    asked = {one.name for one in form.judge.questionnaire.asked}
    named = {form.names[path]: text for path, text in instance.answers.items() if path in form.names}
    record_answers(
        door=row.door, person=row.person, values={name: named[name] for name in asked & named.keys()}, at=row.at,
        by=_by(row), source=Source.OPENROSA, form=row.form, instance=instance_uuid(row.instance),
    )  # fmt: skip
    row.state = State.RECORDED
    row.sealed = sealing.seal(TABLE, row.uuid, {"sha256": content["sha256"]})
    row.save(update_fields=["state", "sealed"])


def _by(row: ReceivedForm) -> By:
    """Who sent it, allowed to answer at this door, as was checked before the receipt."""
    scope = Scope(prefixes=(row.door.path,))
    return By(account=row.account, post=row.post, scopes={Right.WORK_DOORS: scope})


def instance_uuid(instance: str) -> UUID:
    """The UUID of a client's own id: the one in it, or one that follows from it."""
    try:
        return UUID(instance.removeprefix("uuid:"))
    except ValueError:
        return derived("instance", instance)
