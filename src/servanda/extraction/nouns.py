"""Claims told by nouns: "Finland's accession", "this is no withdrawal", "announced the termination", "entry into force"."""

from __future__ import annotations

from servanda.extraction.clauses import clause_end, clause_start
from servanda.extraction.context import ANY
from servanda.extraction.frames import Extraction, Frame
from servanda.extraction.grammar import BE, HAVE, MODAL, NOUN, adverbial
from servanda.extraction.links import OBJECT, TOPIC, Link, actors_of, instruments, owner
from servanda.extraction.mood import Mood
from servanda.extraction.objects import Object, object_of
from servanda.extraction.reports import speaker
from servanda.extraction.scan import Hit, Scan
from servanda.extraction.subjects import Subject, subject
from servanda.extraction.triggers import Trigger
from servanda.extraction.verbgroups import NOMINAL, Verb
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR

DEAD = wordlist("nouns.DEAD")  # views of a treaty, not acts
AMOUNTS = wordlist("nouns.AMOUNTS")
LAPSED = wordlist("nouns.LAPSED")
GOVERNED = wordlist("nouns.GOVERNED")
BETWEEN = wordlist("nouns.BETWEEN")
CALLS = wordlist("nouns.CALLS")
CALLS_FOR = wordlist("nouns.CALLS_FOR")
WEIGHS = wordlist("nouns.WEIGHS")
ORDERING = wordlist("nouns.ORDERING")
PENDING = wordlist("nouns.PENDING")
FLOATED = wordlist("nouns.FLOATED")


def read_nouns(extraction: Extraction) -> None:
    """Claims told by the nouns of a sentence."""
    for hit, used in extraction.used:
        if used.voice == NOMINAL and hit.i not in extraction.consumed:
            _noun(extraction, hit, used)
    _dead(extraction)


def _frame(extraction: Extraction, hit: Hit, used: Verb) -> Frame:
    scan = extraction.scan
    begin, end = clause_start(scan, hit.i), clause_end(scan, hit.j)
    who = Subject("missing")
    obj = object_of(scan, hit, used, who, end)
    link = instruments(scan, extraction.context, hit, obj, who, end)
    frame = Frame(hit, used, who, obj, link, begin, end)
    frame.speaker, frame.report = speaker(scan, extraction.context, hit.i, extraction.reports)
    return frame


