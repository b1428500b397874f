"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "own_order_wrong": _(
        "Number and last four do not belong together. Look at the paper once more, or call 12345: the five on the "
        "paper answer too."
    ),
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
    "change_not_in_force": _(
        "Only an order of an authority that is in force can be changed. Look for the one that stands."
    ),
    "change_kind_missing": _("Choose what changes: longer, shorter, elsewhere, or ended."),
    "change_cause_missing": _("Choose a cause that fits this change. The person reads it."),
    "change_place_missing": _("Write where the person stays from now on: home, hotel, or with whom."),
    "change_day_missing": _("Choose the new last day."),
    "change_before_begin": _("The order would end before it begins. To take it back, choose that it ends."),
    "change_in_past": _("This day is over. Choose today or a later one, or that it ends now."),
    "change_not_shorter": _("This is not earlier than its last day. An order becomes longer only by a new reason."),
    "change_no_reason": _(
        "No reason asks for a longer order: the protocol proposes nothing beyond its last day. It stays as it is."
    ),
    "rooms_of_strangers": _(
        "These are room-mates, not a household: a contact here is one by a reason of their own. Nothing is asked."
    ),
    "rooms_missing": _("Say whether they can keep apart at home."),
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
    "by_authority": _("ended by the authority, with a cause"),
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
CHANGES = {
    "extended": pgettext_lazy("change", "longer, by a new reason"),
    "shortened": pgettext_lazy("change", "shorter"),
    "moved": pgettext_lazy("change", "spent elsewhere"),
    "ended": pgettext_lazy("change", "ended now"),
}
CAUSES = {
    "reason": pgettext_lazy("cause", "a new reason, by the protocol"),
    "medical": pgettext_lazy("cause", "a doctor advises it"),
    "care": pgettext_lazy("cause", "somebody depends on them, or they on somebody"),
    "home": pgettext_lazy("cause", "the home does not serve"),
    "risk_over": pgettext_lazy("cause", "the risk is over"),
    "mistaken": pgettext_lazy("cause", "what it rested on was wrong"),
}
