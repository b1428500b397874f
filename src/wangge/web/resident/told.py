"""What a Response collects, for what, who sees it and until when: put together from declarations and rights."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.base.access.rights import Right
from wangge.base.retention.fields import Field, personal_fields
from wangge.domains.duty.rules import RIGHTS
from wangge.domains.duty.words import POSTS
from wangge.web.resident.words import FIELDS, FORMS, TABLES
from wangge.web.signs import listed


@dataclass(frozen=True, slots=True)
class Collected:
    """One kind of data as a resident reads it."""

    what: str
    purpose: str
    fields: list[str]
    seen_by: str
    until: str


def of_response() -> list[Collected]:
    """Everything that goes with a Response, in the order of its tables in words."""
    fields = [field for field in personal_fields() if field.kept.response]
    return [_collected(table, [one for one in fields if one.table == table]) for table in _tables(fields)]


def _tables(fields: Iterable[Field]) -> list[str]:
    there = {field.table for field in fields}
    return [table for table in TABLES if table in there]


def _collected(table: str, fields: list[Field]) -> Collected:
    about = TABLES[table]
    return Collected(
        str(about.what), str(about.purpose), list(dict.fromkeys(str(FIELDS[f"{table}.{one.name}"]) for one in fields)),
        seers(about.seen_with), until(fields),
    )  # fmt: skip


def seers(rights: Iterable[Right]) -> str:
    """The kinds of post that hold one of these rights: each at its own places only."""
    wanted = set(rights)
    return listed(str(POSTS[kind]) for kind, held in RIGHTS.items() if wanted & held)


def until(fields: Iterable[Field]) -> str:
    """Until when fields are kept, in words."""
    fields = list(fields)
    days = max(field.days for field in fields)
    said = after_closing(days)
    if any(field.kept.register for field in fields):
        return _("residents: for as long as they live here; people noted for this Response alone: %(until)s") % {
            "until": said
        }
    return said


def after_closing(days: int) -> str:
    """'until the night after it is closed', 'until 30 days after it is closed'."""
    if not days:
        return _("until the night after it is closed")
    return ngettext("until %(n)d day after it is closed", "until %(n)d days after it is closed", days) % {"n": days}


def days_of(form: str) -> int:
    """The most days that anything a form writes is kept after the closing."""
    return max(field.days for field in personal_fields() if field.table in FORMS[form])
