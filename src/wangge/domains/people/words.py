"""What the street says to people."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "name_missing": _("The name is missing. Type it as in the document, or as the person gives it."),
    "id_card_wrong": _(
        "This ID number cannot be right: the check digit or the date of birth does not fit. Read it again."
    ),
    "phone_wrong": _("This phone number has too few or too many digits. Read it again, or leave it empty."),
    "birth_date_impossible": _("This date of birth is impossible. Use year-month-day, such as 1958-03-09."),
    "not_a_home": _("Nobody lives at %(name)s itself. Choose a household, a yard or a bed."),
    "document_known": _("Somebody with this document is known already. Search by the number to find the record."),
    "reason_missing": _("Say why you open this record. The reason stands on it for the person to read."),
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
    "other": _("other document"),
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
