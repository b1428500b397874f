"""Facts about checkpoints as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, of, one

CHECKPOINTS: Mapping[str, tuple[Number, object]] = {
    "checkpoints.opened": (one, ngettext_lazy("A checkpoint was opened.", "%(n)d checkpoints were opened.", "n")),
    "checkpoints.closed": (one, ngettext_lazy("A checkpoint was closed.", "%(n)d checkpoints were closed.", "n")),
    "checkpoints.shift_began": (
        one,
        ngettext_lazy("A shift at a checkpoint began.", "%(n)d shifts at checkpoints began.", "n"),
    ),
    "checkpoints.shift_ended": (
        one,
        ngettext_lazy("A shift at a checkpoint ended.", "%(n)d shifts at checkpoints ended.", "n"),
    ),
    "checkpoints.emergency": (
        one,
        ngettext_lazy(
            "Somebody in need was let through at once.", "%(n)d people in need were let through at once.", "n"
        ),
    ),
    "checkpoints.emergency_called": (
        one,
        ngettext_lazy(
            "Somebody was called for a person in need.", "Somebody was called for %(n)d people in need.", "n"
        ),
    ),
    "checkpoints.emergency_settled": (
        one,
        ngettext_lazy(
            "It was noted what became of an emergency.", "It was noted what became of %(n)d emergencies.", "n"
        ),
    ),
    "checkpoints.register_dropped": (
        of("lines"),
        ngettext_lazy(
            "%(n)d line of a visitors' register was deleted.", "%(n)d lines of visitors' registers were deleted.", "n"
        ),
    ),
}
