"""Input to `servanda inspect` that cannot be used: one clear line on standard error, nothing on standard output, exit code 2."""

from __future__ import annotations

import pytest

from command import servanda

FILES = {
    "poland.csv": "site,owner,territory\n" + "".join(f"POL {i},POL,POL\n" for i in range(20)),
    "empty.csv": "site,owner,territory\n",
    "negative.csv": "site,owner,territory,travel\nPOL 1,POL,POL,-1\n",
    "outside.csv": "site,owner,territory\nFort Hood,USA,USA\n",
    "stranger.csv": "site,owner,territory\nRevinge,SWE,SWE\n",
    "twice.csv": "site,owner,territory\nPOL 1,POL,POL\nPOL 1,POL,POL\n",
}
PLAN = ("plan", "cfe", "--on", "2000-06-01", "--sites")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        # a quota over 100 per cent, and other numbers that are none
        (("design", "--objects", "100", "--percent", "120"), "a quota lies outside 0 to 100 per cent"),
        (("design", "--objects", "100", "--percent", "-5"), "a quota lies outside 0 to 100 per cent"),
        (("design", "--objects", "10", "--wanted", "1.5"), "wanted chance 1.5 is not a probability"),
        (("design", "--objects", "10", "--detect", "1.4"), "detection chance 1.4 is not a probability"),
        (("design", "--objects", "10", "--wrong", "11"), "11 violations among 10 objects"),
        (("simulate", "cfe", "--on", "2000-06-01", "--sites", "poland.csv", "--alarm", "2"), "2.0 is not a probability"),
        # no objects
        (("design", "--objects", "0"), "among 0 objects"),
        ((*PLAN, "empty.csv"), "empty.csv: holds no rows"),
        (("plan", "cfe", "--on", "2000-06-01"), "no objects of verification are given"),
        ((*PLAN, "poland.csv", "--by", "POL"), "no object of another state is in the list"),
        # wishes that do not fit, with the clauses in conflict
        (
            (*PLAN, "poland.csv", *(w for i in range(4) for w in ("--include", f"POL {i}"))),
            "4 of POL, at most 3 (CFE INSP II.10(D))",
        ),
        (
            (*PLAN, "poland.csv", "--by", "DEU", "--include", "POL 1", "--include", "POL 2"),
            "2 of POL, at most 1 (CFE INSP II.10(D); CFE INSP II.23)",
        ),
        ((*PLAN, "poland.csv", "--most", "1", "--include", "POL 1", "--include", "POL 2"), "2 of all, at most 1"),
        ((*PLAN, "poland.csv", "--most", "-1"), "-1 inspections"),
        # days before there is anything to inspect
        (("plan", "cfe", "--on", "1992-07-16", "--sites", "poland.csv"), "before the first day of inspections"),
        (("quotas", "cfe", "--on", "1992-07-16"), "before the first day of inspections"),
        (("quotas", "inf", "--on", "1988-05-31"), "before the first day of inspections"),
        (("may", "cfe", "--by", "DEU", "--of", "POL", "--arrive", "1992-07-16"), "before the first day of inspections"),
        (("lost", "cfe", "--from", "2007-12-12", "--to", "2007-01-01"), "2007-01-01 does not lie after 2007-12-12"),
        # travel times, places
        ((*PLAN, "negative.csv"), "negative.csv:2 [travel]: -1 is out of range"),
        ((*PLAN, "outside.csv"), "Fort Hood lies on the ground of USA, outside the area"),
        ((*PLAN, "stranger.csv"), "outside the area on 2000-06-01"),
        (("simulate", "cfe", "--on", "2000-06-01", "--sites", "outside.csv"), "outside the area on 2000-06-01"),
        ((*PLAN, "poland.csv", "--include", "Paris 1"), "site 'Paris 1' is not in the list of objects"),
        ((*PLAN, "twice.csv"), "site 'POL 1' is duplicated"),
        ((*PLAN, "missing.csv"), "missing.csv: cannot be read"),
        (("quotas", "cfe", "--on", "2000-06-01", "--objects", "POL=many"), "'POL=many' is not a number of objects"),
        (("quotas", "cfe", "--on", "2000-06-01", "--objects", "POL=-5"), "-5 objects of POL"),
        (("quotas", "vclt-1969", "--on", "2000-06-01"), "no inspection regime"),
    ],
)  # fmt: skip
def test_one_line_and_exit_code_2(args, message, tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    done = servanda("inspect", *args, COLUMNS="100")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.startswith("servanda: ") and done.stderr.count("\n") == 1
