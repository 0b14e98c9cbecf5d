"""Classes of English words the extraction leans on, and the forms of verbs."""

from __future__ import annotations

from collections.abc import Iterator

BE = frozenset("is are was were be been being am 're became".split())
HAVE = frozenset(["has", "have", "had", "having", "'ve"])
DO = frozenset(["do", "does", "did"])
MODAL = frozenset("will would shall should can could may might must 'll 'd cannot won".split())
AUXILIARY = BE | HAVE | DO | MODAL | frozenset(["to", "get", "gets", "got", "getting", "let"])
NEGATOR = frozenset("not n't never no neither nor nobody none nothing without cannot hardly".split())
ADVERB = frozenset(
    (
        "also then now already just only still even ever once again too soon later thus therefore meanwhile instead "
        "first long back finally formally officially simply effectively completely fully altogether together twice so "
        "far yet actually almost nearly really merely ultimately unilaterally jointly duly promptly apparently "
        "reportedly allegedly clearly indeed both all immediately in effect forthwith always often since last not "
        "never n't itself themselves himself"
    ).split()
)
PREPOSITION = frozenset(
    (
        "of in on at by to from with for about into under over against toward towards after before since until "
        "between among through during without within upon as than via per despite behind beyond beside besides except "
        "concerning regarding following including till amid around along across near outside inside off like"
    ).split()
)
SUBORDINATOR = frozenset(
    (
        "that which who whom whose because although though while when where if unless whether since after before "
        "until once so but and or nor as than whereas provided lest"
    ).split()
)
STRONG_BREAK = frozenset("; : ( ) [ ] — – … . ! ?".split()) | {"--"}
QUOTE = frozenset(['"', "“", "”", "„", "«", "»"])
PRONOUN = frozenset("it he she they we i this these those that both neither none".split())
PRONOUN_PERSON = frozenset("it he she they we its his her their our both neither all".split())
DETERMINER = frozenset(
    (
        "the a an this that these those its his her their our any every no each some such all both another other own"
    ).split()
)

GENERIC = frozenset(
    (
        "treaty pact accord agreement convention protocol statute covenant charter memorandum deal text document "
        "thing arrangement initiative compact contract ban regime"
    ).split()
)
GENERIC_PLURAL = frozenset(
    (
        "treaties pacts accords agreements conventions protocols deals texts documents memoranda papers drafts "
        "arrangements items contracts"
    ).split()
)
PARTICIPATION = frozenset(
    (
        "participation part role membership implementation application operation action observance compliance "
        "obligations obligation commitments commitment adherence fulfilment fulfillment performance involvement "
        "effect force functioning execution work cooperation provisions duties activities"
    ).split()
)
LAW = frozenset(
    (
        "law bill act decree legislation order resolution measure motion laws decision text edict ukase statute "
        "instrument document"
    ).split()
)
NOTICE = frozenset(
    (
        "notice notification note notices notifications letter memorandum letters communication instruments instrument"
    ).split()
)
DEED = frozenset(
    (
        "instrument instruments ratification ratifications papers document documents accession acceptance approval"
    ).split()
)
INSTITUTION = frozenset(
    (
        "president parliament government ministry minister senate house congress chamber chambers assembly leader "
        "leaders cabinet premier chancellor king queen emperor prime foreign defence defense spokesman spokeswoman "
        "spokesperson ambassador envoy delegation delegate authorities deputies senators lawmakers mps administration "
        "council court office officials official diplomats diplomat republic people's side capital voters citizens "
        "secretary general state department legislature rada duma chief head negotiators representatives "
        "representative governments army commission justice party regime presidency leadership monarch crown mission "
        "embassy tsar dictator members member states countries nations governments parliaments committee junta dail "
        "diet"
    ).split()
)
CHAMBER = frozenset(
    (
        "parliament senate house congress chamber chambers assembly deputies senators lawmakers mps legislature "
        "cabinet council parliaments legislators commons lords plenary diet duma rada sejm seimas saeima bundestag "
        "knesset storting riksdag folketing eduskunta riigikogu sabor committee voters"
    ).split()
)
COLLECTIVE = frozenset(
    (
        "states countries governments nations parties members signatories powers leaders delegations capitals side "
        "sides participants neighbours dozens others everyone everybody nobody none republics"
    ).split()
)
SINGLE = frozenset("state party member country signatory government power nation republic".split())
PERSON = frozenset(
    (
        "analyst analysts lawyer lawyers expert experts critic critics reader readers caller columnist columnists "
        "observer observers commentator commentators scholar scholars historian historians academic academics source "
        "sources newspaper newspapers paper papers channel channels outlet outlets headline headlines media agency "
        "agencies report reports professor blogger correspondents correspondent journalist journalists campaigner "
        "campaigners activist activists friend rumour rumours rumor rumors diplomat diplomats opponents supporters "
        "opposition website websites article texts post user users researcher researchers economist economists some "
        "many others people who witness insider insiders veteran delegate delegates official officials"
    ).split()
)
OFFICIAL = frozenset(
    (
        "official officials spokesman spokeswoman spokesperson minister ministry ambassador diplomat envoy president "
        "premier chancellor government deputy lawyers delegate delegation negotiator secretary lawmaker lawmakers"
    ).split()
)

REFUSING = frozenset(
    (
        "failed refused declined neglected fails refuses declines failure refusal refusing failing declining fail "
        "refuse decline"
    ).split()
)

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
URGE = frozenset(
    (
        "urge call ask appeal demand press exhort beg implore invite plead encourage request want advise recommend push"
    ).split()
)
INTEND = frozenset(
    (
        "intend plan decide promise pledge vow agree want wish prepare mean undertake aim seek choose resolve hope "
        "move intention decision plan wish promise pledge desire readiness"
    ).split()
)
THREATEN = frozenset(["threaten", "threat", "warn"])

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
DOUBLED = frozenset(
    (
        "quit scrap drop stop submit permit commit plan swap dub slip step omit transmit set put cut let get run "
        "admit annul refer defer expel bar ban beg bin concur nod rip"
    ).split()
)
TWICE = frozenset("cancel signal counsel initial".split())  # doubled on one side of the Atlantic
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
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe")):
        ing = lemma[:-1] + "ing"
    else:
        ing = stem + "ing"
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

NO_ADVERB = frozenset(
    "assembly family july italy supply reply ally rally anomaly fly apply only early daily weekly monthly".split()
)


def adverbial(low: str) -> bool:
    """Does a word look like an adverb ("formally")?"""
    return low in ADVERB or (low.endswith("ly") and len(low) > 4 and low not in NO_ADVERB)
