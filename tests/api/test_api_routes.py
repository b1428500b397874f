"""Every route with a token of every kind of post: what it answers for one's own place, and for elsewhere.

The table stands in ``routes.txt``; write it anew with
``WANGGE_TEST_WRITE_ROUTES=1 pytest tests/api/test_api_routes.py``, read the difference, and commit it.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from tests.api.conftest import Asker, token_for
from tests.web.examples import Side
from tests.web.test_every_address import ACCOUNTS

from wangge.api import limits
from wangge.api.site import api
from wangge.demo.small import Small
from wangge.domains.duty.queries import by_for

TABLE = Path(__file__).with_name("routes.txt")
#: What the id in a route stands for.
IDS: dict[str, Callable[[Side], Any]] = {
    "/people/{id}": lambda side: side.person.uuid,
    "/places/{id}": lambda side: side.task.door.uuid,
    "/cases/{id}": lambda side: side.case.uuid,
    "/orders/{id}": lambda side: side.order.uuid,
    "/results/{id}": lambda side: side.result.uuid,
    "/results/bulk/{id}": lambda side: side.intake.uuid,
    "/linelists/{shape}/receipts/{id}": lambda side: side.sent.uuid,
}
#: What a route needs besides.
SHAPE = "linelist"
QUERIES: dict[str, Callable[[Side], str]] = {
    "/counts": lambda side: f"?place={side.place.uuid}&response={side.task.response.uuid}",
    "/linelists/{shape}": lambda side: f"?response={side.response.uuid}",
}
BODIES: dict[str, Any] = {
    "/people/search": {"document": "140106"}, "/results": {}, "/results/bulk": {"rows": [{}]}, "/linelists/{shape}": {},
    "/codes/verdicts": {}, "/codes/verdicts/withdraw": {"id": "00000000-0000-7000-8000-000000000000"},
}  # fmt: skip


def routes() -> Iterator[tuple[str, str]]:
    """Every method and path of the description."""
    for path, methods in sorted(api.get_openapi_schema(path_prefix="")["paths"].items()):
        for method in sorted(methods):
            yield method.upper(), path


def test_every_route_with_an_id_has_an_example() -> None:
    assert [path for _method, path in routes() if "{id}" in path and path not in IDS] == []


def _ask(system: Asker, method: str, path: str, side: Side) -> int:
    address = path.replace("{id}", str(IDS[path](side))) if path in IDS else path
    address = address.replace("{shape}", SHAPE).lstrip("/") + (QUERIES[path](side) if path in QUERIES else "")
    with transaction.atomic():
        if method == "GET":
            status = system.get(address, purpose="test").status_code
        else:
            status = system.post(address, BODIES[path], purpose="test").status_code
        transaction.set_rollback(True)
    limits.TOKENS.clear()
    return int(status)


def test_the_table_holds(tiny: Small, both: tuple[Side, Side]) -> None:
    systems = {kind: Asker(token_for(tiny.accounts[name])) for kind, name in ACCOUNTS.items()}
    lines, wrong = [_line("", "own place|elsewhere", list(systems))], []
    for method, path in routes():
        cells = []
        for kind, system in systems.items():
            own, other = (_ask(system, method, path, side) for side in both)
            bound = path in IDS or path in QUERIES
            wrong += [f"{kind} {method} {path}: {own}" for status in (own, other) if status >= 500]
            if bound and kind != "city" and other not in (403, 404):
                wrong.append(f"{kind} {method} {path}: elsewhere, but {other}")
            if not by_for(tiny.accounts[ACCOUNTS[kind]]).scopes and own != 403:
                wrong.append(f"{kind} {method} {path}: no right, but {own}")
            cells.append(f"{own}|{other}" if bound and own != other else str(own))
        lines.append(_line(method, path, cells))
    assert not wrong, "\n".join(wrong)
    text = "\n".join(lines) + "\n"
    if os.environ.get("WANGGE_TEST_WRITE_ROUTES"):
        TABLE.write_text(text, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8").splitlines() == text.splitlines()


def test_nobody_without_a_token_gets_anything(db: Any) -> None:
    nobody = Asker("")
    found = set()
    for method, path in routes():
        limits.FAILURES.clear()
        address = path.lstrip("/").replace("{shape}", SHAPE).replace("{id}", "6d3018e9-84f2-533b-b971-dcbdbe05af50")
        answer = nobody.get(address) if method == "GET" else nobody.post(address, {})
        found.add(answer.status_code)
    assert found == {401}


def _line(method: str, path: str, cells: list[str]) -> str:
    return f"{method:<5}{path:<34}" + "".join(f"{cell:<17}" for cell in cells).rstrip()
