"""What devices send: once is once, nonsense is kept with its reason, and a device off duty is not read."""

import json
from datetime import timedelta

import pytest
from tests.domains.sensors.doors import Doors

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.sensors import actions, queries
from wangge.domains.sensors.actions import Arrived, Receipt
from wangge.domains.sensors.models import Fit, Listener, Reading, Rejected, Sensor
from wangge.domains.sensors.rules import Health, Silent
from wangge.listening.flood import EACH_MINUTE, Limit
from wangge.listening.topics import MOST, answers, device_of


def device() -> Sensor:
    return Sensor.objects.get(code="MC0001")


def test_the_same_reading_sent_again_is_one_and_has_its_receipt_again(doors: Doors) -> None:
    doors.fitted()
    for _ in range(3):
        assert doors.says("opened", 7) == [Receipt("MC0001", "b1", 7)]
    message = json.dumps({"kind": "closed", "boot": "b1", "seq": 8}).encode()
    twice = actions.take([Arrived("MC0001", message, clock.now())] * 2)
    assert len(twice) == 2
    assert doors.rows() == ["opened", "closed"]


def test_a_sequence_that_starts_over_is_another_one(doors: Doors) -> None:
    doors.fitted()
    doors.says("opened", 1)
    doors.says("opened", 2)
    doors.says("opened", 1, boot="b2")
    assert doors.rows() == ["opened"] * 3
    assert (device().resets, device().boot, device().sequence) == (1, "b2", 1)


def test_a_number_that_stands_for_two_things_is_refused_and_not_lost_in_silence(doors: Doors) -> None:
    doors.fitted()
    doors.says("opened", 1)
    assert doors.says("closed", 1) == [Receipt("MC0001", "b1", 1, "number_reused")]
    assert doors.rows() == ["opened"]
    assert Rejected.objects.get().reason == "number_reused"


def test_a_late_reading_counts_with_its_own_time(doors: Doors) -> None:
    doors.fitted()
    now = int(clock.now().timestamp())
    doors.says("opened", 5, at=now - 7200, sent=now)
    day = 24 * 3600
    doors.says("closed", 6, at=now + day - 3600, sent=now + day)
    times = Reading.objects.within(EVERYTHING).order_by("id").values_list("at", flat=True)
    assert [int((clock.now() - at).total_seconds()) // 60 for at in times] == [120, 60]
    assert device().ahead == day


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "not_json"), (b"\xff\xfe", "not_json"), (b"[" * 400, "fields"), (b"x" * 600, "too_long"),
        (b"{}", "fields"), (b'{"kind":"locked","boot":"b","seq":1}', "fields"),
        (b'{"kind":"opened","boot":"b","seq":-1}', "fields"), (b'{"kind":"opened","boot":"b","seq":1e99}', "fields"),
        (b'{"kind":"opened","boot":"a b","seq":1}', "fields"),
        (b'{"kind":"opened","boot":"b","seq":99999999999999999999}', "fields"),
        (b'{"kind":"opened","boot":"b","seq":1,"at":99999999999}', "fields"),
        (b'{"kind":"battery","boot":"b","seq":1,"battery":101}', "fields"),
        (b'\x00\x00', "not_json"), (b'{"kind":"opened","boot":"\\u0000","seq":1}', "fields"),
    ],
)  # fmt: skip
def test_nonsense_is_kept_with_its_reason_and_counted(doors: Doors, payload: bytes, reason: str) -> None:
    doors.fitted()
    receipts = doors.sends(payload)
    kept = Rejected.objects.get()
    assert (kept.reason, kept.size) == (reason, len(payload))
    assert device().refused == 1
    assert all(one.refused == reason for one in receipts), "where its number can be read, it is told to forget it"
    assert doors.rows() == []


def test_only_the_last_nonsense_of_a_device_is_kept(doors: Doors) -> None:
    doors.fitted()
    for _ in range(25):
        doors.sends(b"?")
    assert (Rejected.objects.count(), device().refused) == (20, 25)


def test_a_device_nobody_issued_leaves_nothing(doors: Doors) -> None:
    assert doors.says("opened", code="MC7777") == []
    assert doors.rows() == []


