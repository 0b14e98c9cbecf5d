"""HTML as text, and the day a page says it was published."""

from __future__ import annotations

import json
import re
from typing import Any

from servanda.intake.items import Limits, Refused
from servanda.intake.text import day_of, decoded

TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>?)")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# these end by themselves when the next one begins, so that leaving them open nests nothing
IMPLIED = frozenset("p li td th tr dt dd option tbody thead tfoot colgroup rp rt html body head".split())
FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
HEAD = 4096
META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
)
LITTLE = 200  # characters of main text below which a page is taken whole
SCRIPTS = 20  # JSON-LD blocks looked at


def from_html(
    data: bytes, limits: Limits, declared: str | None = None
) -> tuple[str, str | None, tuple[str, str] | None, tuple[str, ...]]:
    """A page's main text, its title, the day it says it was published with the clock, and notes.

    Refused for a page made to exhaust its reader: nested, attributed or re-opened beyond the limits.
    """
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    match = CHARSET.search(data[:HEAD])
    source, notes = decoded(data, declared or (match[1].decode("ascii") if match else None))
    _measure(source, limits)
    tree = HTMLTree.parse(source)
    text = str(extract_plain_text(tree, main_content=True, alt_texts=False))
    if len(text) < LITTLE:
        text = str(extract_plain_text(tree, main_content=False, alt_texts=False))
    text = text.strip()
    title = _title(tree)
    if title and title not in text:
        text = f"{title}\n\n{text}"
    return text, title, _published(tree), notes


def looks_like_html(head: bytes) -> bool:
    """Whether a document begins as HTML does."""
    low = head[:HEAD].lower().replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return low.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        low.startswith((b"<?xml", b"<!--")) and b"<html" in low
    )


def _measure(source: str, limits: Limits) -> None:
    """Count what HTML costs before it is parsed: depth, attributes, formatting tags that every block re-opens."""
    depth = deepest = held = reopened = 0
    for match in TAG.finditer(source):
        name = match[2]
        if name is None:
            continue
        name = name.lower()
        if name in VOID:
            continue
        if match[1]:
            if name in FORMATTING:
                held = max(held - 1, 0)
            if name not in IMPLIED:
                depth = max(depth - 1, 0)
            continue
        if match[3] and match[3].count("=") + match[3].count(" ") > limits.attributes * 2:
            raise Refused(f"a tag has more than {limits.attributes:,} attributes")
        if name in FORMATTING:
            held += 1
        else:
            reopened += held
            if reopened > limits.reopened:
                raise Refused("formatting tags are left open and re-opened without end")
        if name not in IMPLIED:
            depth += 1
            deepest = max(deepest, depth)
            if deepest > limits.depth:
                raise Refused(f"its tags are nested more than {limits.depth:,} deep")


def _title(tree: Any) -> str | None:
    for selector, attribute in (("h1", None), ('meta[property="og:title"]', "content"), ("title", None)):
        node = tree.document.query_selector(selector)
        said = (node.getattr(attribute) if attribute else node.text) if node else None
        if said and said.strip():
            return " ".join(said.split())[:500]
    return None


def _published(tree: Any) -> tuple[str, str] | None:
    metas: dict[str, str] = {}
    for node in tree.document.query_selector_all("meta")[:500]:
        key = (node.getattr("property") or node.getattr("name") or node.getattr("itemprop") or "").lower()
        if key and key not in metas:
            metas[key] = node.getattr("content") or ""
    for key in META[:2]:
        if day := day_of(metas.get(key)):
            return day, f"html {key}"
    for node in tree.document.query_selector_all('script[type="application/ld+json"]')[:SCRIPTS]:
        if day := day_of(_date_published(node.text or "")):
            return day, "html JSON-LD datePublished"
    for key in META[2:]:
        if day := day_of(metas.get(key)):
            return day, f"html {key}"
    for selector in ("[itemprop=datePublished]", "time[pubdate]", "article time[datetime]", "time[datetime]"):
        node = tree.document.query_selector(selector)
        if node and (day := day_of(node.getattr("datetime") or node.getattr("content"))):
            return day, "html time"
    return None


def _date_published(source: str) -> object:
    try:
        queue = [json.loads(source)]
    except (ValueError, RecursionError):
        return None
    for _ in range(1_000):  # a graph of things; the first that was published counts
        if not queue:
            return None
        thing = queue.pop(0)
        if isinstance(thing, list):
            queue += thing
        elif isinstance(thing, dict):
            if thing.get("datePublished"):
                return thing["datePublished"]
            queue += [
                v for k, v in thing.items() if k in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
            ]
    return None
