"""A web archive of our own making: pages as crawls hold them, one in a thousand with a treaty in it."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

WORDS = (
    """the of and to in for is on that by this with you it not or be are from at as your all have new more an was we will
    home can us about if page my has search free but our one other do no information time they site he up may what which
    their news out use any there see only so his when contact here business who web also now help get view online first am
    been would how were services some these click its like service than find price date back top people had list name just
    over state year day into email two health world next used go work last most products music buy data make them should
    product system post her city add policy number such please available copyright support message after best software
    then good video well where info rights public books high school through each links she review years order very privacy
    book items company read group need many user said does set under general research university january mail full map
    reviews program life know games way days management part could great united hotel real item international center ebay
    must store travel comments made development report off member details line terms before hotels did send right type
    because local those using results office education national car design take posted internet address community within
    states area want phone shipping reserved subject between forum family long based code show even black check special
    prices website index being women much sign file link open today technology south case project same pages version
    section own found sports house related security both county american photo game members power while care network down
    computer systems three total place end following download him without per access think north resources current posts
    big media law control water history pictures size art personal since including guide shop directory board location
    change white text small rating rate government children during return students shopping account times sites level
    digital profile previous form events love old john main call hours image department title description insurance
    another why shall property class still money quality every listing content country private little visit save tools low
    reply customer december compare movies include college value article york man card jobs provide food source author
    different press learn sale around print course job canada process teen room stock training too credit point join
    science men categories advanced west sales look english left team estate box conditions select windows photos gay
    thread week category note live large gallery table register however june october november market library really action
    start series model features air industry plan human provided required second accessories cost movie forums march la
    september better say questions july going medical test friend come server study application cart staff articles
    feedback again play looking issues april never users complete street topic comment financial things working against
    standard tax person below mobile less got blog party payment equipment login student let programs"""
).split()
FOOTERS = (
    "Terms of use",
    "Privacy policy",
    "User agreement",
    "Cookie settings",
    "Contact us",
    "Advertise",
    "Newsletter",
)
SCRIPT = (
    "(function(w,d){var q=w.q=w.q||[];q.push({event:'view',path:d.location.pathname});for(var i=0;i<q.length;i++){"
    "if(q[i]&&q[i].event){d.dispatchEvent(new CustomEvent(q[i].event,{detail:q[i]}));}}})(window,document);"
)
STYLE = ".nav{display:flex;margin:0 auto}.nav a{color:#1a1a1a;padding:4px 8px}.card{border:1px solid #ddd;border-radius:4px}"
EVERY = 1000  # one page in so many tells of a treaty
REPORT = (
    "<p>MOSCOW, {day} - Russia formally withdrew from the Treaty on Conventional Armed Forces in Europe on Tuesday, its foreign "
    "ministry said. Russia had suspended the treaty in 2007. The treaty was signed in Paris in 1990 and entered into force in "
    "1992.</p><p>NATO allies condemned the decision and said that they would suspend the operation of the treaty.</p>"
)


def page(number: int, paragraphs: list[str], rng: random.Random) -> bytes:
    """One page: navigation, scripts, a story, cards, a footer."""
    title = " ".join(rng.choices(WORDS, k=6)).capitalize()
    nav = "".join(f'<li><a href="/{w}/">{w.title()}</a></li>' for w in rng.choices(WORDS, k=25))
    body = "\n".join(rng.choices(paragraphs, k=rng.randint(8, 30)))
    if number % EVERY == EVERY // 2:
        body = REPORT.format(day="Nov 7") + body
    cards = "".join(
        f'<div class="card" data-id="{rng.randrange(10**9)}"><a href="/{w}.html"><img src="/i/{w}.jpg" alt="{w}"></a>&nbsp;{w}'
        f"&rsquo;s &amp; more</div>"
        for w in rng.choices(WORDS, k=20)
    )
    footer = "".join(f"<a href='/f'>{f}</a>&nbsp;|&nbsp;" for f in rng.sample(FOOTERS, 4))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE * 4}</style>'
        f"<script>{SCRIPT * 6}</script></head><body><nav><ul>{nav}</ul></nav><main><article><h1>{title}</h1>{body}"
        f"</article><aside>{cards}</aside></main><footer>{footer}&copy; {number}</footer></body></html>"
    ).encode()


def paragraphs(rng: random.Random, count: int = 2_000) -> list[str]:
    """Paragraphs to draw from: the commoner a word, the oftener it is used."""
    weights = [1 / (i + 3) for i in range(len(WORDS))]
    made = []
    for _ in range(count):
        words = rng.choices(WORDS, weights, k=rng.randint(20, 110))
        made.append(
            f"<p>{' '.join(words).capitalize()}. <b>{rng.choice(WORDS)}</b>&#8217;s&nbsp;{rng.choice(WORDS)}.</p>"
        )
    return made


def write_warc(path: Path, count: int, *, packed: bool = True, seed: int = 1990) -> list[int]:
    """Write an archive of `count` responses, a gzip member each; the numbers (from 1) of the pages with a treaty."""
    rng = random.Random(seed)
    drawn = paragraphs(rng)
    planted = []
    with path.open("wb") as file:
        for number in range(count):
            body = page(number, drawn, rng)
            http = (
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body)
                + body
            )
            record = (
                (
                    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2023-11-09T10:00:00Z\r\n"
                    b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"
                    b"WARC-Target-URI: https://www.site-%d.example/story/%d.html\r\n"
                    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
                    % (number, number % 997, number, len(http))
                )
                + http
                + b"\r\n\r\n"
            )
            file.write(gzip.compress(record, 6) if packed else record)
            if number % EVERY == EVERY // 2:
                planted.append(number + 1)
    return planted
