"""A code's status in words, the same for the person, the desk and whoever decides an appeal: the whole reasoning."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import segno
from django.utils.translation import gettext as _

from wangge.base.access.models import AccessLog
from wangge.base.access.queries import looks_at
from wangge.domains.asking.words import SOURCES
from wangge.domains.codes.models import CodeAppeal
from wangge.domains.codes.rules import Evidence, Status
from wangge.domains.codes.words import COLOURS, GROUNDS, OUTCOMES
from wangge.domains.duty.seating import titles
from wangge.domains.people.models import Person
from wangge.domains.people.queries import ids_of
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.rules import Protocol
from wangge.domains.protocol.rules_colours import Colour, When
from wangge.web.desk.words import language, moment

LOOKS = 20  # shown to the person; all of them stand in what is kept about them
SIGNS = {Colour.GREEN: "check", Colour.YELLOW: "warning", Colour.RED: "warning"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A status as a page shows it. ``facts``: pairs of a fact in words and since when."""

    colour: str
    word: str
    sign: str
    clause: str
    quote: str
    facts: list[dict[str, Any]]
    since: str
    until: str
    edition: str


def shown(status: Status, response: Response) -> Shown:
    """Every part of the reasoning in the reader's language."""
    edition, rule = in_force(response), status.rule
    return Shown(
        colour=status.colour, word=str(COLOURS[status.colour]), sign=SIGNS[status.colour],
        clause=rule.clause if rule else "", quote=rule.quote.into(language()) if rule else "",
        facts=[_fact(one, edition) for one in status.evidence],
        since=moment(status.since) if status.since else "", until=_until(status),
        edition=edition.label.into(language()),
    )  # fmt: skip


def _until(status: Status) -> str:
    if status.until:
        return moment(status.until)
    return _("until the test was had") if status.rule and status.rule.when is When.TEST_OVERDUE else ""


def _fact(one: Evidence, edition: Protocol) -> dict[str, Any]:
    what = ""
    if one.when in (When.MEASURE, When.PROVISIONAL):
        what = edition.word(one.what).into(language())
    source = str(SOURCES.get(one.source, one.source)) if one.when is When.STAY else one.source
    return {
        "ground": GROUNDS[one.when], "what": what, "source": source, "since": moment(one.since),
        "until": moment(one.until) if one.until else "", "verdict": one.when is When.VERDICT,
    }  # fmt: skip


def appeal_rows(appeals: Iterable[CodeAppeal]) -> list[dict[str, Any]]:
    """Appeals with what became of them."""
    return [
        {
            "uuid": one.uuid, "ground": GROUNDS[When(one.ground)], "clause": one.clause, "made": moment(one.made_at),
            "due": moment(one.due_at), "post": one.post.title, "open": one.decided_at is None,
            "late": one.raised_at is not None, "outcome": OUTCOMES.get(one.outcome, ""), "answer": one.answer,
            "decided": moment(one.decided_at) if one.decided_at else "",
        }
        for one in appeals
    ]  # fmt: skip


def looks(person: Person) -> list[dict[str, Any]]:
    """Who opened this person's record at a desk: the post and the time. Why stands in the record of looks."""
    kinds = {AccessLog.Kind.OPENED: _("record opened"), AccessLog.Kind.REVEALED: _("numbers shown"),
             AccessLog.Kind.CALLED: _("called"), AccessLog.Kind.EXPORTED: _("exported")}  # fmt: skip
    found = list(looks_at(*ids_of(person))[:LOOKS])
    posts = titles(one.post for one in found if one.post)
    return [
        {"when": moment(one.at), "what": kinds[AccessLog.Kind(one.kind)],
         "post": posts.get(one.post, "") if one.post else _("no post")}
        for one in found
    ]  # fmt: skip


def picture(text: str, scale: int = 6) -> str:
    """A QR code as an address that a page can show without a script."""
    drawn: str = segno.make(text, error="m", micro=False).svg_data_uri(scale=scale, border=4)
    return drawn
