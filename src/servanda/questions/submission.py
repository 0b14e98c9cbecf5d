"""A declaration handed in through a door: who holds the credential, whose declaration it is, and the entry it becomes.

A door holds no rule: that an officer submits, and for one state alone, is said here once for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.corpus import Corpus
from servanda.exchange.log_entries import about, parse_signed
from servanda.exchange.store import Receipt, Store, facts_of
from servanda.exchange.tokens import NotAllowed, Role, Token, need
from servanda.model.errors import InputError
from servanda.questions.ledger import payload_of

if TYPE_CHECKING:
    from servanda.exchange.keys import SecretKey


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a submission: the ledger's receipt, and the entry in a few words."""

    receipt: Receipt
    about: str
    party: str
    as_of: str


def submitted(
    corpus: Corpus, store: Store, token: Token, *, declaration: Path, signature: bytes, key: SecretKey
) -> Entered:
    """Enter a signed declaration, whole or not at all; the same bytes again are the same entry.

    `declaration` is a JSON document or a workbook, `signature` the bytes of the file that signing it made; `key` is the
    ledger's own. NotAllowed for a token of another role or state; InputError for files that cannot be used, a signature
    of something else, or one by no good key of the state.
    """
    need(token, Role.OFFICER)
    signed = parse_signed(signature, where="signature")
    try:
        payload = payload_of(corpus, declaration)
    except InputError as error:  # where it lay on this machine is nobody's business
        raise InputError(error.what, where="declaration", remedy=error.remedy) from None
    facts = facts_of(payload)
    if facts["party"] != token.party:
        raise NotAllowed(f"a token of {token.party} cannot submit for {facts['party']}")
    receipt = store.submit(signed, payload, key)
    return Entered(receipt, about(signed.statement), facts["party"], facts["as_of"])
