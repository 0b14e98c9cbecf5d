"""Mutated inputs for the readers of a user's own files: no traceback, no hang.

    python tools/fuzz_inputs.py scenario 10000
    python tools/fuzz_inputs.py parquet 10000 --seed 3
    python tools/fuzz_inputs.py              lists the kinds

A valid file is damaged at random; reading it must give either a result or the package's own error, within seconds.
Readers that report instead of raising (documents, declarations) must report.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.corpus.holdings import read_holdings
from servanda.model.errors import ServandaError
from servanda.scenario import apply, load_scenario
from servanda.scenario.overlay import FOLDER

MOST_WORK, MOST_WAIT = (
    5,
    120,
)  # seconds: of work for one input, and by the clock of a machine that does other things too
WORST = (
    None, True, -1, 10**30, 2.5, float("nan"), "", "x" * 5000, "cfe", "RUS", "9999-99-99", "0000-01-01", "../../etc",
    [], [1, [2]], {}, {"a": 1}, [{"a": []}], "\u202e\x07", "west+", "+", "any", "1995-11-17", "-",
)  # fmt: skip
HOLDINGS = (
    ["holder", "category", "as_of", "value", "place", "posture", "site"],
    ["DEU", "battle_tank", "1995-11-17", "2500", "attu", "any", ""],
    ["west+CZE", "acv", "1995-11-17", "12000", "iv.3", "active", ""],
    ["RUS", "aifv+hacv", "2000-01-01", "300", "flank", "any", ""],
    ["POL", "battle_tank", "2000-01-01", "90", "attu", "stored", "Drawsko"],
    ["parties", "artillery", "1992-07-17", "9000", "attu", "stored", ""],
)


def main(kind: str, count: int, seed: int = 0) -> int:
    """Run `count` mutated inputs of a kind; print what went wrong and return how many did."""
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, fault, _ in run(kind, count, Path(folder), seed):
            if fault:
                bad += 1
                print(f"{kind} {number}: {fault}")
    print(f"{count} mutated {kind} inputs, {bad} faults")
    return bad


def run(kind: str, count: int, folder: Path, seed: int = 0) -> Any:
    """(number, fault or None, path) for each mutated input."""
    corpus = Corpus.default()
    corpus.dossier("cfe")
    make, read = KINDS[kind](corpus, folder)
    for number in range(count):
        rng = random.Random(seed * 1_000_003 + number)
        path = make(rng, folder)
        start, worked = time.monotonic(), time.process_time()
        fault = None
        try:
            read(path)
        except ServandaError as error:
            if not str(error).strip() or "Traceback" in str(error):
                fault = f"no clear message: {error!r}"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            fault = f"{type(error).__name__}: {error}"[:300]
        if fault is None and (spent := time.process_time() - worked) > MOST_WORK:
            fault = f"took {spent:.1f} s of work"
        if fault is None and (waited := time.monotonic() - start) > MOST_WAIT:
            fault = f"took {waited:.1f} s"
        yield number, fault, path


Make = Callable[[random.Random, Path], Path]
Pair = tuple[Make, Callable[[Path], Any]]


def _scenarios(corpus: Corpus, folder: Path) -> Pair:
    return _scenario, lambda path: apply(corpus, [load_scenario(path)])


def _holdings(make: Make) -> Callable[[Corpus, Path], Pair]:
    return lambda corpus, folder: (make, lambda path: read_holdings(path, corpus, "cfe"))


def _scenario(rng: random.Random, folder: Path) -> Path:
    import yaml

    source = rng.choice(sorted(FOLDER.glob("*.yaml")))
    path = folder / "s.yaml"
    if rng.random() < 0.3:
        return _bytes(rng, source.read_bytes(), path)
    tree = yaml.load(source.read_text(), yaml.BaseLoader)
    for _ in range(rng.randint(1, 3)):
        _damage(rng, tree)
    path.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True))
    return path


def _damage(rng: random.Random, node: Any) -> None:
    """Put something that does not belong somewhere into a tree."""
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = rng.choice(keys)
        inner = node[key]
        if isinstance(inner, dict | list) and inner and rng.random() < 0.75:
            node = inner
            continue
        what = rng.random()
        if what < 0.15:
            del node[key]
        elif what < 0.25 and isinstance(node, dict):
            node[rng.choice(["actor", "id", "join", "in", "set", "x", "cite"])] = node.pop(key)
        else:
            node[key] = rng.choice(WORST)
        return


def _bytes(rng: random.Random, raw: bytes, path: Path) -> Path:
    data = bytearray(raw)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) or 1)
        what = rng.random()
        if what < 0.5 and data:
            data[at] = rng.randrange(256)
        elif what < 0.7:
            del data[at : at + rng.randint(1, 40)]
        elif what < 0.85:
            data[at:at] = rng.choice([b"\x00", b"\xff\xfe", b"- ", b"{", b"*a", b"&a ", b"\n\n", b'"', b",,,"])
        else:
            del data[at:]
    path.write_bytes(data)
    return path


def _rows(rng: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [list(r) for r in HOLDINGS]
    for _ in range(rng.randint(1, 4)):
        row = rng.choice(rows)
        if row:
            row[rng.randrange(len(row))] = rng.choice(WORST)
    return rows


def _csv(rng: random.Random, folder: Path) -> Path:
    path = folder / "h.csv"
    text = "\n".join(",".join(str(c) for c in row) for row in _rows(rng)).encode("utf-8", "surrogatepass")
    if rng.random() < 0.5:
        return _bytes(rng, text, path)
    path.write_bytes(text)
    return path


def _parquet(rng: random.Random, folder: Path) -> Path:
    import polars as pl

    path = folder / "h.parquet"
    rows = list(HOLDINGS[1:])
    frame = pl.DataFrame([dict(zip(HOLDINGS[0], r, strict=True)) for r in rows])
    if rng.random() < 0.5:
        frame = frame.with_columns(pl.col("value").cast(pl.Int64), pl.col("as_of").str.to_date())
    if rng.random() < 0.3:
        odd = [[b"\xff"], [[1]], [{"a": 1}], [2.5], [True], [None]]
        frame = frame.with_columns(pl.Series(rng.choice(HOLDINGS[0]), rng.choice(odd) * len(rows)))
    frame.write_parquet(path, compression=rng.choice(["uncompressed", "snappy", "zstd"]))
    return _bytes(rng, path.read_bytes(), path) if rng.random() < 0.8 else path


def _acts(corpus: Corpus, folder: Path) -> Pair:
    """Participation tables: the table damaged, or its rules."""
    from servanda.corpus.participation import read_participation

    tables = sorted(TABLES.glob("*.csv"))

    def make(rng: random.Random, folder: Path) -> Path:
        source = rng.choice(tables)
        acts, rules = folder / "acts.csv", folder / "acts.yaml"
        acts.write_bytes(source.read_bytes())
        rules.write_bytes(source.with_suffix(".yaml").read_bytes())
        if rng.random() < 0.6:
            return _bytes(rng, acts.read_bytes(), acts)
        if rng.random() < 0.5:
            _bytes(rng, rules.read_bytes(), rules)
        else:
            _yaml_tree(rng, source.with_suffix(".yaml"), rules)
        return acts

    return make, lambda path: read_participation(path, path.with_suffix(".yaml"), corpus.actors)


def _tables(corpus: Corpus, folder: Path) -> Pair:
    """The same tables as workbooks, pages and Parquet files."""
    from servanda.corpus.table_files import open_table
    from servanda.corpus.table_layout import is_participant

    def make(rng: random.Random, folder: Path) -> Path:
        rows = [line.split(",") for line in rng.choice(sorted(TABLES.glob("*.csv"))).read_text().splitlines()]
        form = rng.choice(["xlsx", "html", "parquet"])
        path = folder / f"acts.{form}"
        if form == "xlsx":
            _book(rng, rows, path)
        elif form == "html":
            lines = ("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows)
            path.write_text("<html><body><table>" + "".join(lines) + "</table></body></html>")
        else:
            import polars as pl

            wide = max(map(len, rows))
            pl.DataFrame({f"c{i}": [r[i] if i < len(r) else None for r in rows] for i in range(wide)}).write_parquet(
                path
            )
        return _bytes(rng, path.read_bytes(), path) if form != "xlsx" or rng.random() < 0.5 else path

    return make, lambda path: list(open_table(path, named=is_participant).rows)


def _book(rng: random.Random, rows: list[list[Any]], path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([c if rng.random() > 0.1 else rng.choice(CELLS) for c in row])
    book.save(path)


def _corpus_files(corpus: Corpus, folder: Path) -> Pair:
    """A file of an instrument's folder, or of the actors."""
    import shutil

    from servanda.corpus.store import DATA

    names = ("vclt-1969", "open-skies", "ru-no-1995", "flank-1996", "new-start")
    root = folder / "data"
    for name in (*names, "actors"):
        shutil.copytree(DATA / name, root / name)
    files = [f for n in names for f in sorted((root / n).rglob("*")) if f.suffix in (".yaml", ".csv")]
    whole = {f: f.read_bytes() for f in files}
    last: list[Path] = []

    def make(rng: random.Random, folder: Path) -> Path:
        for path in last:
            path.write_bytes(whole[path])
        path = rng.choice(files)
        last[:] = [path]
        if path.suffix == ".yaml" and rng.random() < 0.6:
            source = folder / "source.yaml"
            source.write_bytes(whole[path])
            _yaml_tree(rng, source, path)
        else:
            _bytes(rng, whole[path], path)
        return path

    return make, lambda path: Corpus(root).load(path.relative_to(root).parts[0])


