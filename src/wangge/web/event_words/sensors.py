"""Facts about sensors at doors as sentences of the log. Why one ended for safety is known to nobody."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "sensors.issued": (one, ngettext_lazy("A sensor was issued.", "%(n)d sensors were issued.", "n")),
    "sensors.secret_renewed": (
        one, ngettext_lazy("A sensor got a new secret.", "%(n)d sensors got new secrets.", "n"),
    ),
    "sensors.retired": (
        one, ngettext_lazy("A sensor was taken out of use.", "%(n)d sensors were taken out of use.", "n"),
    ),
    "sensors.fitted": (one, ngettext_lazy("A sensor was fitted.", "%(n)d sensors were fitted.", "n")),
    "sensors.taken_off": (one, ngettext_lazy("A sensor was taken off.", "%(n)d sensors were taken off.", "n")),
    "sensors.silenced": (
        of("fits"), ngettext_lazy("A sensor’s duty ended.", "The duty of %(n)d sensors ended.", "n"),
    ),
    "sensors.opening_planned": (
        one, ngettext_lazy("The opening of a door was expected.", "%(n)d openings of doors were expected.", "n"),
    ),
    "sensors.opened": (
        of("readings"), ngettext_lazy("A door with a sensor was opened.", "%(n)d doors with sensors were opened.", "n"),
    ),
    "sensors.tampered": (
        of("readings"), ngettext_lazy("A sensor was moved.", "%(n)d sensors were moved.", "n"),
    ),
    "sensors.smoke": (one, ngettext_lazy("A sensor reported smoke.", "Sensors reported smoke %(n)d times.", "n")),
}  # fmt: skip
