"""Who may read whose declaration: the question, its answer and why."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from servanda.corpus import Corpus
from servanda.exchange.entitled import Entitlement, View, entitlement
from servanda.exchange.log_entries import record_event
from servanda.model.acts import Act
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.record import EntitledDocument, EntitlementView, NotBound
from servanda.model.errors import InputError
from servanda.model.vocabulary import ActKind, ObligationKind
from servanda.questions.words import Day, asked_day, cites, listed, source_names
from servanda.standing import standing_of

if TYPE_CHECKING:
    from servanda.exchange.keys import SecretKey
    from servanda.exchange.store import Store


def exchange_instrument(corpus: Corpus, asked: str | None = None) -> str:
    """The instrument asked about, or the one that lays down an exchange of its own. InputError where there are several."""
    if asked is not None:
        return asked
    found = [
        i
        for i in corpus.ids()
        if corpus.dossier(i).instrument.amends is None
        and any(ObligationKind.EXCHANGE in p.duties for p in corpus.dossier(i).provisions)
    ]
    if len(found) != 1:
        several = "several instruments lay down an exchange" if found else "no instrument lays down an exchange"
        raise InputError(
            several, remedy=f"give `instrument`, one of {', '.join(found)}" if found else "add one to the record"
        )
    return found[0]


def entitled(
    corpus: Corpus, instrument: str | None = None, *, owner: str, recipient: str, on: Day
) -> Answer[Entitlement]:
    """Whether one party's data is given to another on a day, and by which act not.

    The owner's own reading decides; the depositary's and the recipient's are shown beside it.
    """
    chosen = exchange_instrument(corpus, instrument)
    day = asked_day(corpus, chosen, on)
    codes = [corpus.actors.find(p).code for p in (owner, recipient)]
    for code in codes:
        standing_of(corpus, chosen, code, on=day)  # names that never took part are refused with what is near
    found = entitlement(corpus, chosen, owner=codes[0], recipient=codes[1], on=day)
    return _answer(corpus, found)


def _answer(corpus: Corpus, found: Entitlement) -> Answer[Entitlement]:
    short = corpus.dossier(found.instrument).instrument.short
    verdict = {
        True: "{recipient} may read what {owner} declares",
        False: "refused: {recipient} may not read what {owner} declares",
        None: "not given: the record does not tell whether {owner} owes its data to {recipient}",
    }
    words = verdict[found.own.due] + " on {on} ({treaty}; the owner's own reading decides)"
    parts = {
        "owner": corpus.actors.name(found.owner),
        "recipient": corpus.actors.name(found.recipient),
        "on": found.on,
        "treaty": short,
    }
    kept = _kept(corpus, found)
    because = (_node(corpus, found, found.own), *kept, *(_node(corpus, found, v) for v in found.beside))
    node = Node(
        statement=Statement(words, parts),
        citation=cites(found.instrument, *(p.cite for p in found.provisions)),
        caveats=found.own.caveats if found.own.due is not False else (),
        because=because,
    )
    document = EntitledDocument(
        instrument=found.instrument,
        on=found.on,
        of=found.owner,
        to=found.recipient,
        given=found.given,
        due=found.own.due,
        act=found.own.act.id if found.own.act else None,
        cite=_cites(found, found.own),
        readings=tuple(_row(found, v) for v in (found.own, *found.beside)),
        received_before_stays=bool(kept),
    )
    return Answer(kind="entitled", value=found, document=document, node=node)


def _cites(found: Entitlement, view: View) -> tuple[str, ...]:
    """The articles that an answer rests on: those of the act or the exit, and those that lay the duty down."""
    own = [view.act.cite] if view.act is not None else []
    own += [r.cite for s in view.unbound for r in s.because[-1:]]
    return tuple(dict.fromkeys(c for c in (*own, *(p.cite for p in found.provisions)) if c))


def _row(found: Entitlement, view: View) -> EntitlementView:
    return EntitlementView(
        reading=view.reading,
        due=view.due,
        act=view.act.id if view.act else None,
        date=(view.act.effective or view.act.date).text if view.act else None,
        cite=_cites(found, view),
        not_bound=tuple(NotBound(party=s.party, standing=s.standing) for s in view.unbound),
        caveats=tuple(view.caveats),
    )


def _node(corpus: Corpus, found: Entitlement, view: View) -> Node:
    told = {True: "due", False: "not due", None: "not known"}[view.due]
    reading = "the depositary" if view.reading == "depositary" else corpus.actors.name(view.reading)
    if view.unbound:
        return Node(
            statement=Statement(
                "in the reading of {reading}: {told}; no bond on that day", {"reading": reading, "told": told}
            ),
            because=tuple(
                Node(
                    statement=Statement(
                        "{party}: {standing}{since}",
                        {
                            "party": corpus.actors.name(s.party),
                            "standing": s.standing.value.replace("_", " "),
                            "since": f" since {s.since}" if s.since else "",
                        },
                    ),
                    citation=cites(found.instrument, *(r.cite for r in s.because[-1:])),
                    because=tuple(Node(statement=Statement("{w}", {"w": r.statement})) for r in s.because[-1:]),
                )
                for s in view.unbound
            ),
        )
    laid_down = cites(found.instrument, *(p.cite for p in found.provisions))
    because = () if view.act is None else (_act_node(corpus, found.instrument, view.act),)
    return Node(
        statement=Statement("in the reading of {reading}: {told}", {"reading": reading, "told": told}),
        citation=laid_down,
        because=because,
    )


def _act_node(corpus: Corpus, instrument: str, act: Act) -> Node:
    words = "{when}: {who}: {gist} [{id}]"
    when = act.effective or act.date
    return Node(
        statement=Statement(words, {"when": when, "who": listed(act.actors), "gist": act.gist, "id": act.id}),
        citation=cites(instrument, act.cite),
        sources=source_names(corpus, instrument, act.source),
        caveats=tuple(
            c
            for c in (
                act.ground and f"ground: {act.ground}",
                f"contested by {listed(act.contested_by)}" if act.contested_by else None,
                None if act.confidence == "sourced" else f"{act.confidence}, not sourced",
            )
            if c
        ),
    )


def _kept(corpus: Corpus, found: Entitlement) -> tuple[Node, ...]:
    """What was handed over while it was owed is not called back."""
    act = found.own.act
    ended = act is not None and act.act in (ActKind.SUSPEND, ActKind.CEASE_IMPLEMENTATION, ActKind.CEASE_PARTICIPATION)
    if found.given or not (ended or any(s.since for s in found.own.unbound)):
        return ()
    first = (act.effective or act.date) if act is not None and ended else found.own.unbound[0].since
    words = "what {recipient} rightly received before {first} stays received"
    return (Node(statement=Statement(words, {"recipient": corpus.actors.name(found.recipient), "first": first})),)


class NotEntitled(InputError):
    """A declaration that a state may not read on a day; the message names act and article."""


def delivered(
    corpus: Corpus,
    store: Store,
    index: int,
    *,
    recipient: str,
    on: Day,
    today: date | None = None,
    key: SecretKey | None = None,
) -> tuple[bytes, bytes, str]:
    """A declaration's bytes and signature file for a party that may read it on a day, and why it may.

    The delivery is kept; with the ledger's own `key` it is entered in the ledger too, for all to see. Its own declaration
    a party always reads. With `today` no later day may be asked about.
    NotEntitled naming act and article where it may not; InputError for a day before the exchange.
    """
    declared = store.declaration(index)
    files = (declared.data, store.signed(index).as_bytes() + b"\n")
    mark = " (synthetic)" if declared.synthetic else ""
    code = corpus.actors.find(recipient).code
    if code == declared.party:
        return *files, f"entry {index}{mark}: the declaration by {code}"
    before = store.delivered(index, code)
    day = asked_day(corpus, declared.instrument, on)
    if today is not None and day > today:
        raise InputError(f"{day} has not come yet", remedy="ask for today or an earlier day")
    given = json.loads(declared.data).get("exchanged") or declared.as_of
    if day.isoformat() < given:
        raise InputError(f"entry {index}{mark} was exchanged on {given}, after {day}", remedy="ask for a later day")
    if before is not None and before <= day.isoformat():
        return *files, f"entry {index}{mark}: rightly received on {before}, and stays received"
    answer = entitled(corpus, declared.instrument, owner=declared.party, recipient=code, on=day)
    if not answer.value.given:
        act = answer.data["act"] or "no bond on that day"
        cite = ", ".join(answer.data["cite"])
        raise NotEntitled(f"{answer.node.statement}: {act} ({cite})", remedy="see `entitled()`")
    store.record_delivery(index, code, day.isoformat())
    if key is not None:
        store.submit(record_event(code, "delivered", f"entry {index}", day.isoformat()).signed_with(key), None, key)
    return *files, f"entry {index}{mark}: {answer.node.statement}"
