"""Closed words: one misspelt anywhere in the data is refused with file, line and what was meant."""

from __future__ import annotations

import csv
import dataclasses
import enum
import random
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml

from servanda.corpus import Corpus
from servanda.corpus.schema import TABLES
from servanda.corpus.store import DATA
from servanda.model.dates import UncertainDate
from servanda.model.errors import DataError

# Fields that name something defined elsewhere in the data: a party, a category, a place, a source, an act ...
NAMES = {
    "Act": "actors toward contested_by accepted_by predecessor target_act supersedes concerns triggers provisions source",
    "Actor": "successors predecessor",
    "Applies": "since_act",
    "Block": "source",
    "Category": "parent",
    "Cap": "of kinds",
    "Clock": "source",
    "Consent": "territory",
    "CourseStep": "after clock",
    "Discrepancy": "source",
    "EntryRule": "required source",
    "EquipmentType": "category subcategory version_of source",
    "ExitRule": "source",
    "Group": "alliance source",
    "Ground": "source",
    "InspectionKind": "charges",
    "InspectionRegime": "source",
    "Instrument": "amends area addressees depositary",
    "Level": "state category zone source",
    "Limit": "at_most force category zone holders within source",
    "Link": "to source",
    "Membership": "actor",
    "Procedure": "source",
    "Provision": "obligors source",
    "QuotaRule": "ceiling_for cites percent number",
    "Record": "posture force snapshot holder category place source",
    "Reduction": "holder category source",
    "Step": "after blank",
    "Decision": "quorum",
    "Supplement": "party zone",
    "Tenure": "state",
    "Tie": "actor",
    "ZoneEra": "of source",
}


@dataclasses.dataclass(frozen=True)
class Word:
    """One closed word of a file: its field, its line and where the line's text holds it."""

    file: Path
    field: str
    line: int
    word: str


@cache
def closed(kind: Any, field: str) -> bool:
    """Whether a field holds words of a closed list, or names of something defined elsewhere."""
    if field in NAMES.get(kind.__name__, "").split():
        return True
    hints = [get_type_hints(kind).get(field)]
    while hints:
        hint = hints.pop()
        if isinstance(hint, type) and (issubclass(hint, enum.Enum) or hint is bool):
            return True
        hints += get_args(hint)
    return False


@cache
def inner(kind: Any, field: str) -> Any:
    """The dataclass that a field holds, if any."""
    hints = [get_type_hints(kind).get(field)]
    while hints:
        hint = hints.pop()
        if dataclasses.is_dataclass(hint) and hint is not UncertainDate:
            return hint
        hints += get_args(hint)
    return None


def words_of(node: Any, kind: Any, file: Path, field: str = "", *, is_word: bool = False):
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if is_word:  # a mapping whose keys are the words: `at_most: {any: 20000}`
                yield Word(file, f"{field} (key)", key.start_mark.line, key.value)
                continue
            name = key.value
            below = inner(kind, name)
            yield from words_of(
                value, below or kind, file, f"{kind.__name__}.{name}", is_word=below is None and closed(kind, name)
            )
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from words_of(item, kind, file, field, is_word=is_word)
    elif is_word and node.value:
        yield Word(file, field, node.start_mark.line, node.value)


def words_of_yaml(path: Path, table: str):
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if table == "zones":
        for key, value in root.value:
            yield from words_of(value, TABLES[key.value], path)
    elif root is not None:
        yield from words_of(root, TABLES[table], path)


def words_of_csv(path: Path, table: str):
    kind = TABLES[table]
    header: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#") or '""' in line:  # a cell with quotes of its own cannot be spoilt as text
            continue
        cells = next(csv.reader([line]))
        if not header:
            header = cells
            continue
        for column, cell in zip(header, cells, strict=False):
            if cell and closed(kind, column):
                yield Word(path, f"{kind.__name__}.{column}", number, cell.split("|")[0])


def words_in(folder: Path):
    for path in sorted(folder.rglob("*.yaml")):
        if path.stem == "examples":
            continue
        table = "actors" if folder.name == "actors" else path.stem
        yield from words_of_yaml(path, table)
    for path in sorted(folder.rglob("*.csv")):
        yield from words_of_csv(path, "holdings" if path.parent.name == "holdings" else path.stem)


def misspelt(word: str, chance: random.Random) -> str:
    """The word with one letter doubled, dropped or swapped with the next, at random."""
    # a letter that stands alone, as in `IV.1(A)`, spells nothing: another one names another clause
    runs = [m.span() for m in re.finditer(r"[^\W\d_]{2,}", word)] or [(0, len(word))]
    letters = [i for start, end in runs for i in range(start, end)]
    for _ in range(20):
        i = chance.choice(letters)
        how = chance.randrange(3) if len(word) > 3 else 0
        new = word[:i] + word[i] * 2 + word[i + 1 :]
        if how == 1:
            new = word[:i] + word[i + 1 :]
        elif how == 2 and i + 1 < len(word):
            new = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if new != word and (not word[0].isalpha() or new[0].isalpha()):  # a number would be another fault
            return new
    raise AssertionError(word)


