"""The documents of the outer contract: one frozen type a question, from which its JSON and its JSON Schema come.

Fields are added, never renamed. Types and words of closed lists are those of the model; a day is an ISO date, a day that may
be uncertain an EDTF date as text. `by_kind.DOCUMENTS` names the type of
each kind of answer.
"""
