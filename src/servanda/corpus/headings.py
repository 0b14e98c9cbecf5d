"""What the heading of a column names: an act, an effect, an act that undoes another, or nothing that binds.

A heading lists the acts its column may hold, those told by a letter with the letter in brackets:
`Ratification, Acceptance(A), Accession(a), Succession(d)`. Every word of it must be known: each becomes a symbol, and the
symbols together must fit one of a few shapes. A heading half understood is never read as its half.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from servanda.model.vocabulary import ActKind

# Words of other languages, as the English ones they stand for; accents are gone when they are looked up.
TRANSLATED = {
    "of": "de du des del d der von",
    "the": "la le les l el los las das die",
    "and": "et y und",
    "or": "ou o oder",
    "date": "fecha datum jour",
    "signature": "firma unterzeichnung signe",
    "ratification": "ratificacion ratifikation ratifizierung ratifie",
    "accession": "adhesion beitritt",
    "acceptance": "acceptation aceptacion annahme",
    "approval": "approbation aprobacion genehmigung",
    "succession": "sucesion rechtsnachfolge",
    "consent": "consentement consentimiento",
    "denunciation": "denonciation denuncia kundigung",
    "withdrawal": "retrait retiro rucktritt",
    "effect": "effet efecto",
    "deposit": "depot deposito hinterlegung",
    "instrument": "instrumento urkunde",
    "notification": "notificacion",
    "revocation": "revocacion",
    "force": "vigueur vigor",
    "entry": "entree entrada",
    "into": "en",
    "inkrafttreten": "inkrafttreten",
    "provisional": "provisoire",
    "application": "aplicacion",
}
_ENGLISH = {word: english for english, words in TRANSLATED.items() for word in words.split()}

# Phrases, longest first, and the symbol each stands for.
_LAW = "convention|protocol|protocole|agreement|treaty|traite|accord|covenant|statute|charter|pact|instrument"
PHRASES: tuple[tuple[str, str], ...] = (
    (r"confirmation of signature(?: ad referendum)?|consent to be bound|expression of consent", "R"),
    (r"succession to signature|signature ad referendum", "S"),
    (
        r"(?:definitive|final) signature|formal confirmation|(?:definitive|simple|final) acceptance|simplified procedure",
        "R",
    ),
    (r"as amended(?: by the (?:protocol|convention|agreement))?(?: and extended)?", "m"),
    (
        r"(?:date of )?(?:the )?provisional(?:ly)? (?:application|applied|applies|acceptance|accession)(?: ?/ ?(?:acceptance|accession))?"
        r"|applied provisionally|application provisional|provisional entry into force",
        "p",
    ),
    (
        rf"suspen(?:sion|ded|ds) of (?:the )?(?:operation|application|performance|participation|{_LAW})"
        rf"(?: of the (?:{_LAW}))?|(?:operation|application|participation) suspended",
        "X",
    ),
    (
        rf"(?:resumption|reinstatement) of (?:the )?(?:operation|application|performance|participation|{_LAW})"
        rf"(?: of the (?:{_LAW}))?|(?:operation|application|participation) resumed",
        "Y",
    ),
    (
        r"(?:entry|entries|entered|enters|entering|enter|coming|came|comes|put) into (?:the )?force|in force|into force",
        "F",
    ),
    (r"(?:takes|took|taking|take|taken|in|into|with|has|having) effect", "E"),
    (r"for (?:the |each |this |that )?(?:party|state|participant|country|it)", "d"),
)
# Single words.
WORDS = {
    "R": "ratification ratifications ratified ratif rat acceptance acceptances accepted approval approvals approved "
    "confirmation confirmed consent participation",
    "A": "accession accessions acceded accede",
    "D": "succession successions succeeded",
    "S": "signature signatures signed signing sign sig",
    "L": "withdrawal withdrawals denunciation denunciations exit",
    "l": "withdrawn withdrew denounced",
    "U": "revocation cancellation rescission annulment termination retraction end cessation lifting ending",
    "u": "revoked cancelled canceled rescinded annulled terminated retracted ended lifted void",
    "X": "suspension suspensions suspended suspends",
    "Y": "resumption resumed resumes reinstatement reinstated",
    "F": "eif inkrafttreten",
    "E": "effect effective",
    "Z": "unsigned unsigning unsign",
    "o": "of to in from",
    "t": "the a an this its their",
    "d": "date dates day days year month time on at since by-date when",
    "n": "notification notifications notice notified notifying receipt received reception instrument instruments given "
    "lodged lodging undertaking",
    "H": "deposit deposits deposited",
    "&": "and & +",
    "|": "or / , ;",
    "I": _LAW.removesuffix("|instrument").replace("|", " "),
}
_SYMBOL = {word: symbol for symbol, words in WORDS.items() for word in words.split()}
# What may stand behind `under`, `by virtue of` and the like: it says why an act was done, not what was.
_BASIS = re.compile(
    r"\b(ipso facto by virtue of|ipso facto|by virtue of|under|in accordance with|pursuant to|in respect of|by|en vertu (?:de|du))\b(.*)"
)
_BASIS_WORDS = frozenset(
    f"""article articles art arts section sections paragraph paragraphs resolution protocol convention agreement treaty amended
    unamended as of the a an and or to in by virtue signature adoption accession ratification succession thereto notification
    after entry into force under non-regional members ipso facto its this {" ".join(_LAW.split("|"))} january february march april may june
    july august september october november december""".split()
)
_NUMBER = re.compile(r"\(?(?:[ivxlc]+|[a-z]|\d[\d-]*)\)?")
_SECTION = r"(?:parts?|articles?|arts?|sections?|annex\w*|provisions?|chapters?)"
_PARTS = re.compile(rf"(?:(?<=applied)|(?<=application)|(?<=acceptance)) ?(?:of|to|[-:(]) ?(?:the )?{_SECTION}\b.*")
_PARTLY = re.compile(r"\b(partial(?:ly)?|some articles|certain articles|in part)\b")
_NOISE = "[dnto]*"
_OBJECT = "(?:otI(?:&tI)*m?)?"
_GROUP = "[RADSp]"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words name: an act (None: nothing that binds), whether they are understood, and how.

    `undoes`: the act takes another back. `parts`: it concerns listed provisions alone. `of`: the heading names the
    instrument it is about. `deposit`: it says that an instrument was deposited.
    """

    kind: ActKind | None
    known: bool
    undoes: bool = False
    parts: str = ""
    of: bool = False
    deposit: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's cells mean: the act of a bare day (None: not told), and the acts of its letters.

    `undoes` marks a column whose acts take another act back: what is left of its party's standing is not known.
    `parts` are the provisions that the act concerns, where it does not concern the whole; `of` is true where the
    heading names the instrument the act was done to, `deposit` where it says that an instrument was deposited.
    """

    name: str
    plain: ActKind | None
    letters: dict[str, ActKind | None]
    undoes: bool = False
    parts: str = ""
    of: bool = False
    deposit: bool = False


_LEGEND = re.compile(r"(.*?)\s*\(([A-Za-z]{1,2})\)\s*")
NOTHING = Meaning(None, False)


def heading(name: str) -> Column | None:
    """The column of that heading, or None where it is not understood whole."""
    letters: dict[str, ActKind | None] = {}
    plain: list[Meaning] = []
    told: list[Meaning] = []
    for item in _items(name):
        match = _LEGEND.fullmatch(item)
        found = meaning(match[1] if match else item)
        if not match and not found.known:
            return None
        told.append(found)
        if match:
            letters[match[2]] = found.kind
        else:
            plain.append(found)
    known = [m for m in told if m.known]
    if not known or len({m.undoes for m in known}) > 1:
        return None
    kinds = list(dict.fromkeys(m.kind for m in plain if m.kind is not None))
    if ActKind.SIGN in kinds and len(kinds) > 1:
        return None  # a bare day would be a signature or a consent: which, the heading does not say
    # where several acts go without a letter, a bare day is the consent that counts toward entry into force
    first = next((k for k in kinds if k is not ActKind.SUCCEED), kinds[0] if kinds else None)
    if first is None and len(set(letters.values())) == 1:
        first = next(iter(letters.values()))
    return Column(
        name,
        first,
        letters,
        undoes=any(m.undoes for m in known),
        parts=next((m.parts for m in known if m.parts), ""),
        of=all(m.of for m in known),
        deposit=any(m.deposit for m in plain),
    )


def _items(name: str) -> list[str]:
    """The parts of a heading; a comma before a small word does not part them (`ratification, accession or ...`)."""
    return [p.strip() for p in re.split(r",\s+(?=[A-Z])", name) if p.strip()]


@lru_cache(4096)
def meaning(words: str) -> Meaning:
    """What words name, where every one of them is understood."""
    low = english(plain_words(words))
    if low == "application":
        return Meaning(ActKind.ENTER_INTO_FORCE, True)
    low, parts = _parts(low)
    symbols = _symbols(low)
    if "?" in symbols:
        return NOTHING
    found = _leaving(symbols) or _undoing(symbols) or _pause(symbols) or _force(symbols) or _done(symbols)
    if found is None:
        return NOTHING
    if not parts:
        return found
    partly = found.kind is ActKind.PROVISIONALLY_APPLY and not found.undoes
    return Meaning(found.kind, True, parts=parts) if partly else NOTHING


def _parts(low: str) -> tuple[str, str]:
    """The words without the provisions they are limited to, and those provisions."""
    match = _PARTS.search(low)
    if match:
        return low[: match.start()].strip(), match[0].strip(" ():-").removeprefix("of ").removeprefix("to ")
    match = _PARTLY.search(low)
    if match and "provisional" in low:
        return (
            " ".join((low[: match.start()] + low[match.end() :]).split()).removesuffix(" of"),
            "some of its provisions",
        )
    return low, ""


def _symbols(low: str) -> str:
    """The words as symbols; `?` for one that is not known."""
    basis = _BASIS.search(low)
    tail = ""
    if basis:
        words = re.findall(r"[^\s,;]+", basis[2])
        if all(w in _BASIS_WORDS or _NUMBER.fullmatch(w) for w in words):
            # what is accepted `under an article` may be a procedure and not the instrument
            tail = (
                "T" if basis[1].startswith("ipso") or not re.search(r"\b(accept|approv)", low[: basis.start()]) else "?"
            )
            low = low[: basis.start()].strip()
        else:
            return "?"
    low = re.sub(r"\((effective|effect|notification|notice|deposit|date of \w+|date|in effect)\)", r" \1", low)
    low = re.sub(r"\s*-\s+", " ", low).strip(" ():")
    for pattern, symbol in PHRASES:
        low = re.sub(rf"\b(?:{pattern})\b", f" §{symbol} ", low)
    found = []
    for word in re.findall(r"§.|[a-z-]+|[^\sa-z]", low):
        found.append(word[1] if word[0] == "§" and len(word) == 2 else _SYMBOL.get(word, "?"))
    return "".join(found) + tail


def _leaving(symbols: str) -> Meaning | None:
    if re.fullmatch("[dntoEFH]*[Ll][dntoEF]*T?", symbols) and re.search("[EF]", symbols):
        return Meaning(ActKind.WITHDRAW, True)
    if re.fullmatch(f"{_NOISE}H?{_NOISE}[Ll](?:[&|][Ll])*{_NOISE}{_OBJECT}T?", symbols):
        return Meaning(ActKind.GIVE_NOTICE, True)
    return None


def _undoing(symbols: str) -> Meaning | None:
    if re.fullmatch(f"{_NOISE}Z", symbols):
        return Meaning(None, True, undoes=True)
    match = (
        re.fullmatch(f"{_NOISE}[ULX]ot?{_NOISE}H?{_NOISE}(?P<what>[LXRADSp])(?:[|&][RADS])*{_NOISE}{_OBJECT}", symbols)
        or re.fullmatch(f"{_NOISE}H?{_NOISE}(?P<what>[LXRADSp]){_NOISE}[ul]{_NOISE}", symbols)
        or re.fullmatch(f"{_NOISE}[ul](?P<what>[LRADSp]){_NOISE}", symbols)
    )
    if match is None:
        return None
    what = match["what"]
    if what == "L":
        return Meaning(ActKind.REVOKE_NOTICE, True) if "X" not in symbols else None
    if what == "X":
        return Meaning(ActKind.RESUME, True) if "l" not in symbols and "L" not in symbols else None
    return Meaning(None, True, undoes=True)


def _pause(symbols: str) -> Meaning | None:
    match = re.fullmatch("[dntoE]*([XY])[dntoE]*T?", symbols)
    if match is None:
        return None
    return Meaning(ActKind.SUSPEND if match[1] == "X" else ActKind.RESUME, True)


def _force(symbols: str) -> Meaning | None:
    if re.fullmatch("[dntoEF]*(?:D)[dntoEF]*", symbols) and re.search("[EF]", symbols):
        return Meaning(ActKind.SUCCEED, True)
    if re.fullmatch(f"[dntoE]*F[dntoE]*(?:[RA](?:[&|][RA])*)?{_NOISE}{_OBJECT}T?", symbols):
        return Meaning(ActKind.ENTER_INTO_FORCE, True)
    if re.fullmatch("d+oE|Ed+|dE", symbols) or re.fullmatch("[dnto]*E[dnto]*[RA](?:[&|][RA])*d*", symbols):
        return Meaning(ActKind.ENTER_INTO_FORCE, True)
    return None


def _done(symbols: str) -> Meaning | None:
    if re.fullmatch(f"{_NOISE}H{_NOISE}", symbols):
        return Meaning(ActKind.DEPOSIT, True, deposit=True)
    each = f"{_NOISE}H?{_NOISE}{_GROUP}[dnH]*"
    match = re.fullmatch(f"{each}(?:[&|]+{each})*({_OBJECT})T?", symbols)
    if match is None:
        return None
    acts = set(re.findall(_GROUP, symbols.split("I")[0]))
    either = "|" in symbols
    of, deposit = bool(match[1]), "H" in symbols
    if acts == {"S"}:
        return Meaning(ActKind.SIGN, True, of=of)
    if acts == {"p"}:
        return Meaning(ActKind.PROVISIONALLY_APPLY, True)
    if "p" in acts or ("S" in acts and either):
        return None
    if acts == {"D"}:
        return Meaning(ActKind.SUCCEED, True, of=of)
    if acts == {"A"}:
        return Meaning(ActKind.ACCEDE, True, of=of, deposit=deposit)
    return Meaning(ActKind.DEPOSIT, True, of=of, deposit=deposit)


def english(low: str) -> str:
    """Folded words of a heading, in English where they are known in another language."""
    apart = re.sub(r"\b([ld])'", r"\1 ", low)
    return (
        " ".join(_ENGLISH.get(w, w) for w in re.findall(r"[^\s(),/;]+|[(),/;]", apart))
        .replace("( ", "(")
        .replace(" )", ")")
    )


def folded(text: str) -> str:
    """Lower case, no accents, one blank between words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.lower().replace("’", "'").split())


def plain_words(text: str) -> str:
    """The words of a heading, folded, without footnote marks and numbers."""
    bare = re.sub(r"[\[\]*†‡§]|(?<=[a-z])\d+\b|\s\d{1,2}(?=$|\s*[,;])", " ", folded(text.replace("_", " ")))
    return " ".join(bare.split())
