"""Words that carry an event: verbs with what may follow them, nouns, and set phrases.

A row names the event, the verb or noun (words in brackets may be absent) and, for verbs, the objects it takes as a step in the
life of a treaty. Objects: t a treaty, b an organisation, p part in it or its performance, s a signature, l a law, n a notice,
d an instrument deposited, c a charge, o none at all, v another deed ("refused to ratify").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from servanda.press.reading.grammar import NOUN, forms
from servanda.press.reading.text import tokens

VERBS = """
withdraw             | withdraw           | t b p s o
withdraw             | leave              | t b o
withdraw             | quit               | t b o
withdraw             | exit               | t b o
withdraw             | pull out           | t b o
withdraw             | pull itself out    | t b o
withdraw             | walk out           | t b o
withdraw             | walk away          | t b o
withdraw             | drop out           | t b o
withdraw             | bow out            | t b o
withdraw             | back out           | t b o
withdraw             | opt out            | t b o
withdraw             | step out           | t b o
withdraw             | get out            | t b o
withdraw             | bolt               | t b
withdraw             | take out           | t b a
withdraw             | lead out           | t b a
withdraw             | take leave         | t b
withdraw             | wash its hands     | t b
withdraw             | cut loose          | t b
withdraw             | quit membership    | t b o
withdraw             | end its membership | t b o
withdraw             | give up its membership | t b o
withdraw             | leave behind       | t b
withdraw             | break away         | t b
withdraw             | break with         | t b
withdraw             | secede             | t b
withdraw             | abandon            | t
withdraw             | renounce           | t p
withdraw             | repudiate          | t p
withdraw             | denounce           | t
withdraw             | ditch              | t
withdraw             | dump               | t
withdraw             | jettison           | t
withdraw             | drop               | t
withdraw             | forsake            | t
withdraw             | complete its exit  | o
withdraw             | complete its withdrawal | o
withdraw             | complete its departure | o
withdraw             | walk               | t
withdraw             | declare its withdrawal | o
withdraw             | turn away          | t
withdraw             | cast off           | t
withdraw             | shake off          | t
withdraw             | disown             | t
withdraw             | say goodbye        | t
withdraw             | say farewell       | t
withdraw             | turn its back      | t b
withdraw             | cease to be a party | t o
withdraw             | cease to be a member | t b o
withdraw             | cease to be party  | t o
withdraw             | cease to be bound  | t o
withdraw             | cease being a party | t o
withdraw             | cease to be parties | t o
withdraw             | cease to be members | t b o
withdraw             | cease to belong    | t b o
withdraw             | unsign             | t
withdraw             | come out           | t b
withdraw             | go out             | t b
withdraw             | take back its signature | t o
withdraw             | renege             | t
withdraw             | part company       | t b
terminate            | terminate          | t p o
terminate            | end                | t
terminate            | cancel             | t
terminate            | scrap              | t
terminate            | tear up            | t
terminate            | rip up             | t
terminate            | annul              | t
terminate            | abrogate           | t
terminate            | rescind            | t
terminate            | void               | t
terminate            | nullify            | t
terminate            | revoke             | t
terminate            | axe                | t
terminate            | declare at an end  | t
terminate            | declare void       | t
terminate            | put an end         | t
terminate            | call off           | t
terminate            | bring to an end    | t
terminate            | discontinue        | t
terminate            | lapse              | o
terminate            | expire             | o
terminate            | run out            | o
terminate            | break off          | t
terminate            | declare null and void | t o
terminate            | kill off           | t
terminate            | do away            | t
terminate            | shelve             | t
terminate            | say up             | t
terminate            | pull the plug      | t
terminate            | kill               | t
terminate            | bin                | t
terminate            | let lapse          | t
terminate            | let expire         | t
terminate            | let run out        | t
terminate            | write off          | t
terminate            | give up            | t
terminate            | set aside          | t
suspend              | suspend            | t b p o
suspend              | freeze             | t b p
suspend              | halt               | t p
suspend              | pause              | t p
suspend              | put on hold        | t p
suspend              | put on ice         | t p
suspend              | hold in abeyance   | t p
suspend              | keep in abeyance   | t p
suspend              | place in abeyance  | t p
suspend              | put in abeyance    | t p
suspend              | stop the action    | t
suspend              | stop the operation | t
suspend              | stop the effect    | t
suspend              | stop action        | t
suspend              | stop operation     | t
suspend              | stop               | p
suspend              | mothball           | t p
suspend              | put in cold storage | t p
suspend              | put a freeze       | t p
suspend              | put the brakes     | t p
suspend              | lay aside          | t
suspend              | interrupt          | t p
suspend              | announce a moratorium | t o
suspend              | announce a unilateral moratorium | t o
suspend              | declare a moratorium | t o
suspend              | declare a unilateral moratorium | t o
suspend              | impose a moratorium | t o
suspend              | introduce a moratorium | t o
suspend              | place a moratorium | t
resume               | resume             | t p
resume               | revive             | t
resume               | reinstate          | t p
resume               | restore            | t p
resume               | reactivate         | t p
resume               | reanimate          | t
resume               | resurrect          | t
resume               | return             | t p
resume               | come back          | t b p o
resume               | go back            | t p
resume               | get back           | t p
resume               | lift the suspension | t o
resume               | lift its suspension | t o
resume               | end its suspension | t o
resume               | lift the moratorium | t o
resume               | end the suspension | t o
resume               | restart            | p
resume               | lift               | w
resume               | come back into     | t
resume               | bring back         | t
resume               | unfreeze           | t p
resume               | thaw               | t
resume               | restore to life    | t o
resume               | come back to       | t p
resume               | renew              | p
cease_implementation | cease              | p
cease_implementation | stop implementing  | t o
cease_implementation | cease implementing | t o
cease_implementation | cease to implement | t o
cease_implementation | stop applying      | t o
cease_implementation | stop observing     | t o
cease_implementation | cease to apply     | t o
cease_implementation | cease to observe   | t o
cease_implementation | cease performing   | t p
cease_implementation | cease carrying out | t p
cease_implementation | stop carrying out  | t p
cease_implementation | cease to carry out | t p
cease_implementation | stop honouring     | t p
cease_implementation | stop complying     | t o
cease_implementation | stop participating | t o
cease_implementation | cease to participate | t o
cease_implementation | cease participating | t o
cease_implementation | suspend implementation | t o
cease_implementation | stop exchanging data | t o
cease_implementation | stop sharing data  | t o
cease_implementation | stop sharing information | t o
cease_implementation | stop exchanging information | t o
cease_implementation | stop providing data | t o
cease_implementation | cease providing data | t o
cease_implementation | halt inspections   | t o
cease_implementation | refuse inspections | t o
cease_implementation | stop sending data  | t o
cease_implementation | withhold data      | t o
cease_implementation | stop attending | t o
cease_implementation | stop sending | t o
cease_implementation | stop giving | t o
cease_implementation | stop supplying | t o
cease_implementation | stop notifying | t o
cease_implementation | stop admitting | t o
cease_implementation | stop taking part | t o
cease_implementation | stop allowing | t o
cease_implementation | stop receiving inspectors | t o
cease_implementation | stop hosting | t o
cease_implementation | stop handing over | t o
cease_implementation | stop reporting | t o
cease_implementation | stop providing | t o
cease_implementation | stop sharing | t o
cease_implementation | stop exchanging | t o
cease_implementation | stop performing | t o
cease_implementation | stop fulfilling | t o
cease_implementation | cease attending | t o
cease_implementation | cease sending | t o
cease_implementation | cease giving | t o
cease_implementation | cease supplying | t o
cease_implementation | cease notifying | t o
cease_implementation | cease admitting | t o
cease_implementation | cease taking part | t o
cease_implementation | cease allowing | t o
cease_implementation | cease receiving inspectors | t o
cease_implementation | cease hosting | t o
cease_implementation | cease handing over | t o
cease_implementation | cease reporting | t o
cease_implementation | cease providing | t o
cease_implementation | cease sharing | t o
cease_implementation | cease exchanging | t o
cease_implementation | cease performing | t o
cease_implementation | cease fulfilling | t o
sign                 | sign               | t s l o
sign                 | ink                | t
sign                 | initial            | t
sign                 | conclude           | t
sign                 | put pen to paper   | t o
sign                 | put its hand       | t
sign                 | enter into         | t
sign                 | countersign        | t
sign                 | open for signature | t o
sign                 | put its name       | t
sign                 | put their names    | t
sign                 | put their signatures | t
sign                 | put its signature  | t
sign                 | put his signature  | t
sign                 | affix its signature | t
sign                 | affix their signatures | t
sign                 | add its signature  | t
sign                 | add their signatures | t
sign                 | append its signature | t
sign                 | date back          | o
sign                 | stay away from the signing | t o
sign                 | sign up            | t
domestic_approval    | ratify             | t o
domestic_approval    | approve            | t l w o
domestic_approval    | pass               | l t
domestic_approval    | adopt              | l t
domestic_approval    | follow             | o
domestic_approval    | vote in favour     | o t l
domestic_approval    | vote in favor      | o t l
domestic_approval    | enact              | l
domestic_approval    | vote               | o t l
domestic_approval    | consent            | t o
domestic_approval    | vote through       | t l w
domestic_approval    | nod through        | t l w
domestic_approval    | sign off           | t l w
domestic_approval    | okay               | t l w
domestic_approval    | confirm            | l
domestic_approval    | give its imprimatur | t o
domestic_approval    | vote for           | t l w
domestic_approval    | vote in favour of  | t l w
domestic_approval    | concur             | t o
domestic_approval    | rubber stamp       | t l w
domestic_approval    | wave through       | t l w
domestic_approval    | assent             | t o
domestic_approval    | endorse            | t l w
domestic_approval    | back               | t l w
domestic_approval    | clear              | t l
domestic_approval    | accept             | l t o
domestic_approval    | support            | l t
domestic_approval    | agree              | o
domestic_approval    | give its approval  | o t
domestic_approval    | give approval      | o t
domestic_approval    | give its consent   | o t
domestic_approval    | give consent       | o t
domestic_approval    | give its assent    | o t
domestic_approval    | give its backing   | o t
domestic_approval    | give its blessing  | o t
domestic_approval    | give the green light | o t
domestic_approval    | give the nod       | o t
domestic_approval    | advise and consent | o t
domestic_approval    | promulgate         | l
domestic_approval    | sign into law      | l t o
domestic_approval    | sign the law       | o
domestic_approval    | sign a law         | o
domestic_approval    | sign a decree      | o
domestic_approval    | sign the decree    | o
domestic_approval    | sign a bill        | o
domestic_approval    | sign the bill      | o
domestic_approval    | authorise ratification | o t
domestic_approval    | authorize ratification | o t
domestic_approval    | issue a decree     | o
deposit              | deposit            | d
deposit              | lodge              | d
deposit              | hand over          | d
deposit              | hand in            | d
deposit              | submit             | d
deposit              | deliver            | d
deposit              | present            | d
deposit              | file               | d
deposit              | transmit           | d
deposit              | receive            | d
accede               | accede             | t o
accede               | join               | t o
accede               | rejoin             | t o
accede               | adhere             | t
accede               | subscribe          | t
accede               | come on board      | o
accede               | sign up            | t
accede               | become a party     | t o
accede               | become party       | t o
accede               | become a full party | t o
accede               | become a state party | t o
accede               | re-enter           | t
join_organisation    | join               | b
join_organisation    | rejoin             | b
join_organisation    | enter              | b
join_organisation    | become a member    | b o
join_organisation    | become a full member | b o
join_organisation    | become the member  | b o
join_organisation    | be admitted        | b
join_organisation    | accede             | b
provisionally_apply  | apply provisionally | t p o
provisionally_apply  | provisionally apply | t p o
enter_into_force     | enter into force   | o
enter_into_force     | enter in force     | o
enter_into_force     | come into force    | o
enter_into_force     | come into effect   | o
enter_into_force     | come into operation | o
enter_into_force     | go into force      | o
enter_into_force     | go into effect     | o
enter_into_force     | enter into effect  | o
enter_into_force     | take effect        | o
enter_into_force     | become effective   | o
enter_into_force     | become operative   | o
enter_into_force     | become law         | o
enter_into_force     | acquire force      | o
enter_into_force     | start to apply     | o
enter_into_force     | put into force     | o
enter_into_force     | bring into force   | o t
enter_into_force     | apply              | o
enter_into_force     | bind               | a x t
succeed              | succeed            | t b p r o
succeed              | inherit            | t p r
succeed              | take over          | o t p a
succeed              | take the place     | o
succeed              | step into          | t x
succeed              | step into the shoes | o
succeed              | step into its shoes | o
succeed              | assume the rights  | o t
succeed              | take over the rights | o t
succeed              | take over the obligations | o t
succeed              | assume the obligations | o t
object               | object             | t e o w
object               | reject             | e
object               | lodge an objection | e o
object               | lodge objection    | e o
object               | file an objection  | e o
object               | raise an objection | e o
object               | enter an objection | e o
object               | make an objection  | e o
object               | submit an objection | e o
object               | communicate an objection | e o
object               | express an objection | e o
object               | express objection  | e o
object               | formally protest   | e o
object               | notify an objection | e o
object               | register an objection | e o
object               | lodge a formal objection | e o
object               | raise a formal objection | e o
object               | file a formal objection | e o
object               | enter a formal objection | e o
declare              | make a declaration | t o
declare              | lodge a declaration | t o
declare              | deposit a declaration | t o
declare              | submit a declaration | t o
declare              | enter a reservation | t o
declare              | make a reservation | t o
declare              | attach a reservation | t o
declare              | attach a declaration | t o
declare              | lodge a reservation | t o
declare              | issue an interpretative declaration | t o
declare              | issue a declaration | t o
declare              | append a declaration | t o
declare              | add a declaration  | t o
declare              | file a declaration | t o
declare              | file a reservation | t o
declare              | lodge an interpretative declaration | t o
declare              | make an interpretative declaration | t o
declare              | submit a reservation | t o
declare              | enter a declaration | t o
dissolve             | dissolve           | b t
dissolve             | disband            | b t o
dissolve             | wind up            | b t
dissolve             | disestablish       | b t
dissolve             | cease to exist     | o
dissolve             | abolish            | b t
dissolve             | break up           | b t
dissolve             | liquidate          | b t
amend                | amend              | t
amend                | revise             | t
amend                | modify             | t
amend                | adapt              | t
amend                | update             | t
amend                | rewrite            | t
amend                | redraw             | t
amend                | supplement         | t
propose              | propose            | f
propose              | put forward        | f
propose              | put forth          | f
propose              | offer              | f
propose              | table              | f
propose              | present            | f
propose              | submit             | f
propose              | circulate          | f
propose              | float              | f
propose              | unveil             | f
propose              | publish            | f
propose              | publicise          | f
propose              | send               | f
propose              | hand over          | f
propose              | hand               | f
propose              | prepare            | f
propose              | draft              | f
propose              | suggest            | f
propose              | advance            | f
propose              | launch             | f
propose              | make public        | f
propose              | put on the table   | f
propose              | put on its website | f
propose              | post               | f
propose              | pitch              | f
reject               | reject             | f
reject               | turn down          | f
reject               | refuse             | f
reject               | rebuff             | f
reject               | dismiss            | f
reject               | spurn              | f
reject               | decline            | f
reject               | brush aside        | f
reject               | brush off          | f
reject               | wave away          | f
reject               | throw out          | f
reject               | shoot down         | f
reject               | rule out           | f
reject               | say no             | f t
reject               | wave off           | f
reject               | give short shrift  | f
reject               | sweep aside        | f
decline_to_ratify    | vote down          | t
decline_to_ratify    | vote the treaty down | o
decline_to_ratify    | vote against ratification | o
decline_to_ratify    | refuse ratification | o t
decline_to_ratify    | reject ratification | o t
decline_to_ratify    | withhold ratification | o t
decline_to_ratify    | block ratification | o t
decline_to_ratify    | withhold its consent | o t
decline_to_ratify    | reject             | t
decline_to_ratify    | vote               | d
decline_to_ratify    | defeat             | t
decline_to_ratify    | hold back          | o
decline_to_ratify    | shelve             | t
accuse               | accuse             | a
accuse               | charge             | a
accuse               | trample            | t m
accuse               | cheat on           | t
accuse               | violate            | t m p
accuse               | breach             | t m p
accuse               | break              | t m
accuse               | flout              | t m p
accuse               | circumvent         | t m p
accuse               | contravene         | t m
accuse               | infringe           | t m
accuse               | undermine          | t
accuse               | cheat              | t
accuse               | contradict         | g
accuse               | conflict           | g
accuse               | fail to comply     | t m p o
accuse               | fail to fulfil     | t m p
accuse               | fail to fulfill    | t m p
accuse               | fail to honour     | t m p
accuse               | fail to honor      | t m p
accuse               | fail to meet       | m p
accuse               | fail to respect    | t m p
accuse               | fail to live up    | m p
accuse               | fail to observe    | t m p
accuse               | honour             | m p t
accuse               | honor              | m p t
accuse               | comply             | t m p o
accuse               | get round          | t m
accuse               | get around         | t m
give_notice          | give notice        | o t
give_notice          | give               | n
give_notice          | serve notice       | o t
give_notice          | serve              | n
give_notice          | hand               | n
give_notice          | hand in            | n o
give_notice          | hand over          | n
give_notice          | deliver            | n
give_notice          | send               | n
give_notice          | lodge              | n
give_notice          | file               | n
give_notice          | submit             | n
give_notice          | deposit            | n
give_notice          | present            | n
give_notice          | transmit           | n
give_notice          | issue              | n
give_notice          | dispatch           | n
give_notice          | circulate          | n
give_notice          | address            | n
give_notice          | notify             | w
give_notice          | inform             | w
give_notice          | tell               | w
give_notice          | receive            | n
authorise_termination | authorise         | y
authorise_termination | authorize         | y
authorise_termination | allow             | y
authorise_termination | permit            | y
authorise_termination | empower           | y
authorise_termination | entitle           | y
authorise_termination | let               | y
authorise_termination | instruct          | y
authorise_termination | give leave        | y
authorise_termination | give permission   | y
authorise_termination | clear the way     | y
authorise_termination | greenlight        | y
authorise_termination | give right        | y
authorise_termination | give the right    | y
authorise_termination | give the power    | y
authorise_termination | give authority    | y
authorise_termination | give a free hand  | y
authorise_termination | grant authority   | y
authorise_termination | delegate          | y
authorise_termination | grant permission  | y
"""

NOUNS = """
withdraw             | withdrawal
withdraw             | exit
withdraw             | departure
withdraw             | denunciation
withdraw             | pullout
withdraw             | pull out
withdraw             | renunciation
withdraw             | secession
suspend              | suspension
suspend              | moratorium
suspend              | freeze
terminate            | termination
terminate            | cancellation
terminate            | cancellations
terminate            | abrogation
terminate            | expiry
terminate            | annulment
accede               | accession
join_organisation    | membership
join_organisation    | admission
join_organisation    | application
join_organisation    | entry into
enter_into_force     | entry into force
enter_into_force     | entry into effect
provisionally_apply  | provisional application
domestic_approval    | ratification
give_notice          | notification
give_notice          | notice
object               | objection
object               | objections
resume               | resumption
resume               | return
dissolve             | dissolution
dissolve             | disbandment
amend                | amendment
succeed              | succession
propose              | proposal
sign                 | signing
sign                 | signature
reject               | rejection
deposit              | instrument of accession
deposit              | instruments of accession
deposit              | instrument of ratification
deposit              | instruments of ratification
deposit              | instrument of acceptance
deposit              | ratification instrument
deposit              | ratification instruments
decline_to_ratify    | refusal
decline_to_ratify    | failure
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a word or phrase may carry: events with the objects they take, the verb's form and lemma."""

    form: str
    lemma: str
    events: tuple[tuple[str, frozenset[str]], ...]

    def takes(self, mark: str) -> str | None:
        """The first of its events that takes an object of this kind."""
        return next((e for e, objects in self.events if mark in objects), None)

    def events_of(self) -> tuple[str, ...]:
        """Its events."""
        return tuple(e for e, _ in self.events)


