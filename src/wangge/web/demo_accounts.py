"""The demo's sign-ins, for the sign-in page. The file exists only where the demo was built."""

import json
from typing import Any

from django.conf import settings

SHOWN = ("grid_worker", "community", "town", "city", "test_desk", "tracer", "authority", "auditor")


def demo_accounts() -> list[dict[str, Any]]:
    """One account of each kind a newcomer wants to try; nothing where there is no demo."""
    file = settings.VAR / "demo-accounts.json"
    if not file.exists():
        return []
    first: dict[str, dict[str, Any]] = {}
    for entry in json.loads(file.read_text(encoding="utf-8")):
        first.setdefault(entry["kind"], {**entry, "title": f"{entry['place']} · {entry['post']}"})
    return [first[kind] for kind in SHOWN if kind in first]
