"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "template_name_wrong": _("A template is named with small Latin letters, such as order_in_force."),
    "template_purpose_wrong": _("Say what the template is for: one of the purposes in the list."),
    "template_words_missing": _("The template lacks its %(name)s in Chinese and English. Write both."),
    "template_text_missing": _("This text is missing. Somebody who is told by this way would hear nothing."),
    "template_word_unknown": _("{%(word)s} is no word that can be filled in. Take one from the list, or write it out."),
    "template_group_personal": _(
        "A group is read by everybody: {%(word)s} says something about one person. Take it out of the group’s text."
    ),
    "template_no_complaint": _("Each message says where to complain. Put {complain} into this text."),
    "template_no_number": _("Each message carries a number to call back. Put {number} into this text."),
    "template_link_without_reason": _(
        "A number to call serves where a link does, and links in messages teach people to be cheated. Take the link "
        "out, or write down why it must be there."
    ),
    "template_too_long": _("This text is longer than four text messages. Shorten it."),
    "template_not_life_saving": _("This purpose does not save lives: it waits until the quiet hours are over."),
    "template_unknown": _("There is no template named %(name)s here. Choose one from the list."),
    "template_not_for_groups": _("This template has no text for groups. Choose another, or write one."),
    "message_hole_open": _("Fill this in: the message would have a hole."),
    "message_hole_long": _("This is longer than %(most)s characters. Shorten it."),
    "message_outside_response": _(
        "This place lies outside the area of the open Response: nobody may be told there. Choose a place inside it."
    ),
    "message_no_response": _("No Response is open here: nobody is told anything outside one."),
    "message_to_nobody": _("Nobody lives there, or nobody is concerned. Choose another place or audience."),
    "message_area_unclear": _("“%(text)s” is not one place here. Write community, building and unit, as on the door."),
    "message_audience_missing": _("Choose who is told."),
    "message_no_group": _("Choose at least one group."),
    "ways_language_missing": _("Choose a language."),
    "ways_channel_wrong": _("Choose one of the ways in the list."),
    "ways_whose_missing": _("Say whose phone this is, so that the message says for whom it is."),
    "ways_email_wrong": _("This is no e-mail address. Correct it, or leave it empty."),
    "ways_email_missing": _("Give the e-mail address, or choose another way."),
    "ways_against_each_other": _("This way is chosen and refused at once. Take one of them back."),
    "ways_not_yours": _("This page is another person’s. Ask your community for your own."),
    "ways_response_closed": _(
        "The Response is closed: nobody is told anything any more, and nothing has to be chosen."
    ),
    "told_outcome_missing": _("Choose what came of the call."),
    "told_settled": _("Somebody has reached this person meanwhile. Nothing more has to be done."),
    "report_unreadable": _("This report is not of the form that docs/operate/messages.md describes."),
    "robot_unnamed": _("Give the group a name, as people there call it."),
    "robot_address_wrong": _(
        "This is no address of a robot of WeCom, DingTalk or Feishu. Copy it as docs/operate/messages.md shows."
    ),
}

CHANNELS = {
    "sms": pgettext_lazy("message", "text message"),
    "voice": pgettext_lazy("message", "voice"),
    "email": pgettext_lazy("message", "e-mail"),
    "call": pgettext_lazy("message", "phone call"),
}
STATES = {
    "queued": pgettext_lazy("message", "waits"),
    "sending": pgettext_lazy("message", "on its way"),
    "sent": pgettext_lazy("message", "sent, not confirmed"),
    "delivered": pgettext_lazy("message", "on the phone, not confirmed"),
    "calls": pgettext_lazy("message", "to be called"),
    "reached": pgettext_lazy("message", "reached"),
    "stopped": pgettext_lazy("message", "stopped"),
}
PURPOSES = {
    "order": pgettext_lazy("message", "an order"),
    "release": pgettext_lazy("message", "the end of an order"),
    "test": pgettext_lazy("message", "a test"),
    "daily_report": pgettext_lazy("message", "the day’s report"),
    "help": pgettext_lazy("message", "help"),
    "evacuation": pgettext_lazy("message", "evacuation"),
    "warning": pgettext_lazy("message", "a warning"),
    "notice": pgettext_lazy("message", "a notice"),
    "supplies": pgettext_lazy("message", "supplies"),
}
#: Why somebody is on the call list, and what is done about it.
WHYS = {
    "": (pgettext_lazy("message", "on its way"), _("Nothing has to be done.")),
    "chose_calls": (_("wants to be called"), _("Call from the call list.")),
    "no_number": (_("no number is known"), _("Go to the door, and note a number there.")),
    "refused_ways": (_("wants no texts"), _("Call from the call list.")),
    "no_gateway": (
        _("no gateway is connected for this way"),
        _("Call from the call list; the city connects a gateway."),
    ),
    "refused": (
        _("the gateway knows no such number"),
        _("Call another number of the home, or go to the door; correct the number."),
    ),
    "reported": (_("the phone never got it"), _("Call from the call list.")),
    "unavailable": (_("the gateway did not answer"), _("Call from the call list; tell the city’s office.")),
    "unconfirmed": (_("no answer in time"), _("Call from the call list.")),
    "over": (_("the Response is closed, or it is no longer true"), _("Nothing has to be done.")),
    "died": (_("the person has died"), _("Nothing has to be done.")),
    "said_stop": (_("wants no such messages"), _("Nothing has to be done.")),
}
OUTCOMES = {
    "reached": pgettext_lazy("call", "reached: it was said and understood"),
    "no_answer": pgettext_lazy("call", "no answer"),
    "wrong_number": pgettext_lazy("call", "wrong number"),
    "later": pgettext_lazy("call", "asked to be called later"),
}
AUDIENCES = {
    "households": _("everybody who lives there"),
    "orders": _("people there under an order"),
    "flow": _("sent by the system, each about their own"),
    "group": _("groups"),
}
LANGUAGES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
SERVICES = {
    "wecom": pgettext_lazy("robot", "WeCom"),
    "dingtalk": pgettext_lazy("robot", "DingTalk"),
    "feishu": pgettext_lazy("robot", "Feishu"),
    "webhook": pgettext_lazy("robot", "own server"),
}
#: What the office fills in.
HOLES = {
    "what": (pgettext_lazy("hole", "What"), _("In a few words: what happens, or what is to be done.")),
    "when": (pgettext_lazy("hole", "When"), _("Day and hour.")),
    "where": (pgettext_lazy("hole", "Where"), _("The place, as people there call it.")),
    "bring": (pgettext_lazy("hole", "What to bring"), _("Only what is needed.")),
}
FORMS = {
    "sms": pgettext_lazy("message", "text message"),
    "voice": pgettext_lazy("message", "voice, read by a machine"),
    "call": pgettext_lazy("message", "what the caller says"),
    "subject": pgettext_lazy("message", "subject of the e-mail"),
    "email": pgettext_lazy("message", "e-mail"),
    "group": pgettext_lazy("message", "group"),
}
