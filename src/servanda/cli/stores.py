"""What the commands of the ledger and of keys have in common: their options, the store, what they print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

DEFAULT = "exchange.db"
StoreArg = Annotated[str, typer.Argument(metavar="[STORE]", help="A store: a file, or postgresql+psycopg://...")]
DatabaseOption = Annotated[
    str, typer.Option("--database", metavar="STORE", help="A store: a file, or postgresql+psycopg://...")
]
LogKeyOption = Annotated[
    Path | None, typer.Option("--log-key", metavar="FILE", help="The ledger's secret key; STORE.key by default.")
]
OutOption = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it to a file.")]
KeyFile = Annotated[Path, typer.Option("--key", metavar="FILE", help="A secret key.")]
PublicOption = Annotated[str, typer.Option("--key", metavar="KEY", help="The ledger's public key: a text or a file.")]


def say(data: dict[str, Any], lines: list[str], as_json: bool) -> None:
    if as_json:
        import json

        sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in lines))


def give(name: str, text: str, output: Path | None, as_json: bool) -> None:
    """A signed text on standard output or in a file; as JSON under its name, with the file where there is one."""
    if output is not None:
        from servanda.cli.files import write_whole

        write_whole(output, text.encode())
    if as_json:
        say({name: text, **({} if output is None else {"file": str(output)})}, [], True)
    elif output is None:
        sys.stdout.write(text)
    else:
        sys.stdout.write(f"written to {output}\n")


def log_key_of(database: str, given: Path | None) -> Any:
    from servanda.exchange.keys import read_secret
    from servanda.model.errors import InputError

    if given is None and "://" in database:
        raise InputError("which key is the ledger's is not known", remedy="give --log-key FILE")
    return read_secret(given or Path(f"{database}.key"))


def open_store(place: str) -> Any:
    from servanda.exchange.store import Store

    return Store.open(place)


def payload(path: Path) -> bytes:
    from servanda.corpus import Corpus
    from servanda.questions.ledger import payload_of

    return payload_of(Corpus.default(), path)


def state_code(text: str) -> str:
    from servanda.corpus import Corpus

    return Corpus.default().actors.find(text).code
