"""Facts about requests for help as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
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
    "help.call_taken": (one, ngettext_lazy("A call was taken down.", "%(n)d calls were taken down.", "n")),
    "help.call_missed": (one, ngettext_lazy("A call was missed.", "%(n)d calls were missed.", "n")),
    "help.called_back": (
        one,
        ngettext_lazy("Somebody was called back.", "%(n)d times somebody was called back.", "n"),
    ),
    "help.watch_taken": (
        one,
        ngettext_lazy("A number was taken over.", "Numbers were taken over %(n)d times.", "n"),
    ),
    "help.apart_told": (
        one,
        ngettext_lazy("Something was told apart.", "%(n)d times something was told apart.", "n"),
    ),
    "help.apart_taken": (one, ngettext_lazy("It was taken up.", "%(n)d of them were taken up.", "n")),
    "help.apart_noted": (one, ngettext_lazy("It was noted what was done.", "%(n)d notes on what was done.", "n")),
    "help.apart_named": (one, ngettext_lazy("A reader was named.", "%(n)d readers were named.", "n")),
    "help.apart_unnamed": (
        one,
        ngettext_lazy("A reader reads no longer.", "%(n)d readers read no longer.", "n"),
    ),
    "help.ended_with_response": (
        of("requests"),
        ngettext_lazy(
            "%(n)d request for help ended with its response.", "%(n)d requests for help ended with their response.", "n"
        ),
    ),
}
