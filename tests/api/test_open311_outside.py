"""GeoReport v2 from outside: its specification as a description of an API, a client written after it, both forms."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from tests.api.conftest import token_for
from tests.api.georeport import Errors, GeoReport, plain, spark

from wangge.api import limits
from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.help import actions, queries
from wangge.domains.help.inputs import read_help
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import Act, Channel
from wangge.wsgi import application

SPECIFICATION = Path(__file__).parents[1] / "data" / "open311_georeport_v2.yaml"
HERE = "140106005010"
EXAMPLES = 25
CHECKS = [
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance,
]  # fmt: skip
FORMS = pytest.mark.parametrize("form", ["json", "xml"])


@pytest.fixture
def key(tiny: Small) -> str:
    return token_for(tiny.accounts["bingsi-shuji"])


def held(number: str) -> HelpRequest:
    found = HelpRequest.objects.within(EVERYTHING).filter(uuid=number).first()
    assert found
    return found


def received(number: str, days: int) -> None:
    """As if it had been reported so many days ago."""
    at = clock.now() - timedelta(days=days)
    HelpRequest.objects.within(EVERYTHING).filter(uuid=number).update(received_at=at)


def refused(call: Callable[[], Any]) -> tuple[int, str]:
    """The status and the description of one refusal in the specification's shape."""
    with pytest.raises(Errors) as raised:
        call()
    (one,) = raised.value.errors
    assert set(one) == {"code", "description"}
    assert int(one["code"]) == raised.value.status
    return raised.value.status, one["description"]


def test_nobody_finds_a_request_that_breaks_the_specification(key: str, tiny: Small) -> None:
    number = GeoReport(HERE).report(key, service_code="water", lat="37.87", long="112.55")[0]["service_request_id"]
    text = SPECIFICATION.read_text(encoding="utf-8").replace("THE_KEY", key).replace("THE_NUMBER", number)
    schema = schemathesis.openapi.from_file(text)
    schema.app = application
    asked = sum(_try(found.ok()) for found in schema.get_all_operations())
    assert asked >= 6 * 5
    assert HelpRequest.objects.within(EVERYTHING).filter(public=True).count() > 1  # some of them were taken


def _try(operation: Any) -> int:
    count = 0

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def asked(case: Any) -> None:
        nonlocal count
        count += 1
        for buckets in (limits.TOKENS, limits.FAILURES):
            buckets.clear()
        case.call_and_validate(checks=CHECKS)

    asked()
    return count


@FORMS
def test_a_client_reports_and_follows_its_report_to_the_end(form: str, key: str, tiny: Small) -> None:
    city = GeoReport(HERE, form)
    code = city.services()[0]["service_code"]
    assert city.services()[0]["type"] == "realtime"
    assert not city.definition(code).get("attributes")
    (taken,) = city.report(
        key, service_code=code, lat="37.8706", long="112.5489", address_string="北门", description="有车堵着",
        email="a@example.org", device_id="7", account_id="city-7", first_name="李", last_name="明",
        phone="13900000000", media_url="https://pictures.example/7.jpg",
    )  # fmt: skip
    assert taken["account_id"] == "city-7"
    assert "token" not in taken  # a number or a token, never both
    number = taken["service_request_id"]
    assert city.token(number)[0]["service_request_id"] == number
    worker.run_pending()
    (one,) = city.request(number)
    assert (one["status"], one["service_code"]) == ("open", code)
    assert (str(one["lat"]), str(one["long"])) == ("37.8706", "112.5489")
    assert "北门" in one["address"]
    actions.say(request=held(number), act=Act.RECEIVE, by=SYSTEM)
    (one,) = city.requests(service_request_id=number)
    assert one["status"] == "closed"
    assert one["updated_datetime"] >= one["requested_datetime"]