def _declarations(form: str) -> Callable[[Corpus, Path], Pair]:
    """Declarations as a workbook, JSON, or a folder of CSV or Parquet files."""

    def pair(corpus: Corpus, folder: Path) -> Pair:
        import shutil

        from servanda.exchange.formats import write
        from servanda.questions.exchange import form_of, judge, read_file
        from servanda.questions.synthesize import synthesize

        made = synthesize(corpus, "cfe", on="1995-11-17", objects=60).value
        declaration = min(made, key=lambda d: abs(sum(len(r) for r in d.tables.values()) - 60))
        whole = folder / (f"whole.{form}" if form in ("xlsx", "json") else "whole")
        write(whole, declaration, form_of(corpus, "cfe")[1], kind=form)

        def make(rng: random.Random, folder: Path) -> Path:
            path = folder / f"d{whole.suffix}"
            if whole.is_dir():
                shutil.rmtree(path, ignore_errors=True)
                shutil.copytree(whole, path)
                part = rng.choice(sorted(path.iterdir()))
                _bytes(rng, part.read_bytes(), part)
            elif form == "json" and rng.random() < 0.6:
                import json

                tree = json.loads(whole.read_bytes())
                for _ in range(rng.randint(1, 3)):
                    _damage(rng, tree)
                path.write_text(json.dumps(tree))
            elif form == "xlsx" and rng.random() < 0.7:
                _parts(rng, whole, path)
            else:
                _bytes(rng, whole.read_bytes(), path)
            return path

        return make, lambda path: judge(corpus, read_file(corpus, path, "cfe"), "cfe")

    return pair


