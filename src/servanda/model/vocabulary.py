"""The closed lists of words the data may use (glossary.md). Every value is the term of the field."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """A party's status under an instrument on a day."""

    NONE = "none"
    PROPOSED = "proposed"
    SIGNATORY = "signatory"
    CONTRACTING = "contracting"
    PROVISIONAL = "provisional"
    IN_FORCE = "in_force"
    NOTICE_GIVEN = "notice_given"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    SUCCEEDED = "succeeded"
    UNKNOWN = "unknown"


class ActKind(StrEnum):
    """What an actor did. Steps inside a state (approve, decree, announce) change no standing (law.md 1)."""

    # toward being bound
    PROPOSE = "propose"
    ADOPT = "adopt"
    SIGN = "sign"
    DEPOSIT = "deposit"
    APPROVE = "approve"  # notice of approval to the depositary, where the instrument asks for it
    ACCEDE = "accede"
    SUCCEED = "succeed"
    PROVISIONALLY_APPLY = "provisionally_apply"
    ENTER_INTO_FORCE = "enter_into_force"
    AMEND = "amend"
    REJECT = "reject"
    # words
    DECLARE = "declare"
    OBJECT = "object"
    ACCEPT = "accept"
    ANNOUNCE = "announce"
    DECIDE = "decide"  # a decision of a body set up by the instrument
    AGREE = "agree"  # an agreement of all parties that is not itself an instrument
    CONFER = "confer"  # a conference met
    RECOGNISE = "recognise"  # recognises an actor named in `toward` as a state
    NOTE = "note"  # recorded, without effect of its own
    # steps inside a state
    DOMESTIC_APPROVAL = "domestic_approval"
    DECREE = "decree"
    # away from being bound
    SUSPEND = "suspend"
    RESUME = "resume"
    CEASE_IMPLEMENTATION = "cease_implementation"
    CEASE_PARTICIPATION = "cease_participation"
    GIVE_NOTICE = "give_notice"
    WITHDRAW = "withdraw"
    TERMINATE = "terminate"
    EXPIRE = "expire"
    AUTHORISE_TERMINATION = "authorise_termination"
    ORDER_TERMINATION = "order_termination"
    REVOKE_NOTICE = "revoke_notice"


class Basis(StrEnum):
    """What an act rests on (law.md 1)."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    LAW = "law"
    UNILATERAL = "unilateral"


class ObligationKind(StrEnum):
    """A kind of duty one party owes another (law.md 6)."""

    LIMITS = "limits"
    REDUCTION = "reduction"
    EXCHANGE = "exchange"
    NOTIFICATION = "notification"
    INSPECTION = "inspection"
    CONSULTATION = "consultation"
    STATIONING = "stationing"
    NTM = "ntm"


class Confidence(StrEnum):
    """How far a value can be trusted: read in a source, worked out from sourced values, or from memory."""

    SOURCED = "sourced"
    DERIVED = "derived"
    RECALLED = "recalled"


ANY = "any"  # of posture and force: the sum of the values that count


class AxisName(StrEnum):
    """An axis whose values each instrument declares for itself."""

    POSTURE = "posture"  # what state the items are in: active or stored, deployed or not
    FORCE = "force"  # which force holds them


class Provenance(StrEnum):
    """Where a record comes from."""

    DECLARED = "declared"
    PUBLISHED = "published"
    PRESS = "press"
    ESTIMATED = "estimated"
    SYNTHETIC = "synthetic"


class RecordStatus(StrEnum):
    """Only `preferred` records constrain; the others are shown with the verdict they would give."""

    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    DISPUTED = "disputed"


class ReductionFigure(StrEnum):
    """What a figure on reductions tells: how much is to go, how much has gone, how much is left."""

    LIABILITY = "liability"
    REDUCED = "reduced"
    REMAINING = "remaining"


class AssessmentResult(StrEnum):
    """What an assessment found: of limits (`kept`, `exceeded`) or of an instrument as a whole."""

    KEPT = "kept"
    EXCEEDED = "exceeded"
    CERTIFIED = "certified"  # said to comply with the whole instrument
    NOT_CERTIFIED = "not_certified"  # not said to comply, which is no statement on any limit


class AssessorKind(StrEnum):
    """Who assessed."""

    OFFICIAL = "official"  # a party or a body of the instrument
    SCHOLAR = "scholar"  # an analyst or historian in an own name
    PRESS = "press"


class Scope(StrEnum):
    """Whose equipment a limit sums."""

    GROUP = "group"
    STATE = "state"
    TERRITORY = "territory"
    SITE = "site"
    RECIPIENT = "recipient"
    PARTIES = "parties"


class LimitNature(StrEnum):
    """What kind of ceiling it is; only `legal` ones give a breach in law."""

    LEGAL = "legal"
    POLITICAL = "political"
    ALLOCATION = "allocation"  # a share-out inside a group that no article makes a ceiling
    PERMISSION = "permission"  # allows, never adds to a ceiling
    PROCEDURAL = "procedural"  # a cap on doing something, not on a sum of holdings
    ALLOWANCE = "allowance"  # so many stay outside the count; what is above them counts under other clauses


class VerdictKind(StrEnum):
    """How a limit is kept, as far as the records tell."""

    WITHIN = "within"
    EXCEEDED = "exceeded"
    UNDETERMINED = "undetermined"
    NO_DATA = "no_data"
    INCONSISTENT = "inconsistent"
    NOT_APPLICABLE = "not_applicable"


class Succession(StrEnum):
    """How a successor stands in (law.md 3)."""

    SEPARATION = "separation"
    CONTINUATION = "continuation"
    CONTESTED = "contested"


class LinkKind(StrEnum):
    """What an instrument has to do with another, or with a text outside the record."""

    LIVES_IN = "lives_in"  # belongs to it: ends for a party when the other ends for that party
    AMENDS = "amends"
    ADAPTS = "adapts"  # replaces its rules, once in force
    ALLOCATES = "allocates"  # shares out among some parties what it gives to their group
    CONFIRMS = "confirms"  # records who its parties are
    SUPPLEMENTS = "supplements"
    REFERS_TO = "refers_to"  # names it, in a preamble for instance


class InstrumentKind(StrEnum):
    """What an instrument is."""

    TREATY = "treaty"
    PROTOCOL = "protocol"
    AMENDMENT = "amendment"  # amends the instrument it names in `amends`
    AGREEMENT = "agreement"  # an accord, often between two ministries
    STATEMENT = "statement"  # a declaration of one or several states that they hold themselves to
    POLITICAL = "political"  # a document that binds politically
    DRAFT = "draft"  # proposed, never signed


class Binding(StrEnum):
    """In what way an instrument binds."""

    LEGAL = "legal"
    POLITICAL = "political"
    NONE = "none"


class EntryKind(StrEnum):
    """How an instrument enters into force, by its own terms."""

    ALL = "all"  # every required actor has done what `by` says
    COUNT = "count"  # so many actors have, and whatever else the rule asks
    SIGNATURE = "signature"  # with its signature
    DATE = "date"  # on a fixed day
    NONE = "none"  # it never does, or the text does not say


class ConsentAct(StrEnum):
    """By which act an actor expresses its consent to be bound (VCLT 11)."""

    DEPOSIT = "deposit"
    APPROVE = "approve"
    SIGN = "sign"


class Counting(StrEnum):
    """How the days of a period are counted (law.md 2)."""

    WITHIN = "within"  # day N counts
    CLEAR = "clear"  # N whole days lie between
    FIRST_OF_MONTH = "first_of_month"  # the first day of the N-th month after the month of the trigger
    MONTH_AFTER = "month_after"  # the first day of the month that follows the end of the N months
    QUARTER_AFTER = "quarter_after"  # the first day of the quarter that follows the end of the N months


class ActorKind(StrEnum):
    """What an actor is."""

    STATE = "state"
    ORGANISATION = "organisation"
    ENTITY = "entity"  # its statehood is contested, or it is part of a state


class CountUnit(StrEnum):
    """What a category counts."""

    ITEMS = "items"
    PERSONS = "persons"
    SITES = "sites"


class TypeList(StrEnum):
    """The part of an existing-types list in which a designation is printed."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


