"""`servanda exchange tokens`: credentials for programs that ask the API for declarations."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from servanda.cli.common import JsonOption
from servanda.cli.stores import DEFAULT, DatabaseOption, open_store, say, state_code

tokens_app = typer.Typer(
    help="Tokens for the API: make, list, revoke.", no_args_is_help=True, rich_markup_mode=None
)  # fmt: skip


def _data(token: Any) -> dict[str, Any]:
    names = ("id", "role", "party", "made", "expires", "revoked", "uses_left")
    return {n: getattr(token, n) for n in names}


@tokens_app.command()
def new(
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help="officer (submits for a state), reader, auditor or administrator.")
    ],
    party: Annotated[
        str | None, typer.Option("--party", metavar="STATE", help="The state of an officer or reader.")
    ] = None,
    days: Annotated[int, typer.Option("--days", metavar="N", help="How long it counts.")] = 30,
    uses: Annotated[int | None, typer.Option("--uses", metavar="N", help="How often; as often as one likes.")] = None,
    database: DatabaseOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Make a token. Its text is printed once and kept nowhere."""
    from servanda.exchange.tokens import issue

    with open_store(database) as store:
        made, text = issue(store, role, None if party is None else state_code(party), days=days, uses=uses)
    whose = f" of {made.party}" if made.party else ""
    say(
        {**_data(made), "token": text},
        [f"{made.role}{whose}, until {made.expires} [{made.id}]; keep it safe, it is not shown again:", text],
        as_json,
    )


@tokens_app.command("list")
def list_tokens(database: DatabaseOption = DEFAULT, as_json: JsonOption = False) -> None:
    """The tokens that were made, never their secrets."""
    from servanda.exchange.tokens import listed

    with open_store(database) as store:
        found = listed(store)
    lines = [
        f"{t.id}  {t.role:<13}  {t.party or '-':<4}  until {t.expires}"
        + (f"  revoked {t.revoked}" if t.revoked else "")
        + (f"  uses left {t.uses_left}" if t.uses_left is not None else "")
        for t in found
    ]
    say({"tokens": [_data(t) for t in found]}, lines or ["no tokens yet"], as_json)


@tokens_app.command()
def revoke(
    name: Annotated[str, typer.Argument(metavar="ID", help="As `tokens list` names it.")],
    database: DatabaseOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Let a token count no more."""
    from servanda.exchange.tokens import revoke as end

    with open_store(database) as store:
        ended = end(store, name)
    say(_data(ended), [f"{ended.id} counts no more since {ended.revoked}"], as_json)
