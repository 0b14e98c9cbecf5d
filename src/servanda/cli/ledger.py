"""`servanda ledger`, and of `servanda exchange` what concerns keys, signatures, the store and who may read it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servanda.cli.common import BREACH, JsonOption, put
from servanda.cli.keys import keys_app
from servanda.cli.stores import (
    DEFAULT,
    DatabaseOption,
    KeyFile,
    LogKeyOption,
    OutOption,
    PublicOption,
    StoreArg,
    give,
    log_key_of,
    open_store,
    payload,
    say,
)
from servanda.cli.tokens import tokens_app

app = typer.Typer(
    help="The ledger of declarations: verify it, prove an entry, sign checkpoints, witness it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
witness_app = typer.Typer(
    help="Witnesses: cosign what is consistent, compare what was seen.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(witness_app, name="witness")

# servanda ledger


@app.command()
def verify(
    store: Annotated[
        str | None, typer.Argument(metavar="[STORE]", help="A store, or a folder that `export` wrote.")
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="The ledger's public key: a text or a file.")
    ] = None,
    against: Annotated[
        list[Path] | None, typer.Option("--against", metavar="FILE", help="A checkpoint that somebody kept; repeat.")
    ] = None,
    proof: Annotated[
        Path | None, typer.Option("--proof", metavar="FILE", help="Check this one proof, offline, with --key.")
    ] = None,
    declaration: Annotated[
        Path | None, typer.Option("--declaration", metavar="FILE", help="With --proof: the declaration it is of.")
    ] = None,
    signature: Annotated[
        Path | None, typer.Option("--signature", metavar="FILE", help="With --declaration: its signature file.")
    ] = None,
    witness: Annotated[
        list[str] | None, typer.Option("--witness", metavar="KEY", help="With --proof: who must have cosigned; repeat.")
    ] = None,
    hashes_only: Annotated[bool, typer.Option("--hashes-only", help="Leave signatures and declarations out.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Verify a ledger from its first entry, or one proof. Exit code 1 where anything is wrong."""
    from servanda.model.errors import InputError
    from servanda.questions.ledger import verify_ledger, verify_proof

    if proof is None:
        if declaration or signature or witness:
            raise InputError("nothing to hold them against", remedy="give --proof FILE too")
        answer = verify_ledger(store or DEFAULT, key=key, against=against or (), statements=not hashes_only)
        put(answer, as_json, breach_exits=True)
        return
    if store is not None or key is None or against or hashes_only:
        raise InputError("a proof is checked alone", remedy="give --proof FILE and --key KEY, and no store")
    read = None if declaration is None else (lambda: payload(declaration))
    found = verify_proof(proof, key=key, declaration=read, signature=signature, witnesses=witness or ())
    put(found, as_json, breach_exits=True)


