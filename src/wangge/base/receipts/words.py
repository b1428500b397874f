"""What is said of a file that cannot be taken: what was found, and what is needed."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "import_kind_missing": _("Say whether the file holds people or venues, then send it."),
    "file_missing": _("No file was chosen. Choose the file first, then send it."),
    "file_empty": _("This file is empty. Save it again with its rows, then send it."),
    "file_is_pdf": _("This is a PDF. Ask whoever made it for the table as an Excel or CSV file."),
    "file_is_picture": _("This is a picture. Ask whoever made it for the table as an Excel or CSV file."),
    "file_is_binary": _("This file is no table. Save the table as an Excel workbook or as CSV UTF-8, then send it."),
    "file_too_wide": _("This sheet has more than 256 columns. Delete what stands far to the right, then send it."),
    "workbook_broken": _("This workbook is damaged and cannot be opened. Open it in Excel, save it again and send it."),
    "workbook_locked": _("This workbook is locked with a password. Save it without one, then send it."),
    "workbook_too_big": _(
        "This workbook becomes too big when it is opened. Copy the table into a new one and send it."
    ),
    "workbook_empty": _("No sheet of this workbook holds anything. Check that the right file was chosen."),
    "column_twice": _("Two columns cannot hold the same. Choose another for one of them, or “not taken”."),
    "column_unknown": _("“%(said)s” names no column of this file, or no field. Fields: %(fields)s."),
    "columns_unchosen": _("No column was chosen for: %(missing)s. Choose it, then go on."),
    "file_taken_already": _("This file is being taken already. Its columns stay as they are."),
    "look_first": _("The dry run is not done yet. Look at what will happen first, then take the rows."),
    "row_cut": _("The file ends in the middle of this row. Complete it, then send it again."),
    "row_shifted": _("This row has more cells than the heading has columns. Put each cell under its heading."),
    "row_failed": _("This row could not be stored. Look for characters that do not belong, then send it again."),
    "cell_damaged": _("A cell of this row holds characters that are no text. Type the row again."),
    "cell_became_date": _(
        "Excel made a date of this cell (%(found)s). Format the column as text and type it again, such as 3-201."
    ),
    "number_rounded": _(
        "Excel has rounded this number (%(found)s). Format the column as text and type the number again."
    ),
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
    "cursor_wrong": _("This cursor was not made for this list. Begin again without it."),
    "sender_without_right": _(
        "Whoever sent the file no longer held the post when this row was read. Send the row again from a post that may."
    ),
}
STATES = {
    "waiting": _("waiting"),
    "taken": _("taken"),
    "changed": _("changed"),
    "known": _("known already"),
    "refused": _("refused"),
    "corrected": _("corrected"),
}
#: What a dry run foresees of a row, by its letter.
FORESEEN = {
    "n": _("will be new"),
    "c": _("will be changed"),
    "k": _("known, stays as it is"),
    "r": _("comes back"),
}
#: Why a column was recognised.
WHY = {
    "heading": _("by its heading"),
    "content": _("by what stands in it"),
    "hand": _("chosen by hand"),
}
