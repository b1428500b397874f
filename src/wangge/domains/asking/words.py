"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.domains.asking.form_words import PROBLEMS as OF_FORMS
from wangge.domains.asking.inbox.words import PROBLEMS as OF_INBOX

PROBLEMS = {
    **OF_FORMS,
    **OF_INBOX,
    "ask_title_missing": _("The ask has no title. Write in a few words what is asked."),
    "chat_door_missing": _("No door is chosen. Choose which one it is about."),
    "ask_area_missing": _("No place is chosen. Choose where to ask."),
    "ask_response_missing": _("This Response is not open any more at your places. Reload the page and choose another."),
    "ask_time_unreadable": _("This time cannot be read. Choose a day and an hour."),
    "ask_purpose_missing": _("The purpose is missing. Say what the answers are for: it stands on everybody's form."),
    "questions_missing": _("No question is chosen. Choose at least one from the bank."),
    "questions_mixed": _(
        "Some of these questions are about the household, others about each person, and one count cannot hold both. "
        "Send two: at the door they are one visit and one form."
    ),
    "question_unknown": _("The bank has no question called %(name)s. Choose one from the list."),
    "ask_outside_response": _("This Response is for %(name)s. Choose a place inside it."),
    "ask_covered": _(
        "“%(title)s” (No. %(number)s, %(place)s) asks this already: %(questions)s. Use its answers, or name a superior "
        "who confirms that it is asked again."
    ),
    "not_the_superior": _("%(name)s is not above your post. Choose a post of a level above."),
    "only_the_superior": _("Only %(name)s can decide this. It has been told."),
    "decided_already": _("This was decided already. Reload the page to see how."),
    "sealed_not_searched": _(
        "Answers to %(name)s are sealed and hold several choices: nobody can be found by them. "
        "Choose another condition."
    ),
    "condition_half": _("A condition needs a question and an answer. Fill in both, or neither."),
    "ages_turned": _("The upper age lies below the lower one. Exchange the two."),
    "age_unreadable": _("This is no age. Type a whole number from 0 to 130."),
    "answers_missing": _("No answer is here. Fill in at least one question."),
    "answer_needs_person": _("%(name)s is about a person. Choose whom the answer is about."),
    "no_response_here": _("No Response is open here, so this is not asked. Ask the office that opens one."),
    "settled_already": _("This contradiction was settled already. Reload the page to see how."),
    "version_replaced": _(
        "Version %(version)s of %(form)s was in use before and was replaced. "
        "To use it again, give the sheet a new version and send it."
    ),
    "shipped_unknown": _("The product brings no such questionnaire. Go back and choose one from the list."),
    "bank_moved_on": _("Another version came into use in the meantime. Look again at what changes, then publish."),
    "questionnaire_macros": _(
        "This workbook holds macros, and it would be handed out again. Save it as .xlsx without them, then send it."
    ),
    "deadline_passed": _("This deadline lies in the past. Choose a later hour."),
    "ends_before_deadline": _("The ask would end before its deadline. Choose an end on the deadline or after it."),
    "ends_too_late": _("An ask runs for %(days)s days at most. Choose an earlier end; it can be asked again."),
}

STATES = {
    "proposed": pgettext_lazy("ask", "waits for confirmation"),
    "open": pgettext_lazy("ask", "open"),
    "closed": pgettext_lazy("ask", "closed"),
    "declined": pgettext_lazy("ask", "not confirmed"),
}

#: What became of doors that did not fit a day.
OVERFLOWS = {
    "proposed": pgettext_lazy("overflow", "waits for a decision"),
    "accepted": pgettext_lazy("overflow", "offered as proposed"),
    "kept": pgettext_lazy("overflow", "left where they are"),
}

#: Headings of the tally's columns, and what the state of one line is called.
COLUMNS = {
    "expected": pgettext_lazy("ask", "expected"),
    "known": pgettext_lazy("ask", "known already"),
    "done": pgettext_lazy("ask", "done"),
    "refused": pgettext_lazy("ask", "refused"),
    "absent": pgettext_lazy("ask", "absent"),
    "unreachable": pgettext_lazy("ask", "unreachable"),
    "moved": pgettext_lazy("ask", "moved or gone"),
    "not_yet": pgettext_lazy("ask", "not yet asked"),
    "arrived": pgettext_lazy("ask", "arrived since"),
    "left": pgettext_lazy("ask", "left since"),
}

ANSWER_STATES = {
    "current": pgettext_lazy("answer", "counts"),
    "superseded": pgettext_lazy("answer", "replaced by another"),
    "disputed": pgettext_lazy("answer", "contradicts another"),
}

SOURCES = {
    "visit": _("at the door"),
    "phone": _("by phone"),
    "self": _("reported by themselves"),
    "openrosa": _("on a form at the door"),
    "list": _("from a list"),
    "import": _("from a file"),
    "chat": _("from the group chat"),
}

EMPTY = {
    "left_blank": pgettext_lazy("answer", "left empty"),
    "not_relevant": pgettext_lazy("answer", "did not apply"),
}

SUBJECTS = {"household": _("all households"), "person": _("all people")}
LEVELS = {
    "open": pgettext_lazy("privacy", "open"),
    "personal": pgettext_lazy("privacy", "personal"),
    "sensitive": pgettext_lazy("privacy", "sensitive"),
}

#: What of a question, and of a questionnaire as a whole, differs in a new version.
PARTS = {
    "words": pgettext_lazy("changed", "its words"),
    "hint": pgettext_lazy("changed", "its hint"),
    "type": pgettext_lazy("changed", "the kind of answer"),
    "choices": pgettext_lazy("changed", "the choices"),
    "required": pgettext_lazy("changed", "whether it must be answered"),
    "relevant": pgettext_lazy("changed", "when it is asked"),
    "constraint": pgettext_lazy("changed", "which answers it takes"),
    "calculation": pgettext_lazy("changed", "how it is worked out"),
    "default": pgettext_lazy("changed", "what is filled in before"),
    "appearance": pgettext_lazy("changed", "how it looks"),
    "fresh_for": pgettext_lazy("changed", "how long an answer counts"),
    "privacy": pgettext_lazy("changed", "how answers are kept"),
    "subject": pgettext_lazy("changed", "whom it is about"),
    "group": pgettext_lazy("changed", "its part of the form"),
}
WHOLE = {
    "title": pgettext_lazy("changed", "the title"),
    "purpose": pgettext_lazy("changed", "what it is for"),
    "ground": pgettext_lazy("changed", "by which right"),
    "language": pgettext_lazy("changed", "the language"),
    "groups": pgettext_lazy("changed", "the parts of the form"),
    "order": pgettext_lazy("changed", "the order of the questions"),
}
