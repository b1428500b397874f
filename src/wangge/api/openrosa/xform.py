"""A form as an OpenRosa client gets it: the published XForm, with the door (and the person) chosen at its top."""

import re
from functools import lru_cache
from hashlib import md5
from xml.etree import ElementTree as ET  # what is parsed here is our own form, never a client's

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wangge.domains.asking.inbox.reading import DOOR, PERSON

XF = "http://www.w3.org/2002/xforms"
NAMESPACES = {
    "": XF, "h": "http://www.w3.org/1999/xhtml", "ev": "http://www.w3.org/2001/xml-events",
    "jr": "http://openrosa.org/javarosa", "orx": "http://openrosa.org/xforms", "odk": "http://www.opendatakit.org/xforms",
    "xsd": "http://www.w3.org/2001/XMLSchema", "entities": "http://www.opendatakit.org/xforms/entities",
}  # fmt: skip
for _prefix, _uri in NAMESPACES.items():
    ET.register_namespace(_prefix, _uri)

LABELS = {DOOR: _("Which door"), PERSON: _("Who this is about")}
HINTS = {
    DOOR: _("The doors of your posts, in walking order. Type a number to find one."),
    PERSON: _("Who lives behind this door. Names are shortened; the year is the year of birth."),
}
DOORS_CSV, PEOPLE_CSV = "doors.csv", "people.csv"
ROWS = "/".join(("", "root", "item"))  # how clients see a CSV file
_CODE = re.compile(r"\(([\w-]+)\)\s*$")


@lru_cache(maxsize=64)
def for_client(content: str, of_person: bool) -> bytes:
    """The form's XML. The same content always gives the same bytes, and so the same hash."""
    root = ET.fromstring(content)  # noqa: S314  # our own
    model = _one(root, f".//{{{XF}}}model")
    primary = _one(model, f"{{{XF}}}instance")
    data = primary[0]
    name = data.tag.rpartition("}")[2]
    space = data.tag[: -len(name)]
    added = [DOOR, PERSON] if of_person else [DOOR]
    body = _one(root, f".//{{{NAMESPACES['h']}}}body")
    for place, one in enumerate(added):
        data.insert(place, ET.Element(space + one))
        body.insert(place, _choice(name, one, of_person))
        _translate(model, f"/{name}/{one}", one)
        model.append(_bind(f"/{name}/{one}"))
    at = list(model).index(primary) + 1
    for place, file in enumerate(files_of(of_person)):
        id_ = file.partition(".")[0]
        model.insert(at + place, ET.Element(f"{{{XF}}}instance", {"id": id_, "src": f"jr://file-csv/{file}"}))
    xml: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def files_of(of_person: bool) -> tuple[str, ...]:
    """The lists that a form chooses from."""
    return (DOORS_CSV, PEOPLE_CSV) if of_person else (DOORS_CSV,)


def hash_of(content: bytes) -> str:
    """As form lists and manifests have it."""
    return "md5:" + md5(content, usedforsecurity=False).hexdigest()


def _one(root: ET.Element, path: str) -> ET.Element:
    found = root.find(path)
    if found is None:
        raise ValueError(f"no XForm: {path} is missing")
    return found


def _bind(path: str) -> ET.Element:
    return ET.Element(f"{{{XF}}}bind", {"nodeset": path, "type": "string", "required": "true()"})


def _choice(root: str, name: str, of_person: bool) -> ET.Element:
    """A choice from a list; of people only those behind the door that was chosen."""
    select = ET.Element(f"{{{XF}}}select1", {"ref": f"/{root}/{name}", "appearance": "minimal autocomplete"})
    for part in ("label", "hint"):
        ET.SubElement(select, f"{{{XF}}}{part}", {"ref": f"jr:itext('/{root}/{name}:{part}')"})
    rows = f"instance('doors'){ROWS}" if name == DOOR else f"instance('people'){ROWS}[door= /{root}/{DOOR} ]"
    items = ET.SubElement(select, f"{{{XF}}}itemset", {"nodeset": rows})
    ET.SubElement(items, f"{{{XF}}}value", {"ref": "name"})
    ET.SubElement(items, f"{{{XF}}}label", {"ref": "label"})
    return select


def _translate(model: ET.Element, path: str, name: str) -> None:
    """Label and hint in each of the form's languages; in Chinese where the form has only one."""
    itext = model.find(f"{{{XF}}}itext")
    if itext is None:
        itext = ET.Element(f"{{{XF}}}itext")
        model.insert(0, itext)
    if itext.find(f"{{{XF}}}translation") is None:
        ET.SubElement(itext, f"{{{XF}}}translation", {"lang": "中文 (zh)", "default": "true()"})
    for one in itext.iter(f"{{{XF}}}translation"):
        found = _CODE.search(one.get("lang", ""))
        code = found[1] if found else "zh"
        with translation.override("zh-hans" if code in ("zh", "zh-Hans") else code):
            for part, words in (("label", LABELS), ("hint", HINTS)):
                text = ET.SubElement(one, f"{{{XF}}}text", {"id": f"{path}:{part}"})
                ET.SubElement(text, f"{{{XF}}}value").text = str(words[name])
