"""Which acts bear out which event, and which are only steps on the way that reports take for it (law.md 1, law.md 8)."""

from __future__ import annotations

SUPPORTED, CONTRADICTED, DISPUTED = "supported", "contradicted", "disputed"
IMPRECISE, UNKNOWN, OPINION = "imprecise", "unknown", "opinion"
FINDINGS = (SUPPORTED, CONTRADICTED, DISPUTED, IMPRECISE, UNKNOWN, OPINION)

# Acts that are the event.
DIRECT: dict[str, tuple[str, ...]] = {
    "sign": ("sign",),
    "domestic_approval": ("domestic_approval", "decree"),
    "deposit": ("deposit", "approve", "accede"),
    "accede": ("accede",),
    "provisionally_apply": ("provisionally_apply",),
    "enter_into_force": ("enter_into_force",),
    "succeed": ("succeed",),
    "declare": ("declare", "announce", "decide"),
    "object": ("object",),
    "suspend": ("suspend",),
    "resume": ("resume",),
    "cease_implementation": ("cease_implementation",),
    "give_notice": ("give_notice",),
    "withdraw": ("withdraw",),
    "terminate": ("terminate", "expire"),
    "authorise_termination": ("authorise_termination",),
    "dissolve": ("terminate", "expire"),
    "amend": ("amend",),
    "propose": ("propose",),
    "reject": ("reject",),
    "join_organisation": ("join_organisation",),
}

# Acts that are another step, and what a report that takes one for the event is found to be.
_INSIDE = {"domestic_approval": CONTRADICTED, "decree": CONTRADICTED, "announce": CONTRADICTED, "declare": CONTRADICTED}
_ORDERS = {"authorise_termination": IMPRECISE, "order_termination": IMPRECISE}
NEAR: dict[str, dict[str, str]] = {
    "withdraw": {
        "give_notice": IMPRECISE,
        "cease_participation": CONTRADICTED,
        "suspend": CONTRADICTED,
        "cease_implementation": CONTRADICTED,
        **_ORDERS,
        **_INSIDE,
    },
    "terminate": {
        **_ORDERS,
        "give_notice": IMPRECISE,
        "withdraw": IMPRECISE,
        "cease_participation": CONTRADICTED,
        "suspend": CONTRADICTED,
        "cease_implementation": CONTRADICTED,
        **_INSIDE,
    },
    "dissolve": {"agree": IMPRECISE, "note": IMPRECISE, "withdraw": CONTRADICTED, "declare": CONTRADICTED},
    "give_notice": {"withdraw": IMPRECISE, "suspend": CONTRADICTED, **_ORDERS, **_INSIDE},
    "suspend": {
        "cease_participation": IMPRECISE,
        "cease_implementation": IMPRECISE,
        "withdraw": CONTRADICTED,
        "give_notice": CONTRADICTED,
        "decree": IMPRECISE,
        "domestic_approval": IMPRECISE,
        "announce": IMPRECISE,
        "declare": IMPRECISE,
    },
    "cease_implementation": {
        "cease_participation": IMPRECISE,
        "suspend": IMPRECISE,
        "withdraw": CONTRADICTED,
        "announce": IMPRECISE,
    },
    "authorise_termination": {"order_termination": IMPRECISE, "terminate": IMPRECISE, "give_notice": IMPRECISE},
    "deposit": {"domestic_approval": IMPRECISE, "sign": CONTRADICTED, "succeed": IMPRECISE},
    "domestic_approval": {"deposit": SUPPORTED, "approve": SUPPORTED, "accede": SUPPORTED, "sign": CONTRADICTED},
    "sign": {
        "adopt": IMPRECISE,
        "terminate": IMPRECISE,
        "agree": IMPRECISE,
        "accede": IMPRECISE,
        "propose": CONTRADICTED,
    },
    "accede": {
        "deposit": SUPPORTED,
        "succeed": IMPRECISE,
        "sign": CONTRADICTED,
        "domestic_approval": IMPRECISE,
        "enter_into_force": IMPRECISE,
    },
    "succeed": {"accede": IMPRECISE, "deposit": IMPRECISE, "agree": IMPRECISE},
    "enter_into_force": {"provisionally_apply": CONTRADICTED, "sign": CONTRADICTED, "deposit": CONTRADICTED},
    "provisionally_apply": {"enter_into_force": CONTRADICTED, "sign": CONTRADICTED},
    "resume": {"announce": IMPRECISE, "declare": IMPRECISE, "revoke_notice": IMPRECISE},
    "propose": {"announce": SUPPORTED, "declare": SUPPORTED, "adopt": IMPRECISE},
    "reject": {"declare": IMPRECISE, "announce": IMPRECISE, "object": IMPRECISE},
    "object": {"declare": IMPRECISE, "announce": IMPRECISE, "reject": IMPRECISE},
    "declare": {"note": SUPPORTED, "confer": IMPRECISE, "agree": IMPRECISE, "reject": IMPRECISE},
    "amend": {"adopt": IMPRECISE},
}

