"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "help_kind": _("Choose what is needed. “Something else” will do."),
    "help_whom": _("Say for whom you ask."),
    "help_nothing": _("Write where it is, a phone number, or a few words: something by which you can be found."),
    "help_where": _("Write where it is, as exactly as you can: building, unit, floor, or what stands beside it."),
    "help_phone": _("This phone number has too few or too many digits. Leave it empty if you have none."),
    "help_guardian": _("Write who looks after the child now, with a phone number; or “nobody”."),
    "help_number": _("Something of this form was lost. What you wrote is still here: send it once more."),
    "help_too_often": _(
        "Very many requests come in just now. What you wrote is still here: send it again in an hour, or call. What "
        "was taken before is kept."
    ),
    "help_step": _(
        "This is not possible as it stands now. Look at the page again: somebody may have gone on meanwhile."
    ),
    "help_everybodys": _(
        "Everybody may see this hazard, so nobody ends it from here. Is it gone? Call the number above: they look, and "
        "close it."
    ),
    "help_second": _("You said that it is done. Somebody else asks the person whether they have it."),
    "help_call_first": _("Call first, and note that nobody answered. Only then can it end without their word."),
    "help_carer": _("First note who looks after the child now."),
    "help_report": _("First note to whom it was reported, as the Law on the Protection of Minors (art. 11) asks."),
    "help_words": _("Write a few words first."),
    "help_nudged": _("You reminded them within the last hour. They see it. If it cannot wait, call."),
    "help_late_reopen": _("The days in which this can be opened again are over. Ask anew: it takes a minute."),
    "help_over": _("The emergency response in which this was asked is over. Call your community, or 12345."),
    "call_phone": _("This number has too few or too many digits. Look at the display again."),
    "call_phone_back": _("Without a number nobody can be called back. Write it, or choose “no call back”."),
    "call_what": _("Write in a few words what it is about."),
    "call_back": _("Choose within what time they are called back."),
    "call_future": _("This time lies in the future. Send the time at which it rang."),
    "call_done": _("They have been called back meanwhile. Look at the list again."),
    "apart_empty": _("Write a few words, or a number on which you can be reached safely."),
    "apart_nobody": _("Here nobody is named who would read it. Call 110, or 12338."),
    "apart_often": _("Too many came from here just now. Call 110, or 12338."),
    "apart_where": _("Choose the district."),
    "apart_full": _("Two people are named. End one of them first."),
    "apart_who": _("No such account. Type the name with which they sign in."),
    "watch_nobody": _("A number is taken over by somebody signed in."),
    "watch_changed": _("Meanwhile %(waiting)s calls are open. Look at the list, then take over."),
    "help_away": _("Say why it is turned away."),
    "help_place": _("This place is not one of yours. Give the caller the number of their own community, or 12345."),
    "help_door": _("Choose the door."),
    "help_no_response": _("No emergency response is open at this place: requests are not taken here. Call instead."),
}

BACK = {
    "0": _("no call back"), "15": _("a quarter of an hour"), "30": _("half an hour"), "60": _("an hour"),
    "240": _("four hours"),
}  # fmt: skip
WHOM = {
    "self": pgettext_lazy("help", "for myself or my home"),
    "other": pgettext_lazy("help", "for somebody else"),
    "child": pgettext_lazy("help", "for a child"),
}
CHANNELS = {
    "link": pgettext_lazy("help", "by link or picture"),
    "door": pgettext_lazy("help", "taken down at the door"),
    "phone": pgettext_lazy("help", "taken down by phone"),
    "open311": pgettext_lazy("help", "from another system"),
}
STATES = {
    "asking": pgettext_lazy("help", "the person is asked first"),
    "open": pgettext_lazy("help", "somebody has it"),
    "done": pgettext_lazy("help", "said to be done; not yet confirmed"),
    "received": pgettext_lazy("help", "received"),
    "unconfirmed": pgettext_lazy("help", "done, not confirmed"),
    "withdrawn": pgettext_lazy("help", "not wanted any more"),
    "turned_away": pgettext_lazy("help", "turned away"),
    "ended": pgettext_lazy("help", "ended with the response"),
}
AWAY = {
    "double": pgettext_lazy("help", "asked twice: the other one goes on"),
    "elsewhere": pgettext_lazy("help", "belongs to another place, and was passed on there"),
    "no_such_place": pgettext_lazy("help", "no such place, and nobody to ask"),
    "not_meant": pgettext_lazy("help", "not meant as a request"),
}
NOTES = {
    "confirm": pgettext_lazy("help note", "The person was asked and wants it"),
    "decline": pgettext_lazy("help note", "The person was asked and does not want it"),
    "do": pgettext_lazy("help note", "Said to be done"),
    "receive": pgettext_lazy("help note", "Received, says whoever asked"),
    "not_helped": pgettext_lazy("help note", "Not helped, says whoever asked"),
    "not_reached": pgettext_lazy("help note", "A second person looked and could not reach them"),
    "take_back": pgettext_lazy("help note", "Not needed any more"),
    "turn_away": pgettext_lazy("help note", "Turned away"),
    "reopen": pgettext_lazy("help note", "Opened again"),
    "end": pgettext_lazy("help note", "Ended with the emergency response"),
    "nudge": pgettext_lazy("help note", "Reminded"),
    "words": pgettext_lazy("help note", "Added"),
    "no_answer": pgettext_lazy("help note", "Called, nobody answered"),
    "answered": pgettext_lazy("help note", "Spoken to"),
    "carer": pgettext_lazy("help note", "Who looks after the child"),
    "reported": pgettext_lazy("help note", "Reported as the law asks"),
    "door": pgettext_lazy("help note", "Put to a door"),
    "raised": pgettext_lazy("help note", "Late: told the level above"),
    "at_door": pgettext_lazy("help note", "At the door, without being served"),
}
