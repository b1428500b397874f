"""Sends filled-in forms over so many connections at once, each as soon as the one before was answered. A process of its
own, told by lines on its input: ``PORT COUNT`` sends, and the answer is how many were taken and what else was said.

Each connection is another phone: its own key, digest as RFC 2617 has it, the challenge asked for before the clock runs.
"""

import asyncio
import hashlib
import json
import re
import sys
import uuid
from collections import Counter
from collections.abc import Sequence

PATH = "/openrosa/submission"
Phone = Sequence[str]  # user name, password, the id of a door
MARK = "----bench"


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def authorization(phone: Phone, challenge: str) -> str:
    """What a client answers a challenge with; the same for each request of one nonce and one client nonce."""
    told = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
    username, password, _door = phone
    ha1, ha2 = _md5(f"{username}:{told['realm']}:{password}"), _md5(f"POST:{PATH}")
    response = _md5(f"{ha1}:{told['nonce']}:00000001:0a4f113b:auth:{ha2}")
    return (
        f'Digest username="{username}", realm="{told["realm"]}", nonce="{told["nonce"]}", uri="{PATH}", '
        f'response="{response}", qop=auth, nc=00000001, cnonce="0a4f113b", opaque="{told["opaque"]}"'
    )


class Connection(asyncio.Protocol):
    """One keep-alive connection: one answer at a time."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.got = b""
        self.answer: asyncio.Future[bytes] | None = None

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, found, body = self.got.partition(b"\r\n\r\n")
        if found:
            length = None if self.headless else re.search(rb"\r\ncontent-length: (\d+)", head)
            if len(body) >= int(length[1] if length else 0) and self.answer:
                self.got, answer = b"", self.answer
                self.answer = None
                answer.set_result(head)

    def connection_lost(self, error: Exception | None) -> None:
        if self.answer and not self.answer.done():
            self.answer.set_exception(error or ConnectionResetError())

    async def ask(self, request: bytes) -> bytes:
        """Send a request; the head of its answer. That to a HEAD has no body, whatever length it names."""
        self.headless = request.startswith(b"HEAD")
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)  # type: ignore[attr-defined]
        return await self.answer


async def send(phone: Phone, form: str, port: int, left: list[int], said: Counter[str]) -> None:
    """Send forms on one connection until none is left."""
    loop = asyncio.get_running_loop()
    _transport, line = await loop.create_connection(Connection, "127.0.0.1", port)
    told = await line.ask(f"HEAD {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    challenge = re.search(rb"www-authenticate: (.*)", told)
    shown = authorization(phone, challenge[1].decode()) if challenge else "none"
    body = (
        (
            f'--{MARK}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="form.xml"\r\n'
            f"Content-Type: text/xml\r\n\r\n{form.replace('DOOR', phone[2])}\r\n--{MARK}--\r\n"
        )
        .replace("INSTANCE", "0" * 36)
        .encode()
    )
    before, after = body.split(b"0" * 36)
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OpenRosa-Version: 1.0\r\nAccept-Language: zh-CN\r\n"
        f"Authorization: {shown}\r\nContent-Type: multipart/form-data; boundary={MARK}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    while left[0] > 0:
        left[0] -= 1
        answer = await line.ask(head + before + str(uuid.uuid4()).encode() + after)
        said[answer.split(b" ", 2)[1].decode()] += 1
    line.transport.close()


async def flood(phones: Sequence[Phone], form: str, port: int, count: int) -> Counter[str]:
    """Send so many forms over as many connections as there are phones."""
    said: Counter[str] = Counter()
    left = [count]
    await asyncio.gather(*(send(phone, form, port, left, said) for phone in phones))
    return said


def main() -> None:
    """The first line of input: phones and form as JSON. Then orders."""
    phones, form = json.loads(sys.stdin.readline())
    for order in sys.stdin:
        port, count = map(int, order.split())
        print(json.dumps(asyncio.run(flood(phones, form, port, count))), flush=True)


if __name__ == "__main__":
    main()
