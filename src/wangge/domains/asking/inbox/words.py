"""What a form in the inbox is said to be."""

from django.utils.translation import gettext_lazy as _

STATES = {
    "received": _("Received and checked. Its answers are being recorded."),
    "recorded": _("Recorded: its answers count."),
    "held": _("Kept, but its answers could not be recorded. Tell your community the hour and the door."),
}
