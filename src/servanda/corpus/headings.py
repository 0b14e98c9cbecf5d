"""What the heading of a column names: an act, an effect, an act that undoes another, or nothing that binds.

A heading lists the acts its column may hold, those told by a letter with the letter in brackets:
`Ratification, Acceptance(A), Accession(a), Succession(d)`. Words that negate or modify an act are read before the act
itself, so that a heading half understood is never read as its half.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from servanda.model.vocabulary import ActKind

CONSENT = r"(ratif\w+|accession|adhesion|acce(?:ss|de)\w*|accept\w+|approv\w+|approbation|consent|signature|confirmation|succession)"
PROVISIONAL = r"(provisional(ly)? appl\w+|provisional\w*|application provisoire)"
LEAVING = r"(withdr[ae]w\w*|denunciation|denonciation|denounc\w+|retrait|exit)"
UNDOING = r"(withdraw\w*|revo[ck]\w+|cancel\w+|rescission|annulment|terminat\w+|suspension|retrait)"

# The first pattern that fits decides. An act of None names something that binds nobody: told, not read.
WORDS: tuple[tuple[str, ActKind | None, bool], ...] = (
    # (pattern, act, undoes): `undoes` marks acts that take another act back
    (r"non-provisional", None, False),
    (
        r"\b(not?|without|pending|inten\w*|planned|expected|proposed|draft|refus\w*|reject\w*|failed|bill|possible)\b"
        r"|\bnon[- ](ratif|sign|acce|appr|party|parties|depos)",
        None,
        False,
    ),
    (
        r"\b(objection|reservation|declaration|understanding|statement|communication|correction|comment|reserve)s?\b",
        None,
        False,
    ),
    (rf"{UNDOING} (of|de) (the |la |l')?(notice of |notification of |its )?{LEAVING}", ActKind.REVOKE_NOTICE, False),
    (rf"{UNDOING} (of|de) (the |la |l'|its )?(instrument of )?{PROVISIONAL}", None, True),
    (rf"{UNDOING} (of|de) (the |la |l'|its )?(instrument of )?{CONSENT}", None, True),
    (rf"(effect|force|vigueur).*{LEAVING}|{LEAVING}.*(effect|force|effet|vigueur)", ActKind.WITHDRAW, False),
    (r"succession to signature", ActKind.SIGN, False),
    (PROVISIONAL, ActKind.PROVISIONALLY_APPLY, False),
    (r"succession", ActKind.SUCCEED, False),
    (r"\b(accession|adhesion|acceded)\b", ActKind.ACCEDE, False),
    (r"ad referendum", ActKind.SIGN, False),
    (
        r"definitive|ratification|ratified|accept(ance|ation|ed)|approv(al|ed)|approbation|confirmation|"
        r"consent|consentement|participation|simplified|deposit",
        ActKind.DEPOSIT,
        False,
    ),
    (rf"\b{LEAVING}\b", ActKind.GIVE_NOTICE, False),
    (
        r"entr(y|ee) (into|en) (force|vigueur)|entered into force|^in force|^eif$|^application$|^effective date$|"
        r"^date of effect$|^date effective$",
        ActKind.ENTER_INTO_FORCE,
        False,
    ),
    (r"\bsign(ature|ed|ing)\b", ActKind.SIGN, False),
)
# Words of a heading that add nothing to the act it names.
FILLERS = frozenset(
    """date dates day of the a an by on in at to from and or under with as its their instrument instruments deposited
    deposit notification notice notified given received receipt takes take taking effect effective article articles
    paragraph paragraphs section protocol convention agreement treaty accord amended extended through virtue thereto
    de du la le les l d et ou sous en date jour mois year members non-regional resolution unamended thereof after entry
    into force formal party parties states ipso facto procedure bound be made for accordance
    respect undertaking adoption march april september extension""".split()
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's cells mean: the act of a bare day (None: not told), and the acts of its letters.

    `undoes` marks a column whose acts take another act back: what is left of its party's standing is not known.
    """

    name: str
    plain: ActKind | None
    letters: dict[str, ActKind | None]
    undoes: bool = False


_LEGEND = re.compile(r"(.*?)\s*\(([A-Za-z]{1,2})\)\s*")


def heading(name: str) -> Column | None:
    """The column of that heading, or None where no word of it is known as an act."""
    letters: dict[str, ActKind | None] = {}
    plain: list[ActKind] = []
    known = undoes = False
    for item in _items(name):
        match = _LEGEND.fullmatch(item)
        kind, told, undo = act(match[1] if match else item)
        known, undoes = known or told, undoes or undo
        if match:
            letters[match[2]] = kind
        elif kind is not None:
            plain.append(kind)
    if not known:
        return None
    # where several acts go without a letter and one binds, a bare day binds
    first = next((k for k in plain if k is not ActKind.SIGN), plain[0] if plain else None)
    if first is None and len(set(letters.values())) == 1:
        first = next(iter(letters.values()))
    return Column(name, first, letters, undoes)


def _items(name: str) -> list[str]:
    """The parts of a heading; a comma before a small word does not part them (`ratification, accession or ...`)."""
    return [p.strip() for p in re.split(r",\s+(?=[A-Z])", name) if p.strip()]


def act(words: str) -> tuple[ActKind | None, bool, bool]:
    """The act that words name, whether they are understood, and whether they undo another act."""
    low = plain_words(words)
    for pattern, kind, undoes in WORDS:
        if re.search(pattern, low):
            if kind is not None and _left_over(low):
                return None, False, False
            if kind is None and not undoes:
                # what binds nobody is told, but for what only says more of another column
                return None, pattern == "non-provisional", False
            return kind, True, undoes
    return None, False, False


def _left_over(low: str) -> list[str]:
    """Words of a heading that are neither an act's nor add nothing: a heading with such a word is not understood."""
    known = re.compile(
        r"sign\w*|ratif\w+|acce\w+|appr\w+|adhesion|confirmation|consent\w*|succession|succeeded|provisional\w*|non-provisional|"
        r"appl\w+|withdr[ae]w\w*|den[uo]\w+|retrait|exit|revo\w+|cancel\w+|rescission|annulment|terminat\w+|suspension|"
        r"definitive|simplified|participation|ad|referendum|eif|entry|entree|entered|vigueur|force|effet|provisoire|effective"
    )
    words = re.findall(r"[a-z][a-z-]*", low)
    return [
        w
        for w in words
        if w not in FILLERS and len(w) > 1 and not re.fullmatch(r"[ivxlc]+", w) and not known.fullmatch(w)
    ]


def folded(text: str) -> str:
    """Lower case, no accents, one blank between words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.lower().replace("’", "'").split())


def plain_words(text: str) -> str:
    """The words of a heading, folded, without footnote marks and numbers."""
    bare = re.sub(r"[\[\]*†‡§]|(?<=[a-z])\d+\b|\s\d{1,2}(?=$|\s*[,;])", " ", folded(text.replace("_", " ")))
    return " ".join(bare.split())
