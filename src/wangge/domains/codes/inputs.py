"""What comes in about codes: a verdict of an authority above, how somebody consented, how an appeal is decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.codes.numbers import DOMAIN
from wangge.domains.codes.rules import Consent, Kind, Outcome
from wangge.domains.codes.tokens import Claims
from wangge.domains.protocol.rules_colours import Colour

MOST = {"source": 120, "reference": 80, "reason": 300}
LONGEST = timedelta(days=30)  # a verdict without an end in sight is no evidence


@dataclass(frozen=True, slots=True)
class VerdictInput:
    """What an authority says of somebody, as it is read; ``document`` names the person."""

    document: str
    says: Colour
    source: str
    reference: str
    since: datetime
    until: datetime


def read_verdict(typed: Mapping[str, str]) -> VerdictInput:
    """A checked verdict; instants are ISO 8601, local time without an offset. Raises Problems, one per wrong field."""
    problems: list[Problem] = []
    says = member(Colour, typed.get("says", ""))
    if says in (None, Colour.GREEN):
        problems.append(Problem("verdict_says", field="says"))
    texts = {name: " ".join(typed.get(name, "").replace("\0", " ").split()) for name in ("source", "reference")}
    problems += [Problem("verdict_needs", field=name) for name, text in texts.items() if not text]
    problems += [
        Problem("text_too_long", field=name, most=MOST[name]) for name, text in texts.items() if len(text) > MOST[name]
    ]
    document = typed.get("document", "").strip()
    if not document:
        problems.append(Problem("verdict_document", field="document"))
    since, until = _instant(typed, "since", problems), _instant(typed, "until", problems)
    if since and until and not since < until <= since + LONGEST:
        problems.append(Problem("verdict_until", field="until", days=LONGEST.days))
    if problems or says is None or since is None or until is None:
        raise Problems(problems)
    return VerdictInput(document, says, texts["source"], texts["reference"], since, until)


@dataclass(frozen=True, slots=True)
class Shown:
    """A code that was shown at a venue's door, as its scanner verified it; ``claims`` without initials."""

    shift: UUID
    claims: Claims


KINDS = {"daily": Kind.DAILY, "printed": Kind.PRINTED}
SALT = 22  # letters: what is kept of the command, a hash, says no number by trying them all


def read_shown(data: Mapping[str, Any]) -> Shown:
    """What a scanner sends of a code: number, kind, issuer, Unix seconds of its times, a salt. Raises Problem."""
    issuer, number, kind, salt = (data.get(name) for name in ("issuer", "number", "kind", "salt"))
    try:
        shift = UUID(str(data.get("shift")))
        issued, expires = (datetime.fromtimestamp(int(data[name]), UTC) for name in ("issued", "expires"))
    except (ValueError, TypeError, KeyError, OverflowError, OSError) as error:
        raise Problem("code_shown") from error
    known = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < DOMAIN
    if not known or kind not in KINDS or not isinstance(issuer, str) or len(str(salt or "")) < SALT:
        raise Problem("code_shown")
    return Shown(shift, Claims(issuer, issued, expires, int(str(number)), KINDS[str(kind)], ""))


def _instant(typed: Mapping[str, str], name: str, problems: list[Problem]) -> datetime | None:
    try:
        at = datetime.fromisoformat(typed.get(name, "").strip())
        return at if at.tzinfo else at.replace(tzinfo=clock.LOCAL)
    except ValueError:
        problems.append(Problem("verdict_instant", field=name))
        return None


def read_id(typed: Mapping[str, str]) -> UUID | None:
    """The sender's own id; None where there is none. Raises Problem."""
    text = typed.get("uuid", "").strip()
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Problem("verdict_id", field="uuid") from error


def read_consent(text: str) -> Consent:
    """How it was said that a phone may show a code. Raises Problem."""
    found = member(Consent, text)
    if found is None or found is Consent.ON_PAGE:
        raise Problem("consent_missing", field="consent")
    return found


@dataclass(frozen=True, slots=True)
class Decision:
    """How an appeal ends, and why, in words that its maker reads."""

    outcome: Outcome
    reason: str


def read_decision(typed: Mapping[str, str]) -> Decision:
    """Raises Problems."""
    problems: list[Problem] = []
    outcome = member(Outcome, typed.get("outcome", ""))
    reason = " ".join(typed.get("reason", "").replace("\0", " ").split())
    if outcome is None:
        problems.append(Problem("appeal_outcome", field="outcome"))
    if not reason:
        problems.append(Problem("appeal_reason", field="reason"))
    elif len(reason) > MOST["reason"]:
        problems.append(Problem("text_too_long", field="reason", most=MOST["reason"]))
    if problems or outcome is None:
        raise Problems(problems)
    return Decision(outcome, reason)