def _noun(extraction: Extraction, hit: Hit, used: Verb) -> None:
    scan, context = extraction.scan, extraction.context
    event = used.trigger.events_of()[0]
    frame = _frame(extraction, hit, used)
    lows = scan.lows
    who = owner(scan, context, hit)
    before = lows[max(0, hit.i - 6) : hit.i]
    if event == "join_organisation" or (event == "accede" and frame.obj.actor is not None):
        _joining(extraction, frame, who)
        return
    if scan.low(hit.i - 1) in ("his", "her", "my", "your"):
        return
    if used.trigger.lemma in ("end", "ending") and scan.low(hit.j) != "of":
        return
    if event in ("withdraw", "suspend", "terminate") and _begun(extraction, frame, event, who):
        return
    if event in ("withdraw", "suspend", "terminate") and _denied(scan, hit):  # "this is not a withdrawal"
        told = frame.speaker not in (AUTHOR, context.issuer)
        frame.how = Mood("denied" if told else "done", True)
        extraction.put(frame, event, frame.link.ids, who or _self(extraction, frame), dated=False)
        return
    finite = any(low in BE or low in MODAL for low in lows)
    if (
        not finite
        and any(low == ":" for low in lows[: hit.i])
        and len(lows) < 30
        and any(w.j <= hit.i for w in scan.whens)
    ):
        frame.begin = 0
        extraction.put(frame, event, frame.link.ids, who)
        return
    ordered = next((k for k in range(hit.i - 1, max(-1, hit.i - 5), -1) if lows[k] in ORDERING), None)
    if ordered is not None and event in ("terminate", "suspend", "withdraw", "resume"):
        doer = subject(scan, ordered)
        codes = doer.codes if doer.kind == "actor" else context.institution(scan, ordered)
        if event == "withdraw":
            soon = any(0 <= w.i - hit.j < 6 for w in scan.whens)
            frame.how = Mood("done" if soon else "planned", False)
        if event != "withdraw":
            frame.speaker, frame.report = AUTHOR, None  # the writer vouches for the announcement, which is the deed
        extraction.put(
            frame, event, frame.link.ids, codes, start=ordered if lows[ordered].startswith("order") else None
        )
        return
    year = scan.when_at(hit.i - 1)
    if year is not None and frame.link.how != TOPIC:
        year.attributive = False  # "its 2007 suspension of the treaty"
        extraction.put(frame, event, frame.link.ids, who)
        return
    dated = [w for w in scan.whens if 0 <= w.i - hit.j < 6]
    if who and event in ("withdraw", "suspend", "terminate", "accede") and dated:
        extraction.put(frame, event, frame.link.ids, who)
        return
    if any(low in FLOATED for low in lows[hit.j : hit.j + 5]):
        frame.how = Mood("hypothetical", False)
        extraction.put(frame, event, frame.link.ids, who, dated=False, start=hit.i - 1)
        return
    if before and before[-1] in ("toward", "towards"):
        frame.how = Mood("planned", False)
        extraction.put(frame, event, frame.link.ids, _self(extraction, frame), dated=False)
        return
    if event == "provisionally_apply":
        extraction.put(frame, event, frame.link.ids, who)
        return
    if event in GOVERNED:
        _governed(extraction, frame, event, who)


def _denied(scan: Scan, hit: Hit) -> bool:
    """Is a step said not to be this one ("this is not a withdrawal", "does not amount to withdrawal")?"""
    k = hit.i - 1 if scan.low(hit.i - 1) in ("a", "an", "any") else hit.i
    if scan.low(k - 1) == "not" and (k < hit.i or scan.low(k - 2) in BE):
        return True
    at = k - 1 if scan.low(k - 1) != "to" else k - 2
    return scan.low(at) in AMOUNTS and scan.low(at - 1) in ("not", "n't", "never")


def _governed(extraction: Extraction, frame: Frame, event: str, who: tuple[str, ...]) -> None:
    """A step that is called for or weighed ("recommends withdrawal", "consider the denunciation of the treaty")."""
    scan, context, hit = extraction.scan, extraction.context, frame.hit
    k = hit.i - 1
    while k >= 0 and scan.lows[k] in BETWEEN and hit.i - k < 5:
        k -= 1
    low = scan.low(k)
    urging, weighing = low in CALLS or (low == "for" and scan.low(k - 1) in CALLS_FOR), low in WEIGHS
    if not (urging or weighing) or not frame.link.ids or (frame.link.how == TOPIC and not context.leaving):
        return
    doer = subject(scan, _verb_start(scan, k if low != "for" else k - 1))
    speaks = actors_of(scan, context, doer, frame.used) if doer.kind != "missing" else ()
    actors = who or (speaks if doer.kind in ("actor", "pronoun", "institution") else ())
    if urging:
        frame.how = Mood("urged", False, speaks[0] if speaks else None)
    else:
        frame.how = Mood("planned" if doer.kind == "institution" else "hypothetical", False)
    extraction.put(frame, event, frame.link.ids, actors, dated=False)


def _verb_start(scan: Scan, k: int) -> int:
    while k > 0 and (scan.lows[k - 1] in BE | HAVE | MODAL or adverbial(scan.lows[k - 1])):
        k -= 1
    return k


def _self(extraction: Extraction, frame: Frame) -> tuple[str, ...]:
    """The state a noun without an owner is about: the speaker, else the last that acted."""
    code = frame.speaker
    if code.isupper():
        return (code,)
    return extraction.context.subjects


