"""What ``frontend/phone`` was built into: the names that a page loads. Built files carry a hash in their names."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static

FOLDER = "wangge/phone/"
FORMS = "wangge/web-forms/"
ENTRY = "phone/src/main.ts"
#: What the app shows besides its own files.
BESIDE = ("wangge/icons.svg", "wangge/mark.svg", "wangge/phone-check.js")
SQUEEZED = (".gz", ".br")
LARGE = (".wasm",)


@dataclass(frozen=True, slots=True)
class Built:
    """Addresses of the app's files. ``first``: with the page; ``shell``: all that opens without a network;
    ``later``: large ones, fetched after the first contact; ``forms``: the engine of Web Forms, fetched with them."""

    entry: str
    styles: tuple[str, ...]
    first: tuple[str, ...]
    shell: tuple[str, ...]
    later: tuple[str, ...]
    forms: tuple[str, ...]
    stamp: str

    @property
    def engine(self) -> dict[str, Any] | None:
        if not self.forms:
            return None
        return {"entry": static(FORMS + "on-phone.js"), "style": static(FORMS + "web-forms.css"), "files": self.forms}


def built() -> Built | None:
    """What there is; None where nothing was built: then there are the server's own pages."""
    found, worker = finders.find(FOLDER + "files.json"), finders.find(FOLDER + "worker.js")
    return _read(Path(found), Path(found).stat().st_mtime_ns) if found and worker else None


@cache
def _read(manifest: Path, _changed: int) -> Built:
    listed: dict[str, dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))
    entry = listed[ENTRY]
    here = {one["file"] for one in listed.values()} | {name for one in listed.values() for name in one.get("css", ())}
    ours = sorted(here | {name for one in listed.values() for name in one.get("assets", ())})
    first = [entry["file"], *entry.get("css", ()), *(listed[name]["file"] for name in entry.get("imports", ()))]
    forms = sorted(_files(FORMS)) if finders.find(FORMS + "on-phone.js") else []
    digest = hashlib.sha256(manifest.read_bytes() + (manifest.parent / "worker.js").read_bytes())
    for name in forms:
        digest.update(name.encode())
    return Built(
        entry=static(FOLDER + entry["file"]),
        styles=tuple(static(FOLDER + name) for name in entry.get("css", ())),
        first=tuple(static(FOLDER + name) for name in first) + tuple(map(static, BESIDE)),
        shell=tuple(static(FOLDER + name) for name in ours if not name.endswith(LARGE)) + tuple(map(static, BESIDE)),
        later=tuple(static(FOLDER + name) for name in ours if name.endswith(LARGE)),
        forms=tuple(static(FORMS + name) for name in forms),
        stamp=digest.hexdigest(),
    )  # fmt: skip


def _files(folder: str) -> list[str]:
    """What a form on the phone loads: not the page's own entry and its drafts, and nothing twice."""
    here = Path(str(finders.find(folder + "on-phone.js"))).parent
    names = [path.name for path in here.iterdir() if path.suffix in (".js", ".css", ".wasm")]
    return [name for name in names if not name.startswith(("web-forms.js", "draft-"))]


def worker() -> str:
    """The built service worker."""
    return Path(str(finders.find(FOLDER + "worker.js"))).read_text(encoding="utf-8")
