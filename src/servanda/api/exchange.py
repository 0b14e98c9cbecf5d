"""Declarations by program: validate, submit, read what one is owed; the ledger, its proofs, its keys, its tokens."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path as File
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, Field

from servanda.api.access import Holder, store_of, writable
from servanda.api.answers import Answers, document
from servanda.api.problems import GUARDED, RESPONSES
from servanda.api.questions import with_reasons
from servanda.exchange.log_entries import parse_entry, parse_signed, record_event
from servanda.exchange.store import Store
from servanda.exchange.tokens import OF_A_STATE, Role, Token, issue, listed, need, revoke
from servanda.model.errors import InputError

open_router = APIRouter(responses=RESPONSES, tags=["ledger"])
router = APIRouter(responses=GUARDED, tags=["exchange"])

StoreDep = Annotated[Store, Depends(store_of)]
WritableDep = Annotated[Store, Depends(writable)]
Index = Annotated[int, Path(ge=0, le=2**53, description="Index of an entry, from 0.")]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, le=2**53, description="Leave so many out.")]
NO_STORE: dict[int | str, dict[str, Any]] = {409: GUARDED[409]}


class LedgerHead(BaseModel):
    """How far the ledger has come."""

    origin: str
    key: str
    size: int
    root: str = Field(description="The root hash of all entries, hexadecimal.")
    checkpoint: str | None = Field(description="The newest signed checkpoint (C2SP tlog-checkpoint).")


class Entries(BaseModel):
    """A page of entries: what the ledger says openly."""

    total: int
    offset: int
    entries: list[dict[str, Any]]


class ProofText(BaseModel):
    """A proof in the text form that `servanda ledger verify` reads."""

    proof: str


class Accepted(BaseModel):
    """Where a statement stands in the ledger."""

    entry: int
    again: bool = Field(description="True where the same was entered before: nothing new was written.")
    checkpoint: str


class Given(BaseModel):
    """A declaration, the signature file that opens its commitment, and why it is given."""

    entry: int
    why: str
    declaration: str = Field(description="Canonical JSON; its bytes are what was signed.")
    signature: str


class TokenWish(BaseModel):
    """A token to be made."""

    role: Role
    party: str | None = Field(None, max_length=100)
    days: int = Field(30, ge=1, le=366)
    uses: int | None = Field(None, ge=1, le=1_000_000)


class TokenRow(BaseModel):
    """A token as the store knows it: never its secret."""

    id: str
    role: Role
    party: str | None
    made: str
    expires: str
    revoked: str | None
    uses_left: int | None


class NewToken(TokenRow):
    """A new token with its text, told once."""

    token: str


class SignedText(BaseModel):
    """A signed statement: what `servanda exchange sign` or a key's announcement writes."""

    signed: str = Field(min_length=2, max_length=65_535)


def _head(store: Store) -> LedgerHead:
    head = store.head()
    try:
        note: str | None = str(store.checkpoint())
    except InputError:  # nothing is signed yet
        note = None
    return LedgerHead(
        origin=head.origin, key=str(head.key), size=head.size, root=head.checkpoint.root.hex(), checkpoint=note
    )


@open_router.get("/ledger", summary="The ledger's head", responses=NO_STORE)
def ledger(store: StoreDep) -> LedgerHead:
    """Name, key, size, root and the newest signed checkpoint."""
    return _head(store)


@open_router.get("/ledger/entries", summary="Entries of the ledger", responses=NO_STORE)
def entries(store: StoreDep, limit: Limit = 100, offset: Offset = 0) -> Entries:
    """Statements and signatures in order; of declarations only the commitments."""
    total, rows = store.entries(limit=limit, offset=offset)
    found = []
    for index, body in rows:
        entry = parse_entry(body)
        found.append({"index": index, "received": entry.received, "statement": dict(entry.signed.statement)})
    return Entries(total=total, offset=offset, entries=found)


