"""Variants of every kind of status table, with the answer worked out by hand: held out while the reader was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.corpus.cells import CellError, day
from servanda.corpus.headings import heading
from servanda.model.vocabulary import ActKind
from servanda.questions.table import standing_of_table

RULE = "title: T\nentry: {rule: count, count: 1, period: {days: 30}, per_party: true, cite: Art. 9}\n"
RULE += "exit: {notice: {months: 6}, cite: Art. 12}\n"


def ask(tmp_path, table, on="2000-01-01", rule=RULE, name="t.csv"):
    if isinstance(table, bytes):
        (tmp_path / name).write_bytes(table)
    else:
        (tmp_path / name).write_text(table, encoding="utf-8")
    (tmp_path / "r.yaml").write_text(rule, encoding="utf-8")
    return standing_of_table(tmp_path / name, tmp_path / "r.yaml", on=on)


def stands(answer):
    return {p["party"]: (p["standing"], p["since"]) for p in answer.data["parties"]}


def fits(found, expected):
    for party, want in expected.items():
        got = found[party]
        assert got == want if isinstance(want, tuple) else got[0] == want, (party, got, want)


# None of these may be read as the act whose word it holds.
NOT_ACTS = [
    'Ratification withdrawn', 'Ratification revoked', 'Withdrawn ratification', 'Accession withdrawn',
    'Signature withdrawn', 'Unsigned', 'Date of unsigning', 'Signature revoked', 'Retrait de la signature',
    'Retrait de ratification', 'Annulment of accession', 'Ratification annulled', 'Ratification declared void',
    'Ratification declined', 'Ratification not accepted', 'Ratification (not yet)', 'Ratified by parliament',
    'Parliamentary approval', 'Approval by parliament', 'Approval by the Senate', 'Internal approval',
    'National approval', 'Domestic ratification', 'Ratification law', 'Ratification act', 'Ratification decree',
    'Date of ratification law', 'Promulgation of ratification', 'Objection to ratification',
    'Reservation on accession', 'Declaration upon accession', 'Declaration at ratification',
    'Notification of territorial application', 'Territorial extension', 'Extension to Hong Kong', 'Extended to',
    'Application to territories', 'Ratification for territory', 'Ratification of amendment',
    'Acceptance of amendment', 'Acceptance of Article 22', 'Acceptance of the procedure under article 22',
    'Acceptance of the amendment to Article 8', 'Approval of amendments', 'Consent to amendment',
    'Ratification of Protocol I', 'Signature of Protocol', 'Ratification of the 1996 Protocol',
    'Succession to reservation', 'Invitation to accede', 'Invited to accede', 'Request for accession',
    'Accession request', 'Application for accession', 'Accession under negotiation', 'Accession candidate',
    'Candidate for accession', 'Next ratification', 'Reminder of ratification', 'Ratification due',
    'Ratification deadline', 'Deadline for ratification', 'Ratification expected', 'Ratification forecast',
    'Planned ratification', 'Ratification announced', 'Announced accession', 'Promised ratification',
    'Ratification pledge', 'Ratification process started', 'Ratification process', 'Status of ratification',
    'Registration of ratification', 'Publication of ratification', 'Ratification published',
    'Date ratification registered', 'Last signature', 'First ratification', 'Acceptance of withdrawal',
    'Rejection of accession', 'Acceptance of accession', 'Acceptance of the accession', 'Accession accepted by',
    'Ratification received by UN', 'Full powers for signature', 'Authorisation to sign', 'Signature authorised',
    'Initialled', 'Initialling', 'Signature of Final Act', 'Final Act signature', 'Signature (Final Act)',
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_ACTS)
def test_a_heading_half_understood_is_never_read_as_its_half(text, tmp_path):
    found = heading(text)
    assert found is None or found.undoes
    answer = ask(tmp_path, f'Participant,"{text}"\nPoland,1 Jan 1990\n')
    assert answer.data["unread"]
    assert all(p["standing"] in ("none", "unknown") for p in answer.data["parties"])


NOTICES = [
    'Denunciation', 'Withdrawal', 'Withdrew', 'Date of withdrawal notification', 'Notification of withdrawal',
    'Notice of withdrawal', 'Receipt of denunciation', 'Date of receipt of notification of withdrawal',
    'Dénonciation', 'Retrait', 'Notification de retrait', 'Date of denunciation', 'Denounced',
    'Withdrawal (notification)', 'Withdrawal notified', 'Notice of denunciation given',
]  # fmt: skip
EFFECTS = [
    'Effective date of withdrawal', 'Withdrawal effective', 'Withdrawal (effective)', 'Denunciation effective',
    'Date of effect of denunciation', "Date d'effet de la dénonciation", "Date d'effet du retrait",
    'Effect of withdrawal', 'Withdrawal in effect', 'Withdrawal takes effect', 'Entry into force of withdrawal',
    'Effective withdrawal date', 'Withdrawal (date of effect)', 'Effective date of denunciation',
    'Denunciation takes effect on',
]  # fmt: skip
REVOKED = [
    'Revocation of withdrawal', 'Withdrawal revoked', 'Denunciation withdrawn', 'Withdrawal of denunciation',
    'Withdrawal rescinded', 'Retrait de la dénonciation', 'Notice of withdrawal revoked',
    'Cancellation of notice of withdrawal',
]  # fmt: skip
SUSPENDED = [
    'Suspension', 'Suspended', 'Suspension of operation', 'Suspension of the treaty',
]  # fmt: skip
RESUMED = [
    'Resumption', 'Resumed', 'End of suspension', 'Suspension lifted', 'Termination of suspension',
]  # fmt: skip
KINDS = [
    *((t, ActKind.GIVE_NOTICE) for t in NOTICES),
    *((t, ActKind.WITHDRAW) for t in EFFECTS),
    *((t, ActKind.REVOKE_NOTICE) for t in REVOKED),
    *((t, ActKind.SUSPEND) for t in SUSPENDED),
    *((t, ActKind.RESUME) for t in RESUMED),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_headings_of_ends_notices_and_what_undoes_them(text, kind):
    found = heading(text)
    assert found is not None and found.plain is kind


def sequences():
    """The tables of `sequences.txt`, each with a day asked and what must come."""
    for block in (Path(__file__).parent / "tables" / "sequences.txt").read_text(encoding="utf-8").split("\n\n")[1:]:
        lines = block.strip("\n").splitlines()
        table = "\n".join(line for line in lines if not line.startswith("? ")) + "\n"
        for asked in (line[2:] for line in lines if line.startswith("? ")):
            on, _, wanted = asked.partition(": ")
            expected = {}
            for one in wanted.split(", "):
                party, _, words = one.partition(" ")
                standing, _, since = words.partition(" | ")
                expected[party] = (standing, since) if since else standing
            yield pytest.param(table, on, expected, id=f"{lines[-1]} on {on}")


@pytest.mark.parametrize(("table", "on", "expected"), list(sequences()))
def test_sequences_and_layouts(table, on, expected, tmp_path):
    fits(stands(ask(tmp_path, table, on)), expected)


SAME_DAY = [
    '2 Oct 1995', '02 October 1995', '2 octobre 1995', 'Oct 2, 1995', 'October 2nd, 1995', '1995-10-02',
    '1995/10/02', '1995.10.02', '2-Oct-1995', '2 Oct. 1995', '02-OCT-1995', 'le 2 octobre 1995', '2 Oct 1995*',
    '2 Oct 1995 **', '2 Oct 1995 †', '2 Oct 1995 [1]', '2 Oct 1995 (1)', '2 Oct 1995 1', '2 Oct 1995 1, 2',
    '2 Oct 1995¹', '2 Oct 1995 ¹ ²', 'Monday, 2 October 1995', '2nd of October 1995', '2 de octubre de 1995',
    '2. Oktober 1995', '2 ottobre 1995', '2 de outubro de 1995', '1995-10-02T00:00:00Z', '1995-10-02 00:00:00',
    '1995-10-02 00:00:00+00:00', '2 Oct 1995', '2 Oct 1995 (ratification)', 'October 2 1995', 'Oct 2 1995',
    '1995 Oct 2', '1995, October 2', '2 October, 1995', '19951002', '2 OCTOBRE 1995', '2 Oct 1995 a',
    '2 Oct 1995 A', '2 Oct 1995 AA', '2 Oct 1995 a 3', '2 Oct 1995 3 a', '2 Oct 1995a', '2 Oct 1995 (a)',
    '2 Oct 1995 c', '2 Oct 1995 s', '1995-10-02*', '2 Oct 1995 .',
]  # fmt: skip
NO_DAYS = [
    'before 1995', 'c. 1995', '2 Oct 95', '02-Oct-95', '2 Oct 19953', '34974', 'TBC', 'Yes', 'x', 'pending', '?',
    '0000-00-00', '30 Feb 1995', '2 Oct 1995 - 3 Nov 1996', '2 Oct 1995 [3 Nov 1996]', '[2 Oct 1995]',
    '(2 Oct 1995)', '2 Oct 1995, 3 Nov 1996', '2 Oct 1995 / 3 Nov 1996', '2 Oct 1995 (withdrawn 3 Nov 1996)',
    '2 Oct 1995 w', '2 Oct 1995 P', '2 Oct 1995 z', '2 Oct 1995 with reservation', 'not 2 Oct 1995',
    '2 Oct 1995?', '31 Dec 9999', '-2 Oct 1995', '2 Oct 1995 denounced', '~2 Oct 1995~',
    'see note', '2 Oct 1995 (see note 3)',
    '2 Oct 1995 *withdrawn',
]  # fmt: skip


@pytest.mark.parametrize("text", SAME_DAY)
def test_one_day_in_every_dress(text, tmp_path):
    answer = ask(tmp_path, f'Participant,Ratification\nPoland,"{text}"\n')
    assert stands(answer)["POL"] == ("in_force", "1995-11-01")
    assert not answer.data["unread"]


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_told_and_leaves_its_party_unknown(text, tmp_path):
    with pytest.raises(CellError):
        day(text)
    table = f'Participant,Ratification\nPoland,"{text}"\nFrance,1 Jan 1990\n'
    answer = ask(tmp_path, table)
    assert stands(answer)["POL"][0] == "unknown" and stands(answer)["FRA"][0] == "in_force"
    assert [u["row"] for u in answer.data["unread"]] == [2]
