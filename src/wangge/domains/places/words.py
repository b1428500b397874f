"""What the street says to people."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "wrong_parent": _(
        "%(name)s cannot lie directly in %(parent)s. Choose a place of the right kind, or add the level between first."
    ),
    "parent_closed": _("%(name)s is closed. Choose a place that is open."),
    "place_closed": _("%(name)s is closed. Take it off the list."),
    "name_missing": _("The name is missing. Type the name as people there say it."),
    "name_too_long": _("The name %(name)s… is longer than 80 characters. Shorten it and add the long form as alias."),
    "order_impossible": _("The position of %(name)s must be a number from 0 to 99,999. Correct it."),
    "code_too_long": _("The code of %(name)s is longer than 32 characters. Shorten it."),
    "code_taken": _("The code %(number)s belongs to another place already. Look it up, or give this one another code."),
    "closes_ahead": _("A place cannot be closed on a day to come (%(day)s). Close it on the day itself."),
    "closes_before_opening": _("%(name)s, or something in it, opened after that day. Choose a later day."),
    "inside_itself": _("%(name)s cannot be moved into itself. Choose a place outside it."),
    "grid_needs_community": _("A grid belongs to one community, and %(name)s is none. Choose a community."),
    "grid_number_taken": _("%(name)s has an open grid number %(number)s already. Choose another number."),
    "grid_closed": _("%(name)s is closed. Choose an open grid."),
    "grid_day_ahead": _("A grid cannot be redrawn for a day to come (%(day)s). Redraw it on the day itself."),
    "grid_not_open_yet": _("%(name)s opened on %(day)s. Choose that day or a later one."),
    "grid_day_behind": _("%(name)s changed its grid after %(day)s. Choose the day of that change or a later one."),
    "not_for_a_grid": _(
        "%(name)s cannot be given to a grid. Choose a compound, building, unit, hamlet, yard or site."
    ),
    "outside_the_community": _("%(name)s does not lie in %(community)s. Choose a place inside, or a grid of its own."),
    "around_in_another_grid": _(
        "%(name)s lies in a place that belongs to another grid. Give that place's other parts to their grids first."
    ),
    "inside_in_another_grid": _(
        "A part of %(name)s belongs to another grid. Choose the parts one by one, or take that part along."
    ),
    "community_missing": _("The row names no community, and your area has several. Add a column with the community."),
    "community_unknown": _("No community of your area is called %(text)s. Write its name as the office uses it."),
    "community_ambiguous": _(
        "%(text)s can be more than one community: %(candidates)s. Write the street office before it, or the whole name."
    ),
    "community_outside": _("%(text)s lies outside your area. Send the row to the office of that community."),
    "address_unclear": _(
        "“%(text)s” is not understood as a door. Write it as building, unit and door (3-2-501), or as hamlet and yard. "
        "There is: %(nearest)s."
    ),
    "address_incomplete": _("The address ends at %(name)s. Add the door."),
    "address_ambiguous": _("The address can mean more than one place: %(candidates)s. Write what tells them apart."),
    "head_unknown": _(
        "Nothing in this community is called %(text)s. There is: %(nearest)s. Correct it, or add the place first."
    ),
    "door_unknown": _(
        "There is no %(missing)s here; next to it is: %(nearest)s. Correct it, or let missing doors be made."
    ),
    "compound_missing": _("The row does not say which compound. Write it before the building: %(nearest)s."),
    "unit_missing": _("The building %(name)s has units: %(nearest)s. Write which one."),
    "unit_unknown": _("%(name)s has no units. Write the door without one, or correct the building."),
    "bed_missing": _("%(name)s is a room with beds. Write the bed as well."),
    "place_file_empty": _("The file is empty. Choose the file again."),
    "file_too_large": _("The file is larger than %(megabytes)s MB. Send one city at a time."),
    "place_file_without_rows": _("The file has a heading but no rows. Choose the file again."),
    "not_a_text_file": _(
        "This is not a text file; it may be a workbook. Open it where it was made and save it as CSV (UTF-8)."
    ),
    "encoding_unknown": _("The characters of this file cannot be read. Save it as CSV in UTF-8 or GB 18030."),
    "columns_missing": _(
        "The file lacks the columns %(missing)s; it has %(found)s. Choose another file, or add these headings."
    ),
    "no_good_row": _("None of the rows can be taken; %(refused)s were refused. Look at the reasons and correct them."),
    "edition_older": _("An edition of %(last)s was taken in already. Choose a newer one."),
    "too_many_closings": _(
        "%(closing)s of %(known)s divisions are not in this file. If it is complete, say so and send it again."
    ),
}  # fmt: skip

#: Why one line of a file of divisions was not taken.
REFUSALS = {
    "cells_do_not_fit": _("The line has %(found)s cells where %(expected)s are expected. Look for commas and quotes."),
    "code_missing": _("The 12-digit code is missing. Add it."),
    "code_made_a_number": _("A spreadsheet rounded the code to %(value)s. Format the column as text and save again."),
    "code_not_12_digits": _("%(value)s is not a code of 12 digits. Correct it."),
    "code_of_no_community": _("%(value)s is the code of a township or county. A line is a community or village."),
    "county_does_not_fit": _("The county code %(value)s is not the start of the 12-digit code. Correct one of them."),
    "town_does_not_fit": _("The township code %(value)s is not the start of the 12-digit code. Correct one of them."),
    "name_missing_in_row": _("A name is missing. Add it."),
    "name_unreadable": _("%(value)s holds characters that cannot be read. Write the name again."),
    "name_too_long_in_row": _("%(value)s… is longer than 80 characters. Shorten it."),
    "another_city": _("The code belongs to the city %(value)s, the file to %(city)s. Send it with that city's file."),
    "code_twice": _("The code %(value)s stands on line %(first)s already. Keep one of them."),
    "two_names": _("%(value)s is called %(known)s on line %(first)s. Make them the same."),
}  # fmt: skip

#: Why a place is a candidate for what somebody wrote.
REASONS = {
    "exact": _("the same name"),
    "official": _("the same name, with another ending"),
    "address": _("building, unit and door"),
    "alias": _("another name of it"),
    "numerals": _("the same name, with other numerals"),
    "ending": _("village and community of one name"),
    "abbreviation": _("a short form of its name"),
    "part": _("a part of its name"),
}

KINDS = {
    "city": _("city"),
    "district": _("district or county"),
    "township": _("town or street office"),
    "community": _("community or village"),
    "compound": _("compound"),
    "building": _("building"),
    "unit": _("unit"),
    "household": _("household"),
    "hamlet": _("natural village"),
    "yard": _("yard"),
    "site": _("site"),
    "room": _("room"),
    "bed": _("bed"),
}
