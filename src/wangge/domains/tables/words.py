"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "table_unknown": _("There is no table called “%(name)s” here. Choose one from the list of tables."),
    "table_reason_missing": _("Say what the table is for, in a few words. It goes on record with the number of rows."),
    "table_name_wrong": _("A table's name has 2 to 40 small Latin letters, digits or hyphens, such as lives-alone."),
    "table_name_taken": _("There is a table called “%(name)s” already. Choose another name."),
    "table_title_missing": _("The table's title is missing. Type it as it stands over the office's own table."),
    "table_subject_wrong": _("Say what one row is about: a person, a household, or a grid with its counts."),
    "table_columns_wrong": _("A table has 1 to %(most)s columns. Look at the heading row that was sent."),
    "table_heading_missing": _("A column has no heading. Give each column its own."),
    "table_source_unknown": _(
        "The column “%(heading)s” cannot be filled from “%(source)s” in this kind of table. Choose another source."
    ),
    "table_codes_wrong": _(
        "The codes of the column “%(heading)s” are no list of values. Write each value with its code."
    ),
    "table_condition_wrong": _("This condition cannot be used here: %(text)s. Choose one from the list."),
    "table_not_yaml": _("This file is no table definition: it cannot be read at line %(line)s. Send a YAML file."),
    "table_headings_missing": _("No headings were found. Paste the heading row, or send the Excel file that has it."),
    "table_schedules_many": _("%(most)s tables are made for you already. End one of them first."),
    "table_scheduled_already": _("This table is made for you in this way already. Nothing was changed."),
    "table_file_gone": _("This file was deleted after its days. Take the table again, or wait for the next one."),
    "table_place_missing": _(
        "A table belongs to a place, and your posts hold only grids. Ask the community to make it."
    ),
    "table_area_unclear": _(
        "No single place here is called “%(text)s”. Type the community or compound as on the list."
    ),
}

SUBJECTS = {
    "person": pgettext_lazy("table", "a row a person"),
    "household": pgettext_lazy("table", "a row a household"),
    "grid": pgettext_lazy("table", "a row a grid, with counts"),
}

COVERS = {
    "known": pgettext_lazy("cover", "known"),
    "partly": pgettext_lazy("cover", "known of some"),
    "derived": pgettext_lazy("cover", "worked out"),
    "ask": pgettext_lazy("cover", "has to be asked"),
    "nobody": pgettext_lazy("cover", "no question for it yet"),
    "empty": pgettext_lazy("cover", "left empty"),
}

EVERY = {
    "day": pgettext_lazy("schedule", "every day"),
    "week": pgettext_lazy("schedule", "every Monday"),
}
