"""What is handed in at the pages and given out: a signed declaration entered in the ledger, one read by whom it is owed to.

No secret key comes here: a declaration is signed where its state's key is, and its signature file is sent along. Who sends is
told by a credential, which is read from the form, used once and kept nowhere.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from servanda.exchange.store import Store
from servanda.exchange.tokens import OF_A_STATE, check, need
from servanda.model.errors import InputError
from servanda.questions.entitled import delivered
from servanda.questions.submission import Entered, submitted
from servanda.web.asking import Asking
from servanda.web.exchanging import kept

MOST_SIGNATURE = 70_000  # bytes; a signature file is shorter than an entry may be


def store_of(state: Any) -> str:
    """The store of this server. InputError where it has none."""
    database = getattr(state, "database", None)
    if database is None:
        raise InputError("this server keeps no ledger", remedy="its keeper names a store when the server is started")
    return str(database)


def accepts(state: Any) -> bool:
    """Whether declarations are taken here: there is a store, it may be written to, and the ledger's key is at hand."""
    here = getattr(state, "database", None) is not None and getattr(state, "key", None) is not None
    return here and not getattr(state, "read_only", True)


def enter(
    asking: Asking, state: Any, credential: str, declaration: tuple[str, bytes], signature: bytes
) -> tuple[Entered, str]:
    """Enter a signed declaration; the entry, and the checkpoint that covers it.

    InputError where nothing is accepted here or a file cannot be used, Unauthorised or NotAllowed for the credential.
    """
    place = store_of(state)
    if not accepts(state):
        raise InputError(
            "this server takes no declarations: it was started to read only, or without the ledger's key",
            remedy="ask its keeper",
        )
    if not declaration[1]:
        raise InputError("there is no declaration", remedy="choose the file that was signed (.xlsx or .json)")
    if not signature:
        raise InputError("there is no signature file", remedy="choose the .sig file that signing wrote")
    with Store.open(place) as store, TemporaryDirectory(prefix="servanda-") as folder:
        token = check(store, credential.strip())
        path, _ = kept(Path(folder), "declaration", *declaration)
        found = submitted(
            asking.corpus, store, token, declaration=path, signature=signature[:MOST_SIGNATURE], key=state.key
        )
    return found, str(found.receipt.note)


def give(asking: Asking, state: Any, credential: str, entry: str, on: str) -> tuple[bytes, bytes, int]:
    """A declaration, its signature file, and its entry's number, for the holder of a credential on a day, or today.

    NotEntitled with act and article where it is not owed; Unauthorised or NotAllowed for the credential.
    """
    place = store_of(state)
    if not entry.isdecimal() or len(entry) > 15:
        raise InputError(f"{entry!r} is not the number of an entry", remedy="take it from the list of declarations")
    key = None if getattr(state, "read_only", True) else getattr(state, "key", None)
    today = datetime.now(UTC).date()
    with Store.open(place) as store:
        token = check(store, credential.strip())
        need(token, *OF_A_STATE)
        data, signature, _ = delivered(
            asking.corpus, store, int(entry), recipient=token.party or "", on=on or today, today=today, key=key
        )
    return data, signature, int(entry)
