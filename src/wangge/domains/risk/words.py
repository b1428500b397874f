"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "risk_list_too_big": _("This list is larger than %(most)s MB, more than any list ever was. Look at what it holds."),
    "risk_list_unreadable": _("This is no list in JSON (UTF-8). Fetch it again from where it is published."),
    "risk_list_form": _(
        "This JSON is not built like a published list: `data` with `highlist` and `middlelist`. Fetch it again."
    ),
    "risk_list_lacks": _("The list lacks %(missing)s. It is not whole: fetch it again."),
    "risk_list_cut": _(
        "The list says %(said)s areas under `%(list)s`, but %(found)s stand there. It is cut off: fetch it again."
    ),
    "risk_list_entry": _("Entry %(row)s of `%(list)s` has no province or no area in words. Fetch the list again."),
    "risk_list_time": _("The time of publication, “%(said)s”, cannot be read. It should look like 2022-04-15 11时."),
    "risk_list_future": _("This list is dated %(said)s, which has not come yet. Look at the clock, or at the list."),
    "risk_list_older": _(
        "This list is of %(at)s, older than the one in force (%(current)s). Nothing was changed. If it is meant to "
        "complete the history, send it again as history."
    ),
    "risk_list_many_endings": _(
        "%(gone)s of the %(standing)s areas in force are missing in this list: it may be cut off. If they are really "
        "lifted, confirm it and send the list again."
    ),
    "risk_days": _("These days cannot be read, or the last lies before the first. Write them as 2022-04-03."),
    "risk_searches": _(
        "Very many searches come from your network just now. Wait a few minutes and look again, or ask your community."
    ),
    "risk_stay_left": _("Choose the day on which they left there; for a place they only passed, that day."),
    "risk_stay_ahead": _("This day has not come yet. Choose the day on which they left there."),
    "risk_stay_missing": _("Choose where they were, or tick “In none of these”."),
}

LEVELS = {
    "high": pgettext_lazy("risk", "high risk"),
    "mid": pgettext_lazy("risk", "middle risk"),
    "low": pgettext_lazy("risk", "low risk"),
}

UNITS = {
    "district": pgettext_lazy("risk", "district"),
    "township": pgettext_lazy("risk", "street or township"),
    "community": pgettext_lazy("risk", "community or village"),
    "compound": pgettext_lazy("risk", "compound"),
    "building": pgettext_lazy("risk", "building"),
    "unit": pgettext_lazy("risk", "unit of a building"),
    "door": pgettext_lazy("risk", "household"),
    "site": pgettext_lazy("risk", "site"),
}
