"""Facts about what is fixed to doors and gates as sentences of the log. Why somebody had to get out nobody knows."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "fixtures.recorded": (
        one, ngettext_lazy("Something was fixed and recorded.", "%(n)d things were fixed and recorded.", "n"),
    ),
    "fixtures.found": (
        one,
        ngettext_lazy("Something unrecorded was found blocking a way.",
                      "%(n)d unrecorded things were found blocking a way.", "n"),
    ),
    "fixtures.checked": (
        one, ngettext_lazy("Something was tried from inside.", "%(n)d things were tried from inside.", "n"),
    ),
    "fixtures.removal_wanted": (
        of("fixtures"),
        ngettext_lazy("Something fixed has to be taken away.", "%(n)d fixed things have to be taken away.", "n"),
    ),
    "fixtures.removed": (
        one, ngettext_lazy("Something fixed was taken away.", "%(n)d fixed things were taken away.", "n"),
    ),
    "fixtures.gone": (
        one,
        ngettext_lazy("A second person saw that something is gone.",
                      "Second persons saw that %(n)d things are gone.", "n"),
    ),
    "fixtures.still_there": (
        one,
        ngettext_lazy("Something said to be taken away hangs still.",
                      "%(n)d things said to be taken away hang still.", "n"),
    ),
    "fixtures.raised": (
        of("fixtures"),
        ngettext_lazy("Something fixed went up a level.", "%(n)d fixed things went up a level.", "n"),
    ),
    "fixtures.walks_put": (
        of("walks"), ngettext_lazy("A walk of the exits is due.", "%(n)d walks of the exits are due.", "n"),
    ),
    "fixtures.walks_raised": (
        of("walks"),
        ngettext_lazy("A walk of the exits went up a level.", "%(n)d walks of the exits went up a level.", "n"),
    ),
    "fixtures.walked": (one, ngettext_lazy("Exits were walked.", "Exits were walked %(n)d times.", "n")),
}  # fmt: skip
