"""The zones of an instrument on a day: what they cover, how large they are, how they nest, what moved."""

from __future__ import annotations

from typing import Any

from servanda.corpus import Corpus
from servanda.geography import Extent, Move, caveats, extents
from servanda.geography import moved as moves
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.places import BlockName, MovedBlocks, ZoneRow, ZonesDocument
from servanda.model.zones import Zone
from servanda.questions.words import Day, asked_day, cites, listed, source_names


def zones(corpus: Corpus, instrument: str, *, on: Day, since: Day | None = None) -> Answer[tuple[Extent, ...]]:
    """Every zone on a day with its geodesic area (km2), its blocks and the zones round it, largest first.

    Ground of a state that takes no part on the day drops out, and the answer says which. With `since`, also what the
    text moved between the two days. InputError where the instrument has no zones.
    """
    asked = asked_day(corpus, instrument, on)
    found = extents(corpus, instrument, asked)
    known = {z.id: z for z in corpus.places(instrument).zones()}
    names = {b.id: b.name for b in corpus.places(instrument).all()}
    own = corpus.dossier(instrument).instrument
    map_notes = (own, corpus.dossier(own.amends).instrument) if own.amends else (own,)
    nodes = [_node(corpus, instrument, e, known[e.zone], names) for e in found]
    before = None if since is None else asked_day(corpus, instrument, since)
    rows: tuple[MovedBlocks, ...] | None = None
    if before is not None:
        changed = moves(corpus, instrument, before, asked)
        rows = tuple(map(_moved_row, changed))
        words = "between {since} and {on} the text moved {n} blocks among {zones} zones"
        blocks = {b for m in changed for b in (*m.joined, *m.left)}
        parts = {"since": before, "on": asked, "n": len(blocks), "zones": len(changed)}
        children = tuple(_moved_node(corpus, instrument, m, known[m.zone], names) for m in changed)
        nodes.insert(0, Node(statement=Statement(words, parts), because=children))
    blocks = {b for e in found for b in (*e.blocks, *e.dropped)}
    notes = caveats(blocks)
    words = "{n} zones of {treaty} on {on}"
    parts = {"n": len(found), "treaty": corpus.dossier(instrument).instrument.called, "on": asked}
    node = Node(statement=Statement(words, parts), caveats=notes, because=tuple(nodes))
    document = ZonesDocument(
        instrument=instrument,
        on=asked,
        zones=tuple(_row(e, known[e.zone], names) for e in found),
        map_note=next((d.map_note for d in map_notes if d.map_note), None),
        caveats=tuple(notes),
        since=before,
        moved=rows,
    )
    return Answer(kind="zones", value=found, document=document, node=node)


def _node(corpus: Corpus, instrument: str, e: Extent, zone: Zone, names: dict[str, str]) -> Node:
    words = "{zone}: {name}, {km2} km2"
    parts: dict[str, Any] = {"zone": e.zone, "name": zone.name, "km2": round(e.km2)}
    if e.inside:
        words += ", within {around}"
        parts["around"] = ", ".join(e.inside)
    notes = []
    if e.dropped:
        gone = listed([names[b] for b in e.dropped])
        notes.append(f"{len(e.dropped)} blocks dropped out, their state is not bound that day: {gone}")
    return Node(
        statement=Statement(words, parts),
        citation=cites(instrument, zone.cite),
        caveats=tuple(notes),
        sources=source_names(corpus, instrument, dict.fromkeys(s for era in zone.eras for s in era.source)),
    )


def _row(e: Extent, zone: Zone, names: dict[str, str]) -> ZoneRow:
    return ZoneRow(
        zone=e.zone,
        name=zone.name,
        cite=zone.cite,
        km2=round(e.km2),
        within=tuple(e.inside),
        blocks=tuple(BlockName(block=b, name=names[b]) for b in e.blocks),
        dropped=tuple(BlockName(block=b, name=names[b]) for b in e.dropped),
        map_order=zone.map_order,
        note=zone.note,
    )


def _moved_row(m: Move) -> MovedBlocks:
    return MovedBlocks(
        zone=m.zone,
        joined=m.joined,
        left=m.left,
        joined_km2=round(m.joined_km2),
        left_km2=round(m.left_km2),
    )


def _moved_node(corpus: Corpus, instrument: str, m: Move, zone: Zone, names: dict[str, str]) -> Node:
    told, parts = [], {"zone": m.zone}
    for word, blocks, km2 in (("joined", m.joined, m.joined_km2), ("left", m.left, m.left_km2)):
        if blocks:
            told.append(f"{{{word}_km2}} km2 {word} ({{{word}}})")
            parts |= {f"{word}_km2": round(km2), word: "; ".join(names[b] for b in blocks)}  # type: ignore[dict-item]
    return Node(statement=Statement("{zone}: " + ", ".join(told), parts), citation=cites(instrument, zone.cite))
