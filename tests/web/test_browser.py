"""Each view as a person uses it: keyboard and mouse, back button, shared link, bad upload, no script, both colour schemes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from servanda.questions.ledger import payload_of
from servanda.web import reading
from servanda.web.app import application
from tests.web.browsing import browsing, needed, served
from tests.web.test_entering import Desk

needed()
ROOT = Path(__file__).parents[2]
REPORT = (
    "Moscow, 7 November 2023. Russia withdrew from the Treaty on Conventional Armed Forces in Europe on 7 November 2023. "
    "The United States suspended the treaty on 7 December 2023. <script>document.title='taken'</script>"
)
WAIT = 60_000  # milliseconds: the machine may be busy


@pytest.fixture(autouse=True, scope="module")
def _time():
    """A busy machine is no reason to fail."""
    kept, reading.SECONDS = reading.SECONDS, 600.0
    yield
    reading.SECONDS = kept


@pytest.fixture(scope="module")
def address():
    with served(application(answer_seconds=900)) as found:
        yield found


@pytest.fixture(scope="module")
def browser():
    with browsing() as found:
        yield found


@pytest.fixture
def page(browser, address):
    """A page in a profile of its own; whatever the console complains of fails the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1024, "height": 800})
    context.set_default_timeout(WAIT)
    made = context.new_page()
    said: list[str] = []
    made.on("pageerror", lambda e: said.append(str(e)))
    made.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    yield made
    context.close()
    told = [s for s in said if "Failed to load resource" not in s]  # a page that answers 400 is told so by the browser
    assert not told


def title_is(page, words):
    page.wait_for_function("w => document.title.includes(w)", arg=words)


def test_the_first_page_leads_to_every_view(page):
    page.goto("/")
    names = page.locator("header nav a").all_inner_texts()
    assert {"Treaty", "Timeline", "Articles", "Read", "Exchange"} <= set(names)
    for name in names:
        page.locator("header nav").get_by_role("link", name=name, exact=True).click()
        page.wait_for_function(
            "n => document.querySelector('header nav a[aria-current]')?.textContent.trim() === n", arg=name
        )
        assert page.locator("h1").count() == 1


def test_treaty_by_keyboard_the_slider_moves_the_day_and_the_address(page):
    page.goto("/treaty/cfe?on=2007-12-11&reading=self")
    page.locator("#slider").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('on=2007-12-12')")
    page.wait_for_selector("#party-RUS:has-text('suspended')")
    assert "suspended" in page.locator("#party-RUS").inner_text()
    page.go_back()
    page.wait_for_selector("#party-RUS:has-text('in force')")
    assert "2007-12-11" in page.url


