"""Facts about medicine and insurance cards as sentences."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "medicine.need_taken": (
        one, ngettext_lazy("Medicine that runs out was taken down.", "%(n)d needs for medicine were taken down.", "n"),
    ),
    "medicine.moved": (
        one, ngettext_lazy("A need for medicine went a step on.", "Needs for medicine went %(n)d steps on.", "n"),
    ),
    "medicine.heard": (
        one,
        ngettext_lazy(
            "A medicine that is under way was spoken of again.",
            "Medicines under way were spoken of %(n)d times more.",
            "n",
        ),
    ),
    "medicine.raised": (
        of("needs"), ngettext_lazy(
            "%(n)d need for medicine went up a level.", "%(n)d needs for medicine went up a level.", "n"
        ),
    ),
    "medicine.link_made": (
        one, ngettext_lazy(
            "Whoever asked for medicine was given an address.", "%(n)d addresses for medicine were given out.", "n"
        ),
    ),
    "medicine.prescription_added": (
        one, ngettext_lazy("A prescription was kept.", "%(n)d prescriptions were kept.", "n"),
    ),
    "medicine.prescriptions_dropped": (
        of("photos"), ngettext_lazy("%(n)d prescription was deleted.", "%(n)d prescriptions were deleted.", "n"),
    ),
    "medicine.rounds_given": (
        of("needs"), ngettext_lazy(
            "%(n)d delivery was put into a round.", "%(n)d deliveries were put into rounds.", "n"
        ),
    ),
    "medicine.called": (
        one, ngettext_lazy(
            "Somebody called after medicine was brought.",
            "Somebody called %(n)d times after medicine was brought.", "n",
        ),
    ),
    "medicine.nudged": (
        one, ngettext_lazy(
            "Somebody said that they still wait for medicine.",
            "%(n)d times somebody said that they still wait for medicine.", "n",
        ),
    ),
    "medicine.card_taken": (
        one, ngettext_lazy(
            "An insurance card went into a hand.", "%(n)d insurance cards went into hands.", "n"
        ),
    ),
    "medicine.card_offered": (
        one, ngettext_lazy("An insurance card was offered on.", "%(n)d insurance cards were offered on.", "n"),
    ),
    "medicine.card_left": (
        one, ngettext_lazy("An insurance card left a hand.", "%(n)d insurance cards left hands.", "n"),
    ),
    "medicine.cards_away": (
        of("cards"), ngettext_lazy(
            "%(n)d insurance card lies in a hand that cannot give it.",
            "%(n)d insurance cards lie in hands that cannot give them.", "n",
        ),
    ),
    "medicine.cards_counted": (
        one, ngettext_lazy(
            "The insurance cards in a hand were counted.", "The insurance cards in hands were counted %(n)d times.", "n"
        ),
    ),
}  # fmt: skip
