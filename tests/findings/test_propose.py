"""Acts to propose: what is proposed, what is not, and that the corpus' own loader takes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.corpus.files import read_yaml
from servanda.corpus.schema import build
from servanda.findings.hold import hold
from servanda.findings.propose import as_yaml, faults, proposals
from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.claims import Claim, Read

CORPUS = Corpus.default()
BASE: dict[str, Any] = {
    "start": 10,
    "end": 20,
    "text": "resumed its",
    "event": "resume",
    "instrument": "cfe",
    "actors": ("TUR",),
    "date": "2025-03-01",
}


def made(*claims: dict[str, Any], name: str = "a.txt", dateline: str | None = "2025-03-04"):
    read = Read(name=name, dateline=dateline, claims=tuple(Claim(**{**BASE, **c}) for c in claims))
    return name, dateline, hold(CORPUS, read)


def test_an_act_the_record_lacks_is_proposed_with_its_source():
    (found,) = proposals(CORPUS, [made({})])
    assert (found.instrument, found.act.id, found.act.act.value) == ("cfe", "tur-resume-2025-03-01", "resume")
    assert (found.act.date.text, found.act.known.text, found.act.confidence.value) == (
        "2025-03-01",
        "2025-03-04",
        "derived",
    )
    assert found.sources == (Source(id="a-txt-10-20", title="a.txt, characters 10 to 20"),)
    assert "holds no such act" in found.why
    assert faults(CORPUS, [found]) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"modality": "planned"},
        {"modality": "denied"},
        {"modality": "urged"},
        {"modality": "threatened"},
        {"modality": "hypothetical"},
        {"modality": "reported_opinion"},
        {"polarity": "negated"},
        {"actors": ()},
        {"actors": ("XXX",)},
        {"instrument": "npt"},
        {"instrument": "*"},
        {"event": "accuse", "target": ("RUS",)},
        {"event": "decline_to_ratify"},
        {"event": "withdraw", "actors": ("RUS",), "date": "2023-11-07"},  # held
        {"event": "withdraw", "actors": ("RUS",), "date": "2015"},  # contradicted
        {"event": "withdraw", "actors": ("SWE",)},  # never took part
    ],
)
def test_nothing_else_is(fields):
    assert proposals(CORPUS, [made(fields)]) == ()


def test_an_act_told_by_many_is_proposed_once_in_any_order():
    told = [made({}), made({"start": 40, "end": 50}, name="b.txt"), made({"actors": ("NOR",)}, name="c.txt")]
    found = proposals(CORPUS, told)
    assert proposals(CORPUS, reversed(told)) == found
    assert [(p.act.actors, len(p.sources), len(p.told)) for p in found] == [(("NOR",), 1, 1), (("TUR",), 2, 2)]
    assert found[1].act.source == ("a-txt-10-20", "b-txt-40-50")
    assert faults(CORPUS, found) == []


def test_an_undated_act_is_bounded_by_the_report():
    (found,) = proposals(CORPUS, [made({"date": None})])
    assert (found.act.date.earliest, found.act.date.text) == (None, "../2025-03-04")
    assert faults(CORPUS, [found]) == []
    assert proposals(CORPUS, [made({"date": None}, dateline=None)]) == ()


def test_ids_do_not_meet_those_of_the_record():
    (found,) = proposals(CORPUS, [made({})])
    dossier = CORPUS.dossier("cfe")
    taken = replace(dossier.acts[0], id=found.act.id)
    laid = CORPUS.replace([replace(dossier, acts=(*dossier.acts, taken))])
    assert [p.act.id for p in proposals(laid, [made({})])] == ["tur-resume-2025-03-01-2"]


def _loaded(text: str, folder: Path) -> tuple[list[Act], list[Source]]:
    path = folder / "acts.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Any] = []
    acts: list[Act] = []
    sources: list[Source] = []
    for section in yaml.safe_load(text):
        for raw in read_yaml(path, "acts.yaml", section=section):
            if section.endswith(".sources"):
                sources.append(build(Source, raw, problems))
            else:
                acts.append(build(Act, raw, problems))
    assert problems == []
    return acts, sources


def test_the_file_is_read_by_the_corpus_own_loader(tmp_path):
    found = proposals(
        CORPUS, [made({}, {"instrument": "inf", "actors": ("USA",), "event": "resume", "start": 30, "end": 40})]
    )
    acts, sources = _loaded(as_yaml(found), tmp_path)
    assert acts == [p.act for p in found]
    assert sources == [s for p in found for s in p.sources]
    assert "# The record of the CFE Treaty holds no such act" in as_yaml(found)
    assert yaml.safe_load(as_yaml([])) == {}


@settings(deadline=None, max_examples=60)
@given(
    name=st.text(min_size=1, max_size=30),
    text=st.text(max_size=40),
    speaker=st.sampled_from(["author", "RUS", "other"]),
)
def test_names_and_words_of_documents_cannot_break_the_file(tmp_path_factory, name, text, speaker):
    found = proposals(CORPUS, [made({"text": text, "speaker": speaker}, name=name)])
    acts, sources = _loaded(as_yaml(found), tmp_path_factory.mktemp("acts"))
    assert acts == [p.act for p in found]
    assert [s.id for s in sources] == [s.id for p in found for s in p.sources]
