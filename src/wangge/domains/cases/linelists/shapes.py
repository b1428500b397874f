"""Which columns each list has.

Go.Data: the names of ``fieldLabelsMap`` in ``common/models/case.js``, ``contact.js`` and ``relationship.js`` of
WorldHealthOrganization/GoDataSource-API, as its exports write them with *useDbColumns*; codes as with
*dontTranslateValues* (``LNG_REFERENCE_DATA_…``). epiverse: the tags of ``R/make_linelist.R`` of
epiverse-trace/linelist. What is not held here (admission, occupation …) stays empty and is never made up.
"""

from enum import StrEnum

from wangge.base.receipts.tables import Form


class Shape(StrEnum):
    GODATA_CASES = "godata-cases"
    GODATA_CONTACTS = "godata-contacts"
    GODATA_RELATIONSHIPS = "godata-relationships"
    LINELIST = "linelist"


_PERSON = ("type", "firstName", "lastName", "gender", "dob", "age.years", "documents[1].type", "documents[1].number")
_ADDRESS = (
    "addresses[1].typeId", "addresses[1].locationId", "addresses[1].addressLine1", "addresses[1].phoneNumber",
)  # fmt: skip
COLUMNS: dict[Shape, tuple[str, ...]] = {
    Shape.GODATA_CASES: (
        "id", "visualId", "dateOfReporting", "isDateOfReportingApproximate", *_PERSON, "classification", "dateOfOnset",
        "isDateOfOnsetApproximate", "dateBecomeCase", "wasContact", "outcomeId", "dateOfOutcome", *_ADDRESS,
    ),
    Shape.GODATA_CONTACTS: (
        "id", "visualId", "dateOfReporting", "isDateOfReportingApproximate", *_PERSON, "wasCase", "dateOfLastContact",
        "numberOfExposures", "followUp.startDate", "followUp.endDate", "followUp.status", "outcomeId",
        "dateOfOutcome", *_ADDRESS, "relationship.id", "relationship.relatedId",
        "relationship.relatedPersonData.visualId", "relationship.contactDate", "relationship.comment",
    ),
    Shape.GODATA_RELATIONSHIPS: (
        "id", "persons[1].type", "persons[1].id", "persons[1].source", "persons[2].type", "persons[2].id",
        "persons[2].target", "contactDate", "contactDateEstimated", "comment",
    ),
    Shape.LINELIST: (
        "id", "date_onset", "date_reporting", "date_admission", "date_discharge", "date_outcome", "date_death",
        "gender", "age", "location", "occupation", "hcw", "outcome",
    ),
}  # fmt: skip
#: Lists that name nobody: no name, no document, no address below the community.
NAMELESS = frozenset({Shape.GODATA_RELATIONSHIPS, Shape.LINELIST})

_DOCUMENT = ("documents[1].number", "documents[0].number", "documents[].number", "documents.number", "Document number")
#: What is read in again, by our field; the first heading is our own.
FORMS: dict[Shape, Form] = {
    Shape.GODATA_CASES: Form(
        kind="cases.godata_cases", needed=("onset",),
        columns={"id": ("id", "ID"), "number": ("visualId", "Case ID"), "document": _DOCUMENT,
                 "onset": ("dateOfOnset", "Date of Onset")},
        numbers=frozenset({"document"}), dates=frozenset({"onset"}),
    ),
    Shape.GODATA_CONTACTS: Form(
        kind="cases.godata_contacts", needed=("met",),
        columns={"id": ("id", "ID"), "document": _DOCUMENT,
                 "case": ("relationship.relatedId", "relatedId"),
                 "number": ("relationship.relatedPersonData.visualId", "relatedPersonData.visualId"),
                 "met": ("relationship.contactDate", "contactDate", "dateOfLastContact", "Date of Last Contact")},
        numbers=frozenset({"document"}), dates=frozenset({"met"}),
    ),
    Shape.LINELIST: Form(
        kind="cases.linelist", needed=("id", "onset"), columns={"id": ("id",), "onset": ("date_onset",)},
        dates=frozenset({"onset"}),
    ),
}  # fmt: skip
KINDS = {form.kind: shape for shape, form in FORMS.items()}