def _parts(rng: random.Random, whole: Path, path: Path) -> None:
    """A workbook with one of its parts damaged, packed soundly."""
    import zipfile

    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        hit = rng.choice(names)
        for name in names:
            data = source.read(name)
            if name == hit:
                if rng.random() < 0.1:
                    continue
                spare = path.with_suffix(".part")
                data = _bytes(rng, data, spare).read_bytes() if rng.random() < 0.5 else _cells(rng, data)
            target.writestr(name, data)


def _cells(rng: random.Random, data: bytes) -> bytes:
    """XML with the text of one element replaced by something that does not belong."""
    import re

    found = list(re.finditer(rb">([^<>]+)<", data))
    if not found:
        return data
    hit = rng.choice(found)
    word = str(rng.choice(CELLS)).encode().replace(b"<", b"&lt;")
    return data[: hit.start(1)] + word + data[hit.end(1) :]


def _ledgers(corpus: Corpus, folder: Path) -> Pair:
    """Notes, proofs, keys, signature files and entries, one at a time."""
    from servanda.exchange import keys, log_entries, notes, proofs

    sources = _ledger(folder)
    readers: dict[str, Callable[[bytes], Any]] = {
        "checkpoint": lambda data: notes.parse_checkpoint(notes.parse_note(data)),
        "inclusion": proofs.parse_inclusion,
        "consistency": proofs.parse_consistency,
        "signed": log_entries.parse_signed,
        "entry": log_entries.parse_entry,
        "public": lambda data: keys.parse_public(data.decode("latin-1")),
        "secret": lambda data: keys.parse_secret(data.decode("latin-1")),
        "line": lambda data: notes.parse_line(data.decode("latin-1")),
    }

    def make(rng: random.Random, folder: Path) -> Path:
        name = rng.choice(sorted(sources))
        return _bytes(rng, sources[name], folder / name)

    return make, lambda path: readers[path.name](path.read_bytes())