class DecisionRule(StrEnum):
    """How a body decides."""

    CONSENSUS = "consensus"
    UNANIMITY = "unanimity"
    MAJORITY = "majority"
    EACH = "each"  # each party for itself


class BlankUnit(StrEnum):
    """What a number left open in a text counts."""

    DAYS = "days"
    PARTIES = "parties"


class StepBound(StrEnum):
    """Which end of a step's time a number sets."""

    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"


class DigitOrder(StrEnum):
    """In which order the digits of a day are printed."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class ProvisionKind(StrEnum):
    """What a provision does."""

    PRINCIPLE = "principle"
    DEFINITION = "definition"
    NUMERICAL_LIMIT = "numerical_limit"
    COUNTING_RULE = "counting_rule"
    STORAGE_RULE = "storage_rule"
    REDUCTION = "reduction"
    INFORMATION = "information"
    INSPECTION = "inspection"
    CONSULTATION = "consultation"
    CONFERENCE = "conference"
    BODY = "body"
    PROCEDURE = "procedure"
    ENTRY_INTO_FORCE = "entry_into_force"
    ACCESSION = "accession"
    AMENDMENT = "amendment"
    SUSPENSION = "suspension"
    WITHDRAWAL = "withdrawal"
    COLLECTIVE_DEFENCE = "collective_defence"


class ProvisionRole(StrEnum):
    """A part that a provision plays in a computation, so that the answer can cite it."""

    REDUCTION_LIABILITY = "reduction_liability"  # says how much each party must reduce


class Matter(StrEnum):
    """What a provision is about; instruments are compared by it."""

    ACCESSION = "accession"
    AMENDMENT = "amendment"
    AREA = "area"
    COLLECTIVE_DEFENCE = "collective_defence"
    CONFERENCE = "conference"
    CONSULTATION = "consultation"
    COOPERATION = "cooperation"
    COUNTING = "counting"
    DEFINITIONS = "definitions"
    ENLARGEMENT = "enlargement"
    ENTRY_INTO_FORCE = "entry_into_force"
    EXISTING_TYPES = "existing_types"
    FLANK = "flank"
    GROUPS = "groups"
    INFORMATION_EXCHANGE = "information_exchange"
    INSPECTION = "inspection"
    LIMITS = "limits"
    MISSILES = "missiles"
    NATIONAL_LEVELS = "national_levels"
    NTM = "ntm"
    NUCLEAR = "nuclear"
    OTHER_OBLIGATIONS = "other_obligations"
    PRINCIPLES = "principles"
    REACH = "reach"
    REDUCTION = "reduction"
    STATIONING = "stationing"
    STORAGE = "storage"
    SUSPENSION = "suspension"
    TEMPORARY_DEPLOYMENT = "temporary_deployment"
    WITHDRAWAL = "withdrawal"
