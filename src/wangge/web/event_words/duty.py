"""Sentences for facts about posts, cards and tokens."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "duty.post_created": (one, ngettext_lazy("A post was made.", "%(n)d posts were made.", "n")),
    "duty.post_offered": (one, ngettext_lazy("A post was offered.", "%(n)d posts were offered.", "n")),
    "duty.post_taken": (one, ngettext_lazy("A post was taken over.", "%(n)d posts were taken over.", "n")),
    "duty.card_read": (one, ngettext_lazy("The card was read.", "The card was read %(n)d times.", "n")),
    "duty.token_made": (
        one, ngettext_lazy("A token for a system was made.", "%(n)d tokens for systems were made.", "n"),
    ),
    "duty.token_ended": (
        one, ngettext_lazy("A token for a system was ended.", "%(n)d tokens for systems were ended.", "n"),
    ),
    "duty.post_left": (one, ngettext_lazy("A post was left.", "%(n)d posts were left.", "n")),
}  # fmt: skip
