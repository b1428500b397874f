"""The protocol by its text (docs.getodk.org/openrosa), header by header; Django's answers and those of hot/ alike."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from tests.api.openrosa_city import (
    GOOD,
    Phone,
    ask_it,
    fetched,
    fever,
    instance,
    kept,
    parse_challenge,
    publish,
    supplies,
)

from wangge.api.openrosa import auth
from wangge.base import clock
from wangge.demo.small import Small
from wangge.domains.asking.models import Form
from wangge.domains.duty.models import ApiToken, Holding
from wangge.domains.duty.tokens import end_token
from wangge.hot import lookups

XF = "{http://www.w3.org/2002/xforms}"
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
SUBMISSION = "/openrosa/submission"
ENGLISH = {"Accept-Language": "en"}


# HTTP requests and responses


def test_every_answer_has_the_protocols_headers(form: Form, phone: Phone, tiny: Small) -> None:
    door = tiny.homes[0].uuid
    answers = [
        phone.raw("GET", "/openrosa/formList", ENGLISH), phone.ask("GET", "/openrosa/formList"),
        phone.ask("GET", f"/openrosa/forms/{uuid4()}.xml"), phone.ask("HEAD", SUBMISSION),
        phone.raw("POST", SUBMISSION, ENGLISH), phone.send(b"<nothing/>"),
        phone.send(instance(supplies(), GOOD, door=door)),
        phone.ask("DELETE", "/openrosa/formList"),
    ]  # fmt: skip
    assert [one.status for one in answers] == [401, 200, 404, 204, 401, 422, 202, 405]
    for one in answers:
        assert one.header("X-OpenRosa-Version") == "1.0"
        assert int(one.header("X-OpenRosa-Accept-Content-Length")) == 10 * 1024 * 1024
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", one.header("Date"))
        assert abs(parsedate_to_datetime(one.header("Date")) - clock.now()) < timedelta(seconds=30)
        assert one.header("Content-Language") == "en"
        assert "no-store" in one.header("Cache-Control")


def test_the_language_is_the_readers(form: Form, phone: Phone) -> None:
    phone.language = "zh-CN,zh;q=0.9"
    answer = phone.send(b"<nothing/>")
    assert answer.header("Content-Language") == "zh-Hans"
    assert re.search(r"[一-鿿]", answer.message)


# Authentication


def test_the_example_of_rfc_2617() -> None:
    shown = auth.Digest(
        "Mufasa", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "/dir/index.html", "6629fae49393a05397450978507c4ef1", "auth",
        "00000001", "0a4f113b",
    )  # fmt: skip
    assert auth.response_of(shown, "939e7578ed9e3c518a452acee763bce9", "GET") == shown.response


def test_a_challenge_over_http_is_digest_alone(phone: Phone) -> None:
    answer = phone.raw("HEAD", SUBMISSION)
    [line] = answer.all("WWW-Authenticate")
    assert line.startswith("Digest ")
    told = parse_challenge(line)
    assert (told["qop"], told["algorithm"], told["domain"]) == ("auth", "MD5", "/openrosa")
    assert len(told["nonce"]) >= 40
    assert told["nonce"] != parse_challenge(phone.raw("HEAD", SUBMISSION).header("WWW-Authenticate"))["nonce"]


def test_over_https_basic_is_offered_too_and_taken(form: Form, phone: Phone) -> None:
    phone.secure = True
    assert [line.split()[0] for line in phone.raw("HEAD", SUBMISSION).all("WWW-Authenticate")] == ["Digest", "Basic"]
    assert phone.ask("HEAD", SUBMISSION).status == 204
    assert phone.ask("GET", "/openrosa/formList").status == 200
    phone.password += "x"
    assert phone.ask("HEAD", SUBMISSION).status == 401


def test_basic_is_not_taken_where_others_can_listen(phone: Phone) -> None:
    phone.secure = True
    phone_http = replace(phone, secure=False)
    import base64

    secret = base64.b64encode(f"{phone.username}:{phone.password}".encode()).decode()
    assert phone_http.raw("HEAD", SUBMISSION, {"Authorization": f"Basic {secret}"}).status == 401


@pytest.mark.parametrize("wrong", [
    {"response": "0" * 32}, {"uri": "/openrosa/formList"}, {"username": "nobody"}, {"realm": "other"},
    {"response": "é"},
])  # fmt: skip
def test_what_does_not_fit_is_challenged_anew(phone: Phone, wrong: dict[str, str]) -> None:
    phone.ask("HEAD", SUBMISSION)
    header = phone.digest("HEAD", SUBMISSION, **wrong)
    answer = phone.raw("HEAD", SUBMISSION, {"Authorization": header})
    assert answer.status == 401
    assert "stale" not in answer.header("WWW-Authenticate")


def test_an_old_nonce_is_stale_and_asks_nobody_for_a_password(phone: Phone) -> None:
    phone.ask("HEAD", SUBMISSION)
    phone.challenge["nonce"] = auth.new_nonce(1_600_000_000.0)
    answer = phone.raw("HEAD", SUBMISSION, {"Authorization": phone.digest("HEAD", SUBMISSION)})
    assert answer.status == 401
    assert "stale=true" in answer.header("WWW-Authenticate")
    phone.challenge["nonce"] = "dcd98b7102dd2f0e8b11d0f600bfb0c093"  # somebody else's
    assert phone.raw("HEAD", SUBMISSION, {"Authorization": phone.digest("HEAD", SUBMISSION)}).status == 401


def test_guessing_is_slowed_down(phone: Phone) -> None:
    phone.ask("HEAD", SUBMISSION)
    headers = {"Authorization": phone.digest("HEAD", SUBMISSION, response="0" * 32)}
    answers = [phone.raw("HEAD", SUBMISSION, headers) for _ in range(25)]
    assert answers[-1].status == 429
    assert int(answers[-1].header("Retry-After")) > 0


def test_an_ended_key_is_refused_at_once_also_while_it_is_remembered(
    form: Form, phone: Phone, tiny: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "EVERY", 1000.0)
    xml = instance(supplies(), GOOD, door=tiny.homes[0].uuid)
    assert phone.send(xml).status == 202
    key = ApiToken.objects.get()
    end_token(account=key.account, uuid=key.uuid, by=tiny.by("bingsi-1"))
    assert phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid)).status == 401
    assert len(kept()) == 1


def test_without_a_post_at_doors_nothing_is_taken(form: Form, phone: Phone, tiny: Small) -> None:
    Holding.objects.filter(account=tiny.accounts["bingsi-1"]).update(ends=clock.now() - timedelta(minutes=1))
    assert phone.ask("GET", "/openrosa/formList").status == 403
    answer = phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid))
    assert (answer.status, answer.nature) == (403, "no_post")


# Form list, form, manifest


def test_the_form_list_by_its_text(form: Form, phone: Phone) -> None:
    answer = phone.ask("GET", "/openrosa/formList?deviceID=collect:1")
    assert (answer.status, answer.header("Content-Type")) == (200, "text/xml; charset=utf-8")
    root = ET.fromstring(answer.body)
    assert root.tag == f"{LIST}xforms"
    [one] = list(root)
    assert [child.tag.removeprefix(LIST) for child in one] == [
        "formID", "name", "version", "hash", "downloadUrl", "manifestUrl"
    ]  # fmt: skip
    said = {child.tag.removeprefix(LIST): child.text or "" for child in one}
    assert (said["formID"], said["version"], said["name"]) == ("supplies_check", "1", "Basic supplies")
    got = fetched(phone, said["downloadUrl"])
    assert got.header("Content-Type") == "text/xml; charset=utf-8"
    assert said["hash"] == f"md5:{hashlib.md5(got.body).hexdigest()}"


def test_the_lists_parameters(form: Form, phone: Phone, tiny: Small) -> None:
    ask_it(tiny, publish(supplies("2")))
    ask_it(tiny, publish(fever()))

    def listed(query: str) -> list[tuple[str | None, str | None]]:
        root = ET.fromstring(phone.ask("GET", f"/openrosa/formList{query}").body)
        return [(one.findtext(f"{LIST}formID"), one.findtext(f"{LIST}version")) for one in root]

    assert listed("") == [("fever_check", "1"), ("supplies_check", "2")]
    assert listed("?formID=fever_check") == [("fever_check", "1")]
    assert listed("?formID=other") == []
    assert listed("?formID=supplies_check&listAllVersions=true") == [("supplies_check", "2"), ("supplies_check", "1")]
    assert b"descriptionText" not in phone.ask("GET", "/openrosa/formList").body
    verbose = ET.fromstring(phone.ask("GET", "/openrosa/formList?formID=supplies_check&verbose=true").body)
    assert verbose[0].findtext(f"{LIST}descriptionText") == "To see who lacks supplies"


def test_what_is_asked_elsewhere_or_no_more_is_not_listed(phone: Phone, tiny: Small) -> None:
    row = publish(supplies())
    ask_it(tiny, row, "village")
    ask_it(tiny, row, ends_at=clock.now() - timedelta(minutes=1), deadline=clock.now() - timedelta(minutes=2))
    assert len(ET.fromstring(phone.ask("GET", "/openrosa/formList").body)) == 0
    assert phone.ask("GET", f"/openrosa/forms/{row.uuid}.xml").status == 404
    ask_it(tiny, row, "city")
    assert len(ET.fromstring(phone.ask("GET", "/openrosa/formList").body)) == 1


def test_the_form_begins_with_the_door(form: Form, phone: Phone, tiny: Small) -> None:
    person_form = publish(fever())
    ask_it(tiny, person_form)
    root = ET.fromstring(phone.ask("GET", f"/openrosa/forms/{person_form.uuid}.xml").body)
    model = root.find(f".//{XF}model")
    assert model is not None
    instances = model.findall(f"{XF}instance")
    assert [one.get("src") for one in instances[:3]] == [None, "jr://file-csv/doors.csv", "jr://file-csv/people.csv"]
    assert [child.tag for child in instances[0][0]][:2] == [f"{XF}wg_door", f"{XF}wg_person"]
    binds = {one.get("nodeset"): one for one in model.findall(f"{XF}bind")}
    assert binds["/data/wg_door"].get("required") == binds["/data/wg_person"].get("required") == "true()"
    selects = root.findall(f".//{XF}select1")
    assert [one.get("ref") for one in selects] == ["/data/wg_door", "/data/wg_person", "/data/fever_now"]
    assert "[door= /data/wg_door ]" in str(selects[1].find(f"{XF}itemset").get("nodeset"))  # type: ignore[union-attr]
    texts = {
        (one.get("lang"), text.get("id")): text.findtext(f"{XF}value")
        for one in model.iter(f"{XF}translation") for text in one
    }  # fmt: skip
    assert texts["English (en)", "/data/wg_door:label"] == "Which door"
    assert re.search(r"[一-鿿]", texts["中文 (zh)", "/data/wg_door:label"] or "")


def test_the_manifest_and_its_lists_hold_the_accounts_own_doors(form: Form, phone: Phone, tiny: Small) -> None:
    person_form = publish(fever())
    ask_it(tiny, person_form)
    answer = phone.ask("GET", f"/openrosa/forms/{person_form.uuid}/manifest")
    assert answer.header("Content-Type") == "text/xml; charset=utf-8"
    root = ET.fromstring(answer.body)
    assert root.tag == f"{MANIFEST}manifest"
    found = {}
    for one in root:
        assert [child.tag.removeprefix(MANIFEST) for child in one] == ["filename", "hash", "downloadUrl"]
        got = fetched(phone, one.findtext(f"{MANIFEST}downloadUrl") or "")
        assert one.findtext(f"{MANIFEST}hash") == f"md5:{hashlib.md5(got.body).hexdigest()}"
        found[one.findtext(f"{MANIFEST}filename")] = got.body.decode().splitlines()
    assert found["doors.csv"][0] == "name,label"
    assert [line.split(",")[0] for line in found["doors.csv"][1:]] == [str(door.uuid) for door in tiny.homes[:6]]
    family = tiny.family
    mine = [line.split(",") for line in found["people.csv"] if line.endswith(str(tiny.homes[0].uuid))]
    assert {row[0] for row in mine} == {str(one.uuid) for one in family}
    text = "\n".join(found["people.csv"])
    assert all(one.name not in text for one in tiny.people if len(one.name) > 1)
    assert phone.ask("GET", "/openrosa/lists/secrets.csv").status == 404
