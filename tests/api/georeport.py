"""A client of GeoReport v2, written after its specification alone: any city's app would speak so.

It knows the endpoint from discovery, sends forms as ``application/x-www-form-urlencoded``, and reads XML or JSON.
"""

from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as Tree

from django.test import Client

FORM = "application/x-www-form-urlencoded; charset=utf-8"


class Errors(Exception):
    """What a server refused: the status, and its list of codes and descriptions."""

    def __init__(self, status: int, errors: list[dict[str, Any]]) -> None:
        super().__init__(status, errors)
        self.status, self.errors = status, errors


class GeoReport:
    """``form``: json or xml. Every answer is what JSON would hold; XML is turned into it by the Spark convention."""

    def __init__(self, jurisdiction: str, form: str = "json") -> None:
        self.http, self.jurisdiction, self.form = Client(raise_request_exception=False), jurisdiction, form
        found = self.http.get("/open311/discovery.json").json()["endpoints"]
        mime = {"json": "application/json", "xml": "text/xml"}[form]
        url = next(one["url"] for one in found if one["type"] == "production" and mime in one["formats"])
        self.base = "/" + url.split("/", 3)[3]

    def services(self) -> Any:
        return self._get("services")

    def definition(self, code: str) -> Any:
        return self._get(f"services/{code}")

    def requests(self, **query: str) -> Any:
        return self._get("requests", **query)

    def request(self, number: str) -> Any:
        return self._get(f"requests/{number}")

    def token(self, token: str) -> Any:
        return self._get(f"tokens/{token}")

    def report(self, api_key: str, **said: str) -> Any:
        body = urlencode({"api_key": api_key, "jurisdiction_id": self.jurisdiction} | said)
        return self._read(self.http.post(f"{self.base}/requests.{self.form}", body, content_type=FORM))

    def _get(self, path: str, **query: str) -> Any:
        asked = {"jurisdiction_id": self.jurisdiction} | query
        return self._read(self.http.get(f"{self.base}/{path}.{self.form}", asked))

    def _read(self, answer: Any) -> Any:
        mime = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}[self.form]
        assert answer.headers["Content-Type"] == mime
        if self.form == "json":
            found = answer.json()
        else:
            assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
            found = spark(Tree.fromstring(answer.content))  # our own answer
        if answer.status_code >= 400:
            raise Errors(answer.status_code, found)
        return found


LISTS = {"services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute",
         "values": "value"}  # fmt: skip


def spark(element: Tree.Element) -> Any:
    """The Spark convention: an element of several is a list of what its children hold, without their name."""
    if each := LISTS.get(element.tag):
        assert all(child.tag == each for child in element), element.tag
        return [spark(child) for child in element]
    if len(element):
        names = [child.tag for child in element]
        assert len(set(names)) == len(names), names
        return {child.tag: spark(child) for child in element}
    return element.text or ""


def plain(found: Any) -> Any:
    """What XML can say of a value of JSON: text alone."""
    if isinstance(found, list):
        return [plain(one) for one in found]
    if isinstance(found, dict):
        return {name: plain(value) for name, value in found.items()}
    if found is None:
        return ""
    return str(found).lower() if isinstance(found, bool) else str(found)
