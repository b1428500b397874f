"""What the table about parcels is called, and what it is for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right
from wangge.web.resident.about import About

TABLES: Mapping[str, About] = {
    "wangge_parceldoor": About(
        _("which household was given a parcel"), _("so that each household has one, and none twice"),
        (Right.KEEP_SUPPLIES,),
    ),
}  # fmt: skip
FIELDS: Mapping[str, Any] = {"wangge_parceldoor.door": _("at which door")}
