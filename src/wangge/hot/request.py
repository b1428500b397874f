"""A request as granian hands it to the hot paths: who asks, how, and with what body."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from wangge.base.access.address import client_at


def secure(scope: Any) -> bool:
    """Whether the client speaks HTTPS, to us or to the proxy in front."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return bool(scope.headers.get("x-forwarded-proto", "").split(",")[0].strip() == "https")
    return bool(scope.scheme == "https")


def host(scope: Any) -> str:
    return scope.headers.get("host") or scope.authority or ""


def base(scope: Any) -> str:
    return f"{'https' if secure(scope) else 'http'}://{host(scope)}"


@lru_cache(maxsize=64)
def good_host(name: str) -> bool:
    """Whether this installation answers to this name."""
    domain, _port = split_domain_port(name)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


async def body_of(scope: Any, protocol: Any, most: int) -> bytes | None:
    """The whole body; None for one of more than ``most`` bytes. That one is read to its end too: whoever still sends
    would not hear the answer."""
    length = scope.headers.get("content-length", "")
    if length.isdigit() and int(length) <= most:
        return bytes(await protocol())
    parts, size = [], 0
    async for part in protocol:
        size += len(part)
        if size <= most:
            parts.append(part)
        else:
            parts.clear()
    return b"".join(parts) if size <= most else None


def client(scope: Any) -> str:
    """Whose tries are counted together. Behind a proxy that is named, the client it names."""
    return client_at(str(scope.client).rpartition(":")[0].strip("[]"), scope.headers.get("x-forwarded-for", ""))
