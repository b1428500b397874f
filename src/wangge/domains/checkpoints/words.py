"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "checkpoint_unnamed": _("Give the checkpoint a name, such as “north gate”."),
    "checkpoint_name_long": _("This name is longer than %(most)s characters. Shorten it."),
    "checkpoint_kind_missing": _("Say what the checkpoint stands at."),
    "checkpoint_place_missing": _("Choose the place at which it stands."),
    "checkpoint_venue_elsewhere": _(
        "This venue does not lie where the checkpoint stands, or has no poster. Choose another, or none."
    ),
    "check_in_no_venue": _("This checkpoint is no venue’s door: nobody is checked in here. Nothing has to be done."),
    "checkpoint_already_open": _("A checkpoint named %(name)s is open there already. Use it, or choose another name."),
    "codes_not_named": _(
        "No open Response here has an order that names codes: nobody may be asked for one. Ask whoever opened the "
        "Response, or record visitors on paper."
    ),
    "codes_not_asked_here": _(
        "Under the edition in force no code may be asked for at a place of this kind. Choose another kind only if it "
        "is true."
    ),
    "checkpoint_unknown": _("This checkpoint does not exist here. Ask your community which one is yours."),
    "checkpoint_not_yours": _("This checkpoint is kept by others. Ask your community where to stand."),
    "checkpoint_closed": _("%(name)s was closed before this shift began. Ask your community where to stand."),
    "checkpoint_field": _("The entry came incomplete (%(name)s). Record it once more."),
    "shift_unknown": _("The server knows no such shift. Begin a shift again, then record what is missing."),
    "register_purpose_missing": _("Say why somebody comes in: one word will do."),
    "register_closed": _("The Response is closed: nothing personal is kept any more. The line was not recorded."),
    "emergency_settled": _("Somebody has noted what became of it meanwhile. Look at the list again."),
    "became_missing": _("Choose what became of it."),
}

KINDS = {
    "gate": pgettext_lazy("checkpoint", "gate of a compound or village"),
    "shop": pgettext_lazy("checkpoint", "shop"),
    "market": pgettext_lazy("checkpoint", "market"),
    "station": pgettext_lazy("checkpoint", "station"),
    "office": pgettext_lazy("checkpoint", "office or hall"),
    "school": pgettext_lazy("checkpoint", "school or kindergarten"),
    "hospital": pgettext_lazy("checkpoint", "hospital or clinic"),
    "care_home": pgettext_lazy("checkpoint", "care home"),
}
SHOWN = {
    "green": pgettext_lazy("code", "green"),
    "yellow": pgettext_lazy("code", "yellow"),
    "red": pgettext_lazy("code", "red"),
    "paper": pgettext_lazy("code", "line on paper"),
    "tally": pgettext_lazy("code", "no phone or code"),
    "not_asked": pgettext_lazy("code", "not asked"),
    "clock": pgettext_lazy("code", "clock wrong"),
    "fallback": pgettext_lazy("code", "list too old"),
}
CONDITIONS = {
    "temperature": pgettext_lazy("entry", "temperature taken"),
    "mask": pgettext_lazy("entry", "mask worn"),
    "venue_code": pgettext_lazy("entry", "venue code scanned"),
}
ENTERED = {
    "visitor": pgettext_lazy("register", "visitor"),
    "vehicle": pgettext_lazy("register", "vehicle"),
    "rider": pgettext_lazy("register", "delivery rider"),
}
LINE = {
    "purpose": pgettext_lazy("register", "Purpose"),
    "host": pgettext_lazy("register", "To whom"),
    "name": pgettext_lazy("register", "Name"),
    "phone": pgettext_lazy("register", "Phone"),
    "plate": pgettext_lazy("register", "Plate"),
    "drop": pgettext_lazy("register", "Put down at"),
}
CALLED = {
    "ambulance": pgettext_lazy("emergency", "120 was called"),
    "community": pgettext_lazy("emergency", "the community was called"),
    "nobody": pgettext_lazy("emergency", "nobody had to be called"),
}
BECAME = {
    "hospital": pgettext_lazy("emergency", "reached the hospital"),
    "home": pgettext_lazy("emergency", "was looked after at home"),
    "went_on": pgettext_lazy("emergency", "went on alone, needed nothing more"),
    "unknown": pgettext_lazy("emergency", "asked; nobody knows"),
}
