"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "order_needs": _("An order needs this by law. Fill it in before confirming."),
    "order_over": _("This order would have ended on %(until)s. Reload the list: it is no longer proposed."),
    "nothing_chosen": _("No order is chosen. Tick at least one in the list."),
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
    "response_closed": _("the Response was closed"),
    "edition_switched": _("the edition in force since then asks for no more"),
}
