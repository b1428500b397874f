"""Why somebody looks at a record: typed, or an open task at the person's door."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
from wangge.domains.people.words import REASONS
from wangge.domains.work.models import Task
from wangge.domains.work.queries import task as task_named


def open_task(by: By, person: Person, uuid: str) -> Task | None:
    """The open task of that id, if it is at this person's door and within the scope; else None."""
    try:
        task = task_named(by.scope(Right.OPEN_RECORD), UUID(uuid))
    except (ValueError, Task.DoesNotExist):
        return None
    return task if task.state == Task.State.OPEN and task.door_id == door_of(person.home).pk else None


def reason_typed(typed: Mapping[str, str]) -> str:
    """The chosen reason's code, with words if there are any. Raises Problem when nothing is said."""
    code, words = typed.get("reason", ""), " ".join(typed.get("words", "").split())[:150]
    if code not in REASONS or (code == "other" and not words):
        raise Problem("reason_missing", field="words" if code == "other" else "reason")
    return f"{code}: {words}" if words else code


def reason_words(look: AccessLog) -> str:
    """A reason of the record of looks in the reader's language; what was typed stays as it was typed."""
    code, _sep, words = look.reason.partition(":")
    by_itself = {
        "task": _("An open task at the door"), "order": _("The order was opened, to print or hand over"),
        "case": _("A case that is traced"), "appeal": _("Their objection to their code was read"),
        "duplicate": _("Compared with another record that may be the same person"),
        "request": _("A request of the person about their own data"),
        "refused rows": _("Rows of a file that came back were downloaded"),
    }  # fmt: skip
    if code in by_itself:
        return by_itself[code]
    if look.kind == AccessLog.Kind.REVEALED:
        return _("Document and phone number were shown in full")
    from_outside = {"api": _("Another system, by token"), "linelist": _("A line list was taken out")}
    said = str(from_outside.get(code) or REASONS.get(code, code)) if code != "other" else ""
    return " · ".join(part for part in (said, words.strip()) if part)
