"""Facts about getting in as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, of, one

ENTRY: Mapping[str, tuple[Number, object]] = {
    "duty.invited": (
        one,
        ngettext_lazy("Somebody was invited to a post.", "%(n)d people were invited to posts.", "n"),
    ),
    "duty.enrolment_offered": (
        one,
        ngettext_lazy("A code to enrol a phone was made.", "%(n)d codes to enrol phones were made.", "n"),
    ),
    "duty.device_enrolled": (one, ngettext_lazy("A phone was enrolled.", "%(n)d phones were enrolled.", "n")),
    "duty.device_ended": (one, ngettext_lazy("A phone was ended.", "%(n)d phones were ended.", "n")),
    "duty.access_ended": (
        one,
        ngettext_lazy("Access ended with the last post.", "Access of %(n)d people ended.", "n"),
    ),
    "duty.secret_changed": (one, ngettext_lazy("A password was changed.", "%(n)d passwords were changed.", "n")),
    "duty.factor_added": (one, ngettext_lazy("A second factor was set up.", "%(n)d second factors were set up.", "n")),
    "duty.factor_removed": (
        one,
        ngettext_lazy("A second factor was removed.", "%(n)d second factors were removed.", "n"),
    ),
    "duty.recovery_asked": (
        one,
        ngettext_lazy("Somebody asked to get in again.", "%(n)d people asked to get in again.", "n"),
    ),
    "duty.recovery_given": (
        one,
        ngettext_lazy("A code to get in again was given.", "%(n)d codes to get in again were given.", "n"),
    ),
    "duty.recovered": (
        one,
        ngettext_lazy("Somebody got in again with a code.", "%(n)d people got in again with a code.", "n"),
    ),
    "duty.office_phone_set": (
        one,
        ngettext_lazy("The number for residents was set.", "%(n)d numbers for residents were set.", "n"),
    ),
    "duty.sessions_ended": (of("count"), ngettext_lazy("A session was ended.", "%(n)d sessions were ended.", "n")),
}
