"""Facts about isolation at home as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "isolation.paper_handed": (
        one, ngettext_lazy("The paper of an order was handed over.", "%(n)d papers of orders were handed over.", "n"),
    ),
    "isolation.order_changed": (
        one, ngettext_lazy("An authority changed an order.", "Authorities changed %(n)d orders.", "n"),
    ),
    "isolation.rooms_told": (
        one,
        ngettext_lazy(
            "A home said whether its people can keep apart.", "%(n)d homes said whether people can keep apart.", "n"
        ),
    ),
    "isolation.releases_proposed": (
        of("orders"), ngettext_lazy("%(n)d release was proposed.", "%(n)d releases were proposed.", "n"),
    ),
    "isolation.releases_signed": (
        of("orders"), ngettext_lazy("A doctor signed %(n)d release.", "A doctor signed %(n)d releases.", "n"),
    ),
    "isolation.releases_confirmed": (
        of("orders"),
        ngettext_lazy("The authority released %(n)d person.", "The authority released %(n)d people.", "n"),
    ),
    "isolation.helper_set": (
        one,
        ngettext_lazy(
            "A helper of a home in isolation was named or taken off.",
            "%(n)d helpers of homes in isolation were named or taken off.",
            "n",
        ),
    ),
    "isolation.order_proposed": (one, ngettext_lazy("An order was proposed.", "%(n)d orders were proposed.", "n")),
    "isolation.order_withdrawn": (
        one, ngettext_lazy("An order fell: no reason is left.", "%(n)d orders fell: no reason is left.", "n"),
    ),
    "isolation.orders_confirmed": (
        of("orders"), ngettext_lazy("%(n)d order was confirmed.", "%(n)d orders were confirmed.", "n"),
    ),
    "isolation.orders_ended": (
        of("orders"), ngettext_lazy("%(n)d order ended.", "%(n)d orders ended.", "n"),
    ),
    "isolation.orders_resettled": (
        of("orders"), ngettext_lazy("%(n)d order was planned again.", "%(n)d orders were planned again.", "n"),
    ),
    "isolation.orders_stand_again": (
        of("orders"), ngettext_lazy("%(n)d order stands again.", "%(n)d orders stand again.", "n"),
    ),
}  # fmt: skip
