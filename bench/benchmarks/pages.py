"""The demo's pages, each as its own person opens it: server time of the whole request beside an empty endpoint."""

from collections.abc import Iterator

from django.test import Client

from bench.measure import Pair
from bench.stand import Stand
from wangge.base.access.scope import EVERYTHING
from wangge.domains.cases.models import Case
from wangge.domains.duty.models import Account
from wangge.domains.places.queries import by_code

PAGES = (
    ("bingsi-1", "/field/"),
    ("shuangsan-2", "/field/"),
    ("jiance", "/desk/results/"),
    ("liudiao", "/trace/cases/"),
    ("liudiao", "/trace/cases/{case}/"),
    ("yingze-zhengling", "/desk/orders/"),
    ("bingsi-shuji", "/command/board/{community}/"),
    ("zhihuibu", "/command/board/{city}/"),
    ("zhihuibu", "/command/posts/"),
    ("shenji", "/command/log/"),
)


def pairs(stand: Stand) -> Iterator[Pair]:
    """Each page; the limit answers the health check with the same client."""
    stand.demo()
    names = {
        "case": Case.objects.within(EVERYTHING).latest("id").uuid,
        "community": by_code("140106005010").uuid,
        "city": by_code("140100000000").uuid,
    }
    for username, pattern in PAGES:
        client, address = Client(), pattern.format(**names)
        account = Account.objects.get(username=username)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        if client.get(address).status_code != 200:
            raise AssertionError(f"{username} cannot open {address}")
        name = f"{username} {pattern}"

        def page(client: Client = client, address: str = address) -> object:
            return client.get(address)

        def empty(client: Client = client) -> object:
            return client.get("/healthz")

        yield Pair(name, page, empty, most_ms=200, rounds=9)
