"""Facts about transfers as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "transfer.site_opened": (
        one,
        ngettext_lazy("A place of isolation was opened.", "%(n)d places of isolation were opened.", "n"),
    ),
    "transfer.site_changed": (
        one,
        ngettext_lazy("A place of isolation was changed.", "%(n)d places of isolation were changed.", "n"),
    ),
    "transfer.vehicle_added": (one, ngettext_lazy("A vehicle was put to use.", "%(n)d vehicles were put to use.", "n")),
    "transfer.listed": (
        of("people"),
        ngettext_lazy("%(n)d person is to be taken.", "%(n)d people are to be taken.", "n"),
    ),
    "transfer.taken_off": (
        of("people"),
        ngettext_lazy("%(n)d person is not to be taken any more.", "%(n)d people are not to be taken any more.", "n"),
    ),
    "transfer.ended": (
        one,
        ngettext_lazy("Transfers ended with their Response.", "Transfers ended with %(n)d Responses.", "n"),
    ),
    "transfer.goes_along": (
        one,
        ngettext_lazy(
            "Somebody goes along, so that another is not alone.",
            "%(n)d people go along, so that others are not alone.",
            "n",
        ),
    ),
    "transfer.needs_noted": (
        one,
        ngettext_lazy("What somebody needs on the way was noted.", "What %(n)d people need on the way was noted.", "n"),
    ),
    "transfer.told": (
        one,
        ngettext_lazy(
            "Somebody was told where, why and until when.", "%(n)d people were told where, why and until when.", "n"
        ),
    ),
    "transfer.asked": (
        one,
        ngettext_lazy(
            "It was asked what and who stays behind.", "It was asked %(n)d times what and who stays behind.", "n"
        ),
    ),
    "transfer.refused": (one, ngettext_lazy("Somebody does not want to go.", "%(n)d people do not want to go.", "n")),
    "transfer.offered": (
        of("offered"),
        ngettext_lazy("%(n)d person was offered to the next hand.", "%(n)d people were offered to the next hand.", "n"),
    ),
    "transfer.handed_over": (
        of("accepted"),
        ngettext_lazy(
            "%(n)d person was accepted by the next hand.", "%(n)d people were accepted by the next hand.", "n"
        ),
    ),
    "transfer.not_accepted": (
        of("people"),
        ngettext_lazy("%(n)d person was not accepted and stayed.", "%(n)d people were not accepted and stayed.", "n"),
    ),
    "transfer.sent_on": (
        one,
        ngettext_lazy("A vehicle was sent on to another place.", "%(n)d vehicles were sent on to another place.", "n"),
    ),
    "transfer.planned": (one, ngettext_lazy("A transfer was planned.", "%(n)d transfers were planned.", "n")),
    "transfer.moved": (
        one,
        ngettext_lazy(
            "A plan of a transfer was changed by hand.", "Plans of transfers were changed %(n)d times by hand.", "n"
        ),
    ),
    "transfer.adopted": (
        one,
        ngettext_lazy("A plan of a transfer was adopted.", "%(n)d plans of transfers were adopted.", "n"),
    ),
    "transfer.alarm": (one, ngettext_lazy("A transfer is over a limit.", "Transfers are over %(n)d limits.", "n")),
    "transfer.settled": (
        one,
        ngettext_lazy("An alarm of a transfer was seen to.", "%(n)d alarms of transfers were seen to.", "n"),
    ),
    "transfer.stopped": (
        one,
        ngettext_lazy(
            "There was a meal, a toilet or a pause on the way.",
            "There were %(n)d meals, toilets or pauses on the way.",
            "n",
        ),
    ),
    "transfer.rooms_listed": (
        of("rooms"),
        ngettext_lazy("%(n)d room was listed.", "%(n)d rooms were listed.", "n"),
    ),
    "transfer.room_changed": (
        one,
        ngettext_lazy("A room is free, cleaned or out of order now.", "%(n)d rooms were changed.", "n"),
    ),
    "transfer.checked_in": (
        of("people"),
        ngettext_lazy("%(n)d person has a room.", "%(n)d people have a room.", "n"),
    ),
    "transfer.guest_asked": (
        one,
        ngettext_lazy("A guest asked for something.", "Guests asked for %(n)d things.", "n"),
    ),
    "transfer.guest_served": (
        one,
        ngettext_lazy("A guest got what they asked for.", "Guests got %(n)d things they asked for.", "n"),
    ),
    "transfer.cared": (
        one,
        ngettext_lazy(
            "Somebody in protective clothing was fed or sheltered.",
            "People in protective clothing were fed or sheltered %(n)d times.",
            "n",
        ),
    ),
    "transfer.point_opened": (
        one,
        ngettext_lazy("A meeting point was opened.", "%(n)d meeting points were opened.", "n"),
    ),
    "transfer.expected": (
        of("people"),
        ngettext_lazy("%(n)d person is expected.", "%(n)d people are expected.", "n"),
    ),
    "transfer.came": (
        of("people"),
        ngettext_lazy("%(n)d person came to a meeting point.", "%(n)d people came to a meeting point.", "n"),
    ),
    "transfer.not_come": (
        of("people"),
        ngettext_lazy("%(n)d person did not come.", "%(n)d people did not come.", "n"),
    ),
    "transfer.waits": (
        one,
        ngettext_lazy("Somebody waits in protective clothing.", "%(n)d people wait in protective clothing.", "n"),
    ),
    "transfer.relieved": (
        one,
        ngettext_lazy(
            "Somebody took the protective clothing off.", "%(n)d people took the protective clothing off.", "n"
        ),
    ),
    "isolation.place_set": (
        one,
        ngettext_lazy(
            "An order is spent at a place from now on.", "%(n)d orders are spent at a place from now on.", "n"
        ),
    ),
}
