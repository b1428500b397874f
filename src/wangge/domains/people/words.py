"""What the street says to people."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "person_name_missing": _("The name is missing. Type it as in the document, or as the person gives it."),
    "id_card_wrong": _(
        "This ID number cannot be right: the check digit or the date of birth does not fit. Read it again."
    ),
    "id_check": _(
        "The 18th character of this ID number does not fit the 17 before it: one of them is mistyped. Read the whole "
        "number again from the card; do not change the last character alone."
    ),
    "id_date": _(
        "Positions %(first)s to %(last)s of this ID number (%(shown)s) are no date of birth. "
        "Read them again from the card."
    ),
    "id_length": _(
        "This number has %(count)s characters; an ID number has 18, an old one 15. Read it again from the card, or say "
        "which other document it is."
    ),
    "id_character": _(
        "Position %(position)s of this ID number holds “%(shown)s”, which cannot stand there. Read it again."
    ),
    "id_rounded": _(
        "A spreadsheet has rounded this number: its last digits are lost. Format the column as text and type it "
        "again from the card."
    ),
    "document_form": _(
        "This document number has %(count)s characters or signs that cannot be in one. Read it again from the document."
    ),
    "document_on_record": _(
        "Another document number is on record for this person. Nothing is overwritten at the door: tell the office, "
        "which corrects it."
    ),
    "birth_dates_differ": _(
        "The date of birth says %(typed)s, the ID number says %(card)s. Look at the card and correct the wrong one."
    ),
    "birth_date_unreadable": _("“%(shown)s” is no date. Write year-month-day, such as 1958-03-09."),
    "sex_unreadable": _("“%(shown)s” is not understood as a sex. Write 男 or 女, or leave it empty."),
    "name_is_no_name": _("“%(shown)s” is no name, or a longer one than 60 characters. Write the name of one person."),
    "phone_rounded": _(
        "A spreadsheet has rounded this phone number. Format the column as text and type the number again."
    ),
    "address_missing": _("The row does not say where this person lives. Write building, unit and door, or the yard."),
    "twice_with_two_addresses": _(
        "This document stands in the file with another address as well. Keep the row of the door where they live."
    ),
    "known_outside": _(
        "Somebody with this document is on record outside your area. Read the number again; if it is right, ask the "
        "office above to have the record moved."
    ),
    "known_at_another_door": _(
        "Somebody with this document is on record at %(home)s. If the person has moved, say that people may be moved "
        "and send the row again."
    ),
    "document_of_another_name": _(
        "This document is on record with another name. Read number and name again from the card."
    ),
    "document_of_another_birth": _(
        "This document is on record with another date of birth. Read number and date again."
    ),
    "same_name_twice": _(
        "Several people of this name live at this door. Add the number of the document, so that the right one is found."
    ),
    "same_name_other_birth": _(
        "Somebody of this name lives at this door with another date of birth. Correct it, or add the documents of both."
    ),
    "same_name_other_phone": _(
        "Somebody of this name lives at this door with another phone. "
        "Add the date of birth or the number of the document."
    ),
    "died_already": _(
        "This person is recorded as having died. Take the row out, or ask your office to look at the record."
    ),
    "another_file_runs": _(
        "Another file is being taken in at this moment. Wait until it is done, then call this again."
    ),
    "register_not_text": _(
        "A register of this size has to be a CSV file with a heading. Save it as CSV (UTF-8), then call this again."
    ),
    "register_columns": _("The columns %(found)s are not understood. The heading needs 姓名, 证件号码, 社区 and 地址."),
    "keys_changed": _("The keys were changed while the file was read, and nobody was taken in. Call it again."),
    "file_character": _(
        "Line %(line)s holds a character that cannot be read. Save the table again as CSV (UTF-8). Nobody was taken in."
    ),
    "phone_wrong": _("This phone number has too few or too many digits. Read it again, or leave it empty."),
    "birth_date_impossible": _("This date of birth is impossible. Use year-month-day, such as 1958-03-09."),
    "not_a_home": _("Nobody lives at %(name)s itself. Choose a household, a yard or a bed."),
    "document_known": _("Somebody with this document is known already. Search by the number to find the record."),
    "reason_missing": _("Say why you open this record. The reason stands on it for the person to read."),
    "one_record_only": _("This is one and the same record. Choose the other one of the two."),
    "merged_already": _(
        "One of the two was merged with another record meanwhile. Go back to the list and load it again."
    ),
    "keep_the_register": _(
        "One of the two is only noted for this Response. Let the record of the community's register stay."
    ),
    "two_cases": _(
        "Both records are open cases with a number each. Withdraw the result that was entered for the wrong one first."
    ),
    "undo_the_later_first": _("This record was merged again since. Undo the later merge first."),
    "why_different": _("Say why they are two people. The pair is never shown again."),
    "pair_decided": _("Somebody else decided about this pair meanwhile. Go back to the list and load it again."),
    "nobody_above": _("There is no level above yours to ask. Ask the people themselves, then decide."),
    "person_unknown": _(
        "Nobody with this document is known here. Register the person first, then enter the result again."
    ),
}

SEXES = {"male": _("male"), "female": _("female"), "unknown": _("not stated")}

DOCUMENTS = {
    "id_card": _("ID card"),
    "passport": _("passport"),
    "hk_macao": _("Hong Kong and Macao travel permit"),
    "taiwan": _("Taiwan travel permit"),
    "residence_permit": _("permanent residence card"),
    "hmt_residence": _("residence permit for people from Hong Kong, Macao and Taiwan"),
    "other": _("other document"),
}

#: What became of a row of a file of people.
OUTCOMES = {
    "new": _("new"),
    "known": _("known, nothing to add"),
    "changed": _("known, something added"),
    "refused": _("refused"),
}

#: What a row can add to somebody who is known.
FIELDS = {
    "document": _("document"),
    "birth_date": _("date of birth"),
    "sex": _("sex"),
    "phone": _("phone"),
    "relation": _("relation to the head of the household"),
    "home": _("home"),
    "register": _("taken into the register"),
}

#: Why somebody opens a record, for those who have no open task at the door.
REASONS = {
    "asked": _("The person or the family asked for something"),
    "tracing": _("Tracing who met whom"),
    "order": _("Deciding about an order"),
    "mistake": _("Correcting a mistake in the record"),
    "complaint": _("Answering a complaint or an appeal"),
    "other": _("Another reason, in words below"),
}

#: Why two records are two people.
DIFFERENT = {
    "spoke_to_both": _("Somebody spoke to both"),
    "documents": _("Their documents differ"),
    "family": _("One family with one phone"),
    "chance": _("The same name by chance"),
}

#: How much two records have in common, by ``duplicates.Strength``.
STRENGTHS = {1: _("weak"), 2: _("possible"), 3: _("likely"), 4: _("very likely")}
