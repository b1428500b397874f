"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "missing": _("This is missing. Fill it in as it stands on the report."),
    "purpose_unknown": _("“%(text)s” is not a kind of test. Write 初筛, 复核 or 常规."),
    "value_unknown": _("“%(text)s” is not a result. Write 阳性, 阴性 or 无效."),
    "time_unreadable": _("The time “%(text)s” cannot be read. Write it as 2022-04-03 14:30."),
    "collected_in_future": _("The sample would have been taken in the future. Check the date and time."),
    "reported_in_future": _("The report would be from the future. Check the date and time."),
    "collected_too_long_ago": _("The sample would be more than 60 days old. Check the year and month."),
    "reported_before_collected": _(
        "The report would be earlier than the sample. Check both times; they may be exchanged."
    ),
    "document_rounded": _(
        "A spreadsheet has rounded this number. Format the column as text and copy the number again."
    ),
    "id_unreadable": _("The id of this result is no UUID. Send one that your system made, or leave it out."),
    "id_of_another": _("This id was sent with another specimen before. Make a new id for each result."),
    "result_without_response": _("No Response is open where this person lives. Ask the authority to open one first."),
    "specimen_of_another": _("Specimen %(number)s is recorded for another person. Ask the laboratory which is right."),
    "specimen_with_other_result": _(
        "Specimen %(number)s is recorded with another result. If that was wrong, withdraw it first."
    ),
    "specimen_withdrawn": _("Specimen %(number)s was withdrawn as wrong. Ask the laboratory for a new number."),
    "why_missing": _("Say why the result is withdrawn. The reason stays on record."),
}

PURPOSES = {
    "screen": pgettext_lazy("test", "first screen"),
    "retest": pgettext_lazy("test", "re-test"),
    "routine": pgettext_lazy("test", "routine"),
}
VALUES = {
    "positive": pgettext_lazy("result", "positive"),
    "negative": pgettext_lazy("result", "negative"),
    "invalid": pgettext_lazy("result", "invalid"),
}
FIELDS = {
    "document": _("document number"),
    "laboratory": _("laboratory"),
    "specimen_no": _("specimen number"),
    "purpose": _("kind of test"),
    "value": _("result"),
    "symptoms": _("symptoms"),
    "collected_at": _("sample taken at"),
    "reported_at": _("reported at"),
}