def test_a_dragged_date_asks_one_question_at_a_time_and_ends_where_the_slider_is(page):
    page.goto("/treaty/cfe?on=2007-06-01&reading=self")
    under_way: set[str] = set()
    asked: list[int] = []

    def begins(request):
        if "part=live" in request.url:
            under_way.add(request.url)
            asked.append(len(under_way))

    page.on("request", begins)
    page.on("requestfinished", lambda r: under_way.discard(r.url))
    page.evaluate(
        """async () => {
          const slider = document.getElementById("slider"), first = Number(slider.value);
          for (let n = 1; n <= 40; n++) {
            slider.value = first + 5 * n;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((go) => setTimeout(go, 10));
          }
          slider.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    page.wait_for_function("() => location.search.includes('on=2007-12-18')")
    page.wait_for_selector("#party-RUS:has-text('suspended')")
    assert set(asked) == {1}
    assert 1 < len(asked) < 40
    shapes = page.locator("#live svg.map path[data-shape]")
    assert shapes.count() > 20
    assert page.evaluate("() => document.querySelectorAll('#live path[data-shape]:not([d^=M])').length") == 0
    page.go_back()
    page.wait_for_selector("#party-RUS:has-text('in force')")
    assert "2007-06-01" in page.url


def test_treaty_every_number_opens_its_reasons_and_back_returns(page):
    page.goto("/treaty/cfe?on=1995-11-17")
    row = page.locator("table.verdicts tbody tr").first
    number = row.locator("td.n a").first
    said = number.inner_text()
    number.click()
    title_is(page, "IV.1")
    assert page.locator(".tree li").count() > 3
    assert said.split(" ")[0] in page.locator("main").inner_text()
    page.locator(".tree .cite a").first.click()
    page.wait_for_url("**/articles/**")
    assert "In our words" in page.locator("main").inner_text()
    page.go_back()
    page.go_back()
    page.wait_for_selector("#controls")
    assert "on=1995-11-17" in page.url


def test_a_shared_link_shows_the_same_in_a_fresh_profile(page, browser, address):
    page.goto("/treaty/cfe?on=2012-06-01")
    page.select_option("#show", "duties")
    page.wait_for_selector("#toward")
    page.select_option("#toward", "RUS")
    page.wait_for_function("() => location.search.includes('toward=RUS')")
    page.wait_for_selector("h2:has-text('Russia'), #map-h:has-text('RUS')")
    other = browser.new_context(base_url=address)
    fresh = other.new_page()
    fresh.goto(page.url)
    assert fresh.locator("#live").inner_text() == page.locator("#live").inner_text()
    other.close()


def test_timeline_filters_by_mouse_and_back(page):
    page.goto("/timeline")
    first = page.locator(".answer").inner_text()
    page.check("#contested")
    page.wait_for_function("t => document.querySelector('.answer').innerText !== t", arg=first)
    assert "contested=1" in page.url
    assert page.locator(".events > li .tone.disputed").count() == page.locator(".events > li").count()
    page.go_back()
    page.wait_for_function("t => document.querySelector('.answer').innerText === t", arg=first)


def test_articles_by_keyboard_from_the_list_to_a_limit(page):
    page.goto("/articles/cfe")
    link = page.get_by_role("link", name="CFE IV", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    title_is(page, "CFE IV")
    page.locator("a[href*='/limit']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("h2:has-text('Is it kept?')")


def test_search_from_any_page(page):
    page.goto("/timeline")
    page.fill("#q", "extraordinary events")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits li")
    page.locator(".hits a").first.click()
    page.wait_for_selector(".hits", state="detached")
    page.go_back()
    page.wait_for_selector(".hits li")
    assert page.locator("#q").input_value() in ("extraordinary events", "")


def test_read_marks_what_is_pasted_and_opens_acts(page):
    page.goto("/read")
    page.fill("#text", REPORT)
    page.fill("#dateline", "2023-12-10")
    page.get_by_role("button", name="Check the text").click()
    page.wait_for_selector("#found")
    assert page.locator("mark").count() >= 2
    assert page.locator("article.supported").count() >= 1
    assert "<script>document.title='taken'</script>" in page.locator("#text").input_value()
    assert "taken" not in page.title()
    page.locator("article a[href^='/act/']").first.click()
    page.wait_for_selector("h2:has-text('Act')")


def test_read_takes_files_and_tells_what_it_cannot_read(page):
    page.goto("/read")
    page.set_input_files(
        "#files",
        [
            {"name": "a<b>.txt", "mimeType": "text/plain", "buffer": REPORT.encode()},
            {"name": "b.bin", "mimeType": "application/octet-stream", "buffer": bytes(range(256)) * 9},
        ],
    )
    page.get_by_role("button", name="Check the text").click()
    page.wait_for_selector("#found")
    assert page.locator("h2", has_text="a<b>.txt").count() == 1
    assert "b.bin" in page.locator(".fault").inner_text()


def test_somebody_new_finds_an_answer_a_checked_report_and_a_valid_workbook(page, tmp_path):
    """From the first page on, by what the pages say alone: no address is typed, nothing else is read."""
    page.goto("/")
    page.fill("#on", "2015-06-01")
    page.get_by_role("button", name="Show").first.click()
    page.wait_for_selector("#party-RUS .tone.disputed")
    page.get_by_role("link", name="Russia", exact=True).first.click()
    page.wait_for_selector("h2:has-text('Why')")
    assert "contested: suspended by its own reading" in page.locator("p.answer").inner_text()
    assert page.locator(".tree .source").count() > 3
    page.get_by_role("link", name="Servanda", exact=True).click()
    page.get_by_role("link", name="check a report").click()
    page.get_by_label("Text", exact=True).fill(REPORT)
    page.get_by_role("button", name="Check the text").click()
    page.wait_for_selector("article.supported")
    page.get_by_role("link", name="Servanda", exact=True).click()
    page.get_by_role("link", name="check a declaration").click()
    page.get_by_label("filled with made-up figures").check()
    page.get_by_label("State", exact=True).select_option("Belgium")
    with page.expect_download(timeout=WAIT) as held:
        page.get_by_role("button", name="Download").click()
    held.value.save_as(tmp_path / held.value.suggested_filename)
    page.get_by_label("Workbook (.xlsx, .json)").set_input_files(tmp_path / held.value.suggested_filename)
    page.get_by_role("button", name="Check", exact=True).click()
    assert "Every rule is kept." in page.locator(".good").inner_text()
    assert (
        "sign made-up-BEL-1996-01-01.xlsx --key" in page.locator("#sign pre").first.inner_text()
    )  # the next step is told


def workbook(page, tmp_path):
    """A blank workbook as the page gives it."""
    page.goto("/exchange")
    page.select_option("#party", "POL")
    with page.expect_download(timeout=WAIT) as held:
        page.get_by_role("button", name="Download").click()
    path = tmp_path / held.value.suggested_filename
    held.value.save_as(path)
    return path


def test_exchange_from_a_blank_workbook_to_faults_beside_the_rows(page, tmp_path):
    from openpyxl import load_workbook

    path = workbook(page, tmp_path)
    book = load_workbook(path)
    for column, value in enumerate(("x1", "IV.9", "<script>alert(1)</script>", "T-72", -4), 1):
        book["IIA"].cell(3, column).value = value
    book.save(path)
    page.set_input_files("#document", path)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#found")
    assert "not valid" in page.locator("#found").inner_text()
    assert page.locator("table.faults td.wrong").count() >= 1
    assert "<script>alert(1)</script>" in page.locator("table.faults").first.inner_text()
    assert page.locator("table.faults script").count() == 0


def test_the_december_exchange_without_script_from_faults_to_a_proof(browser, tmp_path, corpus):
    """The whole way in a browser: faulty workbook, mended workbook, signature made elsewhere, submission, ledger."""
    desk = Desk(tmp_path)
    last, good = ROOT / "examples/belgium-1996.xlsx", ROOT / "examples/belgium-1997.xlsx"
    signature = tmp_path / "belgium-1997.xlsx.sig"
    signature.write_bytes(desk.world.signed(payload_of(corpus, good)).as_bytes() + b"\n")
    with served(desk.app) as address:
        context = browser.new_context(
            base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 800}
        )
        context.set_default_timeout(WAIT)
        page = context.new_page()
        for name, says in (("belgium-1997-draft.xlsx", "not valid, 17 errors"), (good.name, ": valid")):
            page.goto("/exchange")
            page.set_input_files("#document", ROOT / "examples" / name)
            page.set_input_files("#earlier", last)
            page.get_by_role("button", name="Check", exact=True).click()
            assert says in page.locator("#found").inner_text()
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert f"sign {good.name} --key" in page.locator("#sign pre").first.inner_text()
        page.set_input_files("#declaration", good)
        page.set_input_files("#signature", signature)
        page.fill("#credential", desk.token("officer", "BEL"))
        page.get_by_role("button", name="Submit", exact=True).click()
        assert "Accepted: entry" in page.locator("#entered").inner_text()
        with page.expect_download() as held:
            page.get_by_role("link", name=re.compile("^Proof")).click()
        assert held.value.suggested_filename.endswith(".proof")
        page.get_by_role("link", name="Ledger", exact=True).click()
        assert page.locator("tr", has_text="1997-01-01").locator("text=BEL").count() == 1
        page.get_by_role("link", name="Verify it from its first entry").click()
        assert "holds" in page.locator("p.good").inner_text()
        context.close()
    desk.world.store.close()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"hello", "not a format"),
        ("a.xlsx", b"PK\x03\x04 broken", ""),
        ("a.json", b"{", ""),
        ("a.json", b"[1,2]", ""),
    ],
)
def test_a_bad_upload_is_told_and_the_form_is_there_again(page, name, content, says):
    page.goto("/exchange")
    page.set_input_files("#document", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector(".fault, #found")
    text = page.locator("main").inner_text()
    assert says in text
    assert "Traceback" not in text
    assert page.locator("#document").count() == 1


def test_who_may_read_is_answered_with_the_act(page):
    page.goto("/exchange/entitled")
    page.select_option("#of", "USA")
    page.select_option("#to", "RUS")
    page.fill("#on", "2012-06-01")
    page.get_by_role("button", name="Show").click()
    page.wait_for_selector(".answer")
    assert "not given" in page.locator(".answer").inner_text()
    assert "2011" in page.locator(".tree").first.inner_text()


def test_compare_and_what_if_and_back(page):
    page.goto("/compare")
    page.select_option("#matter", "withdrawal")
    page.wait_for_function("() => location.search.includes('matter=withdrawal')")
    page.goto("/whatif")
    page.select_option("#scenario", "suspension-accepted")
    page.fill("#on", "2012-01-01")
    page.locator("form").filter(has=page.locator("#scenario")).get_by_role("button").click()
    page.wait_for_selector(".answer")
    assert "suspended" in page.locator("main table").first.inner_text()
    page.go_back()
    page.wait_for_selector(".answer", state="detached")


def test_reach_by_the_slider(page):
    page.goto("/reach?of=RUS-KGD&range=150")
    page.wait_for_selector("svg.map")
    bar = page.locator("input[type=range]")
    assert bar.is_visible()
    bar.focus()
    page.keyboard.press("Home")
    page.wait_for_function("() => location.search.includes('range=100')")
    page.wait_for_selector("svg.map")


def test_an_inspection_is_walked_by_keyboard(page):
    page.goto("/inspect/course?by=USA&of=POL")
    page.locator("input[name=when]").first.fill("1997-06-01T10:00")
    page.keyboard.press("Enter")
    page.wait_for_selector("h2:has-text('Done')")
    assert page.locator("ol li").count() == 1


def test_a_season_is_planned(page):
    page.goto("/inspect/plan")
    page.fill("#on", "1997-06-01")
    page.get_by_role("button", name="Plan", exact=True).click()
    page.wait_for_selector("p.answer")
    assert page.locator("svg.map circle.site").count() == 7


def test_a_server_that_restarts_breaks_no_page_that_is_open(browser):
    with served(application(answer_seconds=900)) as first:
        port = int(first.rsplit(":", 1)[1])
        context = browser.new_context(base_url=first)
        context.set_default_timeout(WAIT)
        open_page = context.new_page()
        open_page.goto("/read")
        open_page.fill("#text", REPORT)
    with served(application(answer_seconds=900), port):
        open_page.get_by_role("button", name="Check the text").click()
        open_page.wait_for_selector("#found")
    context.close()


def test_two_people_at_once_do_not_see_each_others_texts(browser, address):
    pages = []
    for words in (
        "Poland suspended the CFE Treaty in March 2024.",
        "Germany suspended the CFE Treaty on 7 December 2023.",
    ):
        context = browser.new_context(base_url=address)
        context.set_default_timeout(WAIT)
        one = context.new_page()
        one.goto("/read")
        one.fill("#text", words)
        pages.append(one)
    for one in pages:
        one.get_by_role("button", name="Check the text").click(no_wait_after=True)
    for one, mine, other in ((pages[0], "Poland", "Germany"), (pages[1], "Germany", "Poland")):
        one.wait_for_selector("#found")
        assert mine in one.locator("main").inner_text()
        assert other not in one.locator("main .rowtext").first.inner_text()
        one.context.close()


WITHOUT = {
    "/treaty/cfe?on=1995-11-17": "table.verdicts",
    "/timeline?contested=1": ".readings",
    "/articles/cfe": "table",
    "/read": "#text",
    "/exchange": "#document",
    "/parties": ".columns",
    "/compare": ".side",
    "/whatif": "#scenario",
    "/inspect/may": "#arrive",
    "/inspect/course": "#by",
}

FORMLESS = ("/articles/cfe", "/read", "/parties")


@pytest.fixture(scope="module")
def scriptless(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.set_default_timeout(WAIT)
    yield context
    context.close()


@pytest.mark.parametrize("path", WITHOUT)
def test_without_script_every_view_shows_and_its_form_answers(scriptless, path):
    page = scriptless.new_page()
    page.goto(path)
    assert page.locator(WITHOUT[path]).first.is_visible()
    assert not page.locator("#slider").is_visible()
    form = page.locator("main form[method=get] button")
    assert (form.count() > 0) == (path not in FORMLESS)  # without script a form is sent by its button alone
    if form.count():
        form.first.click()
        assert page.locator("h1, h2").first.is_visible()
        assert not page.locator(".fault").count()
    page.close()


def test_without_script_a_text_is_read(scriptless):
    page = scriptless.new_page()
    page.goto("/read")
    page.fill("#text", REPORT)
    page.get_by_role("button", name="Check the text").click()
    assert page.locator("mark").count() >= 2
    page.close()


PAGES = [
    "/treaty/cfe?on=2007-12-12&reading=self&since=2007-12-11",
    "/treaty/cfe?on=2012-06-01&show=duties&toward=RUS&reading=self",
    "/treaty/cfe/verdict?limit=CFE+IV.1(A)&scope=east&posture=any&on=1995-11-17",
    "/treaty/cfe/duties?kind=exchange&on=2012-01-01&reading=self",
    "/treaty/cfe/limit?limit=CFE+IV.1(A)&on=1995-11-17",
    "/treaty/cfe/procedure/withdrawal?from=2023-06-09",
    "/timeline?contested=1",
    "/act/cfe/rus-suspends-2007",
    "/articles",
    "/articles/cfe",
    "/articles/cfe/at?cite=CFE+IV",
    "/sources/cfe",
    "/parties",
    "/party/RUS",
    "/search?q=notice",
    "/read",
    "/compare?one=cfe&two=acfe",
    "/whatif?scenario=suspension-accepted&on=2012-01-01",
    "/reach?of=RUS-KGD&range=100",
    "/inspect?on=1997-06-01&objects=POL%3D120",
    "/inspect/may?by=USA&of=POL&arrive=1997-06-01T10:00&objects=POL%3D120",
    "/inspect/course?by=USA&of=POL",
    "/inspect/sweep",
    "/inspect/plan",
    "/exchange",
    "/exchange/entitled?of=USA&to=RUS&on=2012-06-01",
    "/exchange/ledger",
    "/nothing-here",
]


EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that a colour scheme can break
WIDTHS = (360, 1024, 2560)


def serious(page, rules=EVERYTHING) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    held = Axe().run(page, options={"runOnly": rules})
    return [
        f"{v['id']} ({v['impact']}): {v['help']}: {json.dumps([n['html'][:160] for n in v['nodes'][:3]])}"
        for v in held.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="module")
def looked_at(browser, address):
    """One page for all that is only looked at."""
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [*PAGES, "/treaty/cfe/verdicts?on=1995-11-17"])
def test_a_page_can_be_used_by_everybody_in_both_colour_schemes_and_is_no_wider_than_the_window(looked_at, path):
    page = looked_at
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light")
    page.goto(path)
    if path in PAGES:
        found = serious(page)
        page.emulate_media(color_scheme="dark")
        found += serious(page, OF_COLOURS)
        assert not found, "\n".join(found)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} at {width}: {wide} pixels too wide"


def test_what_was_read_can_be_used_by_everybody_in_both_colour_schemes(looked_at):
    page = looked_at
    page.emulate_media(color_scheme="light")
    page.goto("/read")
    page.fill("#text", (ROOT / "examples/report-2023-11-07.txt").read_text(encoding="utf-8"))
    page.get_by_role("button", name="Check the text").click()
    page.wait_for_selector("#found")
    found = serious(page)
    page.emulate_media(color_scheme="dark")
    found += serious(page, OF_COLOURS)
    assert not found, "\n".join(found)


def test_the_skip_link_is_first_and_leads_to_the_answer(page):
    page.goto("/timeline")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert re.search(r"#main$", page.url)
