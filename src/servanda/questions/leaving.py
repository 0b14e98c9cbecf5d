"""Why a party leaves: the grounds it gave, where and told by whom; and what an instrument is tied to."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.corpus import Corpus
from servanda.model.acts import Act, Ground
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.law import Clause, GroundRow, GroundsDocument, LinkRow, LinksDocument
from servanda.model.documents.standing import NotedAct
from servanda.model.instrument import Link
from servanda.model.vocabulary import ActKind, Confidence
from servanda.questions.words import cites, listed, source_names

LEAVING = (ActKind.GIVE_NOTICE, ActKind.WITHDRAW, ActKind.REVOKE_NOTICE)


def withdrawal(corpus: Corpus, instrument: str, *, party: str | None = None) -> Answer[tuple[tuple[Act, Ground], ...]]:
    """The grounds of withdrawal that parties stated, with the clause that asks for them.

    A ground is what its speaker said; the record does not judge it. With `party` only that state's. UnknownName for
    an actor that is not known; an answer without grounds where none is recorded.
    """
    dossier = corpus.dossier(instrument)
    code = corpus.actors.find(party).code if party is not None else None
    leaving = [a for a in dossier.acts if a.act in LEAVING and (code is None or code in a.actors)]
    about = {a.id for a in leaving}
    saying = [a for a in dossier.acts if a not in leaving and a.grounds and about & {*a.concerns, a.target_act}]
    stated = [a for a in (*leaving, *saying) if code is None or code in a.actors]
    grounds = tuple((act, ground) for act in stated for ground in act.grounds)
    rule = dossier.instrument.exit
    called = dossier.instrument.called
    who = corpus.actors.name(code) if code else "anybody"
    if grounds:
        words = "{n} grounds of withdrawal from {treaty} stated by {who}, as its own claims"
        who = corpus.actors.name(code) if code else listed({corpus.actors.name(a): None for (a,) in _speakers(grounds)})
    elif leaving:
        words = "no ground of the withdrawal of {who} from {treaty} is recorded"
        who = listed({corpus.actors.name(x): None for a in leaving for x in a.actors})
    else:
        words = "no withdrawal from {treaty} by {who} is recorded, and no ground of one"
    root = Statement(words, {"n": len(grounds), "treaty": called, "who": who})
    nodes = [_act_node(corpus, instrument, act) for act in stated]
    if rule is not None and rule.gist:
        clause = Node(statement=Statement("{gist}", {"gist": rule.gist}), citation=cites(instrument, rule.cite))
        nodes.insert(0, clause)
    document = GroundsDocument(
        instrument=instrument,
        topic="withdrawal",
        party=code,
        as_known_on=corpus.known_on,
        clause=Clause(cite=rule.cite, gist=rule.gist) if rule else None,
        acts=tuple(NotedAct(act=a.id, date=a.date.text, kind=a.act, by=tuple(a.actors), gist=a.gist) for a in stated),
        grounds=tuple(
            GroundRow(
                by=tuple(act.actors),
                gist=g.gist,
                stated_in=g.stated_in,
                reported_by=g.reported_by,
                act=act.id,
                date=act.date.text,
                cite=g.cite,
                source=tuple(g.source),
                confidence=g.confidence,
            )
            for act, g in grounds
        ),
    )
    return Answer(kind="grounds", value=grounds, document=document, node=Node(statement=root, because=tuple(nodes)))


def _speakers(grounds: Iterable[tuple[Act, Ground]]) -> list[tuple[str]]:
    return [(code,) for act, _ in grounds for code in act.actors]


def _act_node(corpus: Corpus, instrument: str, act: Act) -> Node:
    words = "{when}: {who}: {gist}"
    parts = {"when": act.date, "who": listed(map(corpus.actors.name, act.actors), 6), "gist": act.gist}
    return Node(
        statement=Statement(words, parts),
        citation=cites(instrument, act.cite),
        sources=source_names(corpus, instrument, act.source),
        because=tuple(_ground_node(corpus, instrument, n, g) for n, g in enumerate(act.grounds, 1)),
    )


def _ground_node(corpus: Corpus, instrument: str, number: int, ground: Ground) -> Node:
    said = [f"in the {ground.stated_in}"]
    if ground.reported_by:
        said.append(f"as reported by {ground.reported_by}")
    if ground.confidence is not Confidence.SOURCED:
        said.append(f"{ground.confidence}, not sourced")
    return Node(
        statement=Statement("{n}. {gist}", {"n": number, "gist": ground.gist}),
        citation=cites(instrument, ground.cite),
        sources=source_names(corpus, instrument, ground.source),
        caveats=tuple(said),
    )


def links(corpus: Corpus, instrument: str) -> Answer[tuple[tuple[str, Link], ...]]:
    """What an instrument is tied to, and which instruments are tied to it. The value pairs an id with its link."""
    own = [(instrument, x) for x in corpus.dossier(instrument).instrument.links]
    others = [
        (i, x)
        for i in corpus.ids()
        if i != instrument
        for x in corpus.dossier(i).instrument.links
        if x.to == instrument
    ]
    found = (*own, *others)
    called = corpus.dossier(instrument).instrument.called
    nodes = []
    for name, link in found:
        target = corpus.dossier(link.to).instrument.short if link.to else f"{link.title} ({link.year})"
        parts = {
            "from": corpus.dossier(name).instrument.short,
            "relation": link.relation.value.replace("_", " "),
            "to": target,
            "gist": f": {link.gist}" if link.gist else "",
        }
        nodes.append(
            Node(
                statement=Statement("{from} {relation} {to}{gist}", parts),
                citation=cites(name, link.cite),
                sources=source_names(corpus, name, link.source),
                caveats=() if link.confidence is Confidence.SOURCED else (f"{link.confidence}, not sourced",),
            )
        )
    document = LinksDocument(
        instrument=instrument,
        topic="links",
        as_known_on=corpus.known_on,
        links=tuple(
            LinkRow(
                from_=name,
                relation=x.relation,
                to=x.to,
                title=x.title,
                year=x.year,
                cite=x.cite,
                gist=x.gist,
                source=tuple(x.source),
                confidence=x.confidence,
            )
            for name, x in found
        ),
    )
    statement = Statement("{n} links of {treaty}", {"n": len(found), "treaty": called})
    return Answer(kind="links", value=found, document=document, node=Node(statement=statement, because=tuple(nodes)))
