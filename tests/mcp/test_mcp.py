"""The tool server, asked by the client of the official package."""

from __future__ import annotations

import json
import os
import sys

import anyio
import pytest

import servanda as sv

mcp = pytest.importorskip("mcp")

from servanda.mcp import create_server  # noqa: E402


def ask(work):
    async def run():
        async with mcp.Client(create_server()) as client:
            return await work(client)

    return anyio.run(run)


def call(tool, **arguments):
    return ask(lambda client: client.call_tool(tool, arguments))


def test_the_tools_are_listed_typed_and_read_only():
    found = {t.name: t for t in ask(lambda c: c.list_tools()).tools}
    assert {"standing", "obligations", "assess", "explain", "brief", "timeline", "provisions", "check_news"} <= set(
        found
    )
    for tool in found.values():
        assert tool.description and tool.annotations.read_only_hint is True
        for name, schema in tool.input_schema.get("properties", {}).items():
            assert schema.get("description") or schema.get("enum") or schema.get("title"), (tool.name, name)
    assert found["standing"].input_schema["required"] == ["instrument", "on"]


def test_was_russia_bound_on_1_june_2015_and_who_disagrees():
    got = call("standing", instrument="cfe", on="2015-06-01", party="Russia")
    assert not got.is_error
    told = got.structured_content
    row = told["document"]["parties"][0]
    assert row["standing"] == "in_force" and row["contested"] is True
    readings = {r["reading"]: r["standing"] for r in row["readings"]}
    assert readings["self"] == "suspended" and readings["USA"] == "in_force"  # who disagrees
    assert "contested: suspended by its own reading" in told["answer"]
    assert any(a.startswith("CFE") for a in told["articles"])
    assert told["sources"]
    assert str(sv.load("cfe").standing("RUS", on="2015-06-01").node.statement) == told["answer"]


def test_what_is_not_known_is_said():
    told = call("assess", instrument="cfe", on="1995-11-17", limits=["CFE IV.1(A)"]).structured_content
    assert "undetermined" in json.dumps(told["document"])
    brief = call("brief", instrument="cfe", on="2023-11-07").structured_content
    assert brief["not_known"]


def test_a_long_answer_is_cut_and_says_so():
    told = call("assess", instrument="cfe", on="1995-11-17").structured_content
    assert told["document"] is None
    assert "name a party" in told["left_out"]


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("standing", {"instrument": "cfe", "on": "2015-06-01", "party": "Ruritania"}, "Ruritania"),
        ("standing", {"instrument": "nonsense", "on": "2015-06-01"}, "no instrument"),
        ("standing", {"instrument": "cfe", "on": "yesterday-ish"}, "not a date"),
        ("standing", {"instrument": "cfe"}, "on"),
        ("check_news", {"text": ""}, "text"),
    ],
)
def test_mistakes_are_told_as_the_command_line_tells_them(tool, arguments, words):
    got = call(tool, **arguments)
    assert got.is_error
    assert words in got.content[0].text
    assert "Traceback" not in got.content[0].text


def test_news_is_checked():
    text = "Russia withdrew from the CFE Treaty on 7 November 2023, the foreign ministry said."
    told = call("check_news", text=text, dateline="2023-11-07").structured_content
    claim = told["document"]["documents"][0]["claims"][0]
    assert claim["instrument"] == "cfe"


def test_the_record_is_there_as_resources():
    async def work(client):
        listed = {str(r.uri) for r in (await client.list_resources()).resources}
        templates = {t.uri_template for t in (await client.list_resource_templates()).resource_templates}
        got = await client.read_resource("servanda://cfe/provisions")
        return listed, templates, got.contents[0].text

    listed, templates, text = ask(work)
    assert "servanda://instruments" in listed
    assert "servanda://{instrument}/timeline" in templates
    assert any(p["cite"] == "CFE XIX" or p["cite"].startswith("CFE XIX") for p in json.loads(text)["provisions"])


def test_over_standard_input_and_output():
    async def run():
        how = mcp.StdioServerParameters(command=sys.executable, args=["-m", "servanda", "mcp"], env=dict(os.environ))
        async with mcp.Client(how) as client:
            return await client.call_tool("provisions", {"instrument": "cfe", "cite": "CFE XIX"})

    got = anyio.run(run)
    assert "CFE XIX" in " ".join(got.structured_content["articles"])
