"""A device is issued, fitted at a door, seen by whoever lives there, and ended with one tap."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.sensors.doors import Doors

from wangge.base import worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.sensors import actions, credentials
from wangge.domains.sensors.links import token_of
from wangge.domains.sensors.models import Fit, Planned, Sensor
from wangge.domains.work.models import Task

SignIn = Callable[..., Client]


@pytest.fixture
def doors(tiny: Small) -> Doors:
    return Doors(tiny)


def anybody() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def task_of(doors: Doors) -> Task:
    worker.run_pending()
    return Task.objects.within(EVERYTHING).filter(door=doors.tiny.homes[0]).order_by("-id")[0]


def test_a_secret_is_shown_once_and_only_its_hash_is_kept(tiny: Small, sign_in: SignIn) -> None:
    secretary, place = sign_in("bingsi-shuji"), tiny.places["community"]
    answer = secretary.post(reverse("sensor-new"), {"code": "x", "kind": "door", "place": str(place.uuid)})
    assert (answer.status_code, "4 to 24 letters" in answer.content.decode()) == (422, True)
    typed = {"code": "mc0123", "kind": "door", "place": str(place.uuid)}
    text = secretary.post(reverse("sensor-new"), typed).content.decode()
    one = Sensor.objects.get(code="MC0123")
    (secret,) = re.findall(r'<dd class="code">([A-Za-z0-9_-]{32})</dd>', text)
    assert secret not in one.credential
    assert one.credential.startswith("$7$101$")
    answer = secretary.post(reverse("sensor-new"), typed)
    assert "was issued already" in answer.content.decode()
    assert secret not in secretary.get(reverse("sensor", args=[one.uuid])).content.decode()
    before = one.credential
    assert "Secret" in secretary.post(reverse("sensor-renew", args=[one.uuid])).content.decode()
    one.refresh_from_db()
    assert one.credential != before
    secretary.post(reverse("sensor-retire", args=[one.uuid]))
    assert "No sensor here" in secretary.get(reverse("sensors")).content.decode()


def test_the_list_says_how_each_does_and_whether_anybody_listens(doors: Doors, sign_in: SignIn) -> None:
    doors.fitted()
    doors.says("battery", battery=9)
    secretary = sign_in("bingsi-shuji")
    text = secretary.get(reverse("sensors")).content.decode()
    assert "the listener does not run" in text
    assert "battery low" in text
    assert "9 %" in text
    assert "MC0001" not in secretary.get(reverse("sensors"), {"how": "well"}).content.decode()
    actions.sign(name="x", connected=False)
    assert "the broker does not answer" in secretary.get(reverse("sensors")).content.decode()
    actions.sign(name="x", connected=True)
    assert "Nothing is heard" not in secretary.get(reverse("sensors")).content.decode()
    assert sign_in("bingsi-1").get(reverse("sensors")).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_many(
    doors: Doors,
    sign_in: SignIn,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    secretary = sign_in("bingsi-shuji")
    doors.fitted()
    with django_assert_max_num_queries(40) as one:
        secretary.get(reverse("sensors"))
    for number, home in enumerate(doors.tiny.homes[1:4], 2):
        doors.order(doors.tiny.living[home.pk][0])
        doors.fit(f"MC000{number}", home)
    with django_assert_max_num_queries(len(one.captured_queries)):
        secretary.get(reverse("sensors"))


def test_staff_do_not_see_when_a_door_was_opened_and_the_resident_sees_all_of_it(doors: Doors, sign_in: SignIn) -> None:
    fit = doors.fitted()
    doors.says("opened", 1)
    doors.says("closed", 2)
    desk = sign_in("bingsi-shuji").get(reverse("sensor", args=[fit.sensor.uuid])).content.decode()
    assert "door opened" not in desk
    own = anybody().get(reverse("resident-sensor", args=[token_of(fit)])).content.decode()
    assert own.count("door opened") == own.count("door closed") == 1
    assert "第八版·居家健康监测" in own
    assert Client().get(reverse("resident-sensor", args=[fit.uuid.hex + ".forged"])).status_code == 404


def test_a_worker_fits_one_notes_an_opening_and_takes_it_off(doors: Doors, sign_in: SignIn) -> None:
    doors.order()
    one = doors.sensor()
    task, field = task_of(doors), sign_in("bingsi-1")
    assert "One may be fitted here" in field.get(reverse("door", args=[task.uuid])).content.decode()
    page = reverse("door-sensor", args=[task.uuid])
    assert "It is fitted" in field.get(page).content.decode()
    assert "Choose one of the devices" in field.post(f"{page}/fit", {"sensor": "?"}, follow=True).content.decode()
    typed = {"sensor": str(one.uuid), "uuid": str(uuid7())}
    for _ in range(2):
        field.post(f"{page}/fit", typed)
    fit = Fit.objects.within(EVERYTHING).get()
    text = field.get(page).content.decode()
    assert token_of(fit) in text
    assert "Choose why" in field.post(f"{page}/plan", {"hours": "2"}, follow=True).content.decode()
    field.post(f"{page}/plan", {"ground": "doctor", "hours": "2", "uuid": str(uuid7())})
    assert Planned.objects.within(EVERYTHING).get().ground == "doctor"
    assert "doctor" in field.get(page).content.decode()
    field.post(f"{page}/off", {"fit": str(fit.uuid)})
    fit.refresh_from_db()
    assert (fit.silent_cause, fit.off_at is None) == ("taken_off", False)


@pytest.mark.parametrize("who", ["worker", "resident", "desk"])
def test_one_tap_ends_it_for_safety_and_asks_for_no_reason(doors: Doors, sign_in: SignIn, who: str) -> None:
    fit = doors.fitted()
    task = task_of(doors)
    doors.work_is_done()
    if who == "worker":
        client, address = sign_in("bingsi-1"), reverse("door-sensor-safety", args=[task.uuid])
    elif who == "desk":
        client, address = sign_in("bingsi-shuji"), reverse("sensor-end", args=[fit.sensor.uuid])
    else:
        client, address = (
            anybody(),
            reverse("resident-sensor-end", args=[token_of(fit)]),
        )
    text = client.post(address, {"reach": "door"}, follow=True).content.decode()
    assert "nded for safety" in text
    fit.refresh_from_db()
    assert fit.silent_cause == "safety"
    for page in (
        sign_in("bingsi-1").get(reverse("door-sensor", args=[task.uuid])),
        sign_in("bingsi-shuji").get(reverse("sensors")),
    ):
        assert "ended for safety" in page.content.decode()


def test_a_secret_is_hashed_as_mosquitto_does_it() -> None:
    """Its form; whether mosquitto takes it is asked of mosquitto itself, in tests/operate."""
    one = credentials.hashed("geheim")
    salt, made = one.split("$")[3:5]
    assert (len(salt), len(made)) == (16, 88)
    assert one != credentials.hashed("geheim")