@cache
def table() -> dict[str, list[tuple[tuple[str, ...], Trigger]]]:
    """All forms of all triggers by their first word, longest first."""
    gathered: dict[tuple[tuple[str, ...], str, str], dict[str, frozenset[str]]] = {}

    def add(words: tuple[str, ...], form: str, lemma: str, event: str, objects: frozenset[str]) -> None:
        events = gathered.setdefault((words, form, lemma), {})
        events[event] = events.get(event, frozenset()) | objects

    for line in VERBS.strip().splitlines():
        event, phrase, objects = (p.strip() for p in line.split("|"))
        at = 1 if phrase.startswith("provisionally ") else 0
        parts = phrase.split()
        for form, word in forms(parts[at]).items():
            spoken = [*parts[:at], word, *parts[at + 1 :]]
            words = tuple(t.low for t in tokens(" ".join(spoken)))
            for variant in _variants(words):
                add(variant, form, phrase, event, frozenset(objects.split()))
    for line in NOUNS.strip().splitlines():
        event, phrase = (p.strip() for p in line.split("|"))
        add(tuple(t.low for t in tokens(phrase)), NOUN, phrase, event, frozenset())
    found: dict[str, dict[tuple[str, ...], dict[str, Trigger]]] = {}
    for (words, form, lemma), events in gathered.items():
        trigger = Trigger(form, lemma, tuple(events.items()))
        found.setdefault(words[0], {}).setdefault(words, {})[form] = trigger
    rows: dict[str, list[tuple[tuple[str, ...], Trigger]]] = {}
    for first, phrases in found.items():
        rows[first] = [(w, t) for w, forms_ in phrases.items() for t in forms_.values()]
        rows[first].sort(key=lambda r: -len(r[0]))
    return rows


def _variants(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A phrase with `its` also with the other owners."""
    if "its" not in words:
        return [words]
    return [
        tuple(owner if w == "its" else w for w in words) for owner in ("its", "their", "his", "her", "the", "a")
    ] + [tuple(x for w in words for x in ((owner, "own") if w == "its" else (w,))) for owner in ("its", "their")]


def first_words() -> tuple[str, ...]:
    """First words of all triggers, and words of set phrases; one of them stands in every text with a claim."""
    return tuple(sorted({*table(), "out", "gone", "longer", "force", "member", "died", "dead"}))
