"""What the tables about medicine and insurance cards are called, and what they are for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right
from wangge.web.resident.about import About

TABLES: Mapping[str, About] = {
    "wangge_need": About(
        _("medicine that runs out, and who brings it"), _("so that nobody who cannot go out is without their medicine"),
        (Right.WORK_DOORS, Right.ANSWER_CALLS),
    ),
    "wangge_needstep": About(
        _("the steps by which medicine comes"), _("to say at each hour who has it, and to settle the money"),
        (Right.WORK_DOORS, Right.ANSWER_CALLS),
    ),
    "wangge_needvoice": About(
        _("where else the same medicine was spoken of"), _("so that nobody has to ask twice and nobody comes twice"),
        (Right.WORK_DOORS, Right.ANSWER_CALLS),
    ),
    "wangge_prescription": About(
        _("photos of prescriptions"), _("to buy the right medicine; only whoever buys sees them"), (),
    ),
    "wangge_cardhand": About(
        _("insurance cards that somebody holds for a patient"), _("so that each card finds its way back"),
        (Right.WORK_DOORS, Right.ANSWER_CALLS),
    ),
}  # fmt: skip
FIELDS: Mapping[str, Any] = {
    "wangge_need.person": _("whose medicine it is"),
    "wangge_need.sealed": _("the medicine, its dose, who speaks for the patient, sealed"),
    "wangge_need.name_index": _("coded forms of these, used only to find a record again"),
    "wangge_needstep.need": _("which need"),
    "wangge_needstep.sealed": _("price, receipt and who took it at the door, sealed"),
    "wangge_needvoice.need": _("which need"),
    "wangge_prescription.need": _("which need"),
    "wangge_prescription.sealed": _("the photo, sealed, without the place where it was taken"),
    "wangge_cardhand.person": _("whose card it is"),
}
FORMS: Mapping[str, tuple[str, ...]] = {
    "medicine": ("wangge_need", "wangge_needstep", "wangge_needvoice", "wangge_prescription")
}
PURPOSES: Mapping[str, Any] = {"medicine": _("so that nobody who cannot go out is without their medicine")}
