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
from wangge.domains.medicine import words as medicine
from wangge.domains.messages import words as messages
from wangge.domains.monitoring import words as monitoring
from wangge.domains.people.words import SEXES
from wangge.domains.requests import words as requests
from wangge.domains.risk import words as risk
from wangge.domains.selfreports import words as selfreports
from wangge.domains.sensors import words as sensors
from wangge.domains.supplies import words as supplies
from wangge.domains.testing import words as testing
from wangge.domains.work import words as work
from wangge.web.desk import held_fixtures, held_help, held_reception, held_transfer

#: Fields by name, or by table and name where one name means two things.
LABELS: Mapping[str, Any] = {
    **held_fixtures.LABELS, **held_help.LABELS, **held_transfer.LABELS, **held_reception.LABELS,
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
    "fitted_at": _("fitted"), "silent_at": _("silent since"), "off_at": _("taken off"), "said": _("what it said"),
    "begins_at": _("from"), "wangge_planned.ground": _("why"), "noted_at": _("noted"),
    "until": _("until"), "wangge_codeappeal.ground": _("what it is about"), "raised_at": _("went up a level"),
    "answer": pgettext_lazy("data", "answer"), "post": _("who answers"),
    "wangge_printedcode.number": _("number on the paper"),
    "wangge_codeslot.slot": _("place from which each day's number follows"),
    "empty": _("left out"), "settled_at": _("settled"), "wangge_difference.says": _("what counts"),
    "wangge_answer.value": pgettext_lazy("data", "answer"),
    "separate": _("can keep apart at home"),
    "signed": _("what stands under the promise"), "signed_at": _("signed by a doctor"),
    "careful": _("why they are looked after first"), "first": _("looked after first"), "began_at": _("began"),
    "last_at": _("last heard"), "misses": _("missed in a row"), "silent_since": _("silent since"),
    "asked": _("who was sent"), "how": _("how they agreed"), "given_at": _("agreed"),
    "clock_off": _("the phone’s clock was wrong"), "whys": _("why"), "opened_at": _("asked for"),
    "helper": _("who helps"), "tally": _("which report"), "slot": _("which report"), "link": _("page"),
    "why": _("cause of a change"), "ends_before": _("would have ended"), "ends_after": _("ends now"),
    "wangge_message.purpose": _("what for"), "wangge_message.why": _("why so"), "life_saving": _("about lives"),
    "queued_at": _("queued"), "not_before": _("not before"), "failures": _("tries that failed"),
    "lease_until": _("until"), "sent_at": _("sent"), "reached_at": _("reached"),
    "unanswered": _("calls without an answer"), "wrong_number": _("the number was wrong"),
    "language": _("language"), "chosen": _("chosen way"), "no_sms": _("no text messages"),
    "no_voice": _("no machine voice"), "no_email": _("no e-mail"), "no_call": _("no calls"),
    "from_door": _("as the home said at its door"),
    "has_email": _("an e-mail address is known"),
    "per_day": _("a day"), "counted_at": _("counted"),
    "wangge_need.left": _("tablets left"), "runs_out_at": _("lasts until"), "state_at": _("since"),
    "urgent_at": _("nearly finished since"), "price": _("price in fen"), "handed": _("money handed out, in fen"),
    "returned": _("change, in fen"), "delivered_at": _("brought"), "called_at": _("called afterwards"),
    "called_how": _("how"), "nudged_at": _("asked again"), "move": _("what was done"),
    "offered_at": _("offered"), "became": _("what became of it"), "away_at": _("cannot be given back since"),
    "away_why": _("why not"), "turn": _("place in the round"),
    "people": _("people known there"),
    "bag": _("parcel"), "given": _("what came of it"), "wangge_parceldoor.parcel": _("distribution"),
    "wangge_needstep.state": _("state"),
}  # fmt: skip

#: Codes by table and field.
CODES: Mapping[str, Mapping[Any, Any]] = {
    **held_fixtures.CODES,
    **held_help.CODES,
    **held_transfer.CODES, **held_reception.CODES,
    "wangge_message.purpose": messages.PURPOSES,
    "wangge_message.channel": messages.CHANNELS,
    "wangge_message.state": messages.STATES,
    "wangge_message.why": {code: words for code, (words, _todo) in messages.WHYS.items()},
    "wangge_contactchoice.language": messages.LANGUAGES,
    "wangge_contactchoice.chosen": messages.CHANNELS,
    "wangge_phonecall.outcome": messages.OUTCOMES,
    "wangge_person.sex": SEXES,
    "wangge_reading.said": sensors.SAID,
    "wangge_planned.ground": sensors.GROUNDS,
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
    "wangge_orderchange.kind": isolation.CHANGES,
    "wangge_orderchange.why": isolation.CAUSES,
    "wangge_paperhanded.kind": isolation.PAPERS,
    "wangge_paperhanded.signed": isolation.SIGNED,
    "wangge_orderreason.kind": {
        "result": _("a test result"), "exposure": _("a meeting"), "opening": _("the opening of the Response"),
        "case": _("a case"), "household": _("a household that cannot keep apart"),
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
    "wangge_homewatch.asked": monitoring.ASKED,
    "wangge_reportslot.state": monitoring.STATES,
    "wangge_reportconsent.how": monitoring.CONSENTS,
    "wangge_dailyreport.channel": monitoring.CHANNELS,
    "wangge_doctorcall.state": monitoring.CALL_STATES,
    "wangge_doctorcall.outcome": monitoring.OUTCOMES,
    "wangge_codelink.consent": codes.CONSENTS,
    "wangge_codeverdict.says": codes.COLOURS,
    "wangge_codeappeal.ground": codes.GROUNDS,
    "wangge_codeappeal.outcome": codes.OUTCOMES,
    "wangge_need.state": medicine.STATES,
    "wangge_parceldoor.bag": supplies.BAGS, "wangge_parceldoor.given": supplies.GIVEN,
    "wangge_need.source": medicine.SOURCES,
    "wangge_needvoice.source": medicine.SOURCES,
    "wangge_need.called_how": medicine.CALLS,
    "wangge_needstep.move": medicine.MOVES,
    "wangge_needstep.state": medicine.STATES,
    "wangge_cardhand.became": medicine.HANDS,
    "wangge_cardhand.away_why": medicine.AWAY,
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
    "boot", "sequence", "device_at", "silent_cause",
    "noted_for", "sender", "seen", "sealed", "document_index", "phone_index", "other_phone_index", "name_birth_index",
    "value_index", "name_index", "instance", "deprecates", "secret_hash",
}  # fmt: skip
