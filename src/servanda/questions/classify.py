"""Is it counted, and as what: the existing types a treaty lists."""

from __future__ import annotations

import re
import unicodedata

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.law import ClassifyDocument, TypeMatch
from servanda.model.equipment import EquipmentType
from servanda.model.errors import InputError
from servanda.questions.words import cites

# Cyrillic letters that look like Latin ones, as designations are often typed.
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХІЈ", "ABEKMHOPCTYXIJ")
_RUSSIAN = str.maketrans(
    {
        "Б": "B",
        "Г": "G",
        "Д": "D",
        "Ж": "ZH",
        "З": "Z",
        "И": "I",
        "Л": "L",
        "П": "P",
        "Ф": "F",
        "Э": "E",
        "Ю": "U",
        "Я": "YA",
    }
)


def fold(designation: str) -> str:
    """A designation without case, spaces, hyphens and look-alike letters: `t 72` and `Т-72` are `T72`."""
    text = unicodedata.normalize("NFKC", designation).upper()
    text = text.translate(_LOOK_ALIKE).translate(_RUSSIAN)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^A-Z0-9/]", "", text)


def classify(corpus: Corpus, query: str, instrument: str | None = None) -> Answer[tuple[EquipmentType, ...]]:
    """The listed types of that designation: category, and whether the treaty limits it.

    One designation may stand in several lists (a helicopter both attack and support); all are returned. A type
    that is not listed is said to be unknown, with near matches. InputError for an empty query or an instrument
    without a list.
    """
    listing = [i for i in corpus.ids() if corpus.dossier(i).types]
    told = f"those that do: {', '.join(listing)}" if listing else "none in this corpus does"
    if instrument is None:
        if len(listing) != 1:
            raise InputError("which instrument's list of types is not clear", remedy=told)
        instrument = listing[0]
    dossier = corpus.dossier(instrument)
    if not dossier.types:
        raise InputError(f"{dossier.instrument.called} lists no existing types", remedy=told)
    wanted = fold(query)
    if not wanted:
        raise InputError("no designation given", remedy='write one as in servanda classify "T-72"')
    index: dict[str, list[EquipmentType]] = {}
    for t in dossier.types:
        for name in dict.fromkeys((t.designation, *t.aliases)):
            entry = index.setdefault(fold(name), [])
            if t not in entry:
                entry.append(t)
    found = tuple(index.get(wanted, ()))
    parts_of: tuple[EquipmentType, ...] = ()
    if not found:
        # `BMP-1/BRM-1` lists two designations in one row
        split = [t for t in dossier.types if "/" in t.designation and wanted in map(fold, t.designation.split("/"))]
        found = tuple(split)
    if found:
        parts_of = tuple(t for t in dossier.types if t not in found and t.version_of == found[0].designation)
    near = () if found else _near(wanted, dossier.types)
    names = {c.id: c for c in dossier.instrument.categories}
    if found:
        nodes = tuple(_node(instrument, t, names[t.category].name) for t in found)
        words = "{query} is a listed type"
        if len(found) > 1:
            words += ", in {n} lists: the holder counts it by its features"
    else:
        nodes = tuple(_node(instrument, t, names[t.category].name) for t in near)
        words = "{query} is not among the {all} existing types listed"
        words += "; near matches:" if near else "; nothing like it is listed"
    node = Node(
        statement=Statement(words, {"query": query, "n": len(found), "all": len(dossier.types)}),
        because=nodes,
        caveats=(f"{len(parts_of)} variants of it are listed apart as look-alikes",) if parts_of else (),
    )
    document = ClassifyDocument(
        query=query,
        instrument=instrument,
        known=bool(found),
        matches=tuple(_json(t, dossier.instrument.categories) for t in found),
        near=tuple(_json(t, dossier.instrument.categories) for t in near),
        variants=tuple(t.designation for t in parts_of),
    )
    return Answer(kind="classify", value=found, document=document, node=node)


def _json(t: EquipmentType, categories: tuple[object, ...]) -> TypeMatch:
    parent = next((getattr(c, "parent", None) for c in categories if getattr(c, "id", None) == t.category), None)
    return TypeMatch(
        type=t.designation,
        category=parent or t.category,
        subcategory=t.subcategory or (t.category if parent else None),
        limited=t.limited,
        cite=t.cite,
        list=t.list,
        note=t.note,
        source=tuple(t.source),
    )


def _node(instrument: str, t: EquipmentType, category: str) -> Node:
    words = "{type}: {category}, {limited}"
    limited = "limited by the treaty" if t.limited else "not limited, only reported"
    return Node(
        statement=Statement(words, {"type": t.designation, "category": category, "limited": limited}),
        citation=cites(instrument, t.cite),
        sources=t.source,
        caveats=(t.note,) if t.note else (),
    )


def _near(wanted: str, types: tuple[EquipmentType, ...]) -> tuple[EquipmentType, ...]:
    from difflib import SequenceMatcher

    scored: list[tuple[float, EquipmentType]] = []
    for t in types:
        name = fold(t.designation)
        if not name:
            continue
        score = SequenceMatcher(None, wanted, name).ratio()
        if name.startswith(wanted) or wanted.startswith(name):
            score += 0.15
        if score >= 0.72:
            scored.append((score, t))
    scored.sort(key=lambda x: (-x[0], x[1].designation))
    return tuple(t for _, t in scored[:5])
