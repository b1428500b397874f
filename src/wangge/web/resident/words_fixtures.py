"""What is kept of things fixed to doors and gates, for the notice that residents read."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right

TABLES: Mapping[str, tuple[Any, Any, tuple[Right, ...]]] = {
    "wangge_fixture": (
        _("things fixed to doors and gates"), _("so that each has an end, opens from inside and is taken away"),
        (Right.WORK_DOORS,),
    ),
    "wangge_openscheck": (
        _("who tried from inside whether something opens"), _("so that nobody is shut in"), (Right.WORK_DOORS,),
    ),
}  # fmt: skip
FIELDS: Mapping[str, Any] = {
    "wangge_fixture.place": _("at which door, unit or gate"),
    "wangge_fixture.installer": _("who fixed it"),
    "wangge_fixture.sealed": _("words of whoever found it, the name of whoever saw that it is gone"),
    "wangge_openscheck.sealed": _("the name of whoever tried it"),
}
FORMS: Mapping[str, tuple[str, ...]] = {"exits": ("wangge_fixture", "wangge_openscheck")}
PURPOSES: Mapping[str, Any] = {"exits": _("so that every way out is free")}
