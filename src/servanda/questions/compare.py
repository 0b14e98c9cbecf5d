"""Two instruments side by side on the same matters."""

from __future__ import annotations

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.law import Compared, CompareDocument, MatterRow
from servanda.model.errors import UnknownName
from servanda.model.instrument import Provision
from servanda.model.vocabulary import Matter
from servanda.questions.standing import words_for
from servanda.questions.words import Day, cites, day, source_names
from servanda.standing import standings

MOST = 12


def compare(
    corpus: Corpus, one: str, two: str, *, on: Day | None = None, matter: str | None = None
) -> Answer[dict[str, tuple[tuple[Provision, ...], tuple[Provision, ...]]]]:
    """Provisions of two instruments by matter (limits, withdrawal, ...), and on a day who is bound by each.

    UnknownName for an instrument or a matter neither has.
    """
    first, second = corpus.dossier(one), corpus.dossier(two)
    by: dict[str, tuple[list[Provision], list[Provision]]] = {}
    for side, dossier in enumerate((first, second)):
        for provision in dossier.provisions:
            for about in provision.matter:
                by.setdefault(about, ([], []))[side].append(provision)
    if matter is not None and matter not in by:
        from difflib import get_close_matches

        near = tuple(get_close_matches(matter, sorted(by), 3, 0.4))
        raise UnknownName("matter", matter, near, remedy=None if near else f"matters: {', '.join(sorted(by))}")
    chosen = [matter] if matter else sorted(by, key=lambda m: (not (by[m][0] and by[m][1]), m))
    result = {m: (tuple(by[m][0]), tuple(by[m][1])) for m in chosen}
    nodes = []
    if on is not None:
        asked = day(on)
        for dossier in (first, second):
            tally: dict[str, int] = {}
            for s in standings(corpus, dossier.instrument.id, on=asked):
                tally[words_for(s.standing)] = tally.get(words_for(s.standing), 0) + 1
            told = ", ".join(f"{n} {k}" for k, n in tally.items())
            words = "{treaty} on {on}: {told}"
            nodes.append(
                Node(statement=Statement(words, {"treaty": dossier.instrument.short, "on": asked, "told": told}))
            )
    for name, sides in result.items():
        children = []
        for dossier, held in zip((first, second), sides, strict=True):
            short = dossier.instrument.short
            if not held:
                children.append(Node(statement=Statement("{treaty}: nothing on it in the record", {"treaty": short})))
                continue
            lines = tuple(
                Node(
                    statement=Statement("{gist}", {"gist": p.gist}),
                    citation=cites(dossier.instrument.id, p.cite),
                    sources=source_names(corpus, dossier.instrument.id, p.source),
                    caveats=() if p.confidence == "sourced" else (f"{p.confidence}, not sourced",),
                )
                for p in (held if matter else held[:MOST])
            )
            more = (
                "" if matter or len(held) <= MOST else f", the first {MOST}; ask for the matter {name} alone to see all"
            )
            words = "{treaty}: {n} provisions{more}"
            children.append(
                Node(statement=Statement(words, {"treaty": short, "n": len(held), "more": more}), because=lines)
            )
        nodes.append(Node(statement=Statement("{matter}", {"matter": name.replace("_", " ")}), because=tuple(children)))
    both = sum(bool(a and b) for a, b in result.values())
    words = "{one} and {two}: {n} matters, {both} in both"
    parts = {"one": first.instrument.short, "two": second.instrument.short, "n": len(result), "both": both}
    document = CompareDocument(
        one=one,
        two=two,
        as_known_on=corpus.known_on,
        matters=tuple(
            MatterRow(
                matter=Matter(name),
                one=tuple(Compared(cite=p.cite, gist=p.gist, confidence=p.confidence) for p in a),
                two=tuple(Compared(cite=p.cite, gist=p.gist, confidence=p.confidence) for p in b),
            )
            for name, (a, b) in result.items()
        ),
    )
    return Answer(
        kind="compare",
        value=result,
        document=document,
        node=Node(statement=Statement(words, parts), because=tuple(nodes)),
    )
