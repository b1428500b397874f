"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "order_needs": _("An order needs this by law. Fill it in before confirming."),
    "order_over": _("This order would have ended on %(until)s. Reload the list: it is no longer proposed."),
    "nothing_chosen": _("No order is chosen. Tick at least one in the list."),
    "signed_missing": _("Say what stands under the promise: signed, signed by a guardian, or not signed."),
    "minor_needs_guardian": _(
        "This person is not yet 18: a guardian signs. Choose that and write the guardian's name."
    ),
    "guardian_missing": _("Write the name of the guardian who signed."),
    "handed_in_future": _("This hour lies in the future. Write when the paper was handed over."),
    "handed_before_paper": _("There was no such paper yet at this hour. Write when it was handed over."),
    "handed_after_end": _(
        "The order had ended by this hour: its paper is handed over no more. Look for the paper that says it is over."
    ),
    "handed_unreadable": _("This hour cannot be read. Choose day and hour again."),
    "order_person_died": _("The person has died: nothing more is handed over or changed. Nobody calls there any more."),
    "paper_response_closed": _("The Response is closed and every order with it. Nothing more is recorded about it."),
    "paper_not_in_force": _(
        "Only an order in force has a paper to hand over. Look in the list for the one that stands."
    ),
    "paper_form_broken": _("This form was damaged on the way. Go back, reload the page and record it again."),
    "release_too_early": _("The last day has not begun: nothing is proposed yet. Reload the list."),
    "release_over": _("One of these orders has ended meanwhile, by itself or otherwise. Reload the list."),
    "release_not_ready": _(
        "Something is missing for one of these releases. Look at its conditions in the list; leave it out until then."
    ),
    "release_unsigned": _("A doctor has not signed one of these releases yet. Leave it out until it is signed."),
    "release_of_another": _(
        "Another authority made one of these orders: it releases. Leave it out; at its term it ends in any case."
    ),
    "release_paper_missing": _("There is no release paper: this order is not over by its term or by a release."),
    "helper_kind": _("Say whether it is the police officer or the volunteer."),
    "helper_name": _("Write the name that goes with this number."),
    "helper_phone": _("Write a number on which this person can be reached."),
    "helper_meanwhile": _("Somebody named one meanwhile. Reload the page and look whether that is right."),
}
STATES = {
    "proposed": pgettext_lazy("order", "proposed"),
    "in_force": pgettext_lazy("order", "in force"),
    "superseded": pgettext_lazy("order", "replaced"),
    "ended": pgettext_lazy("order", "ended"),
    "withdrawn": pgettext_lazy("order", "withdrawn"),
}
END_CAUSES = {
    "no_reason_left": _("no reason is left"),
    "stricter_reason": _("a stricter reason"),
    "replaced": _("replaced by a later order"),
    "term_over": _("its term is over"),
    "died": _("the person died"),
    "released": _("released by the authority that ordered it"),
    "response_closed": _("the Response was closed"),
    "edition_switched": _("the edition in force since then asks for no more"),
}

PAPERS = {
    "order": pgettext_lazy("paper", "order"),
    "release": pgettext_lazy("paper", "notice of release"),
}
SIGNED = {
    "signed": pgettext_lazy("promise", "signed"),
    "guardian": pgettext_lazy("promise", "a guardian signed"),
    "refused": pgettext_lazy("promise", "paper received, not signed"),
}
HELPERS = {
    "community": pgettext_lazy("helper", "Community"),
    "grid_worker": pgettext_lazy("helper", "Grid worker"),
    "doctor": pgettext_lazy("helper", "Doctor"),
    "police": pgettext_lazy("helper", "Police officer"),
    "volunteer": pgettext_lazy("helper", "Volunteer"),
}
CONDITIONS = {
    "term": pgettext_lazy("release", "The last day has come"),
    "tests": pgettext_lazy("release", "Tests of the last test day are there and negative"),
    "newer": pgettext_lazy("release", "No later reason waits"),
}
MET = {
    "met": pgettext_lazy("condition", "met"),
    "waits": pgettext_lazy("condition", "not yet"),
    "against": pgettext_lazy("condition", "not met"),
}
