"""What the widgets of Web Forms say, by the English words that ``frontend/`` asks for; a test compares the two."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "Save the answers": _("Save the answers"),
    "Please answer this question.": _("Please answer this question."),
    "This answer does not fit; please check it.": _("This answer does not fit; please check it."),
    "Questions to look at again: %n": _("Questions to look at again: %n"),
    "Change language": _("Change language"),
    "Remove": _("Remove"),
    "Entry": _("Entry"),
    "Add": _("Add"),
    "Put in order": _("Put in order"),
    "Take a picture": _("Take a picture"),
    "Choose a picture": _("Choose a picture"),
    "The picture taken": _("The picture taken"),
    "This form could not be opened": _("This form could not be opened"),
    "Technical details": _("Technical details"),
    "The picture or sound could not be fetched.": _("The picture or sound could not be fetched."),
    "Choose a year": _("Choose a year"),
    "Choose a month": _("Choose a month"),
    "Choose a day": _("Choose a day"),
    "Ten years back": _("Ten years back"),
    "Ten years on": _("Ten years on"),
    "A year back": _("A year back"),
    "A year on": _("A year on"),
    "A month back": _("A month back"),
    "A month on": _("A month on"),
    "Today": _("Today"),
    "Clear": _("Clear"),
    "Close": _("Close"),
    "All chosen": _("All chosen"),
    "None chosen": _("None chosen"),
    "Nothing to choose from": _("Nothing to choose from"),
    "Nothing found": _("Nothing found"),
    "Nothing chosen": _("Nothing chosen"),
    "Not saved. Reload the page and send it again; your answers are kept here.": _(
        "Not saved. Reload the page and send it again; your answers are kept here."
    ),
    "No network. Your answers are kept on this phone; send them again when there is one.": _(
        "No network. Your answers are kept on this phone; send them again when there is one."
    ),
}
