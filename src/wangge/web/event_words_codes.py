"""Facts about codes as sentences."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, of, one

CODES: Mapping[str, tuple[Number, object]] = {
    "keeping.signing_rotated": (
        one, ngettext_lazy("Codes are signed with another key.", "Codes were given another key %(n)d times.", "n"),
    ),
    "keeping.signing_revoked": (
        one, ngettext_lazy(
            "A key for codes was revoked as stolen.", "%(n)d keys for codes were revoked as stolen.", "n"
        ),
    ),
    "codes.link_made": (
        one, ngettext_lazy("A phone may show a code now.", "%(n)d phones may show a code now.", "n"),
    ),
    "codes.link_ended": (
        one, ngettext_lazy("A phone shows a code no more.", "%(n)d phones show a code no more.", "n"),
    ),
    "codes.all_ended": (
        of("links"), ngettext_lazy(
            "With the Response %(n)d code ended.", "With the Response %(n)d codes ended.", "n"
        ),
    ),
    "codes.printed": (one, ngettext_lazy("A code was printed.", "%(n)d codes were printed.", "n")),
    "codes.print_voided": (
        one, ngettext_lazy("A printed code was declared void.", "%(n)d printed codes were declared void.", "n"),
    ),
    "codes.verdict_recorded": (
        one, ngettext_lazy(
            "An authority above sent a verdict, with its source and end.",
            "Authorities above sent %(n)d verdicts, with source and end.", "n",
        ),
    ),
    "codes.verdict_withdrawn": (
        one, ngettext_lazy("A verdict was taken back.", "%(n)d verdicts were taken back.", "n"),
    ),
    "codes.appealed": (
        one, ngettext_lazy("Somebody objected to their code.", "%(n)d people objected to their code.", "n"),
    ),
    "codes.appeal_decided": (
        one, ngettext_lazy("An objection to a code was answered.", "%(n)d objections to codes were answered.", "n"),
    ),
    "codes.appeal_late": (
        one, ngettext_lazy(
            "An objection to a code was late and went up.", "%(n)d objections to codes were late and went up.", "n"
        ),
    ),
}  # fmt: skip
