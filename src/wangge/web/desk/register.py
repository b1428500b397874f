"""The register's pages, as tabs: looking for somebody, who is listed twice, files, tables of offices."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.base.access.rights import Right
from wangge.domains.codes.queries import with_codes
from wangge.web.access import Asked


def register_tabs(request: Asked, here: str) -> list[dict[str, Any]]:
    """Those of them that this person may open; ``here`` is the name of the page's address."""
    either = Right.OPEN_RECORD if request.by.may(Right.OPEN_RECORD) else Right.IMPORT_RECORDS
    pages = [
        (Right.OPEN_RECORD, "people", _("Look for somebody")),
        (Right.IMPORT_RECORDS, "duplicates", _("Listed twice?")),
        (Right.IMPORT_RECORDS, "imports", _("Import")),
        (Right.OPEN_RECORD, "tables", _("Tables")),
        *([(either, "appeals", _("Objections to codes"))] if with_codes() else ()),
    ]
    return [
        {"url": reverse(name), "label": label, "current": name == here, "count": None}
        for right, name, label in pages
        if request.by.may(right)
    ]
