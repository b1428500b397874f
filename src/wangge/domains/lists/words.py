"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "list_title_missing": _("Give the list a name, such as the one its sender uses."),
    "list_sender_missing": _("Say which office the list comes from; the report goes back there."),
    "list_due_unreadable": _("Choose the day, or day and hour, by which the sender wants the report."),
    "list_due_past": _("This deadline is over. Agree on a new one with the sender, then type it."),
    "list_without_response": _(
        "No Response is open for your area, and people are checked only in one. Ask the authority to open it first."
    ),
    "list_response_closed": _("The Response of this list is closed. Nothing more is asked; report what is known."),
    "list_taken_already": _("This list was taken already. Return or forward the rows that are not yours."),
    "take_first": _("This list has not been taken yet. Look at its rows, take it, then report it up."),
    "rows_open": _("%(count)s rows are still open. See what they wait for, finish them, then report up."),
    "row_decided_already": _("This row was decided already, perhaps by a colleague. Look at the list again."),
    "row_without_name": _("This row has no name. Return it to the sender, or choose the person among the candidates."),
    "list_home_missing": _("Choose the door first, then note who lives there."),
    "candidate_missing": _("Choose who it is first, then go on."),
    "return_reason_missing": _("Say why the row goes back; the sender sees it."),
    "forward_where": _("It is not known where this row belongs. Choose the area, then forward it."),
    "forward_no_office": _("No office in this system answers for %(place)s. Return the row to the sender instead."),
    "forward_in_circle": _("The office of %(place)s has this list already. Settle the row with them, or return it."),
    "forwarded_before": _("Row %(rows)s went to %(place)s before and came back. Settle it here, or return it."),
    "nothing_to_forward": _("No row here belongs to another office of this system."),
}
STATES = {
    "matched": _("matched, not sent yet"),
    "to_resolve": _("to resolve"),
    "elsewhere": _("belongs elsewhere"),
    "asked": _("with the door's worker"),
    "forwarded": _("forwarded"),
    "known": _("known already"),
    "done": _("checked"),
    "returned": _("returned"),
    "repeated": _("the same person again"),
    "remark": _("no person"),
}
LIST_STATES = {
    "reading": _("being matched"),
    "looked": _("not taken yet"),
    "taken": _("under way"),
    "reported": _("reported up"),
}
EVIDENCE = {
    "document": pgettext_lazy("evidence", "document"),
    "phone": pgettext_lazy("evidence", "phone"),
    "birth": pgettext_lazy("evidence", "birth date"),
    "address": pgettext_lazy("evidence", "address"),
    "name": pgettext_lazy("evidence", "name"),
}
AGAINST = {
    "other_document": _("another document"),
    "other_name": _("another name"),
    "other_birth": _("another birth date"),
    "other_address": _("registered at another door"),
    "died": _("has died"),
}
RETURNS = {
    "not_ours": _("Not in our area, nor in that of an office here"),
    "no_such_person": _("Nobody of this name lives there"),
    "no_such_address": _("There is no such address"),
    "moved_away": _("Has moved away"),
    "too_little": _("The row says too little to find anybody"),
}
#: Why a row stands where it stands.
REASONS = {
    "nobody": _("nobody on record fits"),
    "perhaps": _("somebody on record may be meant"),
    "several": _("several people fit"),
    "document_of_another": _("the document belongs to somebody of another name"),
    "died": _("the person has died"),
    "new_here": _("the door is known, the person is not"),
    "known_outside": _("registered in another area"),
    "address_outside": _("the address lies in another area"),
    "out_of_town": _("the address lies outside this city"),
    "address_missing": _("no address, and nobody on record fits"),
    "address_unclear": _("the address cannot be read"),
    "address_incomplete": _("the address names no door"),
    "address_ambiguous": _("the address fits several doors"),
    "head_unknown": _("no such compound or village here"),
    "door_unknown": _("no such door there"),
    "compound_missing": _("the address names no compound"),
    "unit_missing": _("the address names no unit"),
    "unit_unknown": _("no such unit there"),
    "bed_missing": _("the address names no bed"),
    "community_unknown": _("no such community here"),
    "community_missing": _("the address names no community"),
    "community_outside": _("the community belongs to another office"),
    "community_ambiguous": _("several communities have this name"),
    "struck": _("struck out by the sender"),
    "nobody_named": _("the row names nobody"),
    "taken_back": _("the visit was taken back"),
    "asked_for_another": _("already on the way for another list"),
    "answered_already": _("answered already, and still fresh"),
    "checked_for_another": _("checked for another list"),
    **{f"back_{code}": said for code, said in RETURNS.items()},
    **RETURNS,
}
#: Headings of what is added to the sender's columns.
ANSWERS = {
    "result": pgettext_lazy("heading", "Result"),
    "checker": pgettext_lazy("heading", "Checked by"),
    "checked_at": pgettext_lazy("heading", "Checked at"),
    "note": pgettext_lazy("heading", "Note"),
}
FIELDS = {"batch": _("batch"), "mark": _("mark or remark")}
