"""What nobody would think of asking, made from the API's own description, with tokens of several posts.

Asked through the WSGI application that serves, in this process. The seed is fixed: the same requests each time.
"""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from tests.api.conftest import Asker
from tests.web.examples import Side

from wangge.api import limits
from wangge.wsgi import application

EXAMPLES = 12  # requests for each route and token
#: Posts that between them reach every route; the last has no rights at all.
ASKING = ("liudiao-yingze", "yingze-zhengling", "jiance", "shenji-yingze", "bingsi-shuji", "nobody")
CHECKS = [
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_headers_conformance, checks.response_schema_conformance,
]  # fmt: skip


@pytest.mark.parametrize("username", ASKING)
def test_no_request_breaks_the_server_or_the_description(
    both: tuple[Side, Side], ask: Callable[..., Asker], username: str
) -> None:
    headers = ask(username).headers
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = 0
    for found in schema.get_all_operations():
        asked += _try(found.ok(), headers)
    assert asked >= 19 * EXAMPLES // 2


def _try(operation: Any, headers: dict[str, str]) -> int:
    count = 0

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def asked(case: Any) -> None:
        nonlocal count
        count += 1
        limits.TOKENS.clear()
        case.call_and_validate(headers=headers, checks=CHECKS)

    asked()
    return count