def sample(folder: Path, chance: random.Random) -> list[Word]:
    """One occurrence of every kind of field of every file, no two on one line."""
    kinds: dict[tuple[Path, str], list[Word]] = {}
    for word in words_in(folder):
        kinds.setdefault((word.file, word.field), []).append(word)
    chosen: list[Word] = []
    used: set[tuple[Path, int]] = set()
    for places in kinds.values():
        free = [w for w in places if (w.file, w.line) not in used]
        if free:
            word = chance.choice(free)
            used.add((word.file, word.line))
            chosen.append(word)
    return chosen


def spoil(word: Word, chance: random.Random, known: set[str]) -> str:
    lines = word.file.read_text(encoding="utf-8").split("\n")
    new = word.word
    while new in known:
        new = misspelt(word.word, chance)
    key = word.field.split(" ")[0].split(".")[1]
    line = lines[word.line]
    if word.file.suffix == ".csv":
        header = next(csv.reader([x for x in lines if not x.startswith("#")]))
        cells = next(csv.reader([line]))
        i = header.index(key)
        cells[i] = cells[i].replace(word.word, new, 1)
        line = ",".join(f'"{c}"' if "," in c or '"' in c else c for c in cells)
    else:
        at = line.index(word.word, max(line.find(f"{key}:"), 0))
        line = line[:at] + new + line[at + len(word.word) :]
    lines[word.line] = line
    word.file.write_text("\n".join(lines), encoding="utf-8")
    return new


def copy(root: Path, name: str) -> Path:
    """The data with a copy of one folder that may be damaged; the others are the shipped ones."""
    root.mkdir()
    for folder in DATA.iterdir():
        if folder.name == name:
            shutil.copytree(folder, root / name)
        else:
            (root / folder.name).symlink_to(folder)
    return root


def group(word: Word) -> str:
    """Words of one group can be misspelt together: a record refused for one hides what others say of it."""
    kind, field = word.field.split(" ")[0].split(".")
    if field not in NAMES.get(kind, "").split():
        return "closed, of the treaty" if word.file.name == "treaty.yaml" else "closed"
    return "host" if field == "amends" else "names"


def batches(words: list[Word]):
    """Words to misspell at once: of one group, and one a record but for a treaty's own."""
    pending: dict[str, list[Word]] = {}
    for word in words:
        pending.setdefault(group(word), []).append(word)
    for name, rest in pending.items():
        while rest:
            batch, later, records = [], [], set()
            for word in rest:
                record = (word.file, start_of(word))
                (later if record in records and name != "closed, of the treaty" else batch).append(word)
                records.add(record)
            yield batch
            rest = later


FOLDERS = sorted(p.name for p in DATA.iterdir() if p.is_dir() and p.name != "geo")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_misspelt_word_is_refused_with_file_line_and_what_was_meant(tmp_path, name):
    chance = random.Random(name)
    pending = sample(DATA / name, chance)
    assert pending
    known = {w.word for w in words_in(DATA / name)} | {a.code for a in Corpus.default().actors}
    if name != "actors":
        cites = {p.cite.split(" ", 1)[-1] for p in Corpus.default().dossier(name).provisions}
        known |= cites | {re.split(r"[ .(]", c)[0] for c in cites}
    # several at once: all faults of a folder are told together
    for number, batch in enumerate(batches(pending)):
        root = copy(tmp_path / str(number), name)
        spoilt = []
        for word in batch:
            mine = dataclasses.replace(word, file=root / word.file.relative_to(DATA))
            spoilt.append((mine, spoil(mine, chance, known)))
        with pytest.raises(DataError) as caught:
            corpus = Corpus(root)
            _ = corpus.actors
            corpus.load(name)
        faults = caught.value.faults
        for word, new in spoilt:
            at = f"{word.file.name}:{word.line + 1} {word.field} {new}"
            # of a sum (`west+CZE`) the message names the part that is wrong
            wrong, meant = next(
                pair for pair in zip(new.split("+"), word.word.split("+"), strict=True) if len(set(pair)) > 1
            )
            mine = [f for f in faults if wrong in f.message and f.file == word.file.relative_to(root).as_posix()]
            assert mine, at
            assert any(f.line == word.line + 1 for f in mine), (at, [str(f) for f in mine])
            assert any(meant in f.remedy for f in mine), (at, [str(f) for f in mine])


def start_of(word: Word) -> int:
    """The line on which the record of a word begins."""
    lines = word.file.read_text(encoding="utf-8").split("\n")
    if word.file.suffix == ".csv":
        return word.line
    return next((i for i in range(word.line, -1, -1) if lines[i].startswith("- ")), 0)
