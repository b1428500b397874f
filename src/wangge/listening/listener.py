"""Listens, stores what gathered in one transaction, and only then tells the broker and the devices that it is there.

The session at the broker is a lasting one, and a message is acknowledged after the commit: killed in between, it
comes again, and twice is once. Devices keep everything until our own receipt, so that a broker that is killed loses
nothing either. Between two transactions it rests for a moment: a device waits for minutes, and many in one
transaction cost little more than one.
"""

import logging
import os
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import paho.mqtt.client as mqtt
from django.db import DatabaseError, close_old_connections
from paho.mqtt.enums import CallbackAPIVersion

from wangge.base import clock
from wangge.base.worker import reason_of
from wangge.domains.sensors.actions import Arrived, leave, sign, take
from wangge.listening.broker import USER, Broker
from wangge.listening.flood import Limit
from wangge.listening.topics import EVENTS, answers, device_of

log = logging.getLogger("wangge.sensors")
REST = 0.05  # seconds after a transaction
BEAT = 5.0  # seconds between two signs of life
MOST = 500  # messages of one transaction
ROOM = 20_000  # messages waiting here; the broker keeps the rest
BACK_OFF = (1, 60)  # seconds between tries to reach a broker that is gone
ME = f"{socket.gethostname()}:{os.getpid()}"


@dataclass(frozen=True, slots=True)
class Came:
    """A message as it came; ``round`` counts connections: a number of an older one means nothing any more."""

    code: str
    payload: bytes
    at: datetime
    mid: int
    qos: int
    round: int


class Listener:
    """Of one process. ``serve`` returns when ``stop`` is set, after what it had was stored."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._waiting: deque[Came] = deque()
        self._bell = threading.Event()
        self._round = 0
        self._limit = Limit()
        self._client = client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id=USER, clean_session=False, manual_ack=True
        )
        client.username_pw_set(USER, broker.secret)
        if broker.tls:
            client.tls_set_context(broker.context())
        client.reconnect_delay_set(*BACK_OFF)
        client.max_queued_messages_set(ROOM)
        client.on_connect, client.on_message = self._connected, self._came

    def _connected(self, client: mqtt.Client, _userdata: Any, _flags: Any, code: Any, _more: Any) -> None:
        if code.is_failure:
            log.error("the broker refuses us: %s", code)
            return
        self._round += 1
        client.subscribe(EVENTS, qos=1)
        log.warning("listening to %s:%s", self._broker.host, self._broker.port)

    def _came(self, client: mqtt.Client, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        code = device_of(message.topic)
        self._waiting.append(Came(code, bytes(message.payload), clock.now(), message.mid, message.qos, self._round))
        self._bell.set()

    def serve(self, stop: threading.Event) -> None:
        """Listen until told to stop. A broker that is not there is tried again and again, ever more slowly."""
        self._client.connect_async(self._broker.host, self._broker.port, keepalive=30)
        self._client.loop_start()
        beat = 0.0
        try:
            while not stop.is_set():
                if time.monotonic() - beat > BEAT:
                    beat = time.monotonic()
                    self._sign()
                if not self._bell.wait(0.2):
                    continue
                self._bell.clear()
                while self._waiting and not stop.is_set():
                    if not self._store():
                        stop.wait(1.0)  # the database is away: what came waits here, unacknowledged
                    stop.wait(REST)
                    if time.monotonic() - beat > BEAT:
                        beat = time.monotonic()
                        self._sign()
            while self._waiting and self._store():
                pass
        finally:
            self._client.disconnect()
            self._client.loop_stop()
            leave(name=ME)

    def _sign(self) -> None:
        try:
            sign(name=ME, connected=self._client.is_connected())
        except DatabaseError as error:
            log.error("no sign of life could be given: %s", reason_of(error))
            close_old_connections()

    def _store(self) -> bool:
        """One transaction; False when it failed, and everything of it still waits."""
        some = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        taken, left = self._limit.sift(Arrived(one.code, one.payload, one.at) for one in some)
        try:
            receipts = take(taken, left)
        except DatabaseError as error:
            log.error("nothing could be stored: %s", reason_of(error))
            close_old_connections()
            self._waiting.extendleft(reversed(some))
            return False
        for topic, payload in answers(receipts):
            self._client.publish(topic, payload, qos=0)
        for one in some:
            if one.qos and one.round == self._round:
                self._client.ack(one.mid, one.qos)
        return True
