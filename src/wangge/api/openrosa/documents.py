"""The form list and the manifest, as the protocol's text has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from wangge.api.openrosa.protocol import HEAD

LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"


@dataclass(frozen=True, slots=True)
class Listed:
    """One form of the list; ``description`` only where it was asked for."""

    form_id: str
    name: str
    version: str
    hash: str
    download_url: str
    manifest_url: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """One file of a manifest."""

    filename: str
    hash: str
    download_url: str


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def form_list(forms: Iterable[Listed]) -> bytes:
    """The answer to a discovery request."""
    return f'{HEAD}<xforms xmlns="{LIST}">{"".join(map(_form, forms))}</xforms>'.encode()


def _form(one: Listed) -> str:
    parts = [
        _tag("formID", one.form_id), _tag("name", one.name), _tag("version", one.version), _tag("hash", one.hash),
        _tag("descriptionText", one.description) if one.description else "",
        _tag("downloadUrl", one.download_url), _tag("manifestUrl", one.manifest_url),
    ]  # fmt: skip
    return f"<xform>{''.join(parts)}</xform>"


def manifest(files: Iterable[Media]) -> bytes:
    """The further files of a form."""
    rows = (
        "<mediaFile>" + _tag("filename", one.filename) + _tag("hash", one.hash)
        + _tag("downloadUrl", one.download_url) + "</mediaFile>"
        for one in files
    )  # fmt: skip
    return f'{HEAD}<manifest xmlns="{MANIFEST}">{"".join(rows)}</manifest>'.encode()