@open_router.get("/ledger/proof/{index}", summary="Proof that an entry is in the ledger", responses=NO_STORE)
def proof(store: StoreDep, index: Index) -> ProofText:
    """Checked offline with the ledger's public key alone."""
    if index >= store.head().size:
        raise HTTPException(404, f"the ledger has no entry {index}")
    return ProofText(proof=str(store.prove(index)))


@open_router.get("/ledger/consistency", summary="Proof that the ledger only grew", responses=NO_STORE)
def consistency(
    store: StoreDep, since: Annotated[int, Query(ge=0, le=2**53, description="The size it had.")]
) -> ProofText:
    """That the ledger still begins with what it was at a size."""
    if since > store.head().size:
        raise HTTPException(404, f"the ledger has fewer than {since} entries")
    return ProofText(proof=str(store.prove_growth(since)))


@open_router.get("/keys", summary="The keys of states", responses=NO_STORE)
def keys(store: StoreDep) -> dict[str, Any]:
    """Good keys by state, and those that count no more with the entry that ended them."""
    ring = store.ring()
    good = [{"party": p, "key": str(k)} for p in sorted(ring.good) for k in ring.good[p].values()]
    return {"good": good, "ended": [{"key": k, "ended_at": i} for k, i in ring.ended.items()]}


@router.post(
    "/exchange/validate", summary="Hold a document against the rules", response_model=with_reasons("exchange_validate")
)
def validate(
    request: Request, file: UploadFile, instrument: Annotated[str | None, Query(max_length=100)] = None
) -> Response:
    """A workbook (.xlsx) or a JSON document: every fault with rule, place and remedy. Nothing is kept."""
    from servanda.questions.exchange import validate as ask

    answers: Answers = request.app.state.answers
    name = file.filename or "document"
    ending = ".json" if name.lower().endswith(".json") else ".xlsx"
    with tempfile.TemporaryDirectory(prefix="servanda-") as folder:
        path = File(folder) / f"document{ending}"
        path.write_bytes(file.file.read())
        answer = ask(answers.corpus, path, instrument)
    return Response(document(answer).replace(str(path).encode(), b"the file"), media_type="application/json")


@router.post("/exchange/submit", summary="Enter a signed declaration, whole or not at all", status_code=201)
def submit(
    request: Request,
    response: Response,
    token: Holder,
    store: WritableDep,
    declaration: UploadFile,
    signature: UploadFile,
) -> Accepted:
    """The declaration (JSON or workbook) and its signature file. The same bytes again are the same entry (200)."""
    from servanda.questions.submission import submitted

    need(token, Role.OFFICER)  # before anything is read
    answers: Answers = request.app.state.answers
    ending = ".xlsx" if (declaration.filename or "").lower().endswith(".xlsx") else ".json"
    with tempfile.TemporaryDirectory(prefix="servanda-") as folder:
        path = File(folder) / f"declaration{ending}"
        path.write_bytes(declaration.file.read())
        receipt = submitted(
            answers.corpus,
            store,
            token,
            declaration=path,
            signature=signature.file.read(70_000),
            key=request.app.state.key,
        ).receipt
    response.status_code = 200 if receipt.again else 201
    return Accepted(entry=receipt.index, again=receipt.again, checkpoint=str(receipt.note))


@router.get("/exchange/declarations", summary="The declarations in the store")
def declarations(token: Holder, store: StoreDep, limit: Limit = 100, offset: Offset = 0) -> Entries:
    """Whose, which and when, in the order of entries; not what they say."""
    need(token, Role.OFFICER, Role.READER, Role.AUDITOR)
    total, rows = store.listing(limit=limit, offset=offset)
    return Entries(total=total, offset=offset, entries=rows)


