"""Taking reports down, and putting them to doors. What was said stays sealed; the log holds ids and counts."""

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access import tries
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.places.rules import HOMES, Kind
from wangge.domains.risk import queries as risk
from wangge.domains.selfreports import queries
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.queries import TABLE, Asking, Verdict
from wangge.domains.selfreports.rules import HOUR, OF_ADDRESS, OF_POSTER, Away, Said, State


def receive(*, said: Said, place: Place, asked: Asking, by: By, sender: str = "") -> tuple[SelfReport, Verdict]:
    """Take a report down and say what applies. The same id sent again is one report, with the same answer.

    Nothing here looks for the home or for the people: that is a flow's, later, so that neither the answer nor the time
    it takes tells who lives where. Raises Problem where too many come from one address or for one poster; the counts
    are kept whatever becomes of the report.
    """
    found = queries.verdict(said, asked)
    if (known := queries.known(said.uuid)) is not None:
        return known, found
    if not tries.take("self-report", sender, most=OF_ADDRESS, within=HOUR):
        raise Problem("report_too_often")
    if not tries.take("self-report poster", place.uuid, most=OF_POSTER, within=HOUR):
        raise Problem("report_too_often")
    return _write(said, place, asked, found, by, sender), found


@transaction.atomic
def _write(said: Said, place: Place, asked: Asking, found: Verdict, by: By, sender: str) -> SelfReport:
    response = asked.response.uuid
    current = risk.latest()
    content = said.content([str(one.area) for one in found.judged])
    clause = found.traveller.clause if found.traveller else asked.rule.clause
    one, new = SelfReport.objects.within(EVERYTHING).get_or_create(
        uuid=said.uuid,
        defaults={
            "response": response, "place": place, "arrives_on": said.arrives, "received_at": clock.now(),
            "sealed": sealing.seal(TABLE, said.uuid, content, response=response), "level": found.level or "",
            "unjudged": found.unknown,
            "sender": sealing.blind("sender", sender), "needs": bool(said.needs), "protocol": asked.edition.key,
            "clause": clause, "risk_list": current.uuid if current else None,
        },
    )  # fmt: skip
    if new:
        record(
            "selfreports.received", by=by, subject=one.uuid, place=place.uuid, response=response,
            protocol=asked.edition.key, clause=clause,
            data={"level": one.level, "people": len(said.people), "needs": one.needs},
        )  # fmt: skip
    return one


@transaction.atomic
def match(*, report: SelfReport, home: Place, by: By, cause: Event) -> SelfReport:
    """Put a report to the one home it means."""
    return _put(report, home, State.MATCHED, by, cause)


@transaction.atomic
def leave_unmatched(*, report: SelfReport, by: By, cause: Event) -> SelfReport:
    """No home, or several, can be meant: a person looks."""
    report.state = State.UNMATCHED
    report.save(update_fields=["state"])
    record(
        "selfreports.unmatched", by=by, subject=report.uuid, place=report.place.uuid, response=report.response,
        cause=cause.uuid,
    )  # fmt: skip
    return report


@transaction.atomic
def settle(*, report: SelfReport, home: Place, by: By) -> SelfReport:
    """Put an unmatched report to a home by hand. Raises Problem where somebody else has settled it meanwhile."""
    by.need(Right.OPEN_RECORD, home.path, home.grid_id)
    one = _open(report, by)
    if home.kind not in HOMES and home.kind != Kind.ROOM:
        raise Problem("report_no_home", field="home")
    return _put(one, home, State.SETTLED, by, None)


@transaction.atomic
def turn_away(*, report: SelfReport, away: Away, by: By) -> SelfReport:
    """Say why an unmatched report belongs to no door here."""
    one = _open(report, by)
    one.state, one.away, one.settled_at, one.settled_post = State.TURNED_AWAY, away, clock.now(), by.post
    one.save(update_fields=["state", "away", "settled_at", "settled_post"])
    record(
        "selfreports.turned_away", by=by, subject=one.uuid, place=one.place.uuid, response=one.response,
        data={"why": away.value},
    )  # fmt: skip
    return one


def _open(report: SelfReport, by: By) -> SelfReport:
    one = queries.held(report.uuid)
    by.need(Right.OPEN_RECORD, one.place.path)
    if one.state != State.UNMATCHED:
        raise Problem("report_settled")
    return one


def _put(one: SelfReport, home: Place, state: State, by: By, cause: Event | None) -> SelfReport:
    one.state, one.door, one.settled_at, one.settled_post = state, home, clock.now(), by.post
    one.save(update_fields=["state", "door", "settled_at", "settled_post"])
    record(
        "selfreports.matched", by=by, subject=one.uuid, place=home.uuid, response=one.response, protocol=one.protocol,
        clause=one.clause, cause=cause.uuid if cause else None, data={"by_hand": state is State.SETTLED},
    )  # fmt: skip
    return one
