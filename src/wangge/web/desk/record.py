"""A person's record: what stands about them in each street, and who looked at it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.queries import looks_at
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.privacy import mask_document, mask_phone
from wangge.domains.cases import queries as cases
from wangge.domains.cases.words import CLASSIFICATIONS, KINDS
from wangge.domains.cases.words import STATES as EXPOSURES
from wangge.domains.checkpoints import queries as checkpoints
from wangge.domains.checkpoints.words import ENTERED, LINE
from wangge.domains.duty.seating import titles
from wangge.domains.isolation import queries as isolation
from wangge.domains.people import queries as people
from wangge.domains.people.envelope import phones_in
from wangge.domains.people.models import Person
from wangge.domains.people.rules import age_on
from wangge.domains.people.words import DOCUMENTS, SEXES
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.queries import in_force
from wangge.domains.requests.queries import objecting
from wangge.domains.testing import queries as testing
from wangge.domains.testing.words import PURPOSES, VALUES
from wangge.domains.work.queries import visits_to
from wangge.domains.work.words import CHANNELS, OUTCOMES
from wangge.web.desk.order_rows import Row, rows
from wangge.web.desk.reasons import reason_words
from wangge.web.desk.words import day, days, language, moment
from wangge.web.explained import of_case, of_exposure

MOST = 100  # rows of one section; a person who has more is looked up in the log


@dataclass(frozen=True, slots=True)
class Record:
    """Each section as the page shows it: pairs, or rows of dictionaries."""

    facts: list[tuple[str, Any]]
    cases: list[dict[str, Any]]
    contacts: list[str]
    exposures: list[dict[str, Any]]
    orders: list[Row]
    tests_due: list[dict[str, Any]]
    results: list[dict[str, Any]]
    visits: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    looks: list[dict[str, Any]]


def record_of(person: Person, by: By, *, revealed: bool) -> Record:
    """Everything for the page. The look is on record already."""
    scope = by.scope(Right.OPEN_RECORD)
    return Record(
        facts=_facts(person, revealed), cases=_cases(scope, person), contacts=_contacts(scope, person),
        exposures=_exposures(scope, person), orders=rows(isolation.of_person(scope, person)[:MOST], by),
        tests_due=_tests(scope, person), results=_results(scope, person), visits=_visits(scope, person),
        lines=_lines(person), looks=_looks(person),
    )  # fmt: skip


def _facts(person: Person, revealed: bool) -> list[tuple[str, Any]]:
    sealed = people.details(person)
    document, phone = sealed.get("document", ""), sealed.get("phone", "")
    age = age_on(person.birth_date, clock.today())
    facts: list[tuple[str, Any]] = [
        (_("Sex"), SEXES[person.sex]),
        (_("Age"), age if age is not None else _("not stated")),
        (_("Home"), full_label(person.home)),
        (str(DOCUMENTS.get(sealed.get("document_type", ""), DOCUMENTS["other"])),
         (document if revealed else mask_document(document)) or _("none on record")),
        (_("Phone"), (phone if revealed else mask_phone(phone)) or _("none on record")),
    ]  # fmt: skip
    if objecting([person.pk]):
        facts.append((_("Objection"), _("Objects to the use of their data")))
    return [*facts, (_("Died on"), day(person.died_on))] if person.died_on else facts


def _cases(scope: Scope, person: Person) -> list[dict[str, Any]]:
    return [
        {"uuid": one.uuid, "number": one.number, "kind": CLASSIFICATIONS[one.classification],
         "when": moment(one.confirmed_at), "withdrawn": one.withdrawn_at is not None,
         "explained": of_case(one)}
        for one in cases.cases_of(scope, person)[:MOST]
    ]  # fmt: skip


def _contacts(scope: Scope, person: Person) -> list[str]:
    standing = []
    for one in cases.contact_of(scope, person):
        role = in_force(one.response).roles.get(one.role)
        if role and one.state == one.State.ACTIVE:
            words = {"role": role.label.into(language()), "day": day(one.last_exposure), "title": one.response.title}
            standing.append(_("%(role)s, last met on %(day)s (%(title)s)") % words)
    return standing


def _exposures(scope: Scope, person: Person) -> list[dict[str, Any]]:
    return [
        {"case": one.case.uuid, "number": one.case.number, "kind": KINDS[one.kind], "state": EXPOSURES[one.state],
         "days": days(clock.day_of(one.starts), clock.day_of(one.ends)), "minutes": one.minutes,
         "explained": of_exposure(one)}
        for one in cases.of_person(scope, person)[:MOST]
    ]  # fmt: skip


def _tests(scope: Scope, person: Person) -> list[dict[str, Any]]:
    words = {"due": _("due"), "done": _("done"), "withdrawn": _("taken back")}
    return [
        {"purpose": PURPOSES[one.purpose], "day": one.day, "due": moment(one.due_at), "state": one.state,
         "word": words[one.state], "late": one.state == "due" and one.due_at <= clock.now(), "door": one.at_door}
        for one in testing.of_person(scope, person)[:MOST]
    ]  # fmt: skip


def _results(scope: Scope, person: Person) -> list[dict[str, Any]]:
    return [
        {"uuid": one.uuid, "purpose": PURPOSES[one.purpose], "value": VALUES[one.value],
         "when": moment(one.collected_at), "withdrawn": one.withdrawn_at is not None}
        for one in testing.had_by(scope, person)[:MOST]
    ]  # fmt: skip


def _visits(scope: Scope, person: Person) -> list[dict[str, Any]]:
    tries = list(visits_to(scope, person)[:MOST])
    posts = titles(one.post for one in tries if one.post)
    return [
        {"when": moment(one.at), "how": CHANNELS[one.channel], "state": one.outcome, "label": OUTCOMES[one.outcome],
         "post": posts.get(one.post, "") if one.post else ""}
        for one in tries
    ]  # fmt: skip


def _lines(person: Person) -> list[dict[str, Any]]:
    """Where this person's number stands in a checkpoint's register: theirs to know, whichever gate it was."""
    return [
        {"when": moment(one.at), "where": one.shift.checkpoint.name, "kind": ENTERED[one.kind],
         "said": [(LINE[name], text) for name, text in checkpoints.said(one).items()]}
        for one in checkpoints.lines_with(phones_in(people.details(person)))[:MOST]
    ]  # fmt: skip


def _looks(person: Person) -> list[dict[str, Any]]:
    kinds = {"opened": _("opened"), "revealed": _("numbers shown"), "called": _("called"), "exported": _("exported")}
    looks = list(looks_at(*people.ids_of(person))[:MOST])
    posts = titles(one.post for one in looks if one.post)
    return [
        {"when": moment(one.at), "what": kinds[one.kind], "why": reason_words(one),
         "post": posts.get(one.post, "") if one.post else _("no post"), "alert": one.kind == AccessLog.Kind.REVEALED}
        for one in looks
    ]  # fmt: skip
