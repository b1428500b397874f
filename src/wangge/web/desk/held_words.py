"""Words for every field and code that stands in a row about somebody; a test finds one that has none."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.domains.asking import words as asking
from wangge.domains.cases import words as cases
from wangge.domains.codes import words as codes
from wangge.domains.isolation import words as isolation
from wangge.domains.lists import words as lists
from wangge.domains.people.words import SEXES
from wangge.domains.requests import words as requests
from wangge.domains.risk import words as risk
from wangge.domains.selfreports import words as selfreports
from wangge.domains.testing import words as testing
from wangge.domains.work import words as work

#: Fields by name, or by table and name where one name means two things.
LABELS: Mapping[str, Any] = {
    "name": pgettext_lazy("data", "name"), "relation": _("relation to the head of the household"),
    "sex": _("sex"), "birth_date": _("date of birth"), "home": _("home"),
    "died_on": _("day of death"), "recorded_at": _("recorded"), "laboratory": _("laboratory"),
    "specimen_no": _("specimen number"), "purpose": _("kind of test"), "value": pgettext_lazy("data", "result"),
    "symptoms": _("symptoms"), "collected_at": _("sample taken"), "reported_at": _("reported"), "state": _("state"),
    "withdrawn_at": _("withdrawn"), "withdrawn_why": _("why it was withdrawn"), "day": _("day of the order"),
    "times": _("how many times"), "due_at": _("due"), "at_door": _("at the door"),
    "number": pgettext_lazy("data", "number"),
    "classification": _("classification"), "infectious_from": _("infectious from"), "confirmed_at": _("confirmed"),
    "onset_on": _("First symptoms"),
    "kind": _("kind"), "role": _("role"), "place": pgettext_lazy("data", "place"), "starts": _("from"), "ends": _("to"),
    "minutes": _("minutes"), "crowd": _("people there"), "decided_at": _("decided"), "clause": _("clause"),
    "last_exposure": _("last met"), "provisional": _("protective step"), "protocol": _("edition"),
    "starts_at": _("from"),
    "ends_at": _("to"), "authority": _("authority"),
    "document_no": pgettext_lazy("data", "document number"), "ground": _("legal ground"),
    "remedy": _("remedy"), "proposed_at": _("proposed"), "ended_at": _("ended"), "end_cause": _("why it ended"),
    "end_protocol": _("ended by edition"), "end_clause": _("ended by clause"),
    "measure": _("measure"), "first_day": _("from"), "last_day": _("to"), "since": _("since"), "closed_at": _("closed"),
    "outcome": _("what came of it"), "channel": _("how"), "at": _("when"), "asked_at": _("asked"),
    "checked_at": _("identity checked"),
    "same_name": _("same name"), "same_birth": _("same date of birth"), "same_phone": _("same phone"),
    "other_document": _("another document"), "other_sex": _("another sex"), "found_at": _("found"),
    "wangge_listrow.checked_at": _("checked"), "area": _("area"), "urgent": _("to be checked first"),
    "undone_at": _("undone"), "answered_at": _("answered"), "told": _("told"),
    "door": _("which door"), "arrived": _("came after the list was made"), "left": _("went away since"),
    "changed_at": _("since"), "known_at": _("recorded"), "fresh_until": _("counts until"), "source": _("source"),
    "received_at": _("received"),
    "arrives_on": _("day of arrival"), "level": _("level of the area"),
    "unjudged": _("days without a list"), "needs": _("needs something"), "away": _("why it belongs to no door"),
    "consent": _("how they agreed"), "made_at": _("made"), "expires_at": _("good until"), "seen_at": _("last used"),
    "issued_at": _("printed"), "voided_at": _("void since"), "says": _("what it says"), "reference": _("document"),
    "until": _("until"), "wangge_codeappeal.ground": _("what it is about"), "raised_at": _("went up a level"),
    "answer": pgettext_lazy("data", "answer"), "post": _("who answers"),
    "wangge_printedcode.number": _("number on the paper"),
    "wangge_codeslot.slot": _("place from which each day's number follows"),
    "empty": _("left out"), "settled_at": _("settled"), "wangge_difference.says": _("what counts"),
    "wangge_answer.value": pgettext_lazy("data", "answer"),
}  # fmt: skip

#: Codes by table and field.
CODES: Mapping[str, Mapping[Any, Any]] = {
    "wangge_person.sex": SEXES,
    "wangge_testresult.purpose": testing.PURPOSES,
    "wangge_testresult.value": testing.VALUES,
    "wangge_testresult.state": {"valid": _("valid"), "withdrawn": _("withdrawn")},
    "wangge_testdue.purpose": testing.PURPOSES,
    "wangge_testdue.state": {"due": _("due"), "done": _("done"), "withdrawn": _("taken back")},
    "wangge_case.classification": cases.CLASSIFICATIONS,
    "wangge_case.state": {"open": _("open"), "withdrawn": _("withdrawn")},
    "wangge_exposure.kind": cases.KINDS,
    "wangge_exposure.state": cases.STATES,
    "wangge_contact.state": {"active": _("counts"), "withdrawn": _("withdrawn")},
    "wangge_order.state": isolation.STATES,
    "wangge_order.end_cause": isolation.END_CAUSES,
    "wangge_orderreason.kind": {
        "result": _("a test result"), "exposure": _("a meeting"), "opening": _("the opening of the Response"),
        "case": _("a case"),
    },
    "wangge_taskitem.state": {
        "open": _("open"), "done": _("done"), "ended": _("ended"), "withdrawn": _("taken back"),
    },
    "wangge_taskitem.outcome": work.OUTCOMES,
    "wangge_attempt.channel": work.CHANNELS,
    "wangge_attempt.outcome": work.OUTCOMES,
    "wangge_difference.says": {
        "kept": _("what counted goes on counting"), "other": _("the other counts"),
        "same": _("nothing differs any more"),
    },
    "wangge_listrow.state": lists.STATES,
    "wangge_listrow.outcome": work.OUTCOMES,
    "wangge_duplicate.state": {
        "open": _("open"), "different": _("two people"), "same": _("one person"),
    },
    "wangge_answer.state": asking.ANSWER_STATES,
    "wangge_answer.source": asking.SOURCES,
    "wangge_answer.empty": asking.EMPTY,
    "wangge_asksubject.state": asking.COLUMNS,
    "wangge_receivedform.state": {
        "received": _("received"), "recorded": _("recorded"), "held": _("held back"),
        "aside": _("set aside"),
    },
    "wangge_selfreport.level": risk.LEVELS,
    "wangge_selfreport.state": selfreports.STATES,
    "wangge_selfreport.away": selfreports.AWAY,
    "wangge_codelink.consent": codes.CONSENTS,
    "wangge_codeverdict.says": codes.COLOURS,
    "wangge_codeappeal.ground": codes.GROUNDS,
    "wangge_codeappeal.outcome": codes.OUTCOMES,
    "wangge_request.kind": requests.KINDS,
    "wangge_request.outcome": requests.OUTCOMES,
    "wangge_request.told": requests.TOLD,
}  # fmt: skip
#: Codes that the protocol words: roles, measures and things to do.
BY_PROTOCOL = {"role", "measure", "wangge_taskitem.kind"}
#: Fields that order rows or pages and say nothing about anybody.
INSIDE = {
    "rank", "strength", "waits_at", "reason", "moved", "swapped", "known", "added",
    "evidence", "against", "content",
    "noted_for", "sender", "sealed", "document_index", "phone_index", "other_phone_index", "name_birth_index",
    "value_index", "instance", "deprecates", "secret_hash",
}  # fmt: skip
