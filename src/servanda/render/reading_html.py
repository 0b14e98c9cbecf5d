"""What documents say, as one page of HTML: marked text, the finding beside each claim, stories and a legend.

The page needs nothing from elsewhere, and everything that comes from a document is escaped. Labels stand in the style
sheet's generated content, so that the text of a document on the page is the document's own, character for character.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from servanda.model.answer import Answer
from servanda.questions.read import describe
from servanda.render.spans import SIGN, paragraphs, pieces, plain, windows, worst

if TYPE_CHECKING:
    from servanda.findings.hold import Held
    from servanda.findings.stories import Story
    from servanda.questions.read import ExtractedDocument

MEANING = {
    "supported": "the record bears it out",
    "contradicted": "the record says otherwise",
    "disputed": "the record holds more than one view",
    "imprecise": "near what the record tells, not it",
    "unknown": "the record cannot tell",
    "opinion": "a view or supposition, not an act",
}
LONG, AROUND = 20_000, 400  # characters of a paragraph shown whole, and round a claim in a longer one

STYLE = """
:root{--ink:#1d2125;--dim:#5b6570;--line:#d5dae0;--paper:#fff;
--supported:#1a6b3c;--contradicted:#a61b1b;--disputed:#7b2d8b;--imprecise:#8a5a00;--unknown:#1f5fa8;--opinion:#38707a}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1.5rem;font:16px/1.55 Georgia,"Times New Roman",serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.35rem;margin:0 0 .4rem}h2{font-size:1.1rem;margin:2rem 0 .3rem;border-top:1px solid var(--line);padding-top:1rem}
.dim{color:var(--dim)}.small,aside,table,.legend{font:14px/1.45 system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;padding:0;margin:.6rem 0;list-style:none}
html{color-scheme:light}.row{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 2rem;margin:.7rem 0}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
mark{background:none;color:inherit;border-bottom:2px solid;padding:0 .05em}
mark[data-label]::after{content:attr(data-label);font:700 11px system-ui,sans-serif;vertical-align:super;margin:0 .15em;white-space:nowrap}
.gap::before{content:" […] ";color:var(--dim)}
article{border-left:3px solid;padding:.1rem 0 .1rem .7rem;margin:0 0 .6rem;overflow-wrap:anywhere;break-inside:avoid}
article b{margin-right:.4em}article p{margin:.1rem 0;color:var(--ink)}article .dim{color:var(--dim)}
.supported{border-color:var(--supported)}.supported b,b.supported{color:var(--supported)}
.contradicted{border-color:var(--contradicted)}.contradicted b,b.contradicted{color:var(--contradicted)}
.disputed{border-color:var(--disputed)}.disputed b,b.disputed{color:var(--disputed)}
.imprecise{border-color:var(--imprecise)}.imprecise b,b.imprecise{color:var(--imprecise)}
.unknown{border-color:var(--unknown)}.unknown b,b.unknown{color:var(--unknown)}
.opinion{border-color:var(--opinion)}.opinion b,b.opinion{color:var(--opinion)}
mark.supported{background:#e6f3ea}mark.contradicted{background:#fbe6e6;border-bottom-style:double;border-bottom-width:4px}
mark.disputed{background:#f4e8f7;border-bottom-style:dashed}mark.imprecise{background:#fbf0d9;border-bottom-style:dotted}
mark.unknown{background:#e5eef9}mark.opinion{background:#e4f0f1;border-bottom-style:dashed}
table{border-collapse:collapse;width:100%;margin:.6rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;
border-bottom:1px solid var(--line);overflow-wrap:anywhere}
@media (max-width:52rem){.row{grid-template-columns:minmax(0,1fr)}body{padding:1rem}aside{margin-top:.4rem}}
@media print{body{max-width:none;padding:0;font-size:10pt}.row{display:block;margin:.35rem 0}
aside,table,.legend,.small{font-size:8.5pt}aside{margin:.2rem 0 0 1.5rem}article{margin-bottom:.3rem}
h2{break-after:avoid}tr{break-inside:avoid}mark{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""


def page(answer: Answer[Any], title: str = "What the documents say, held against the record") -> str:
    """The answer to `read` as a whole HTML page."""
    value = answer.value
    body = [f"<h1>{escape(title)}</h1>", f'<p class="small dim">{escape(str(answer.node.statement))}</p>', _legend()]
    body += [_document(n, r) for n, r in enumerate(value.documents, 1)]
    body += [_story(s) for s in value.stories]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _legend() -> str:
    items = "".join(f'<li><b class="{f}">{SIGN[f]} {f}</b> <span class="dim">{MEANING[f]}</span></li>' for f in SIGN)
    return f'<ul class="legend">{items}</ul>'


def _document(number: int, reading: ExtractedDocument) -> str:
    told = [reading.read.dateline or "no dateline: held against all the record knows"]
    if reading.story:
        told.append(reading.story)
    parts = [
        f'<section id="d{number}"><h2>{escape(plain(reading.read.name))} '
        f'<span class="small dim">{escape(" · ".join(told))}</span></h2>'
    ]
    parts += [f'<p class="small dim">! {escape(plain(n))}</p>' for n in reading.read.notes]
    if not reading.held and not reading.read.notes:
        parts.append('<p class="small dim">no claim about a treaty</p>')
    text, held = reading.document.text, reading.held
    spans = [(h.claim.start, h.claim.end) for h in held]
    shown: set[int] = set()
    for start, end in paragraphs(text):
        mine = [i for i, (a, b) in enumerate(spans) if a < end and b > start and a < b]
        fresh = [i for i in mine if i not in shown]
        shown |= set(fresh)
        aside = "".join(_finding(number, i, held[i]) for i in fresh)
        marked = marked_text(text, start, end, [spans[i] for i in mine], [held[i] for i in mine], mine, number)
        parts.append(f'<div class="row"><p class="text">{marked}</p>{f"<aside>{aside}</aside>" if aside else ""}</div>')
    left = "".join(_finding(number, i, held[i]) for i in range(len(held)) if i not in shown)
    if left:
        parts.append(f"<aside>{left}</aside>")
    parts.append("</section>")
    return "\n".join(parts)


def marked_text(
    text: str,
    start: int,
    end: int,
    spans: list[tuple[int, int]],
    held: list[Held],
    numbers: list[int],
    document: int = 1,
) -> str:
    """A stretch of text with its claims marked: `<mark>` elements side by side, never nested, whatever the spans do."""
    here = [(max(a, start), min(b, end)) for a, b in spans]
    parts = []
    for n, (first, last) in enumerate(windows(start, end, here, LONG, AROUND)):
        if n or first > start:
            parts.append('<span class="gap"></span>')
        for piece in pieces(spans, first, last):
            words = escape(plain(text[piece.start : piece.end]))
            finding = worst(held[i].finding for i in piece.within)
            if finding is None:
                parts.append(words)
                continue
            label = " ".join(f"{numbers[i] + 1}{SIGN[held[i].finding]}" for i in piece.ends)
            tag = f' data-label="{label}"' if label else ""
            refs = " ".join(f"d{document}c{numbers[i] + 1}" for i in piece.within)
            says = "; ".join(dict.fromkeys(f"{numbers[i] + 1} {held[i].finding}" for i in piece.within))
            parts.append(f'<mark class="{finding}" aria-details="{refs}" title="{says}"{tag}>{words}</mark>')
        if last < end and len(windows(start, end, here, LONG, AROUND)) == n + 1:
            parts.append('<span class="gap"></span>')
    return "".join(parts)


def _finding(document: int, number: int, held: Held) -> str:
    said = (
        ""
        if held.claim.speaker == "author"
        else f' <span class="dim">(says {escape(plain(held.claim.speaker))})</span>'
    )
    notes = []
    if held.proposal:
        notes.append("not in the record: an act to propose")
    recalled = [d.act.id for d in held.decided if d.act.confidence != "sourced"]
    if recalled:
        notes.append(
            "not sourced: " + ", ".join(recalled[:3]) + (f" and {len(recalled) - 3} more" if len(recalled) > 3 else "")
        )
    foot = "".join(f'<p class="dim">! {escape(n)}</p>' for n in notes)
    return (
        f'<article class="{held.finding}" id="d{document}c{number + 1}"><b>{number + 1} {SIGN[held.finding]} {held.finding}</b>'
        f"{escape(plain(describe(held)))}{said}<p>{escape(plain(held.told))}</p>{foot}</article>"
    )


def _story(story: Story) -> str:
    days = story.since or "no day"
    if story.until and story.until != story.since:
        days += f" to {story.until}"
    parts = [
        f'<section><h2>{escape(story.id)} <span class="small dim">{escape(days)}, {len(story.documents)} documents</span></h2>',
        f'<p class="small">{escape(", ".join(plain(d) for d in story.documents))}</p>',
    ]
    if story.topics:
        parts.append(f'<p class="small">Told by more than one: {escape("; ".join(story.topics))}</p>')
    for copies in story.copies:
        parts.append(f'<p class="small">Nearly the same text: {escape(", ".join(plain(c) for c in copies))}</p>')
    if not story.disagreements:
        parts.append('<p class="small dim">They tell nothing differently.</p></section>')
        return "\n".join(parts)
    rows = []
    for d in story.disagreements:
        for n, say in enumerate(d.says):
            first = (
                f'<td rowspan="{len(d.says)}">{escape(d.topic)} <span class="dim">({escape(d.kind)})</span></td>'
                if n == 0
                else ""
            )
            who = f"{escape(plain(say.document))}, {escape(plain(say.speaker))}: “{escape(plain(say.text))}”"
            rows.append(f"<tr>{first}<td>{escape(plain(say.value))}</td><td>{who}</td></tr>")
    parts.append(
        "<table><thead><tr><th>They differ on</th><th>Value</th><th>Who says so</th></tr></thead><tbody>"
        + "".join(rows)
        + "</tbody></table></section>"
    )
    return "\n".join(parts)
