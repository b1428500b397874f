"""The server's list of phones: last heard of, what has not arrived, ended with one tap; a difference is settled."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domains.work.doors import put
from tests.sync.handset import Handset, attempt

from wangge.base import clock
from wangge.demo.small import Small
from wangge.domains.duty.models import Enrolment
from wangge.domains.work.models import Difference, Task

Phones = Callable[..., Handset]


def page(handset: Handset, path: str = "/command/phones/") -> tuple[int, str]:
    answer = handset.client.get(path)
    return answer.status_code, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def signed_in(tiny: Small, username: str) -> Handset:
    one = Handset(tiny.accounts[username])
    one.client.handler.enforce_csrf_checks = False
    return one


def test_each_phone_of_ones_people_and_what_has_not_arrived(tiny: Small, phone: Phones) -> None:
    one, other = phone(), phone("dengqiao-1")
    one.contact(unsent=7, persisted=False)
    status, said = page(signed_in(tiny, "bingsi-shuji"))
    assert status == 200
    assert one.account.name in said
    assert "7 since today" in said
    assert "the browser may clear it" in said
    assert other.account.name not in said
    assert page(signed_in(tiny, "bingsi-1"))[0] == 403
    with clock.held(clock.now() + timedelta(days=2)):
        assert "nothing opens" in page(signed_in(tiny, "bingsi-shuji"))[1]


def test_a_lost_phone_is_ended_from_the_list(tiny: Small, phone: Phones) -> None:
    handset, secretary = phone(), signed_in(tiny, "bingsi-shuji")
    (address,) = re.findall(
        rf'action="(/command/staff/{handset.account.uuid}/phones/[^"]+/end)"',
        secretary.client.get("/command/phones/").content.decode(),
    )
    assert secretary.client.post(address).status_code == 302
    assert handset.post("contact", {}).json()["wipe"] is True
    assert Enrolment.objects.get(account=handset.account).ended_at
    assert "No phone here" in page(secretary)[1]


def test_as_many_questions_for_three_phones_as_for_one(tiny: Small, phone: Phones) -> None:
    secretary, counts = signed_in(tiny, "qiaodong"), []
    phone()
    page(secretary)
    for more in ((), ("bingsi-zhibu-1", "bingsi-shuji")):
        for username in more:
            phone(username)
        with CaptureQueriesContext(connection) as asked:
            page(secretary)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_difference_is_shown_with_who_and_when_and_settled_once(tiny: Small, phone: Phones) -> None:
    (task,) = put(tiny, tiny.homes[0])
    with clock.held(clock.now() + timedelta(hours=3)):
        at = clock.now() - timedelta(hours=1)
        one, other = phone(), phone("bingsi-zhibu-1")
        assert one.send(attempt(task, "done", at))[0]["verdict"] == "done"
        sent = attempt(task, "refused", at)
        assert [said["verdict"] for said in other.send(sent, sent)] == ["kept", "kept"]
        assert other.get(f"receipts?ids={sent['id']}").json()["answers"][0]["verdict"] == "kept"
        secretary = signed_in(tiny, "bingsi-shuji")
        assert "1 door two workers say different things" in page(secretary, "/field/")[1]
        difference = Difference._base_manager.get()
        address = f"/field/differences/{difference.uuid}/"
        assert "refused" in page(secretary, "/field/differences/")[1]
        said = page(secretary, address)[1]
        assert one.account.name in said
        assert other.account.name in said
        assert "It is:" not in page(signed_in(tiny, "bingsi-1"), address)[1]
        assert secretary.client.post(address, {"keep": "other"}).status_code == 302
        assert Task._base_manager.get(pk=task.pk).outcome == "refused"
        assert "This is settled already." in page(secretary, address)[1]
        secretary.client.post(address, {"keep": "counted"})
        assert Task._base_manager.get(pk=task.pk).outcome == "refused"
