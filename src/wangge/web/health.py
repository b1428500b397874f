"""``/healthz``, for machines that watch: figures without anybody in them, from small tables and indexes alone."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from wangge import __version__
from wangge.base import health, migrations

LATE = 60.0  # seconds: a worker that has not looked for so long is not running


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when pages work; 503 with ``wrong`` when the database does not answer or its tables are not this version's.

    A worker that is late or a run that failed is told, and answered with 200: the pages work, and a balancer that
    took every web away for it would make it worse.
    """
    found: dict[str, object] = {"version": __version__, "database": "ok"}
    try:
        found |= _tables() or _worker()
    except DatabaseError as error:
        found |= {"database": type(error).__name__, "wrong": "the database does not answer"}
    return JsonResponse(found, status=503 if "wrong" in found else 200)


def _tables() -> dict[str, object]:
    state = migrations.state()
    if state.right:
        return {}
    missing = [f"{app}.{name}" for app, name in state.missing]
    return {"wrong": state.sentence(), "migrations": "wrong", "missing": missing, "unknown": len(state.unknown)}


def _worker() -> dict[str, object]:
    wait, seen, failed = health.oldest_wait(), health.seen(), health.failed()
    late = seen is None or seen > LATE
    return {
        "migrations": "ok", "worker": "late" if late else "ok",
        "worker_lag_seconds": round(wait, 1), "worker_seen_seconds": None if seen is None else round(seen, 1),
        "failed_runs": failed,
    }  # fmt: skip
