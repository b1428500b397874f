"""A filled-in form read and judged: which form, which door, who, when, and whether every answer holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.asking.inbox.catalogue import Catalogue, KnownForm
from wangge.domains.asking.instances import BrokenInstance, Instance, read_instance
from wangge.domains.asking.verdict import Fault, Verdict

#: What the server adds to every form for its OpenRosa clients: the door, and the person behind it.
DOOR, PERSON = "wg_door", "wg_person"
LONGEST_ID = 249  # characters, as the protocol's metadata has it
OLDEST = timedelta(days=60)  # a phone's clock that says something older, or later than now, is not believed


@dataclass(frozen=True, slots=True)
class Filled:
    """What was sent, understood. ``at``: when it was filled in."""

    form: KnownForm
    instance: str
    deprecates: str
    door: UUID
    person: UUID | None
    at: datetime


class Faulty(Exception):
    """Answers that the form does not allow: nothing of it was taken."""

    def __init__(self, form: KnownForm, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.form = form
        self.faults = faults


def read_filled(xml: bytes, catalogue: Catalogue, now: datetime) -> Filled:
    """Read a submission and judge its answers. Raises Problem, or Faulty."""
    try:
        instance = read_instance(xml)
    except BrokenInstance as broken:
        raise Problem(broken.code, **dict[str, Any](broken.values)) from broken
    form = _form(instance, catalogue)
    filled = Filled(
        form, _id(instance), instance.meta.get("deprecatedID", "")[:LONGEST_ID], _door(instance),
        _person(instance) if form.of_person else None, _at(instance.meta, now),
    )  # fmt: skip
    verdict = judged(form, instance, filled.at)
    if not verdict.good:
        raise Faulty(form, verdict.faults)
    return filled


def judged(form: KnownForm, instance: Instance, at: datetime) -> Verdict:
    """The verdict on a submission's answers."""
    given = {form.names[path]: text for path, text in instance.answers.items() if path in form.names}
    return form.judge.judge(given, at=at.astimezone(clock.LOCAL))


def _form(instance: Instance, catalogue: Catalogue) -> KnownForm:
    form = catalogue.forms.get((instance.form_id, instance.version))
    if form is None:
        known = instance.form_id in catalogue.ids
        raise Problem("openrosa_version_unknown" if known else "openrosa_form_unknown", form=instance.form_id[:64])
    return form


def _id(instance: Instance) -> str:
    text = instance.instance_id
    if not text or len(text) > LONGEST_ID:
        raise Problem("openrosa_no_instance_id")
    return text


def _uuid(instance: Instance, name: str) -> UUID | None:
    text = instance.answers.get((name,), "").strip()
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _door(instance: Instance) -> UUID:
    door = _uuid(instance, DOOR)
    if door is None:
        raise Problem("openrosa_no_door")
    return door


def _person(instance: Instance) -> UUID:
    person = _uuid(instance, PERSON)
    if person is None:
        raise Problem("openrosa_no_person")
    return person


def _at(meta: Mapping[str, str], now: datetime) -> datetime:
    """When it was filled in, as far as the phone's clock can be believed."""
    try:
        at = datetime.fromisoformat(meta.get("timeEnd", ""))
    except ValueError:
        return now
    if at.tzinfo is None:
        at = at.replace(tzinfo=clock.LOCAL)
    return at if now - OLDEST < at <= now else now
