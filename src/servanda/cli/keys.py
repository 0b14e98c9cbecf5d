"""`servanda exchange keys`: make, admit, replace, revoke and list the keys of states."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servanda.cli.common import JsonOption
from servanda.cli.stores import DEFAULT, DatabaseOption, KeyFile, LogKeyOption, log_key_of, open_store, say, state_code

keys_app = typer.Typer(
    help="Keys of states: make, admit, replace, revoke, list.", no_args_is_help=True, rich_markup_mode=None
)


@keys_app.command("new")
def new_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A state's code, or the name of a witness.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="NAME.key by default.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Make an Ed25519 key: a secret file for its owner alone, and its public half beside it."""
    from servanda.exchange.keys import SecretKey, write_secret

    path = output or Path(f"{name.rpartition('/')[2]}.key")
    key = SecretKey.generate(name)
    write_secret(path, key)
    data = {"name": name, "key": str(key.public), "secret": str(path), "public": f"{path}.pub"}
    say(data, [f"secret {path}, public {path}.pub"], as_json)


@keys_app.command()
def admit(
    party: Annotated[str, typer.Argument(metavar="STATE", help="The state's code.")],
    key: KeyFile,
    database: DatabaseOption = DEFAULT,
    replaces: Annotated[
        Path | None, typer.Option("--replaces", metavar="FILE", help="The secret key that it takes the place of.")
    ] = None,
    vouched: Annotated[
        Path | None, typer.Option("--vouched-by", metavar="FILE", help="Another good secret key of the state.")
    ] = None,
    log_key: LogKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter a state's key: the first by the ledger's key, a later one by a key of the state that is good."""
    from servanda.exchange.keys import read_secret
    from servanda.exchange.log_entries import announce_key

    code = state_code(party)
    fresh, log = read_secret(key), log_key_of(database, log_key)
    old = None if replaces is None else read_secret(replaces)
    signed = announce_key(code, fresh.public, None if old is None else old.public.id).signed_with(fresh)
    for extra in (old, read_secret(vouched) if vouched else None):
        signed = signed if extra is None else signed.signed_with(extra)
    with open_store(database) as store:
        if not store.ring().good.get(code):
            signed = signed.signed_with(log)
        receipt = store.submit(signed, None, log)
    data = {"party": code, "key": fresh.public.id, "entry": receipt.index}
    say(data, [f"key {fresh.public.id} of {code}: entry {receipt.index}"], as_json)


@keys_app.command()
def revoke(
    party: Annotated[str, typer.Argument(metavar="STATE", help="The state's code.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for all to read.")],
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="A good secret key of the state; else the ledger's.")
    ] = None,
    key_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Which key, as `keys list` names it; that of --key.")
    ] = None,
    database: DatabaseOption = DEFAULT,
    log_key: LogKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter that a key counts no more from here on."""
    from servanda.exchange.keys import read_secret
    from servanda.exchange.log_entries import revoke_key
    from servanda.model.errors import InputError

    code, log = state_code(party), log_key_of(database, log_key)
    by = log if key is None else read_secret(key)
    if key_id is None and key is None:
        raise InputError("which key to revoke is not clear", remedy="give --id ID or --key FILE")
    named = key_id or by.public.id
    with open_store(database) as store:
        receipt = store.submit(revoke_key(code, named, reason).signed_with(by), None, log)
    data = {"party": code, "key": named, "reason": reason, "entry": receipt.index}
    say(data, [f"key {named} of {code} revoked: entry {receipt.index}"], as_json)


@keys_app.command("list")
def list_keys(database: DatabaseOption = DEFAULT, as_json: JsonOption = False) -> None:
    """The keys that the ledger knows: good ones, and since which entry others are not."""
    with open_store(database) as store:
        ring = store.ring()
    good = [{"party": p, "key": str(k)} for p in sorted(ring.good) for k in ring.good[p].values()]
    ended = [{"key": k, "ended_at": i} for k, i in ring.ended.items()]
    lines = [f"{g['party']}  {g['key']}" for g in good] + [f"{e['key']}  ended by entry {e['ended_at']}" for e in ended]
    say({"good": good, "ended": ended}, lines or ["no keys yet"], as_json)
