"""The API as a whole: its routers, its refusals, its description (OpenAPI 3.1)."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from wangge.api import cases, changes, codes, counts, linelists, orders, people, places, problems, results
from wangge.api.access import Bearer

DESCRIPTION = """Results and verdicts in; places, people, cases, orders, tasks, counts and the log's changes out.
A token acts as its account: same rights, same places, at this moment. docs/operate/api.md has examples."""
REFUSALS = {"400": "cannot be read", "401": "no valid token", "403": "right not held", "404": "nothing here",
            "422": "not taken", "429": "too often; see Retry-After"}  # fmt: skip


class Api(NinjaAPI):
    """Ninja's API, whose description also says how it refuses."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        schema["components"]["schemas"]["ProblemOut"] = problems.ProblemOut.model_json_schema(
            ref_template="#/components/schemas/{model}", mode="serialization"
        )
        schema["components"]["schemas"] |= schema["components"]["schemas"]["ProblemOut"].pop("$defs")
        content = {problems.TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
        for methods in schema["paths"].values():
            for operation in methods.values():
                said = {status: {"description": text, "content": content} for status, text in REFUSALS.items()}
                operation["responses"] = {str(key): one for key, one in operation["responses"].items()} | said
        return schema


api = Api(
    title="Wangge", version="1", description=DESCRIPTION, docs_url=None, auth=Bearer(), urls_namespace="api",
)  # fmt: skip
problems.register(api)
for one in (places, people, cases, orders, counts, results, linelists, changes, codes):
    api.add_router("", one.router)
