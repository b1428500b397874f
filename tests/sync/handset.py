"""A phone as the server meets it: a browser's cookies, the app's header, JSON both ways."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from wangge.base import clock
from wangge.base.ids import uuid7
from wangge.domains.duty.models import Account
from wangge.domains.work.models import Task

APP = "0.1"


class Handset:
    """Signed in as an account; forged requests are checked for as in the field."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        self.client.cookies["django_language"] = "en"
        self.token = ""

    def post(self, path: str, content: Any, **headers: str) -> Any:
        return self.client.post(
            f"/sync/{path}", json.dumps(content), content_type="application/json",
            headers={"X-Wangge-App": APP, "X-CSRFToken": self.token, **headers},
        )  # fmt: skip

    def get(self, path: str) -> Any:
        return self.client.get(f"/sync/{path}", headers={"X-Wangge-App": APP})

    def contact(self, **said: Any) -> dict[str, Any]:
        answer = self.post("contact", {"unsent": 0, "persisted": True, "keys": [], "language": "en", **said})
        content: dict[str, Any] = answer.json()
        self.token = content.get("csrf", self.token)
        return content

    def send(self, *commands: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.post("commands", {"commands": list(commands)})
        assert answer.status_code == 200, answer.content
        answers: list[dict[str, Any]] = answer.json()["answers"]
        return answers


def attempt(task: Task, outcome: str, at: datetime | None = None, **more: Any) -> dict[str, Any]:
    """A command: what came of a try at a task's door."""
    data = {"outcome": outcome, "channel": "door", "person": None} | more.pop("data", {})
    return command("attempt", data, at, task=str(task.uuid), door=str(task.door.uuid), **more)


def command(kind: str, data: dict[str, Any], at: datetime | None = None, **more: Any) -> dict[str, Any]:
    said = {"id": str(uuid7()), "kind": kind, "at": (at or clock.now()).isoformat(), "task": None, "door": None}
    return said | {"data": data} | more


def id_of(one: dict[str, Any]) -> UUID:
    return UUID(one["id"])
