"""Door sensors that exist only here: each speaks MQTT 3.1.1 by itself, keeps a reading until our receipt, sends again.

A few packets of the protocol, written out: ten thousand of them have to fit beside what is measured.
"""

import asyncio
import json
import ssl
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, PING = 0x10, 0x20, 0x30, 0x40, 0x82, b"\xc0\x00"
AGAIN = 2.0  # seconds after which what has no receipt is sent once more


def text(one: str) -> bytes:
    raw = one.encode()
    return struct.pack("!H", len(raw)) + raw


def packet(head: int, body: bytes) -> bytes:
    """A packet with its length in the protocol's own form."""
    size, length = len(body), bytearray()
    while True:
        size, digit = divmod(size, 128)
        length.append(digit | (0x80 if size else 0))
        if not size:
            return bytes([head]) + bytes(length) + body


def connect(name: str, secret: str, boot: str) -> bytes:
    """CONNECT with a last will, a clean session and a long keepalive."""
    will = json.dumps({"kind": "offline", "boot": boot, "seq": 0}).encode()
    flags = 0x80 | 0x40 | 0x02 | 0x04 | 0x08  # name, password, clean, will of QoS 1
    body = text("MQTT") + bytes([4, flags]) + struct.pack("!H", 120) + text(name) + text(f"wangge/1/{name}/event")
    return packet(CONNECT, body + struct.pack("!H", len(will)) + will + text(name) + text(secret))


def publish(topic: str, payload: bytes, mid: int, *, again: bool = False) -> bytes:
    """PUBLISH of QoS 1."""
    return packet(PUBLISH | 0x02 | (0x08 if again else 0), text(topic) + struct.pack("!H", mid) + payload)


class Refused(Exception):
    """The broker does not let this device in."""


@dataclass
class Door:
    """One device. ``kept`` holds what has no receipt yet, by sequence; ``told``: receipts as they came."""

    name: str
    secret: str
    port: int
    boot: str = "b1"
    context: ssl.SSLContext | None = None
    again: float = AGAIN
    kept: dict[int, bytes] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))
    mids: Any = field(default_factory=lambda: count(1))
    acknowledged: int = 0
    writer: asyncio.StreamWriter | None = None

    @property
    def topic(self) -> str:
        return f"wangge/1/{self.name}/event"

    async def open(self) -> asyncio.StreamReader:
        """Connect and listen for receipts. Raises Refused, OSError, asyncio.IncompleteReadError."""
        reader, self.writer = await asyncio.open_connection(
            "127.0.0.1", self.port, ssl=self.context, server_hostname="localhost" if self.context else None
        )
        self.writer.write(connect(self.name, self.secret, self.boot))
        answer = await reader.readexactly(4)
        if answer[0] != CONNACK or answer[3]:
            self.writer.close()
            raise Refused(answer[3])
        self.writer.write(packet(SUBSCRIBE, struct.pack("!H", 1) + text(f"wangge/1/{self.name}/receipt") + b"\x01"))
        return reader

    def say(self, kind: str, **more: Any) -> int:
        """A reading: kept, and sent where there is a connection. Returns its sequence."""
        number = next(self.numbers)
        said = {"kind": kind, "boot": self.boot, "seq": number, "at": int(time.time()), "battery": 90} | more
        self.kept[number] = json.dumps(said).encode()
        self._send(self.kept[number])
        return number

    def send(self, payload: bytes, topic: str = "") -> None:
        """Something as it is, kept nowhere."""
        self._send(payload, topic)

    def _send(self, payload: bytes, topic: str = "", *, again: bool = False) -> None:
        if self.writer and not self.writer.is_closing():
            mid = next(self.mids) % 65535 + 1
            self.writer.write(publish(topic or self.topic, payload, mid, again=again))

    async def read(self, reader: asyncio.StreamReader, heard: Callable[[], None] = lambda: None) -> None:
        """Take what the broker sends until the connection ends."""
        while True:
            head = (await reader.readexactly(1))[0]
            length = shift = 0
            while True:
                digit = (await reader.readexactly(1))[0]
                length |= (digit & 0x7F) << shift
                shift += 7
                if not digit & 0x80:
                    break
            body = await reader.readexactly(length)
            if head & 0xF0 == PUBLISH:
                self._receipt(head, body)
                heard()
            elif head & 0xF0 == PUBACK:
                self.acknowledged += 1

    def _receipt(self, head: int, body: bytes) -> None:
        size = struct.unpack_from("!H", body)[0]
        qos = head >> 1 & 3
        said = json.loads(body[2 + size + (2 if qos else 0) :])
        if qos and self.writer:
            self.writer.write(packet(PUBACK, body[2 + size : 4 + size]))
        self.told.append(said)
        if said["boot"] == self.boot:
            for number in said["seq"]:
                self.kept.pop(number, None)

    async def live(self) -> None:
        """Stay connected whatever happens to the broker, and send again what has no receipt."""
        while True:
            try:
                reader = await self.open()
                for payload in list(self.kept.values()):
                    self._send(payload, again=True)
                async with asyncio.TaskGroup() as group:
                    group.create_task(self.read(reader))
                    group.create_task(self._again())
            except* (OSError, asyncio.IncompleteReadError, Refused):
                pass
            if self.writer:
                self.writer.close()
            await asyncio.sleep(0.3)

    async def _again(self) -> None:
        while True:
            await asyncio.sleep(self.again)
            for payload in list(self.kept.values()):
                self._send(payload, again=True)
