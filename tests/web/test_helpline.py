"""The helpline's page: who waits, calling back, a missed call typed in, the shift taken over."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.domains.help.models import Call

SignIn = Callable[..., Client]


def test_a_call_is_taken_down_called_back_and_gone_from_the_list(sign_in: SignIn) -> None:
    desk = sign_in("zhiban")
    said = {"uuid": str(uuid7()), "who": "张阿姨", "phone": "13800000000", "what": "问药", "back": "15"}
    assert desk.post(reverse("helpline-new"), said | {"what": ""}).status_code == 422
    assert desk.post(reverse("helpline-new"), said).status_code == 302
    page = desk.get(reverse("helpline")).text
    assert 'href="tel:13800000000"' in page
    assert "张阿姨" in page
    assert AccessLog.objects.filter(reason="helpline").exists()
    one = Call.objects.within(EVERYTHING).get()
    address = reverse("helpline-back", args=[one.uuid])
    desk.post(address, {"note": str(uuid7()), "reached": "no"})
    assert "张阿姨" in desk.get(reverse("helpline")).text
    desk.post(address, {"note": str(uuid7()), "reached": "yes"})
    assert "Nobody waits" in desk.get(reverse("helpline")).text


def test_a_missed_call_is_typed_from_the_display(sign_in: SignIn) -> None:
    desk = sign_in("zhiban")
    wrong = desk.post(reverse("helpline-missed"), {"uuid": str(uuid7()), "phone": "1"})
    assert (wrong.status_code, "too few or too many digits" in wrong.text) == (422, True)
    for _time in range(2):
        desk.post(reverse("helpline-missed"), {"uuid": str(uuid7()), "phone": "13800000001"})
    assert "rang 2 times" in desk.get(reverse("helpline")).text


def test_the_shift_is_taken_over_by_name(sign_in: SignIn) -> None:
    desk, next_ = sign_in("zhiban"), sign_in("qiaodong")
    assert "Nobody has taken this number over yet" in desk.get(reverse("helpline")).text
    assert desk.post(reverse("helpline-take"), {"count": "3"}).status_code == 422
    assert desk.post(reverse("helpline-take"), {"count": "0"}).status_code == 302
    assert "I take it over" not in desk.get(reverse("helpline")).text
    assert "I take it over" in next_.get(reverse("helpline")).text


def test_another_towns_calls_are_not_seen(sign_in: SignIn) -> None:
    sign_in("zhiban").post(reverse("helpline-missed"), {"uuid": str(uuid7()), "phone": "13800000001"})
    one = Call.objects.within(EVERYTHING).get()
    other = sign_in("jiyi")
    assert "13800000001" not in other.get(reverse("helpline")).text
    assert other.post(reverse("helpline-back", args=[one.uuid]), {"note": str(uuid7())}).status_code == 404
