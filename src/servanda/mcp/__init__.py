"""The assistants' door: the questions as typed tools and the record as resources, over the Model Context Protocol. Read only.

from servanda.mcp import create_server
create_server().run()                    # stdio; `servanda mcp` does the same
"""

from servanda.mcp.server import create_server

__all__ = ["create_server"]