def _ledger(folder: Path) -> dict[str, bytes]:
    """One valid file of each kind."""
    from servanda.exchange import notes
    from servanda.exchange.keys import SecretKey
    from servanda.exchange.log_entries import Entry, announce_key, now
    from servanda.exchange.merkle import leaf_hash, node_hash
    from servanda.exchange.proofs import ConsistencyProof, InclusionProof

    log, party = SecretKey("example.org/x", bytes(range(32))), SecretKey("POL", bytes(range(32)))
    signed = announce_key("POL", party.public).signed_with(party).signed_with(log)
    entry = Entry(now(), signed).as_bytes()
    leaf, other = leaf_hash(entry), leaf_hash(b"x")
    note = notes.sign_checkpoint(notes.Checkpoint("example.org/x", 2, node_hash(leaf, other)), log)
    return {
        "checkpoint": str(note).encode(),
        "inclusion": str(InclusionProof(0, (other,), note, entry)).encode(),
        "consistency": str(ConsistencyProof(1, (other,), note)).encode(),
        "signed": signed.as_bytes(),
        "entry": entry,
        "public": str(party.public).encode(),
        "secret": party._text().encode(),
        "line": str(notes.cosign(note.text, party, 5)).encode(),
    }


def _stores(corpus: Corpus, folder: Path) -> Pair:
    """A ledger's database, and the static files that it exports."""
    import shutil

    from servanda.exchange.keys import SecretKey
    from servanda.exchange.log_entries import announce_key
    from servanda.exchange.log_tiles import export
    from servanda.exchange.store import Store
    from servanda.questions.ledger import verify_ledger

    log = SecretKey("example.org/x", bytes(range(32)))
    whole, tiles = folder / "whole.db", folder / "tiles"
    with Store.create(whole, "example.org/x", log.public) as store:
        for code, seed in (("POL", 1), ("DEU", 2), ("FRA", 3)):
            party = SecretKey(code, bytes([seed]) * 32)
            store.submit(announce_key(code, party.public).signed_with(party).signed_with(log), None, log)
        export(store, tiles)

    def make(rng: random.Random, folder: Path) -> Path:
        if rng.random() < 0.5:
            return _bytes(rng, whole.read_bytes(), folder / "x.db")
        path = folder / "x"
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(tiles, path)
        part = rng.choice([f for f in sorted(path.rglob("*")) if f.is_file()])
        _bytes(rng, part.read_bytes(), part)
        return path

    return make, lambda path: verify_ledger(str(path))


def _documents(corpus: Corpus, folder: Path) -> Pair:
    """News as text, page, JSON lines and web archive, read and held against the record."""
    import json

    from servanda.intake.items import Limits, Options
    from servanda.questions import pile

    text = (
        "MOSCOW, 12 December 2007 (Reuters) - Russia suspended the Treaty on Conventional Armed Forces in Europe.\n\n"
        "The United States called the step regrettable. Poland will not withdraw from the CFE Treaty, a minister said.\n"
    )
    page = (
        f"<html><head><title>CFE</title><meta name='date' content='2007-12-12'></head><body><p>{text}</p></body></html>"
    )
    body = page.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\nWARC-Date: 2007-12-12T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    sources = {
        "a.txt": text.encode(),
        "a.html": body,
        "a.jsonl": "\n".join(
            json.dumps({"text": text, "title": "CFE", "date": "2007-12-12"}) for _ in range(3)
        ).encode(),
        "a.warc": head.encode() + http + b"\r\n\r\n",
    }

    def make(rng: random.Random, folder: Path) -> Path:
        name = rng.choice(sorted(sources))
        return _bytes(rng, sources[name], folder / name)

    options = Options(limits=Limits(seconds=20.0))
    return make, lambda path: pile.read_all([str(path)], options, workers=1)


