"""The programs' door: every question as GET under one address, and the exchange of declarations. No rule lives here.

from servanda.api import create_api
app = create_api()                       # an ASGI application, OpenAPI 3.1 at /openapi.json
"""

from servanda.api.app import create_api

__all__ = ["create_api"]
