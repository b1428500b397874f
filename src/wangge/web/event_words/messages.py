"""Facts about messages as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "messages.queued": (
        of("people"),
        ngettext_lazy("A message to one person was queued.", "Messages to %(n)d people were queued.", "n"),
    ),
    "messages.posted": (
        of("groups"),
        ngettext_lazy("A text for one group was queued.", "Texts for %(n)d groups were queued.", "n"),
    ),
    "messages.called": (one, ngettext_lazy("Somebody was called.", "%(n)d calls were made.", "n")),
    "messages.confirmed": (
        of("messages"),
        ngettext_lazy("A message was confirmed by an answer.", "%(n)d messages were confirmed by an answer.", "n"),
    ),
    "messages.fell_to_calls": (
        of("messages"),
        ngettext_lazy(
            "A message without an answer fell to the call list.", "%(n)d messages fell to the call list.", "n"
        ),
    ),
    "messages.stopped": (
        of("messages"),
        ngettext_lazy("A message that had not arrived was stopped.", "%(n)d messages were stopped.", "n"),
    ),
    "messages.ways_chosen": (
        of("people"),
        ngettext_lazy("Somebody chose how to be told.", "%(n)d people chose how to be told.", "n"),
    ),
    "messages.address_made": (
        one,
        ngettext_lazy(
            "Somebody got an address to choose how to be told.", "%(n)d addresses to choose how to be told.", "n"
        ),
    ),
    "messages.template_kept": (
        one,
        ngettext_lazy("A template of messages was written anew.", "%(n)d templates were written anew.", "n"),
    ),
    "messages.template_retired": (
        one,
        ngettext_lazy("A template of messages was taken back.", "%(n)d templates were taken back.", "n"),
    ),
    "messages.robot_connected": (
        one,
        ngettext_lazy("A group was connected.", "%(n)d groups were connected.", "n"),
    ),
    "messages.robot_ended": (
        one,
        ngettext_lazy("A group is written to no more.", "%(n)d groups are written to no more.", "n"),
    ),
    "messages.channel_down": (
        one,
        ngettext_lazy("A gateway does not answer.", "%(n)d times a gateway did not answer.", "n"),
    ),
    "messages.channel_up": (
        one,
        ngettext_lazy("A gateway answers again.", "%(n)d times a gateway answered again.", "n"),
    ),
}
