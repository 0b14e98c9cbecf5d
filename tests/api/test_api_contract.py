"""The API held against its own OpenAPI document with generated requests: no 5xx, no answer that is not documented.

`SERVANDA_CASES` says how many requests an operation gets (12 here; 60 make more than 2,000).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

schemathesis = pytest.importorskip("schemathesis")

from tests.exchange.ledgers import filled  # noqa: E402

from servanda.api import create_api  # noqa: E402
from servanda.exchange.tokens import issue  # noqa: E402

CASES = int(os.environ.get("SERVANDA_CASES", "12"))
schema = schemathesis.openapi.from_asgi("/openapi.json", create_api(per_minute=10**9))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = filled(tmp_path_factory.mktemp("api") / "exchange.db")
    app = create_api(database=str(made.store.place), key=made.log, per_minute=10**9)
    app.state.tries.per_minute = 10**9
    app.state.answers = (
        schema.app.state.answers
    )  # questions are answered alike: what was asked without a store is not asked again
    tokens = [issue(made.store, r, p)[1] for r, p in (("officer", "POL"), ("administrator", None))]
    yield app, tokens
    app.state.store.close()
    made.store.close()


def call(case, app, headers=None):
    response = case.call(headers=headers, app=app)
    assert response.status_code < 500, (case.as_curl_command(), response.text)
    checks = [
        schemathesis.checks.CHECKS.get_one(n)
        for n in (
            "not_a_server_error",
            "status_code_conformance",
            "content_type_conformance",
            "response_schema_conformance",
        )
    ]
    case.validate_response(response, checks=checks)


@schema.parametrize()
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
def test_without_a_store(case):
    call(case, schema.app)


@schema.parametrize()
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
def test_with_a_store_and_tokens(case, world):
    app, tokens = world
    for token in tokens:
        call(case, app, {"Authorization": f"Bearer {token}"})
