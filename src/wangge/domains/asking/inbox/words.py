"""What a form in the inbox is said to be, and what to do with one that is held."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.domains.asking.inbox.rules import Why

STATES = {
    "received": _("Received and checked. Its answers are being recorded."),
    "recorded": _("Recorded: its answers count."),
    "held": _(
        "Kept, but its answers could not be recorded yet. Your community sees it and decides. Do not send it again."
    ),
    "aside": _("Your community set it aside: its answers do not count. Ask there if you think they should."),
}

_ANSWER = _("An answer does not fit its question. Open the form, correct what is marked there, then record it.")
_UNREADABLE = _("What was kept of it cannot be read. Set it aside and have it filled in again.")
#: Why it is held, and what to do about it on its page.
HELD = {
    "in_the_future": _("It was filled in later than now, by the clocks. Set the server's clock right, then try again."),
    "no_response_here": _("No Response was open at this door. Once one is open there, try again."),
    "question_unknown": _("The bank lacks a question of this form. Have the questionnaire published, then try again."),
    "answers_missing": _("It holds no answer. Fill in at least one and record it, or set it aside."),
    "answer_needs_person": _("It is about a person, and none is named. Set it aside and have it filled in again."),
    "form_failed": _("A mistake of ours kept it from being recorded. Try again; if it stays, tell the help desk."),
    **dict.fromkeys(
        ("instance_broken", "instance_not_utf8", "instance_without_form", "instance_declares", "instance_answer_twice",
         "instance_too_big"),
        _UNREADABLE,
    ),
    **dict.fromkeys(
        ("answer_missing", "answer_refused", "answer_no_whole_number", "answer_no_number", "answer_no_date",
         "answer_no_time", "answer_no_choice", "answer_not_acknowledged", "answer_too_long", "answer_damaged"),
        _ANSWER,
    ),
}  # fmt: skip

#: Why a person set it aside.
ASIDE = {
    Why.ELSEWHERE.value: pgettext_lazy("set aside", "The same was recorded in another way"),
    Why.WRONG_DOOR.value: pgettext_lazy("set aside", "It is about another door"),
    Why.WITHDRAWN.value: pgettext_lazy("set aside", "The people took it back"),
    Why.TRIAL.value: pgettext_lazy("set aside", "It was a trial"),
    Why.OTHER.value: pgettext_lazy("set aside", "Something else, in words"),
}

PROBLEMS = {
    "form_decided_already": _("Somebody decided about this form in the meantime. Look at what is said of it now."),
    "aside_why_missing": _("The reason is missing. Choose why it is set aside."),
    "aside_words_missing": _("Say in a few words why it is set aside, or choose another reason."),
    "aside_words_long": _("This is too long. Shorten it to %(most)s characters."),
}


def why_held(code: str) -> str:
    """Why a form is held, as a sentence that says what to do next."""
    if code in HELD:
        return str(HELD[code])
    said = now("Its answers could not be recorded (%(code)s). Try again; if it stays, tell the help desk this word.")
    return said % {"code": code}
