"""What the street says to people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.domains.codes.rules import Consent, Outcome
from wangge.domains.protocol.rules_colours import Colour, When

PROBLEMS = {
    "codes_not_in_use": _(
        "Codes are not in use here: no open Response names them, or the edition in force asks nobody for one. Nobody "
        "may ask you to show a code."
    ),
    "code_shown": _("The entry of this code came incomplete. Scan the code once more."),
    "check_in_code_elsewhere": _(
        "This code is of another place: nobody was checked in by it. Note a tally; nothing else has to be done."
    ),
    "check_in_code_over": _(
        "This code was not in force when it was shown: nobody was checked in. Open the code anew next time, or note "
        "a tally."
    ),
    "check_in_number_unknown": _(
        "Nobody has this code’s number any more: nobody was checked in. Note a tally; nothing else has to be done."
    ),
    "record_closed": _("The record has closed meanwhile. Open it again with your reason."),
    "codes_own_page": _("Only somebody's own page lets another phone carry their code. Ask at the community's desk."),
    "codes_too_many": _("%(most)s phones show this code already. End one of them first."),
    "codes_full": _("No number is left for another code. Tell the help desk this sentence."),
    "codes_no_list": _("The list is being made. Ask again in a minute; until then let people through and note them."),
    "verdict_says": _("A verdict says yellow or red. Where there is nothing against somebody, send nothing."),
    "verdict_needs": _("A verdict needs its source and the number of its document. Copy them from the document."),
    "verdict_until": _("A verdict ends after it begins, and at most %(days)s days later. Correct the two instants."),
    "verdict_person": _(
        "Nobody with this document is known in your places. Check the number, or send it where they live."
    ),
    "verdict_document": _("The document of the person is missing. Send its number."),
    "verdict_instant": _("This instant cannot be read. Write it as 2022-04-07T09:30:00+08:00."),
    "verdict_id": _("The id of this verdict is no UUID. Send one that your system made, or leave it out."),
    "verdict_id_of_another": _("This id was sent with another verdict before. Make a new id for each."),
    "consent_missing": _("Say how they agreed that a phone shows their code."),
    "appeal_green": _("The code is green: there is nothing to object to. If a gate says otherwise, show this page."),
    "appeal_nobody": _("No office answers for this decision. Call 12345 and read them the clause on this page."),
    "appeal_decided": _("This appeal was decided meanwhile. Look at the list again."),
    "appeal_outcome": _("Choose how the appeal ends."),
    "appeal_reason": _("Write why, in words that whoever appealed understands."),
}

COLOURS: Mapping[str, Any] = {
    Colour.GREEN: pgettext_lazy("code", "green"),
    Colour.YELLOW: pgettext_lazy("code", "yellow"),
    Colour.RED: pgettext_lazy("code", "red"),
}
#: What kind of fact a colour rests on.
GROUNDS: Mapping[str, Any] = {
    When.MEASURE: _("An order about you is in force"),
    When.PROVISIONAL: _("Stay in place until the re-test"),
    When.TEST_OVERDUE: _("A test that was due was not had"),
    When.STAY: _("It was answered that you were in a listed risk area"),
    When.VERDICT: _("An authority above sent a verdict"),
}
CONSENTS: Mapping[str, Any] = {
    Consent.OWN: pgettext_lazy("code", "their own phone"),
    Consent.AT_DESK: pgettext_lazy("code", "another's phone: they agreed at the desk"),
    Consent.BY_PHONE: pgettext_lazy("code", "another's phone: they agreed on the phone"),
    Consent.GUARDIAN: pgettext_lazy("code", "another's phone: parent or guardian"),
    Consent.ON_PAGE: pgettext_lazy("code", "another's phone: they agreed on their own page"),
}
OUTCOMES: Mapping[str, Any] = {
    Outcome.FACT_CORRECTED: _("The fact was wrong and has been corrected"),
    Outcome.STANDS: _("The fact is right"),
    Outcome.OVER: _("It has ended by itself meanwhile"),
}
