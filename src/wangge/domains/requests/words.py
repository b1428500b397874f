"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "kind_missing": _("Choose what you want."),
    "asker_missing": _("Your name is missing. Write it as in your document."),
    "asker_phone": _("This phone number has too few or too many digits. The community calls you back on it."),
    "words_missing": _("Say in a sentence what is wrong, or what you object to."),
    "asked_too_often": _("Too many requests came from here today. Try again tomorrow, or go to your community's desk."),
    "community_which": _(
        "Write the name of your community as it stands on its notice board. Several can be meant: choose one below."
    ),
    "answered_already": _("This request is answered. A new wish is a new request."),
    "outcome_of_another_kind": _("A request of this kind cannot end so. Choose one of the answers shown."),
    "ground_missing": _("Say on which ground it is refused. The resident reads it and can complain."),
    "not_checked": _("First find the record and confirm that the person has shown who they are."),
    "told_missing": _("Say how the resident was told."),
    "still_needed": _(
        "%(count)s entries of a Response still need this record, which the law lets nobody delete now. Refuse with "
        "this ground; what is due goes by itself."
    ),
}

KINDS = {
    "access": pgettext_lazy("request", "See what is kept about me"),
    "correction": pgettext_lazy("request", "Have a mistake corrected"),
    "objection": pgettext_lazy("request", "Object to how it is used"),
    "deletion": pgettext_lazy("request", "Have it deleted"),
}

OUTCOMES = {
    "given": pgettext_lazy("request", "handed over"),
    "corrected": pgettext_lazy("request", "corrected"),
    "noted": pgettext_lazy("request", "objection noted"),
    "deleted": pgettext_lazy("request", "deleted"),
    "refused": pgettext_lazy("request", "refused, with its ground"),
    "nothing_held": pgettext_lazy("request", "nothing is kept"),
    "not_identified": pgettext_lazy("request", "did not show who they are"),
    "taken_back": pgettext_lazy("request", "taken back"),
}

TOLD = {
    "door": _("at the door"),
    "desk": _("at the desk"),
    "phone": _("by phone"),
    "letter": _("by letter"),
}