def test_a_picture_is_for_whoever_answers_and_not_for_everybody(key: str, tiny: Small) -> None:
    city = GeoReport(HERE)
    said = {"service_code": "water", "address_string": "北门"}
    (taken,) = city.report(key, media_url="https://pictures.example/7.jpg", **said)
    number = taken["service_request_id"]
    assert queries.details(held(number))["media"] == "https://pictures.example/7.jpg"
    assert "pictures.example" not in str(city.requests())
    for wrong in ("javascript:alert(1)", "/etc/passwd", "http://", "https://" + "a" * 500, "http://["):
        assert refused(lambda url=wrong: city.report(key, media_url=url, **said))[0] == 400  # type: ignore[misc]


@FORMS
def test_each_filter_of_the_specification(form: str, key: str, tiny: Small) -> None:
    city = GeoReport(HERE, form)
    numbers = {
        code: city.report(key, service_code=code, address_string="北门")[0]["service_request_id"]
        for code in ("fire_way", "water", "light")
    }
    received(numbers["water"], 40)
    received(numbers["light"], 115)
    actions.say(request=held(numbers["water"]), act=Act.RECEIVE, by=SYSTEM)

    def found(**query: str) -> list[str]:
        return [one["service_code"] for one in city.requests(**query)]

    def day(days: int) -> str:
        return (clock.now() - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")

    assert found() == ["fire_way", "water"]  # the most recent 90 days
    assert found(status="", service_code="", start_date="", page="") == ["fire_way", "water"]  # empty is not given
    assert found(status="closed") == ["water"]
    assert found(status="open") == ["fire_way"]
    assert found(service_code="water,light") == ["water"]
    assert found(start_date=day(150), end_date=day(100)) == ["light"]
    assert found(start_date=day(150)) == ["light"]  # 90 days from its beginning
    assert found(end_date=day(30)) == ["water", "light"]  # 90 days to its end
    assert found(start_date=day(150), end_date=day(-1)) == ["light"]  # a range spans 90 days at most
    both = ",".join([numbers["light"], numbers["fire_way"], "no-such-number"])
    assert found(service_request_id=both, status="closed", start_date=day(1)) == ["fire_way", "light"]  # overrides
    assert found(service_request_id="no-such-number") == []
    assert found(page_size="1") == ["fire_way"]
    assert found(page_size="1", page="2") == ["water"]
    assert found(page_size="1", page="3") == []
    assert found(extensions="true") == ["fire_way", "water"]
    for query in ({"status": "new"}, {"start_date": "7 April"}, {"page": "0"}, {"page_size": "1001"}):
        status, why = refused(lambda asked=query: city.requests(**asked))  # type: ignore[misc]
        assert (status, bool(why)) == (400, True)


@FORMS
def test_refusals_are_lists_of_code_and_description(form: str, key: str, tiny: Small) -> None:
    city, nowhere = GeoReport(HERE, form), GeoReport("999", form)
    said = {"service_code": "water", "address_string": "北门"}
    assert refused(nowhere.services) == (404, "jurisdiction_id provided was not found.")
    assert refused(lambda: city.definition("medicine"))[0] == 404
    assert refused(lambda: city.request("1"))[0] == 404
    assert refused(lambda: city.token("1"))[0] == 404
    assert refused(lambda: city.report("", **said))[0] == 403
    assert refused(lambda: GeoReport("140121204216", form).report(key, **said))[0] == 403  # another's key
    assert refused(lambda: city.report(key, address_string="北门")) == (400, "service_code was not provided.")
    assert refused(lambda: city.report(key, **said | {"service_code": "no"}))[0] == 404
    assert refused(lambda: city.report(key, service_code="water"))[0] == 400  # no location at all
    assert refused(lambda: city.report(key, service_code="water", lat="37.8"))[0] == 400  # half of one
    assert refused(lambda: city.report(key, lat="137", long="1", **said))[0] == 400
    assert refused(lambda: city.report(key, service_code="water", address_id=str(uuid7())))[0] == 404
    assert not HelpRequest.objects.within(EVERYTHING).exists()
    door = str(tiny.places["community"].uuid)
    assert city.report(key, service_code="water", address_id=door)[0]["service_request_id"]


def test_xml_and_json_say_the_same_as_the_specification_maps_them(key: str, tiny: Small) -> None:
    json, xml = GeoReport(HERE), GeoReport(HERE, "xml")
    number = json.report(key, service_code="water", lat="37.87", long="112.55", description="漏水 <b>&")[0]
    for ask in (
        lambda city: city.services(), lambda city: city.requests(), lambda city: city.definition("water"),
        lambda city: city.token(number["service_request_id"]), lambda city: city.request(number["service_request_id"]),
    ):  # fmt: skip
        said, same = plain(ask(json)), ask(xml)
        if isinstance(said, dict):
            said["attributes"] = said["attributes"] or same["attributes"]
        assert said == same


#: The examples of the specification's pages, in XML: what their elements are called, and in which order.
GOLDEN = {
    "requests": "<service_requests><request><service_request_id>638344</service_request_id><status>closed</status>"
    "<status_notes>Duplicate request.</status_notes><service_name>Sidewalk and Curb Issues</service_name>"
    "<service_code>006</service_code><description/><agency_responsible/><service_notice/>"
    "<requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime>"
    "<updated_datetime>2010-04-14T06:37:38-08:00</updated_datetime>"
    "<expected_datetime>2010-04-15T06:37:38-08:00</expected_datetime><address>8TH AVE and JUDAH ST</address>"
    "<address_id>545483</address_id><zipcode>94122</zipcode><lat>37.762221815</lat><long>-122.4651145</long>"
    "<media_url>http://city.gov.s3.amazonaws.com/requests/media/638344.jpg</media_url></request></service_requests>",
    "services": "<services><service><service_code>001</service_code><service_name>Cans left out 24x7</service_name>"
    "<description>Garbage cans left out.</description><metadata>true</metadata><type>realtime</type>"
    "<keywords>lorem, ipsum, dolor</keywords><group>sanitation</group></service></services>",
}


@pytest.mark.parametrize("path", list(GOLDEN))
def test_elements_are_those_of_the_specifications_examples(path: str, key: str, tiny: Small) -> None:
    city = GeoReport(HERE, "xml")
    city.report(key, service_code="water", address_string="北门")
    golden, ours = spark(Tree.fromstring(GOLDEN[path])), getattr(city, path)()
    assert list(ours[0]) == list(golden[0])


@FORMS
def test_a_persons_need_is_nowhere_by_no_way(form: str, key: str, tiny: Small) -> None:
    typed = {"uuid": str(uuid7()), "kind": "medicine", "whom": "self", "where": "1号楼1单元101", "phone": "13800000000"}
    one = actions.ask(said=read_help(typed), place=tiny.places["community"], channel=Channel.LINK, by=SYSTEM)
    number = str(one.uuid)
    city = GeoReport(HERE, form)
    assert city.requests(service_request_id=number) == []
    assert city.requests(service_code="medicine") == []
    assert city.requests() == []
    assert refused(lambda: city.request(number))[0] == 404
    assert refused(lambda: city.token(number))[0] == 404
    assert refused(lambda: city.report(key, service_code="medicine", address_string="1号楼"))[0] == 404
    assert "medicine" not in str(city.services())


def test_what_no_text_can_hold_is_refused_in_the_same_form(key: str, tiny: Small) -> None:
    city = GeoReport(HERE)
    assert refused(lambda: city.requests(service_code="\0"))[0] == 400
    assert refused(lambda: city.report(key, service_code="water", address_string="a\0b"))[0] == 400
    assert refused(lambda: city.requests(start_date="9999-12-31T00:00:00Z"))[0] == 400
    assert refused(lambda: city.requests(end_date="0001-01-01T00:00:00+14:00"))[0] == 400
