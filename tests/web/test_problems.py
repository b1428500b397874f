"""What a refusal says: what happened, and what to do next."""

from collections.abc import Callable

import pytest
from django.test import Client

from wangge.demo.small import Small

UNKNOWN = "00000000-0000-7000-8000-000000000000"
SAID = [
    # address, status, what happened, what to do
    ("/desk/results/", 403, "Not with your posts", "ask the level above"),
    (f"/field/door/{UNKNOWN}/", 404, "Nothing here", "Go to your home page"),
    ("/field/?page=%00", 400, "This address is damaged", "Go to your home page"),
]


@pytest.mark.parametrize(("address", "status", "what", "then"), SAID)
def test_a_refusal_is_a_page_that_says_what_to_do(
    tiny: Small, sign_in: Callable[..., Client], address: str, status: int, what: str, then: str
) -> None:
    answer = sign_in("bingsi-1").get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert what in page
    assert then in page
