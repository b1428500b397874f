"""Facts of phones that work without a network, and of what they say differently, as sentences."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, of, one

PHONES: Mapping[str, tuple[Number, object]] = {
    "phones.key_made": (
        one,
        ngettext_lazy("A phone got the key of its shift.", "%(n)d phones got the keys of their shifts.", "n"),
    ),
    "phones.keys_destroyed": (
        of("count"),
        ngettext_lazy("The key of a phone was destroyed.", "%(n)d keys of phones were destroyed.", "n"),
    ),
    "phones.command_refused": (
        one,
        ngettext_lazy(
            "Something a phone sent could not be recorded; it is kept.",
            "%(n)d things phones sent could not be recorded; they are kept.",
            "n",
        ),
    ),
    "work.difference_found": (
        one,
        ngettext_lazy(
            "Two workers say differently how a door ended.",
            "Two workers say differently how %(n)d doors ended.",
            "n",
        ),
    ),
    "work.difference_settled": (
        one,
        ngettext_lazy(
            "It was settled which of two tries at a door counts.",
            "For %(n)d doors it was settled which of two tries counts.",
            "n",
        ),
    ),
}
