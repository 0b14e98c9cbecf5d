"""Who owes whom: the matrix as an answer."""

from __future__ import annotations

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.questions.words import Day, asked_day, cites, listed, optional_day, source_names
from servanda.standing import Obligations
from servanda.standing import obligations as matrix


def obligations(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    kind: str,
    reading: str = "depositary",
    as_known_on: Day | None = None,
) -> Answer[Obligations]:
    """The matrix of one kind of duty (DESIGN 5, `obligations`): row obligor, column obligee."""
    asked = asked_day(corpus, instrument, on)
    found = matrix(
        corpus,
        instrument,
        on=asked,
        kind=kind,
        reading=reading,
        as_known_on=optional_day(as_known_on, "day of knowledge"),
    )
    dossier = corpus.dossier(instrument)
    because = [Node(statement=Statement("{line}", {"line": line})) for line in summary(found)]
    because += [
        Node(
            statement=Statement(
                "{when}: {who}: {gist}", {"when": a.effective or a.date, "who": listed(a.actors), "gist": a.gist}
            ),
            citation=cites(instrument, a.cite),
            sources=source_names(corpus, instrument, a.source),
            caveats=tuple(
                c
                for c in (
                    a.ground and f"ground: {a.ground}",
                    f"contested by {listed(a.contested_by)}" if a.contested_by else None,
                    f"keeps of its own will: {listed(a.voluntary)}" if a.voluntary else None,
                )
                if c
            ),
        )
        for a in found.acts
    ]
    words = "{kind} under the {treaty} on {on}, in the reading {reading}, among {n} parties"
    parts = {
        "kind": found.kind.value,
        "treaty": dossier.instrument.short,
        "on": asked,
        "reading": found.reading,
        "n": len(found.parties),
    }
    data = {
        "instrument": instrument,
        "on": asked.isoformat(),
        "kind": found.kind.value,
        "reading": found.reading,
        "parties": list(found.parties),
        "owes": [list(r) for r in found.owes],
        "uncertain": [
            {"obligor": d.obligor, "obligee": d.obligee, "act": d.act.id, "date": (d.act.effective or d.act.date).text}
            for d in found.doubts
        ],
        "acts": [a.id for a in found.acts],
        "caveats": list(found.caveats),
    }
    node = Node(statement=Statement(words, parts), caveats=found.caveats, because=tuple(because))
    return Answer(kind="obligations", value=found, data=data, node=node)


def summary(found: Obligations) -> list[str]:
    """The matrix in a few sentences: who owes nobody, who is owed by nobody, who owes to some."""
    if len(found.parties) < 2:
        return ["no pair of parties"]
    rows = {p: list(found.row(p).items()) for p in found.parties}
    nothing = [p for p in found.parties if all(v is False for _, v in rows[p])]
    unsure = [p for p in found.parties if p not in nothing and any(v is None for _, v in rows[p])]
    full = [p for p in found.parties if all(v is True for _, v in rows[p])]
    if len(full) == len(found.parties):
        return [f"all {len(full)} parties owe it to each other"]
    lines = []
    if nothing:
        lines.append(f"{listed(nothing)}: to nobody")
    partial: dict[tuple[str, ...], list[str]] = {}
    for party in found.parties:
        gone = tuple(o for o, v in rows[party] if v is False)
        if party not in nothing and gone:
            partial.setdefault(gone, []).append(party)
    for gone, who in partial.items():
        lines.append(f"{listed(who)}: to all but {listed(gone)}")
    if unsure:
        lines.append(f"{listed(unsure)}: not known for that day")
    if full:
        lines.append(f"{len(full)} parties: to all others" if len(full) > 1 else f"{full[0]}: to all others")
    return lines
