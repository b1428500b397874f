"""Facts about requests for help as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, of, one

HELP: Mapping[str, tuple[Number, object]] = {
    "help.asked": (one, ngettext_lazy("Somebody asked for help.", "%(n)d requests for help arrived.", "n")),
    "help.stepped": (
        one,
        ngettext_lazy("A request for help went a step on.", "%(n)d steps of requests for help.", "n"),
    ),
    "help.noted": (
        one,
        ngettext_lazy("Something was noted on a request for help.", "%(n)d notes on requests for help.", "n"),
    ),
    "help.put_to_door": (
        one,
        ngettext_lazy("A request for help was put to a door.", "%(n)d requests for help were put to doors.", "n"),
    ),
    "help.late_raised": (
        one,
        ngettext_lazy("A late request for help went up a level.", "%(n)d late requests for help went up a level.", "n"),
    ),
    "help.ended_with_response": (
        of("requests"),
        ngettext_lazy(
            "%(n)d request for help ended with its response.", "%(n)d requests for help ended with their response.", "n"
        ),
    ),
}
