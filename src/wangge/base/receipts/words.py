"""What is said of a file that cannot be taken: what was found, and what is needed."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "file_missing": _("No file was chosen. Choose the file first, then send it."),
    "file_empty": _("This file is empty. Save it again with its rows, then send it."),
    "file_is_workbook": _("This is an Excel workbook. Open it, choose “Save as”, type CSV UTF-8, and send that file."),
    "file_is_pdf": _("This is a PDF. Ask the laboratory for the table as a CSV file."),
    "file_is_picture": _("This is a picture. Ask the laboratory for the table as a CSV file."),
    "file_is_binary": _("This file is not a table in plain text. Save the table as CSV UTF-8, then send it."),
    "file_too_big": _("This file has %(found)s MB; at most %(most)s MB can be taken. Divide it and send the parts."),
    "file_too_many_rows": _("This file has more than %(most)s rows. Divide it and send the parts."),
    "file_no_heading": _(
        "No heading was found; the file begins with “%(found)s”. It needs a row with these columns: %(needed)s."
    ),
    "file_column_missing": _(
        "These columns were found: %(found)s. These are missing: %(missing)s. Add them to the heading, then send it."
    ),
    "file_without_rows": _("Below the heading in row %(line)s there is nothing. Check that the right sheet was saved."),
    "file_quotes": _("Near row %(line)s a quotation mark is open or stands alone. Save the table again as CSV."),
    "sender_without_right": _(
        "Whoever sent the file no longer held the post when this row was read. Send the row again from a post that may."
    ),
}
STATES = {
    "waiting": _("waiting"),
    "taken": _("taken"),
    "known": _("known already"),
    "refused": _("refused"),
    "corrected": _("corrected"),
}
