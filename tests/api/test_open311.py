"""GeoReport v2 as its specification has it: in JSON and in XML, with a key for a jurisdiction, about hazards alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from django.test import Client
from tests.api.conftest import token_for

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.help import actions
from wangge.domains.help.inputs import read_help
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import Act, Channel

BASE = "/open311/v2/"
HERE = "140106005010"  # 并州东街四社区


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def report(client: Client, tiny: Small) -> Callable[..., Any]:
    key = token_for(tiny.accounts["bingsi-shuji"])

    def sent(form: str = "json", **changes: str) -> Any:
        said = {
            "api_key": key, "jurisdiction_id": HERE, "service_code": "fire_way", "address_string": "北门消防通道",
            "description": "有车堵着，车主 13800000000", "phone": "13900000000", "first_name": "李",
        }  # fmt: skip
        answer = client.post(f"{BASE}requests.{form}", said | changes)
        worker.run_pending()
        return answer

    return sent


def latest() -> HelpRequest:
    found = HelpRequest.objects.within(EVERYTHING).order_by("-id").first()
    assert found
    return found


def test_the_services_are_hazards_alone(client: Client, tiny: Small) -> None:
    found = client.get(f"{BASE}services.json").json()
    assert [one["service_code"] for one in found] == ["fire_way", "danger", "water", "rubbish", "light", "place"]
    assert set(found[0]) == {
        "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
    }  # fmt: skip
    assert client.get(f"{BASE}services/fire_way.json").json() == {"service_code": "fire_way", "attributes": []}
    assert client.get(f"{BASE}services/medicine.json").status_code == 404


def test_the_same_stands_in_xml_as_the_specification_writes_it(client: Client, tiny: Small) -> None:
    answer = client.get(f"{BASE}services.xml", {"jurisdiction_id": HERE})
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(
        b'<?xml version="1.0" encoding="utf-8"?>\n<services><service><service_code>fire_way<'
    )
    root = Tree.fromstring(answer.content)  # our own answer
    first = root.find("service")
    assert first is not None
    assert [child.tag for child in first] == [
        "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
    ]  # fmt: skip
    assert first.findtext("metadata") == "false"
    definition = client.get(f"{BASE}services/fire_way.xml").text
    assert definition.endswith(
        "<service_definition><service_code>fire_way</service_code><attributes /></service_definition>"
    ) or definition.endswith("<service_definition><service_code>fire_way</service_code></service_definition>")


def test_a_hazard_is_reported_and_read_by_anybody_without_numbers_of_people(
    client: Client, report: Callable[..., Any]
) -> None:
    answer = report()
    assert answer.status_code == 201
    number = answer.json()[0]["service_request_id"]
    assert number == str(latest().uuid)
    row = client.get(f"{BASE}requests/{number}.json").json()[0]
    assert (row["status"], row["service_code"], row["description"]) == ("open", "fire_way", "有车堵着，车主 ***")
    assert "北门消防通道" in row["address"]
    for secret in ("13800000000", "13900000000", "李"):
        assert secret not in str(row)
    assert set(row) == {
        "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
        "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
        "address", "address_id", "zipcode", "lat", "long", "media_url",
    }  # fmt: skip


def test_the_same_report_sent_again_is_one(report: Callable[..., Any]) -> None:
    first, second, other = report(), report(form="xml"), report(description="别处")
    assert first.json()[0]["service_request_id"] in second.text
    assert HelpRequest.objects.within(EVERYTHING).count() == 2
    assert other.status_code == 201


def test_a_point_is_a_place_too(client: Client, report: Callable[..., Any]) -> None:
    report(address_string="", lat="37.8706", long="112.5489")
    row = client.get(f"{BASE}requests/{latest().uuid}.json").json()[0]
    assert (row["lat"], row["long"]) == (37.8706, 112.5489)
    assert report(address_string="", lat="37.87", long="").status_code == 400
    assert report(address_string="", lat="nan", long="1").status_code == 400
    assert report(address_string="").status_code == 400


def test_a_key_opens_its_own_jurisdiction_alone(report: Callable[..., Any], tiny: Small) -> None:
    assert report(jurisdiction_id="140121204216").status_code == 403  # the village has keys of its own
    assert report(api_key="").status_code == 403
    assert report(api_key="wgt_guessed").status_code == 403
    assert report(api_key=token_for(tiny.accounts["bingsi-1"])).status_code == 403  # answers no calls
    assert report(jurisdiction_id="999").status_code == 404


def test_what_is_missing_is_said(report: Callable[..., Any], client: Client) -> None:
    assert report(service_code="").status_code == 400
    refused = report(form="xml", service_code="medicine")
    assert refused.status_code == 404
    assert refused.text.endswith(
        "<errors><error><code>404</code><description>service_code was not found.</description></error></errors>"
    )
    assert client.delete(f"{BASE}requests.json").status_code == 405
    assert client.get(f"{BASE}requests.json", {"status": "new"}).status_code == 400
    assert client.get(f"{BASE}requests.json", {"start_date": "yesterday"}).status_code == 400
    assert client.get(f"{BASE}requests/x.json").status_code == 404


def test_a_persons_need_is_never_here(client: Client, tiny: Small) -> None:
    typed = {"uuid": str(uuid7()), "kind": "medicine", "whom": "self", "where": "1号楼1单元101"}
    one = actions.ask(said=read_help(typed), place=tiny.places["community"], channel=Channel.DOOR, by=SYSTEM)
    assert client.get(f"{BASE}requests.json").json() == []
    for address in (f"requests/{one.uuid}.json", f"tokens/{one.uuid}.json"):
        assert client.get(BASE + address).status_code == 404
    assert client.get(f"{BASE}requests.json", {"service_request_id": str(one.uuid)}).json() == []


def test_the_filters_of_the_specification(client: Client, report: Callable[..., Any]) -> None:
    report()
    first = latest()
    report(service_code="water", description="漏水")
    actions.say(request=first, act=Act.RECEIVE, by=SYSTEM)

    def found(**query: str) -> list[str]:
        return [one["service_code"] for one in client.get(f"{BASE}requests.json", query).json()]

    assert found() == ["water", "fire_way"]
    assert found(status="open") == ["water"]
    assert found(status="closed") == ["fire_way"]
    assert found(status="open,closed") == ["water", "fire_way"]
    assert found(service_code="fire_way,light") == ["fire_way"]
    assert found(service_request_id=str(first.uuid)) == ["fire_way"]
    assert found(jurisdiction_id="140121204216") == []
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    assert found(start_date=tomorrow) == []
    assert found(end_date=tomorrow) == ["water", "fire_way"]
    assert found(end_date="2022-04-07T00:00:00Z") == []
    token = client.get(f"{BASE}tokens/{first.uuid}.json").json()
    assert token == [{"service_request_id": str(first.uuid), "token": str(first.uuid)}]


def test_a_description_with_markup_is_text(client: Client, report: Callable[..., Any]) -> None:
    report(description="<script>alert(1)</script>]]>\x01")
    root = Tree.fromstring(client.get(f"{BASE}requests.xml").content)  # our own answer
    assert root.findtext("request/description") == "<script>alert(1)</script>]]>"


def test_discovery_names_the_endpoint(client: Client, tiny: Small) -> None:
    found = client.get("/open311/discovery.json").json()
    assert found["endpoints"][0]["url"].endswith("/open311/v2")
    assert found["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    root = Tree.fromstring(client.get("/open311/discovery.xml").content)  # our own answer
    assert [one.findtext("format") for one in root.iter("format") if len(one)] == ["text/xml", "application/json"]


def test_a_telephone_system_sends_missed_calls(tiny: Small) -> None:
    from tests.api.conftest import Asker

    line, uuid = Asker(token_for(tiny.accounts["zhiban"])), str(uuid7())
    assert line.post("calls/missed", {"id": uuid, "phone": "13800000000"}).status_code == 201
    again = line.post("calls/missed", {"id": str(uuid7()), "phone": "13800000000"})
    assert (again.status_code, again.json()["times"]) == (200, 2)
    assert line.post("calls/missed", {"id": str(uuid7()), "phone": ""}).status_code == 422
    assert Asker(token_for(tiny.accounts["bingsi-1"])).post("calls/missed", {}).status_code == 403