# Steps that make a plan for the event a recorded one.
LEAVING = (
    "withdraw",
    "terminate",
    "suspend",
    "give_notice",
    "cease_implementation",
    "authorise_termination",
    "dissolve",
)
PLANS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        LEAVING,
        (
            "give_notice",
            "announce",
            "declare",
            "decree",
            "domestic_approval",
            "authorise_termination",
            "order_termination",
            "decide",
        ),
    ),
    "enter_into_force": ("deposit", "sign", "adopt", "provisionally_apply"),
    "provisionally_apply": ("sign", "agree"),
    "deposit": ("domestic_approval", "sign"),
    "sign": ("adopt", "propose"),
    "accede": ("sign", "domestic_approval"),
    "resume": ("declare", "announce"),
    "domestic_approval": ("declare", "announce", "note"),
    "propose": ("announce", "declare"),
    "reject": ("declare", "announce"),
}
STEPS_INSIDE = ("domestic_approval", "decree")
SPOKEN = ("declare", "announce", "note", "decide")
REPEATED = (
    "domestic_approval",
    "declare",
    "object",
    "reject",
    "cease_implementation",
    "propose",
    "deposit",
)  # done more than once
WHOLE = (
    "enter_into_force",
    "terminate",
    "dissolve",
    "amend",
    "propose",
    "succeed",
)  # of the instrument, not of one doer
BOTH_WAYS = ("withdraw", "suspend", "give_notice", "cease_implementation", "resume")  # need a bond first
# What states do one by one, and what only those may do that take part.
ONE_BY_ONE = (
    "domestic_approval",
    "deposit",
    "reject",
    "withdraw",
    "suspend",
    "cease_implementation",
    "give_notice",
    "accede",
)
PARTIES_ONLY = (
    "sign",
    "deposit",
    "accede",
    "withdraw",
    "suspend",
    "resume",
    "give_notice",
    "cease_implementation",
    "provisionally_apply",
    "terminate",
    "authorise_termination",
)

# Marks of a claim that the extraction gives (`extraction.marks`).
BLAMED, ANNOUNCED, RATIFIED = "blamed", "announced", "ratified"
ENDING, ENDED = "ending", "ended"
# What words said, decided or noted must be about to be a step toward an event.
SPOKEN_OF: dict[str, tuple[str, ...]] = {
    "propose": ("propose",),
    "resume": ("resume",),
    "domestic_approval": ("domestic_approval", "deposit"),
    "suspend": ("suspend", "cease_implementation", "cease_participation"),
    "cease_implementation": ("suspend", "cease_implementation", "cease_participation"),
    **dict.fromkeys(
        ("withdraw", "terminate", "give_notice", "authorise_termination", "dissolve"),
        ("withdraw", "terminate", "give_notice", "suspend", "cease_implementation", "cease_participation"),
    ),
}
SUSPENDING = ("suspend", "cease_implementation", "cease_participation")