def _soup(corpus: Corpus, folder: Path) -> Pair:
    """Words of the extraction's own vocabulary in any order: whatever stands first, last or beside what, it is read."""
    from servanda.extraction.extractor import Extractor
    from servanda.extraction.lexicon import ACTOR, INSTRUMENT, Lexicon
    from servanda.extraction.triggers import table
    from servanda.extraction.words import classes
    from servanda.model.claims import Document

    names = {n for kind in (ACTOR, INSTRUMENT) for n in Lexicon.default().names(kind)}
    phrases = {" ".join(phrase) for rows in table().values() for phrase, _ in rows}
    days = "1990 2007-12-12 May 9 31st a two years ago later last next Tuesday the day after of June that same year".split()
    marks = ", . ; : ( ) “ ” \" - — ? ! ' ’s \n \n\n […]".split(" ")
    pools = [sorted(pool) for pool in (names, phrases, frozenset().union(*classes().values()), marks, days)]

    def make(rng: random.Random, folder: Path) -> Path:
        words = [rng.choice(rng.choice(pools)) for _ in range(rng.randint(1, 24))]
        path = folder / "soup.txt"
        path.write_text(" ".join(w.capitalize() if rng.random() < 0.2 else w for w in words), encoding="utf-8")
        return path

    def read(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        for claim in Extractor.default().read(Document(name="soup", text=text, dateline="2024-03-15")).claims:
            if claim.text != text[claim.start : claim.end] or not claim.text:
                raise ValueError(f"a claim without its words: {text!r}")

    return make, read


def _sites(corpus: Corpus, folder: Path) -> Pair:
    """Lists of objects of verification."""
    from servanda.verification.files import read_objects

    text = b"owner,territory,site,items,detect\nPOL,POL,A,100,0.5\nDEU,POL,B,50,0.9\nRUS,RUS,C,5,1\n"
    return lambda rng, folder: _bytes(rng, text, folder / "sites.csv"), lambda path: read_objects(path)


def _inspections(name: str) -> Callable[[Corpus, Path], Pair]:
    """Lists of past inspections, registers of reductions, logs of inspections."""

    def pair(corpus: Corpus, folder: Path) -> Pair:
        beside = importlib.util.spec_from_file_location(
            "fuzz_inspections", Path(__file__).parent / "fuzz_inspections.py"
        )
        assert beside is not None and beside.loader is not None
        module = importlib.util.module_from_spec(beside)
        beside.loader.exec_module(module)
        made: Pair = getattr(module, name)(corpus, _bytes, _damage, (*WORST, *CELLS, "9" * 5_000))
        return made

    return pair


def _yaml_tree(rng: random.Random, source: Path, path: Path) -> Path:
    import yaml

    tree = yaml.load(source.read_text(), yaml.BaseLoader)
    for _ in range(rng.randint(1, 3)):
        _damage(rng, tree)
    path.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True))
    return path


TABLES = Path(__file__).parents[1] / "tests" / "corpus" / "tables"
CELLS = ("", "x" * 40_000, -1, 10**30, 1e308, "=1+1", "#REF!", "9999-99-99", "\u202e", True, "RUS", "a\nb", "nan", "'")
KINDS: dict[str, Callable[[Corpus, Path], Pair]] = {
    "scenario": _scenarios, "csv": _holdings(_csv), "parquet": _holdings(_parquet), "acts": _acts, "tables": _tables,
    "corpus": _corpus_files, "xlsx": _declarations("xlsx"), "json": _declarations("json"),
    "csv-declaration": _declarations("csv"), "parquet-declaration": _declarations("parquet"), "ledger": _ledgers,
    "store": _stores, "documents": _documents, "words": _soup, "sites": _sites,
    "past": _inspections("past"), "register": _inspections("register"), "course": _inspections("course"),
}  # fmt: skip

if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(f"kinds: {', '.join(KINDS)}; usage: fuzz_inputs.py KIND COUNT [--seed N]")
    sys.exit(min(1, main(sys.argv[1], int(sys.argv[2]), int(sys.argv[4]) if len(sys.argv) > 4 else 0)))