STARTS = wordlist("forms.STARTS")


def _begun(extraction: Extraction, frame: Frame, event: str, who: tuple[str, ...]) -> bool:
    """ "The suspension starts", "the exit will be complete in May", "withdrawal finalised": its beginning or end is told."""
    scan, hit = extraction.scan, frame.hit
    k = _behind_object(extraction, frame)
    begin = k
    while scan.low(k) in BE | HAVE | MODAL or adverbial(scan.low(k)):
        k += 1
    if scan.low(k) not in STARTS or not frame.link.ids:
        return False
    helped = scan.lows[begin:k]
    opened = any(w in ("once", "when", "if", "after", "until") for w in scan.lows[: hit.i])
    present = scan.low(k).endswith("s") or any(w in MODAL for w in helped) or any(w in ("is", "are") for w in helped)
    frame.how = Mood("planned" if present or opened else "done", any(w in ("not", "n't") for w in helped))
    frame.end = max(frame.end, k + 1)
    extraction.put(frame, event, frame.link.ids, who or _self(extraction, frame), stop=k + 1)
    return True


def _behind_object(extraction: Extraction, frame: Frame) -> int:
    """The token behind what a noun is of or from ("the exit from the treaty", "the end of the pact")."""
    thing, at = frame.obj.thing, frame.hit.j
    lows = extraction.scan.lows
    apart = thing is None or any(low in (",", ";", "that", "which", "and") for low in lows[at : thing.i])
    return at if apart or thing is None or lows[at] not in ("from", "of", "to") else thing.j


def _joining(extraction: Extraction, frame: Frame, who: tuple[str, ...]) -> None:
    """Accession or application to an organisation."""
    scan, context = extraction.scan, extraction.context
    hit = frame.hit
    body = frame.obj.actor
    code = body.codes[0] if body is not None else None
    code = context.joined(code)
    founded = context.founding(code) if code else None
    if founded is None or not who or code in who:
        return
    if scan.low(hit.j) in LAPSED or any(w in LAPSED for w in scan.lows[max(0, hit.i - 3) : hit.i]):
        return  # "let its membership lapse"
    words = scan.lows[max(0, hit.i - 4) : hit.i]
    planned = any(w in PENDING for w in words)
    frame.link = Link((founded,), OBJECT)
    frame.how = Mood("planned" if planned else "done", False)
    extraction.put(frame, "join_organisation", (founded,), who, target=(code,) if code else ())


def _dead(extraction: Extraction) -> None:
    """ "The treaty is dead", "long-defunct": a view of its fate, not an act."""
    scan, context = extraction.scan, extraction.context
    for k, low in enumerate(scan.lows):
        if low not in DEAD or k == 0:
            continue
        before = scan.lows[max(0, k - 5) : k]
        if not any(w in BE or w in ("become", "became", "declared", "called") for w in before):
            continue
        hit = Hit(k, k + 1, ())
        begin = clause_start(scan, k)
        things = [t for t in scan.things if begin <= t.i < k]
        if things and things[-1].ids:
            ids = things[-1].ids[:1]
        elif any(w in ("it", "which", "this") for w in scan.lows[begin:k]) and context.topic:
            ids = (context.topic,)
        else:
            continue
        used = Verb(_view(), NOMINAL, NOUN, k)
        frame = Frame(hit, used, Subject("thing"), Object("o"), Link(ids, OBJECT), begin, k + 1)
        frame.speaker, frame.report = speaker(scan, context, k, extraction.reports)
        negated = any(w in ("not", "n't", "never", "hardly") for w in before)
        frame.how = Mood("reported_opinion", negated)
        extraction.put(frame, "terminate", tuple(i for i in ids if i != ANY), (), dated=False, start=k)


def _view() -> Trigger:
    return Trigger(NOUN, "dead", (("terminate", frozenset()),))
