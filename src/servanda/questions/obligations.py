"""Who owes whom: the matrix as an answer."""

from __future__ import annotations

from servanda.corpus import Corpus
from servanda.model.acts import Act
from servanda.model.answer import Answer, Node, Statement, later
from servanda.model.documents.standing import ObligationsDocument, Uncertain, Voluntary
from servanda.questions.words import Day, asked_day, cites, listed, reading_words, source_names
from servanda.standing import Obligations
from servanda.standing import obligations as matrix


def obligations(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    kind: str,
    reading: str = "depositary",
) -> Answer[Obligations]:
    """The matrix of one kind of duty (architecture.md 5, `obligations`): row obligor, column obligee."""
    asked = asked_day(corpus, instrument, on)
    found = matrix(
        corpus,
        instrument,
        on=asked,
        kind=kind,
        reading=reading,
    )
    dossier = corpus.dossier(instrument)
    told, because = _told(corpus, instrument, found)
    words = "{kind} under {treaty} on {on}, {reading}: {told}"
    parts = {
        "kind": found.kind.value,
        "treaty": dossier.instrument.called,
        "on": asked,
        "reading": reading_words(corpus, found.reading),
        "told": "; ".join(told),
    }
    document = later(
        lambda: ObligationsDocument(
            instrument=instrument,
            on=asked,
            kind=found.kind,
            reading=found.reading,
            as_known_on=corpus.known_on,
            parties=tuple(found.parties),
            owes=tuple(tuple(r) for r in found.owes),
            uncertain=tuple(
                Uncertain(obligor=d.obligor, obligee=d.obligee, act=d.act.id, date=(d.act.effective or d.act.date).text)
                for d in found.doubts
            ),
            acts=tuple(a.id for a in found.acts),
            voluntary=tuple(Voluntary(party=p, act=a.id) for p, a in found.voluntary),
            caveats=tuple(found.caveats),
        )
    )
    node = Node(statement=Statement(words, parts), caveats=found.caveats, because=because)
    return Answer(kind="obligations", value=found, document=document, node=node)


def _told(corpus: Corpus, instrument: str, found: Obligations) -> tuple[list[str], tuple[Node, ...]]:
    """A matrix in sentences and its reasons: alike on all days that it is the same on."""

    def make() -> tuple[Obligations, list[str], tuple[Node, ...]]:
        told = summary(found)
        lines = (Node(statement=Statement("{line}", {"line": line})) for line in told)
        acts = (_act_node(corpus, instrument, a) for a in found.acts)
        return (
            found,
            told,
            (*lines, *acts),
        )  # the matrix is kept with them, so that no other can come to bear its address

    return corpus.small.get(("duties told", instrument, id(found)), make)[1:]


def _act_node(corpus: Corpus, instrument: str, a: Act) -> Node:
    said = (
        a.ground and f"ground: {a.ground}",
        f"contested by {listed(a.contested_by)}" if a.contested_by else None,
        f"keeps voluntarily: {listed(a.voluntary)}" if a.voluntary else None,
    )
    return Node(
        statement=Statement(
            "{when}: {who}: {gist}", {"when": a.effective or a.date, "who": listed(a.actors), "gist": a.gist}
        ),
        citation=cites(instrument, a.cite),
        sources=source_names(corpus, instrument, a.source),
        caveats=tuple(c for c in said if c),
    )


def summary(found: Obligations) -> list[str]:
    """The matrix in a few sentences, from its cells alone: each party is in one line, with its own three values."""
    if len(found.parties) < 2:
        return ["no pair of parties"]
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for party in found.parties:
        row = found.row(party).items()
        shape = tuple(o for o, v in row if v is False), tuple(o for o, v in row if v is None)
        alike.setdefault(_named(shape, found.parties, party), []).append(party)
    if list(alike) == [((), ())]:
        return [f"all {len(found.parties)} parties owe it to each other"]
    lines = [(f"{listed(who)}: " + _line(gone, open_), gone, open_, who) for (gone, open_), who in alike.items()]
    plain = [
        f"{len(who)} {'party' if len(who) == 1 else 'parties'}: to all others"
        for _, gone, open_, who in lines
        if not gone and not open_
    ]
    lines = [x for x in lines if x[1] or x[2]]
    # to nobody first, then those who owe less than all, then those of whom it is not known
    lines.sort(key=lambda x: (x[1] != EVERYBODY, bool(x[2])))
    told = [text for text, *_ in lines] + plain
    kept = dict.fromkeys(p for p, _ in found.voluntary)
    if kept:
        told.append(f"{listed(kept)}: kept voluntarily, by their own statement; not a duty")
    return told


EVERYBODY = ("*",)


def _named(
    shape: tuple[tuple[str, ...], tuple[str, ...]], parties: tuple[str, ...], party: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The shape of a row with all others written as one, so that rows that say the same fall together."""
    others = len(parties) - 1
    gone, unknown = shape
    return EVERYBODY if len(gone) == others else gone, EVERYBODY if len(unknown) == others else unknown


def _line(gone: tuple[str, ...], unknown: tuple[str, ...]) -> str:
    if gone == EVERYBODY:
        return "to nobody"
    if unknown == EVERYBODY:
        return "not known for that day"
    parts = [f"to all but {listed(gone)}"] if gone else []
    if unknown:
        parts.append(f"not known for that day toward {listed(unknown)}" if gone else _but(unknown))
    return "; ".join(parts)


def _but(unknown: tuple[str, ...]) -> str:
    return f"to all others, toward {listed(unknown)} not known for that day"
