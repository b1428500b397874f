"""What somebody asked for help with, in their own record: words for its fields, and the rows that are theirs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.domains.help import queries, words
from wangge.domains.help.models import HelpRequest
from wangge.domains.people.envelope import phones_in
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details, door_of

LABELS: Mapping[str, Any] = {
    "wangge_helprequest.public": _("in a public place"), "wangge_helprequest.whom": _("for whom"),
    "wangge_helprequest.rank": _("how manieth from there in an hour"), "wangge_helprequest.edition": _("edition"),
    "wangge_helprequest.answer_by": _("to be answered by"), "wangge_helprequest.done_at": _("said to be done"),
    "wangge_helprequest.raised_to": _("sent up to"), "wangge_helprequest.rounds": _("how often it was opened"),
    "wangge_helprequest.nudged_at": _("reminded"), "wangge_helprequest.nudges": _("reminders"),
    "wangge_helprequest.away": _("why it was turned away"), "wangge_helprequest.closed_at": _("closed"),
}  # fmt: skip
CODES: Mapping[str, Mapping[Any, Any]] = {
    "wangge_helprequest.whom": words.WHOM,
    "wangge_helprequest.channel": words.CHANNELS,
    "wangge_helprequest.state": words.STATES,
    "wangge_helprequest.away": words.AWAY,
}


def asked_by(person: Person, most: int) -> list[tuple[HelpRequest, list[tuple[str, str]]]]:
    """The requests at somebody's door that name them or their number, with what was said: it is theirs to read."""
    phones, found = set(phones_in(details(person))), list[tuple[HelpRequest, list[tuple[str, str]]]]()
    for one in queries.at_home(door_of(person.home))[:most]:
        said = queries.details(one)
        if person.name in f"{said.get('words', '')} {said.get('guardian', '')}" or said.get("phone") in phones:
            told = [(_("In words"), said.get("words")), (_("Phone"), said.get("phone"))]
            found.append((one, [(str(word), str(value)) for word, value in told if value]))
    return found
