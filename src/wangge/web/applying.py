"""What an edition asks of somebody who comes back, on days, in the reader's language."""

from datetime import date
from typing import Any

from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules import Protocol, Where
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.queries import days_of, traveller
from wangge.web.command.words import spoken
from wangge.web.desk.words import day, days
from wangge.web.signs import listed


def shown(one: SelfReport) -> dict[str, Any] | None:
    """What was answered to a report, by the edition under which it was."""
    return asked_of(protocol(one.protocol), one.level, one.arrives_on)


def asked_of(edition: Protocol, level: str | None, arrives: date) -> dict[str, Any] | None:
    """The rule, its clause, each measure with its days, the days of tests, and the last day of all."""
    found = traveller(edition, level)
    if found is None:
        return None
    asked = days_of(found, arrives)
    return {
        "rule": spoken(found.rule), "clause": found.clause, "edition": spoken(edition.label),
        "parts": [(_what(edition, part.kind), days(part.first, part.last)) for part in asked.parts],
        "away": any(part.where != Where.HOME for part in asked.parts),
        "tests": listed(day(one) for one in asked.tests), "until": day(asked.until) if asked.until else "",
    }  # fmt: skip


def _what(edition: Protocol, kind: str) -> str:
    return spoken(edition.word(kind))