def test_in_store_or_silent_it_is_counted_and_not_read(doors: Doors) -> None:
    doors.sensor("MC0002")
    assert doors.says("opened", code="MC0002") == [Receipt("MC0002", "b1", 1)]
    fit = doors.fitted()
    actions.silence(fits=[fit], why=Silent.ORDER_ENDED, by=doors.worker)
    assert doors.says("opened", 2) == [Receipt("MC0001", "b1", 2)]
    assert doors.rows() == []
    assert list(Sensor.objects.order_by("code").values_list("dropped", flat=True)) == [1, 1]
    assert not Event.objects.filter(kind="sensors.opened").exists()


def test_after_the_end_of_the_order_nothing_is_read_though_nobody_looked(doors: Doors) -> None:
    fit = doors.fitted()
    with clock.held(fit.until or clock.now()):
        doors.says("opened")
    assert doors.rows() == []
    assert Fit.objects.within(EVERYTHING).get().silent_at is None
    assert device().dropped == 1


def test_the_state_of_a_device_follows_what_it_says(doors: Doors) -> None:
    doors.fitted()
    assert queries.health_of(device()) is Health.NEVER
    doors.says("battery", 1, battery=90)
    assert queries.health_of(device()) is Health.WELL
    doors.says("battery", 2, battery=10)
    doors.says("battery", 1, battery=90)
    assert queries.health_of(device()) is Health.BATTERY, "what comes late says nothing of now"
    doors.sends(b'{"kind":"offline","boot":"b1","seq":0}')
    assert queries.health_of(device()) is Health.OFFLINE
    doors.says("battery", 3, battery=80)
    with clock.held(clock.now() + timedelta(hours=1)):
        assert queries.health_of(device()) is Health.QUIET
        for how in Health:
            found = list(queries.in_health(Sensor.objects.all(), how))
            assert found == [one for one in Sensor.objects.all() if queries.health_of(one) is how]
    assert doors.rows() == ["offline"], "a sign of life is no row"


def test_a_batch_takes_as_many_statements_as_one_message(doors: Doors, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    doors.fitted()
    many = [
        Arrived("MC0001", json.dumps({"kind": "closed", "boot": "b1", "seq": seq}).encode(), clock.now())
        for seq in range(100)
    ]
    with django_assert_max_num_queries(8):
        assert len(actions.take(many)) == 100


def test_one_device_that_floods_waits_and_smoke_does_not() -> None:
    limit, now = Limit(), clock.now().replace(second=0)
    flood = [Arrived("A", b"{}", now)] * (EACH_MINUTE + 40)
    taken, left = limit.sift([*flood, Arrived("B", b"{}", now), Arrived("A", b'{"kind": "smoke"}', now)])
    assert (len(taken), left) == (EACH_MINUTE + 2, {"A": 40})
    taken, left = limit.sift([Arrived("A", b"{}", now + timedelta(minutes=1))])
    assert (len(taken), left) == (1, {})


def test_what_is_left_for_later_is_counted(doors: Doors) -> None:
    doors.fitted()
    assert actions.take([], {"MC0001": 40, "nobody": 3}) == []
    assert device().flooded == 40


def test_receipts_of_a_device_go_together() -> None:
    many = [Receipt("A", "b", seq) for seq in range(MOST + 1)]
    sent = list(answers([*many, Receipt("B", "b", 1, "fields")]))
    assert [topic for topic, _payload in sent] == ["wangge/1/A/receipt"] * 2 + ["wangge/1/B/receipt"]
    assert json.loads(sent[-1][1]) == {"boot": "b", "seq": [1], "refused": "fields"}


@pytest.mark.parametrize(
    ("topic", "device"),
    [("wangge/1/MC1/event", "MC1"), ("wangge/2/MC1/event", ""), ("wangge/1/MC1/receipt", ""), ("a/b", ""), ("", "")],
)
def test_only_events_of_this_version_belong_to_a_device(topic: str, device: str) -> None:
    assert device_of(topic) == device


def test_the_listener_says_whether_it_lives_and_since_when_the_broker_is_gone(doors: Doors) -> None:
    assert queries.listening() == {}, "without a device nobody has to listen"
    doors.sensor()
    assert queries.listening() == {"sensors": "late"}
    actions.sign(name="a", connected=True)
    assert queries.listening() == {"sensors": "ok"}
    actions.sign(name="a", connected=False)
    lost = Listener.objects.get().lost_at
    with clock.held(clock.now() + timedelta(seconds=30)):
        actions.sign(name="a", connected=False)
        assert (queries.listening(), Listener.objects.get().lost_at) == ({"sensors": "broker gone"}, lost)
    actions.leave(name="a")
    assert queries.listening() == {"sensors": "late"}