@router.get("/exchange/declarations/{index}", summary="Read a declaration that is owed to one's state")
def fetch(
    request: Request,
    token: Holder,
    store: StoreDep,
    index: Index,
    on: Annotated[str | None, Query(max_length=40, description="The day asked about; today.")] = None,
) -> Given:
    """Given where its owner owes it that day, in the owner's own reading; a refusal names act and article."""
    from servanda.questions.entitled import delivered

    need(token, *OF_A_STATE)
    answers: Answers = request.app.state.answers
    today = datetime.now(UTC).date()
    key = None if request.app.state.read_only else request.app.state.key
    data, signature, why = delivered(
        answers.corpus, store, index, recipient=token.party or "", on=on or today, today=today, key=key
    )
    return Given(entry=index, why=why, declaration=data.decode(), signature=signature.decode())


@router.get("/audit", summary="Who was given what, and which tokens were made")
def audit(token: Holder, store: StoreDep, limit: Limit = 100, offset: Offset = 0) -> Entries:
    """The entries of the ledger about the keeper's own acts."""
    need(token, Role.AUDITOR, Role.ADMINISTRATOR)
    total, rows = store.entries(limit=limit, offset=offset, kind="audit")
    told = [{"index": i, **dict(parse_entry(body).signed.statement)} for i, body in rows]
    return Entries(total=total, offset=offset, entries=told)


@router.post("/keys", summary="Admit a state's key", status_code=201)
def admit(request: Request, token: Holder, store: WritableDep, wish: SignedText) -> Accepted:
    """A signed announcement of a key; the first key of a state is admitted by the ledger's own signature."""
    need(token, Role.ADMINISTRATOR)
    signed, key = parse_signed(wish.signed.encode(), where="signed"), request.app.state.key
    if signed.statement["type"] not in ("key", "revocation"):
        raise InputError(
            f"a {signed.statement['type']} is not a statement about a key", remedy="send the key's announcement"
        )
    party = signed.statement["party"]
    request.app.state.answers.corpus.actors.find(party)
    if signed.statement["type"] == "key" and not store.ring().good.get(party):
        signed = signed.signed_with(key)
    receipt = store.submit(signed, None, key)
    return Accepted(entry=receipt.index, again=receipt.again, checkpoint=str(receipt.note))


def _row(token: Token) -> dict[str, Any]:
    return {n: getattr(token, n) for n in ("id", "role", "party", "made", "expires", "revoked", "uses_left")}


@router.get("/tokens", summary="The tokens that were made")
def tokens(token: Holder, store: StoreDep) -> list[TokenRow]:
    """Never their secrets."""
    need(token, Role.ADMINISTRATOR, Role.AUDITOR)
    return [TokenRow(**_row(t)) for t in listed(store)]


@router.post("/tokens", summary="Make a token", status_code=201)
def make_token(request: Request, token: Holder, store: WritableDep, wish: TokenWish) -> NewToken:
    """Its text is in this answer and nowhere else; that it was made is entered in the ledger."""
    need(token, Role.ADMINISTRATOR)
    actors = request.app.state.answers.corpus.actors
    party = actors.find(wish.party).code if wish.party is not None else None
    made, text = issue(store, wish.role, party, days=wish.days, uses=wish.uses)
    _note(request, store, made, "token-made")
    return NewToken(**_row(made), token=text)


@router.delete("/tokens/{name}", summary="Revoke a token")
def end_token(
    request: Request, token: Holder, store: WritableDep, name: Annotated[str, Path(pattern="^[0-9a-f]{12}$")]
) -> TokenRow:
    """It counts no more from now on; that it was revoked is entered in the ledger."""
    need(token, Role.ADMINISTRATOR)
    if all(t.id != name for t in listed(store)):
        raise HTTPException(404, f"no token {name}")
    ended = revoke(store, name)
    _note(request, store, ended, "token-revoked")
    return TokenRow(**_row(ended))


def _note(request: Request, store: Store, token: Token, event: str) -> None:
    key, day = request.app.state.key, datetime.now(UTC).date().isoformat()
    statement = record_event(token.party or "keeper", event, f"{token.role} {token.id}", day)
    store.submit(statement.signed_with(key), None, key)
