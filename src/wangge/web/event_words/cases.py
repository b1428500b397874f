"""Sentences for facts about cases, exposures and contacts."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one, total

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "cases.case_confirmed": (one, ngettext_lazy("A case was confirmed.", "%(n)d cases were confirmed.", "n")),
    "cases.onset_noted": (
        one, ngettext_lazy("A day of first symptoms was noted.", "%(n)d days of first symptoms were noted.", "n"),
    ),
    "cases.list_received": (
        of("rows"), ngettext_lazy("A list with %(n)d row came in.", "A list with %(n)d rows came in.", "n"),
    ),
    "cases.list_part_taken": (
        one, ngettext_lazy("A part of the list was read.", "%(n)d parts of the list were read.", "n"),
    ),
    "cases.case_withdrawn": (
        one, ngettext_lazy(
            "The case was withdrawn; its number stays taken.", "%(n)d cases were withdrawn; their numbers stay taken.",
            "n",
        ),
    ),
    "cases.exposures_found": (
        total("kinds"), ngettext_lazy("%(n)d exposure was found.", "%(n)d exposures were found.", "n"),
    ),
    "cases.candidates_cut": (
        of("cut"), ngettext_lazy(
            "%(n)d more person was met; the protocol's limit does not show them.",
            "%(n)d more people were met; the protocol's limit does not show them.", "n",
        ),
    ),
    "cases.exposure_decided": (one, ngettext_lazy("An exposure was decided.", "%(n)d exposures were decided.", "n")),
    "cases.contacts_changed": (
        of("count"), ngettext_lazy(
            "For %(n)d person it changed what they are a contact of.",
            "For %(n)d people it changed what they are a contact of.", "n",
        ),
    ),
}  # fmt: skip
