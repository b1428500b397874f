"""Everything held about somebody, put together from the declarations of every model that points at a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wangge.base import clock
from wangge.base.retention.fields import Field, personal_fields
from wangge.domains.asking.models import Answer
from wangge.domains.checkpoints import queries as checkpoints
from wangge.domains.checkpoints.models import RegisterLine
from wangge.domains.checkpoints.words import LINE
from wangge.domains.people.envelope import phones_in
from wangge.domains.people.models import Person
from wangge.domains.people.queries import absorbed_into, details
from wangge.domains.people.words import DOCUMENTS
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules import Protocol
from wangge.domains.selfreports import queries as reports
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.queries import at_door as reported
from wangge.domains.venues.queries import itinerary
from wangge.domains.work.words import ITEMS
from wangge.web.desk import held_answers
from wangge.web.desk.held_words import BY_PROTOCOL, CODES, INSIDE, LABELS
from wangge.web.desk.words import language
from wangge.web.resident import told
from wangge.web.resident.words import TABLES
from wangge.web.signs import told as said

MOST = 500  # rows of one kind; what is more is said
CHECKIN_DAYS = 60


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of data about somebody: its purpose, until when, and each row as pairs of label and value."""

    what: str
    purpose: str
    until: str
    rows: list[list[tuple[str, str]]]
    more: bool = False


def held(person: Person) -> list[Section]:
    """All of it, kinds without a row included: what is not held is said too. The caller logs the look."""
    fields = [field for field in personal_fields() if field.link]
    found = [_register(person)]
    records = [person.pk, *absorbed_into(person.pk)]
    for field in _ways(fields):
        rows = list(field.model._base_manager.filter(**{f"{_way(field)}__in": records}).order_by("pk")[: MOST + 1])
        if field.model is Answer:
            rows += held_answers.of_household(person, MOST)
        mine = [each for each in personal_fields() if each.model is field.model]
        about = TABLES[field.table]
        values = [list(_pairs(row)) for row in rows[:MOST]]
        found.append(Section(str(about.what), str(about.purpose), told.until(mine), values, len(rows) > MOST))
    return [*found, _self_reports(person), _registers(person), _check_ins(person)]


def _ways(fields: list[Field]) -> list[Field]:
    """Links to a person, and links to rows that have one (the stages of an order)."""
    return [field for field in fields if _target(field) is Person or _through(field)]


def _target(field: Field) -> Any:
    return field.model._meta.get_field(field.name).related_model


def _through(field: Field) -> bool:
    names = [each for each in personal_fields() if each.model is _target(field) and each.link]
    return any(_target(each) is Person for each in names) and _target(field) is not Person


def _way(field: Field) -> str:
    return field.name if _target(field) is Person else f"{field.name}__person"


def _register(person: Person) -> Section:
    sealed = details(person)
    rows = [*_pairs(person)]
    if sealed.get("document"):
        kind = str(DOCUMENTS.get(sealed.get("document_type", ""), DOCUMENTS["other"]))
        rows.append((kind, str(sealed["document"])))
    phones = sealed.get("phones") or [sealed.get("phone", "")]
    rows += [(_("Phone"), str(phone)) for phone in phones if phone]
    mine = [each for each in personal_fields() if each.model is Person]
    about = TABLES["wangge_person"]
    return Section(str(about.what), str(about.purpose), told.until(mine), [rows])


def _self_reports(person: Person) -> Section:
    """What somebody reported who named this person, at the door where they live."""
    mine = [each for each in personal_fields() if each.model is SelfReport]
    about, rows = TABLES["wangge_selfreport"], list[list[tuple[str, str]]]()
    for one in reported(person.home)[: MOST + 1]:
        content = reports.details(one)
        if person.name in content.get("people", ()):
            told_ = [
                (_("From where"), content["came_from"]),
                (_("Phone"), content["phone"]),
                (_("Needs"), content["needs"]),
            ]
            rows.append([*_pairs(one), *((str(word), str(value)) for word, value in told_ if value)])
    return Section(str(about.what), str(about.purpose), told.until(mine), rows[:MOST], len(rows) > MOST)


