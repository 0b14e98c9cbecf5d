"""Classes of English words the extraction leans on, and the forms of verbs."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.extraction.words import wordlist

BE = wordlist("grammar.BE")
HAVE = wordlist("grammar.HAVE")
DO = wordlist("grammar.DO")
MODAL = wordlist("grammar.MODAL")
AUXILIARY = BE | HAVE | DO | MODAL | frozenset(["to", "get", "gets", "got", "getting", "let"])
NEGATOR = wordlist("grammar.NEGATOR")
ADVERB = wordlist("grammar.ADVERB")
PREPOSITION = wordlist("grammar.PREPOSITION")
SUBORDINATOR = wordlist("grammar.SUBORDINATOR")
STRONG_BREAK = frozenset("; : ( ) [ ] — – … . ! ?".split()) | {"--"}
QUOTE = wordlist("grammar.QUOTE")
PRONOUN = wordlist("grammar.PRONOUN")
PRONOUN_PERSON = wordlist("grammar.PRONOUN_PERSON")
DETERMINER = wordlist("grammar.DETERMINER")

GENERIC = wordlist("grammar.GENERIC")
GENERIC_PLURAL = wordlist("grammar.GENERIC_PLURAL")
PARTICIPATION = wordlist("grammar.PARTICIPATION")
LAW = wordlist("grammar.LAW")
NOTICE = wordlist("grammar.NOTICE")
DEED = wordlist("grammar.DEED")
INSTITUTION = wordlist("grammar.INSTITUTION")
CHAMBER = wordlist("grammar.CHAMBER")
COLLECTIVE = wordlist("grammar.COLLECTIVE")
SINGLE = wordlist("grammar.SINGLE")
PERSON = wordlist("grammar.PERSON")
OFFICIAL = wordlist("grammar.OFFICIAL")

REFUSING = wordlist("grammar.REFUSING")

REPORT = {
    lemma: kind
    for kind, lemmas in {
        "say": "say tell remind threaten state add note stress confirm insist explain report write recall underline"
        " emphasise emphasize maintain remark observe quote inform recount reply answer respond affirm reiterate underscore"
        " point conclude warn read record disclose reveal signal certify determine communicate comment joke put find",
        "announce": "announce declare proclaim",
        "claim": "claim charge argue allege contend assert complain think believe consider hold suggest hint speculate assume doubt"
        " feel reckon suspect",
        "deny": "deny dispute refute reject dismiss",
        "promise": "promise pledge vow undertake",
        "propose": "move propose recommend demand urge",
        "predict": "predict expect forecast fear foresee anticipate",
    }.items()
    for lemma in lemmas.split()
}
URGE = wordlist("grammar.URGE")
INTEND = wordlist("grammar.INTEND")
THREATEN = wordlist("grammar.THREATEN")

IRREGULAR = {
    "withdraw": "withdrew withdrawn",
    "leave": "left left",
    "quit": "quit quit",
    "give": "gave given",
    "send": "sent sent",
    "tell": "told told",
    "come": "came come",
    "go": "went gone",
    "take": "took taken",
    "put": "put put",
    "freeze": "froze frozen",
    "tear": "tore torn",
    "break": "broke broken",
    "become": "became become",
    "hold": "held held",
    "bring": "brought brought",
    "run": "ran run",
    "make": "made made",
    "lay": "laid laid",
    "fall": "fell fallen",
    "wind": "wound wound",
    "bind": "bound bound",
    "shake": "shook shaken",
    "cut": "cut cut",
    "say": "said said",
    "write": "wrote written",
    "hold back": "held held",
    "keep": "kept kept",
    "find": "found found",
    "think": "thought thought",
    "read": "read read",
    "feel": "felt felt",
    "set": "set set",
    "throw": "threw thrown",
    "undo": "undid undone",
    "strike": "struck struck",
    "undertake": "undertook undertaken",
    "forbid": "forbade forbidden",
    "let": "let let",
    "cast": "cast cast",
    "lead": "led led",
    "forsake": "forsook forsaken",
    "mean": "meant meant",
    "choose": "chose chosen",
    "see": "saw seen",
    "begin": "began begun",
    "foresee": "foresaw foreseen",
    "understand": "understood understood",
    "seek": "sought sought",
    "get": "got got",
    "lose": "lost lost",
    "do": "did done",
    "grow": "grew grown",
    "show": "showed shown",
    "pay": "paid paid",
    "redraw": "redrew redrawn",
    "rewrite": "rewrote rewritten",
    "sweep": "swept swept",
    "unfreeze": "unfroze unfrozen",
    "withhold": "withheld withheld",
    "greenlight": "greenlit greenlit",
}
DOUBLED = wordlist("grammar.DOUBLED")
TWICE = wordlist("grammar.TWICE")  # doubled on one side of the Atlantic
BASE, THIRD, PAST, PARTICIPLE, ING, NOUN = "base", "third", "past", "participle", "ing", "noun"


def forms(lemma: str) -> dict[str, str]:
    """The forms of a verb.

    >>> forms("ratify")["past"], forms("withdraw")["participle"], forms("quit")["ing"]
    ('ratified', 'withdrawn', 'quitting')
    """
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    stem = lemma + lemma[-1] if lemma in DOUBLED else lemma
    if lemma in IRREGULAR:
        past, participle = IRREGULAR[lemma].split()
    elif lemma.endswith("e"):
        past = participle = lemma + "d"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past = participle = lemma[:-1] + "ied"
    else:
        past = participle = stem + "ed"
    ing = lemma[:-1] + "ing" if lemma.endswith("e") and not lemma.endswith(("ee", "oe")) else stem + "ing"
    return {BASE: lemma, THIRD: third, PAST: past, PARTICIPLE: participle, ING: ing}


def spelt(lemma: str) -> Iterator[tuple[str, str]]:
    """The forms of a verb in every spelling.

    >>> [word for form, word in spelt("cancel") if form == "past"]
    ['canceled', 'cancelled']
    """
    for form, word in forms(lemma).items():
        yield form, word
        if lemma in TWICE and word.startswith(lemma) and word[len(lemma) :] in ("ed", "ing"):
            yield form, lemma + lemma[-1] + word[len(lemma) :]


def _reports() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for lemma, kind in REPORT.items():
        for form, word in spelt(lemma):
            if form == BASE and word in found:
                continue
            found.setdefault(word, (lemma, kind))
    return found


REPORTS = _reports()  # word as it stands -> its lemma and kind


def _lemmas(lemmas: frozenset[str]) -> dict[str, str]:
    return {word: lemma for lemma in lemmas for _, word in spelt(lemma)} | {lemma: lemma for lemma in lemmas}


URGES = _lemmas(URGE)
INTENDS = _lemmas(INTEND)
THREATENS = _lemmas(THREATEN)

# common words a scan may have damaged
FUNCTION_WORDS = (
    AUXILIARY
    | ADVERB
    | PREPOSITION
    | SUBORDINATOR
    | PRONOUN
    | DETERMINER
    | GENERIC
    | INSTITUTION
    | COLLECTIVE
    | LAW
    | NOTICE
    | frozenset(REPORTS)
    | frozenset("all among them within from limits reductions members most only certain".split())
)

NO_ADVERB = wordlist("grammar.NO_ADVERB")


def adverbial(low: str) -> bool:
    """Does a word look like an adverb ("formally")?"""
    return low in ADVERB or (low.endswith("ly") and len(low) > 4 and low not in NO_ADVERB)
