"""The treaty, article by article, in our own words."""

from __future__ import annotations

import re

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.law import ProvisionRow, ProvisionsDocument
from servanda.model.errors import UnknownName
from servanda.model.instrument import Provision
from servanda.questions.words import cites, source_names


def provisions(corpus: Corpus, instrument: str, cite: str | None = None) -> Answer[tuple[Provision, ...]]:
    """All provisions, or those of one article (`CFE IV`, `IV.1(A)`, `INSP II`). UnknownName with near matches."""
    dossier = corpus.dossier(instrument)
    every = dossier.provisions
    found = every
    if cite is not None:
        found = tuple(p for p in every if _under(p.cite, cite, dossier.instrument.cite))
        if not found:
            from difflib import get_close_matches

            names = [p.cite for p in every]
            near = get_close_matches(cite, names, 3, 0.4) or get_close_matches(
                f"{dossier.instrument.cite} {cite}", names, 3
            )
            raise UnknownName(f"provision of {dossier.instrument.called}", cite, tuple(near))
    nodes = tuple(
        Node(
            statement=Statement("{cite}: {gist}", {"cite": p.cite, "gist": p.gist}),
            citation=cites(instrument, p.cite),
            sources=source_names(corpus, instrument, p.source),
            caveats=tuple(
                c for c in (None if p.confidence == "sourced" else f"{p.confidence}, not sourced", p.note) if c
            ),
        )
        for p in found
    )
    words = "{n} provisions of {treaty}" + (" under {cite}" if cite else "")
    parts = {"n": len(found), "treaty": dossier.instrument.called, "cite": cite or ""}
    document = ProvisionsDocument(
        instrument=instrument,
        cite=cite,
        provisions=tuple(
            ProvisionRow(
                cite=p.cite,
                kind=p.kind,
                gist=p.gist,
                values=p.values,
                matter=tuple(p.matter),
                confidence=p.confidence,
                source=tuple(p.source),
                note=p.note,
            )
            for p in found
        ),
    )
    return Answer(
        kind="provisions", value=found, document=document, node=Node(statement=Statement(words, parts), because=nodes)
    )


def _under(cite: str, asked: str, prefix: str) -> bool:
    """True where `cite` is the place asked for or lies inside it: IV.1 holds IV.1(A), not IV.10."""
    want, have = _fold(asked), _fold(cite)
    for start in (want, _fold(f"{prefix} {asked}")):
        if have == start or (have.startswith(start) and not re.match(r"[a-z0-9]", have[len(start) :])):
            return True
    return False


def _fold(text: str) -> str:
    text = re.sub(r"\b(article|art\.?)\s+", "", text, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", text).strip().casefold()
