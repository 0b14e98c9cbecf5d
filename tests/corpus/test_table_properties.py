"""What must hold of every status table: its order and its marks mean nothing, and every cell is used or told."""

from __future__ import annotations

import csv
import io
import string
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus.cells import ABSENT
from servanda.corpus.participation import read_participation
from servanda.corpus.store import Corpus

ACTORS = Corpus.default().actors
RULE = "title: T\nentry: {rule: count, count: 2, period: {days: 30}, per_party: true, cite: Art. 9}\n"
RULE += "exit: {notice: {months: 6}, cite: Art. 12}\n"
HEADS = ["Participant", "Signature", "Ratification, Acceptance(A), Accession(a)", "Withdrawal", "Remarks"]
NAMES = ["Poland", "France", "Viet Nam", "Bolivia (Plurinational State of)", "Türkiye", "Holy See", "Congo", "Atlantis"]

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2020, 1, 1))
shown = st.sampled_from(["{0.day} {0:%b} {0.year}", "{0:%Y-%m-%d}", "{0:%B} {0.day}, {0.year}", "{0:%d-%b-%Y}"])
printed = st.builds(lambda d, f: f.format(d), days, shown)
cells = st.one_of(st.just(""), printed)
consents = st.one_of(
    st.just(""), st.builds(lambda d, letter: f"{d}{letter}", printed, st.sampled_from(["", " a", " A"]))
)
rows = st.lists(st.tuples(cells, consents, cells), min_size=2, max_size=len(NAMES))
marks = st.sampled_from(["", " ", "  ", "*", " *", " 3", " 3, 4", "¹", " [2]", " (1)", "†"])


def read(folder, table):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    (folder / "t.csv").write_text(text.getvalue(), encoding="utf-8")
    (folder / "r.yaml").write_text(RULE, encoding="utf-8")
    return read_participation(folder / "t.csv", folder / "r.yaml", ACTORS)


def made(body):
    return [HEADS, *([name, *row, ""] for name, row in zip(NAMES, body, strict=False))]


def acts(table):
    return sorted((a.actors[0], a.act.value, a.date.text, str(a.effective)) for a in table.dossier.acts)


@settings(max_examples=30, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(tmp_path_factory, body, rng):
    folder = tmp_path_factory.mktemp("t")
    table = made(body)
    order = rng.sample(range(len(HEADS)), len(HEADS))
    lines = rng.sample(table[1:], len(table) - 1)
    moved = [[r[i] for i in order] for r in [table[0], *lines]]
    assert acts(read(folder, table)) == acts(read(folder, moved))


@settings(max_examples=30, deadline=None)
@given(rows, st.lists(marks, min_size=40, max_size=40))
def test_footnotes_spaces_and_marks_change_nothing(tmp_path_factory, body, some):
    folder = tmp_path_factory.mktemp("t")
    table = made(body)
    extra = iter(some)
    marked = [table[0], *([c + next(extra) if c else c for c in r] for r in table[1:])]
    plain, other = read(folder, table), read(folder, marked)
    assert acts(plain) == acts(other)
    assert plain.unread == other.unread and plain.strangers == other.strangers


junk = st.one_of(
    st.text(string.ascii_letters + string.digits + " .,;:-/[]()*~?'", min_size=1, max_size=14),
    st.builds(lambda d, s: d + s, printed, st.text(string.ascii_letters + string.digits + " []()?;", min_size=1, max_size=8)),
    st.text(min_size=1, max_size=8),
).filter(lambda s: any(c.isalnum() for c in s) and "\x00" not in s and s.strip() not in ABSENT)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(rows, junk, st.randoms(use_true_random=False))
def test_every_cell_is_used_or_told(tmp_path_factory, body, text, rng):
    folder = tmp_path_factory.mktemp("t")
    table = made(body)
    line, place = rng.randrange(1, len(table)), rng.randrange(len(HEADS))
    changed = [list(r) for r in table]
    changed[line][place] = text
    before, after = read(folder, table), read(folder, changed)
    if changed[line][place].split() == table[line][place].split():
        return
    head = HEADS[place]
    lines = [n for n, _ in _numbered(changed)]
    told = any(
        (f.line == lines[line] and f.column in (head, None)) or (f.line == 1 and f.column == head)
        for f in (*after.unread, *after.notes)
    )
    used = acts(before) != acts(after) or before.strangers != after.strangers or before.names != after.names
    assert used or told


def _numbered(table):
    """The last line of each row as the file has it: a cell may hold line breaks."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    reader = csv.reader(io.StringIO(text.getvalue()))
    return [(reader.line_num, row) for row in reader]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS := (
    "withdrawal ratification of signature denunciation not date effective revoked accession to the amendment notice "
    "provisional application article 6 reservation suspension succession withdrawn force into entry expected by parliament "
    "objection treaty protocol pending deposit instrument and or"
).split()), min_size=1, max_size=5))  # fmt: skip
def test_a_heading_with_a_word_that_denies_is_not_read(words):
    from servanda.corpus.headings import heading

    found = heading(" ".join(words).capitalize())
    denying = {"not", "amendment", "reservation", "expected", "parliament", "objection", "pending"}
    if denying & set(words):
        assert found is None
