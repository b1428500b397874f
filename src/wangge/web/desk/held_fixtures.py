"""Words for what stands in the rows of what was fixed to a door."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.domains.fixtures import words

SAID = {"": "", "resident": _("somebody who lives there"), "post": _("another post")}
LABELS: Mapping[str, Any] = {
    "wangge_fixture.thing": _("what"), "wangge_fixture.origin": _("how it came on record"),
    "wangge_fixture.spot": _("Where exactly?"), "wangge_fixture.installer": _("Fixed by"),
    "wangge_fixture.document": _("document"), "wangge_fixture.opens": _("It opens"),
    "wangge_fixture.why": _("Has to go because"), "wangge_fixture.to_remove_at": _("has to go since"),
    "wangge_fixture.removed_at": _("Taken away"), "wangge_fixture.gone_at": _("Confirmed gone"),
    "wangge_fixture.gone_said": _("who confirmed it"), "wangge_fixture.raised_at": _("went up a level"),
    "wangge_openscheck.opens": _("It opens"), "wangge_openscheck.way": _("How they signed"),
    "wangge_openscheck.taken_at": _("written down"),
}  # fmt: skip
CODES: Mapping[str, Mapping[Any, Any]] = {
    "wangge_fixture.thing": words.THINGS,
    "wangge_fixture.origin": {"recorded": _("recorded"), "found": _("found")},
    "wangge_fixture.why": {"": "", **words.WHY},
    "wangge_fixture.gone_said": SAID,
    "wangge_openscheck.way": words.WAYS,
}