def _registers(person: Person) -> Section:
    """Lines of checkpoints' registers with a number of theirs."""
    mine = [each for each in personal_fields() if each.model is RegisterLine]
    about, rows = TABLES[checkpoints.TABLE], list[list[tuple[str, str]]]()
    for one in checkpoints.lines_with(phones_in(details(person)))[: MOST + 1]:
        told_ = [(str(LINE[name]), text) for name, text in checkpoints.said(one).items()]
        rows.append([(_("when"), moment(one.at)), (_("where"), one.shift.checkpoint.name), *told_])
    return Section(str(about.what), str(about.purpose), told.until(mine), rows[:MOST], len(rows) > MOST)


def _check_ins(person: Person) -> Section:
    today = clock.today()
    went = itinerary(person=person.pk, first_day=today - timedelta(days=CHECKIN_DAYS), last_day=today)
    rows = [[(_("venue"), venue.name), (_("when"), moment(at))] for venue, at in went[:MOST]]
    return Section(
        _("check-ins at venues"), _("to find who was there at the same time as a case"),
        _("for the days the protocol names, then the whole day is deleted"), rows, len(went) > MOST,
    )  # fmt: skip


def _pairs(row: models.Model) -> Iterator[tuple[str, str]]:
    """The fields of a row as somebody reads them; links to people and ids say nothing to a reader."""
    if isinstance(row, Answer):
        yield from held_answers.pairs(row)
    for field in row._meta.get_fields():
        if (
            not isinstance(field, models.Field)
            or not shown(field)
            or (isinstance(row, Answer) and field.name == "value")
        ):
            continue
        value = getattr(row, field.name)
        if value not in (None, "", b""):
            yield str(label(row._meta.db_table, field.name)), _value(row, field, value)


def shown(field: "models.Field[Any, Any]") -> bool:
    """Whether a field says something to a reader."""
    if isinstance(field, models.ForeignKey):
        return field.related_model is Place
    return not isinstance(field, models.UUIDField | models.AutoField | models.BinaryField) and field.name not in INSIDE


def label(table: str, name: str) -> Any:
    return LABELS.get(f"{table}.{name}") or LABELS[name]


def _value(row: models.Model, field: "models.Field[Any, Any]", value: Any) -> str:
    key = f"{row._meta.db_table}.{field.name}"
    if isinstance(value, Place):
        return full_label(value)
    if field.name in BY_PROTOCOL or key in BY_PROTOCOL:
        return _worded(row, field.name, str(value))
    if key in CODES:
        return str(CODES[key].get(str(value), value))
    if field.name in ("protocol", "end_protocol"):
        return protocol(str(value)).label.into(language())
    if isinstance(value, bool):
        return pgettext("data", "yes") if value else pgettext("data", "no")
    if isinstance(value, datetime):
        return moment(value)
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)


def _worded(row: models.Model, name: str, code: str) -> str:
    editions = _editions(row)
    if name == "role":
        roles = [edition.roles[code] for edition in editions if code in edition.roles]
        return roles[0].label.into(language()) if roles else code
    said = [edition.word(code) for edition in editions if code in edition.words]
    return said[0].into(language()) if said else str(ITEMS.get(code, code))


def _editions(row: models.Model) -> list[Protocol]:
    """The editions a row may speak in: its own, then all its Response had, the latest first."""
    response = _response(row)
    own = getattr(row, "protocol", "")
    return [protocol(key) for key in (own, *(phase.protocol for phase in reversed(response.phases.all()))) if key]


def _response(row: Any) -> Response:
    for way in ("response", "order", "task"):
        if hasattr(row, way):
            there = getattr(row, way)
            return there if isinstance(there, Response) else _response(there)
    raise ValueError(f"{row._meta.db_table} has no Response")


def moment(at: datetime) -> str:
    return date_format(localtime(at, clock.LOCAL), "DATETIME_FORMAT")


def held_by(person: Person) -> str:
    """The Responses that still need somebody's record, as the ground of a refusal; '' where none does."""
    found: dict[str, Response] = {}
    for field in personal_fields():
        if field.link and _target(field) is Person and field.kept.response == "response__uuid":
            rows: Any = field.model._base_manager.filter(**{field.name: person.pk}).select_related("response")
            found |= {row.response.document_no: row.response for row in rows[:MOST]}
    return "; ".join(said(one.title, f"{one.ground} ({one.document_no})") for one in found.values())
