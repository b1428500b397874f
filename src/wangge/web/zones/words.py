"""Words that pages of zones share."""

from django.utils.translation import pgettext_lazy

from wangge.domains.zones.service import Need

NEEDS = {
    Need.UNKNOWN: pgettext_lazy("zone service", "Not known yet"),
    Need.CANNOT_WAIT: pgettext_lazy("zone service", "Appointment that cannot wait"),
    Need.MEDICINE: pgettext_lazy("zone service", "Daily medicine"),
    Need.NOBODY: pgettext_lazy("zone service", "Nobody to look after them"),
    Need.CHILD: pgettext_lazy("zone service", "Child below three"),
    Need.OLD: pgettext_lazy("zone service", "Eighty or older"),
}
VISITS = {
    "dialysis": pgettext_lazy("zone service", "dialysis"),
    "pregnant": pgettext_lazy("zone service", "pregnant"),
}