@app.command()
def prove(
    index: Annotated[int | None, typer.Argument(metavar="[ENTRY]", help="Index of the entry, from 0.")] = None,
    store: DatabaseOption = DEFAULT,
    since: Annotated[
        int | None, typer.Option("--from", metavar="SIZE", help="Prove that the ledger begins with what it was then.")
    ] = None,
    size: Annotated[
        int | None, typer.Option("--size", metavar="SIZE", help="Under the checkpoint of that size; the newest.")
    ] = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the proof that an entry is in the ledger, or with --from that the ledger only grew."""
    from servanda.exchange.log import prove_consistency
    from servanda.model.errors import InputError

    if (index is None) == (since is None):
        raise InputError("what to prove is not clear", remedy="give exactly one of ENTRY and --from SIZE")
    with open_store(store) as opened:
        if index is not None:
            text = str(opened.prove(index, size))
        else:
            with opened.transaction() as link:
                text = str(prove_consistency(link, since or 0, size))
    give("proof", text, output, as_json)


@app.command()
def checkpoint(
    store: StoreArg = DEFAULT,
    sign: Annotated[bool, typer.Option("--sign", help="Sign the head first, with the ledger's key.")] = False,
    log_key: LogKeyOption = None,
    size: Annotated[int | None, typer.Option("--size", metavar="SIZE", help="That of a size; the newest.")] = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a signed checkpoint: the ledger's name, size and root, and who cosigned it."""
    with open_store(store) as opened:
        note = opened.checkpoint(log_key_of(store, log_key) if sign else None, size)
    give("checkpoint", str(note), output, as_json)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
    store: DatabaseOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Write the ledger as static files (C2SP tlog-tiles) that any such client can check. Declarations stay out."""
    from servanda.exchange.log_tiles import export as write

    with open_store(store) as opened:
        count = write(opened, folder)
    say({"entries": count, "folder": str(folder)}, [f"{count} entries in {folder}"], as_json)


@witness_app.command()
def cosign(
    request: Annotated[Path, typer.Argument(metavar="PROOF", help="What `ledger prove --from SIZE` wrote.")],
    key: KeyFile,
    log: Annotated[str, typer.Option("--log", metavar="KEY", help="The ledger's public key: a text or a file.")],
    state: Annotated[Path, typer.Option("--state", metavar="FILE", help="Where the witness keeps what it has seen.")],
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cosign a checkpoint if the ledger still begins with what this witness has seen. Exit code 2 where refused."""
    from servanda.exchange.keys import read_public, read_secret
    from servanda.exchange.proofs import parse_consistency
    from servanda.exchange.witness import Witness
    from servanda.questions.ledger import file_bytes

    proof = parse_consistency(file_bytes(request), where=str(request))
    line = Witness(read_secret(key), state).cosign(proof, read_public(log))
    give("cosignature", f"{line}\n", output, as_json)


@witness_app.command()
def add(
    line: Annotated[Path, typer.Argument(metavar="LINE", help="The file that `cosign -o` wrote.")],
    witness: Annotated[str, typer.Option("--witness", metavar="KEY", help="The witness's public key.")],
    store: DatabaseOption = DEFAULT,
    size: Annotated[int | None, typer.Option("--size", metavar="SIZE", help="Of which checkpoint; the newest.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a cosignature with its checkpoint."""
    from servanda.exchange.keys import read_public
    from servanda.exchange.notes import parse_checkpoint
    from servanda.questions.ledger import file_bytes

    with open_store(store) as opened:
        at = size if size is not None else parse_checkpoint(opened.checkpoint()).size
        key = read_public(witness)
        opened.add_cosignature(at, key, file_bytes(line).decode("utf-8", "replace"))
    say(
        {"witness": key.name, "key": key.id, "size": at},
        [f"cosignature of {key.name} kept with the checkpoint of {at}"],
        as_json,
    )


@witness_app.command("compare")
def compare_(
    one: Annotated[Path, typer.Argument(metavar="ONE", help="A checkpoint.")],
    two: Annotated[Path, typer.Argument(metavar="TWO", help="Another of the same ledger.")],
    key: PublicOption,
    proof: Annotated[
        Path | None, typer.Option("--proof", metavar="FILE", help="From the smaller to the larger of the two.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold two checkpoints together: one history, or a split view. Exit code 1 for a split view."""
    from servanda.exchange.keys import read_public
    from servanda.exchange.proofs import parse_consistency
    from servanda.exchange.witness import compare
    from servanda.questions.ledger import file_bytes, note_of

    given = None if proof is None else parse_consistency(file_bytes(proof), where=str(proof))
    found = compare(note_of(one), note_of(two), read_public(key), given)
    told = {
        "same": "the same checkpoint",
        "consistent": "one history: the larger begins with the smaller",
        "split": "split view: the ledger signed two roots for one size",
        "unproved": "not shown to be one history: give --proof FILE from `ledger prove --from SIZE`",
    }[found.verdict]
    sizes = f"{found.one.size} and {found.two.size} entries of {found.one.origin}"
    data = {"verdict": found.verdict, "origin": found.one.origin, "sizes": [found.one.size, found.two.size]}
    say(data, [f"{told} ({sizes})"], as_json)
    if found.split:
        raise typer.Exit(BREACH)


# servanda exchange


def init(
    origin: Annotated[
        str, typer.Option("--origin", metavar="NAME", help="The ledger's name, such as example.org/cfe.")
    ],
    database: DatabaseOption = DEFAULT,
    log_key: LogKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a store with an empty ledger, and the ledger's key where there is none."""
    from servanda.exchange.keys import SecretKey, read_secret, write_secret
    from servanda.exchange.store import Store
    from servanda.model.errors import InputError

    if log_key is None and "://" in database:
        raise InputError("no place for the ledger's key", remedy="give --log-key FILE")
    path = log_key or Path(f"{database}.key")
    if path.exists():
        key = read_secret(path)
        if key.name != origin:
            raise InputError(f"the key is named {key.name}, not {origin}", where=str(path), remedy="give its own key")
    else:
        key = SecretKey.generate(origin)
    with Store.create(database, origin, key.public) as store:
        if not path.exists():
            write_secret(path, key)
        store.checkpoint(key)
    data = {"origin": origin, "store": store.shown, "secret": str(path), "public": f"{path}.pub"}
    say(data, [f"ledger {origin} in {store.shown}", f"its key: {path} (secret), {path}.pub"], as_json)


def sign(
    declaration: Annotated[Path, typer.Argument(metavar="DECLARATION", help="The declaration.")],
    key: KeyFile,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="DECLARATION.sig by default.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Sign a declaration with a state's key: a signature file beside it."""
    from servanda.cli.files import write_whole
    from servanda.exchange.keys import read_secret
    from servanda.exchange.log_entries import about, declare
    from servanda.exchange.store import facts_of

    content = payload(declaration)
    secret = read_secret(key)
    signed = declare(facts_of(content), content).signed_with(secret)
    path = output or declaration.with_name(f"{declaration.name}.sig")
    write_whole(path, signed.as_bytes() + b"\n", private=True)  # its salt lets a guess at the declaration be tested
    what = about(signed.statement)
    data = {"key": secret.public.id, "statement": dict(signed.statement), "signature": str(path)}
    say(data, [f"signed by {secret.public.name}: {what}", f"signature in {path}"], as_json)


def submit(
    declaration: Annotated[Path, typer.Argument(metavar="DECLARATION", help="The declaration that was signed.")],
    signature: Annotated[
        Path | None, typer.Option("--signature", metavar="FILE", help="DECLARATION.sig by default.")
    ] = None,
    database: DatabaseOption = DEFAULT,
    log_key: LogKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter a signed declaration: whole or not at all. The same bytes again are the same entry."""
    from servanda.exchange.log_entries import about, parse_signed
    from servanda.model.errors import InputError
    from servanda.questions.ledger import file_bytes

    path = signature or declaration.with_name(f"{declaration.name}.sig")
    if not path.exists():
        raise InputError(
            "the signature file is missing",
            where=str(path),
            remedy="make it with `servanda exchange sign`, or give --signature",
        )
    signed = parse_signed(file_bytes(path), where=str(path))
    with open_store(database) as store:
        receipt = store.submit(signed, payload(declaration), log_key_of(database, log_key))
    what = about(signed.statement)
    line = f"{'already there' if receipt.again else 'accepted'}: {what}: entry {receipt.index}"
    say({"entry": receipt.index, "again": receipt.again, "checkpoint": str(receipt.note)}, [line], as_json)


def list_declarations(database: DatabaseOption = DEFAULT, as_json: JsonOption = False) -> None:
    """The declarations in a store, in the order of entries."""
    with open_store(database) as store:
        found = [
            {
                "entry": d.index, "instrument": d.instrument, "party": d.party, "document": d.document,
                "as_of": d.as_of, "received": d.received, "synthetic": d.synthetic,
            }
            for d in store.declarations()
        ]  # fmt: skip
    lines = [
        f"{d['entry']:>6}  {d['instrument']}  {d['party']}  {d['document']}  as of {d['as_of']}"
        + ("  synthetic" if d["synthetic"] else "")
        for d in found
    ]
    say({"declarations": found}, lines or ["no declarations yet"], as_json)


def entitled(
    of: Annotated[str, typer.Option("--of", metavar="STATE", help="Whose data.")],
    to: Annotated[str, typer.Option("--to", metavar="STATE", help="Who would read it.")],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day, YYYY-MM-DD.")],
    instrument: Annotated[
        str | None, typer.Option("--in", metavar="INSTRUMENT", help="Under which instrument's exchange.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """May one state read what another declares: the owner's own reading decides; a refusal names act and article."""
    from servanda.corpus import Corpus
    from servanda.questions.entitled import entitled as ask

    put(ask(Corpus.default(), instrument, owner=of, recipient=to, on=on), as_json)


def deliver(
    entry: Annotated[int, typer.Argument(metavar="ENTRY", help="Index of the declaration's entry.")],
    to: Annotated[str, typer.Option("--to", metavar="STATE", help="Who reads it.")],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day, YYYY-MM-DD.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.")],
    database: DatabaseOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Give a declaration to a state that is entitled to it on that day, or rightly received it before."""
    from servanda.cli.files import write_whole
    from servanda.corpus import Corpus
    from servanda.questions.entitled import delivered

    with open_store(database) as store:
        data, signature, line = delivered(Corpus.default(), store, entry, recipient=to, on=on)
    write_whole(output, data, private=True)
    write_whole(output.with_name(f"{output.name}.sig"), signature, private=True)
    told = {"entry": entry, "why": line, "file": str(output), "signature": f"{output}.sig"}
    say(told, [line, f"written to {output}, its signature to {output}.sig"], as_json)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    database: DatabaseOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Copy a store into one new file, whole or not at all."""
    from servanda.exchange.store import backup as write

    with open_store(database) as store:
        count = write(store, file)
    say({"entries": count, "file": str(file)}, [f"{count} entries in {file}"], as_json)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")],
    database: DatabaseOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Put a backup into a new store, and verify its ledger. Exit code 1 where anything is wrong with it."""
    from servanda.exchange.store import restore as read
    from servanda.questions.ledger import verify_ledger

    read(file, database)
    put(verify_ledger(database), as_json, breach_exits=True)


def add_to(exchange: typer.Typer) -> None:
    """Put these commands into the group `exchange`."""
    exchange.add_typer(keys_app, name="keys")
    exchange.add_typer(tokens_app, name="tokens")
    for command in (init, sign, submit, entitled, deliver, backup, restore):
        exchange.command()(command)
    exchange.command("list")(list_declarations)
