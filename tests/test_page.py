"""The HTML page in a real browser, where one is installed."""

import json
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from test_export import NASTY, comentions, small
from test_formats import in_time, mixed
from test_graph import FR
from test_periods import STATED

from entextract.export import clean_xml, write_html
from entextract.export.html import _in_script
from entextract.export.quotations import Quotation, Quotations, link_of
from entextract.export.timeline import Timeline
from entextract.graph.entity_graph import EntityGraph
from entextract.records.calendar import spans

# graphs here are made to be changed on the way: the tests that want to know ask changes_of
pytestmark = pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")

XSS = [
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    '"><svg onload=window.hacked=1>',
    "<!--<script>",
    "]]><script>window.hacked = 1</script>",
    "{{constructor.constructor('window.hacked=1')()}}",
    "${window.hacked = 1}",
    "'-(window.hacked=1)-'",
    "\\u003cscript\\u003ewindow.hacked=1\\u003c/script\\u003e",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "javascript:window.hacked=1",
    "{data}{js}{title}",
    "@{label} $$x$$ \\(x\\)",
    "<iframe srcdoc='<script>parent.hacked=1</script>'>",
    "\u2028window.hacked=1\u2029",
]
POSITIONS = {
    "country:FR": (0.0, 0.0),
    "per:emmanuel-macron": (100.0, 20.0),
    "org:onu": (60.0, 80.0),
}
SENTENCE = "Emmanuel Macron a quitté la France <b>lundi</b> & mardi."


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("Chromium and its driver are not installed")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = program
    # without the flags on networking Chromium calls home at every start
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
        "disable-background-networking", "disable-component-update", "disable-sync",
        "window-size=1400,900", f"user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(driver))
    started.get("about:blank")
    yield started
    started.quit()


def open_page(browser: Any, path: Path) -> None:
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(path.as_uri())
    until(lambda: browser.execute_script("return document.body.dataset.ready"))


def until(holds: Any) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "the page did not get there"
        time.sleep(0.05)


def complaints(browser: Any) -> list[str]:
    return [
        line["message"]
        for line in browser.get_log("browser")
        if line["level"] not in ("INFO", "DEBUG")
    ]


def requests(browser: Any) -> list[str]:
    events = [json.loads(line["message"])["message"] for line in browser.get_log("performance")]
    urls = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    return [url for url in urls if not url.startswith(("data:", "chrome:"))]


def text(browser: Any, selector: str) -> str:
    return str(browser.find_element("css selector", selector).text)


def click_at(browser: Any, x: float, y: float) -> None:
    """A real click of the mouse on a point of the drawing."""
    from selenium.webdriver.common.action_chains import ActionChains

    left, top = browser.execute_script(f"return entextract.place({x}, {y})")
    chain = ActionChains(browser)
    chain.w3c_actions.pointer_action.move_to_location(round(left), round(top))
    chain.click().perform()
    time.sleep(0.6)  # Bokeh waits in case a second click makes it a double one


def written(folder: Path, graph: nx.Graph, **options: Any) -> Path:
    write_html(graph, folder / "page.html", **{"positions": POSITIONS, **options})
    return folder / "page.html"


def quoted() -> Quotations:
    one = Quotation(SENTENCE, "a1", "2024-03-09", "Le Quotidien", "https://exemple.fr/a1")
    return Quotations(
        nodes={"org:onu": [Quotation("L'ONU se tait.", "a2")]},
        edges={("country:FR", "per:emmanuel-macron"): [one]},
    )


def test_it_opens_without_complaint_or_request(browser: Any, tmp_path: Path) -> None:
    path = written(tmp_path, small(), title="Essai & cætera", quotations=quoted())
    open_page(browser, path)
    assert text(browser, "#shown") == "3 entités, 1 lien"
    assert text(browser, "h1") == "Essai & cætera"
    assert "Organisations" in text(browser, "#types")
    assert complaints(browser) == []
    assert requests(browser) == [path.as_uri()]


@pytest.mark.parametrize("words", ["Émmanuel", "emmanuel", "EMMANUEL MÀCRON", "macron", "mac"])
def test_a_search_finds_a_node(words: str, browser: Any, tmp_path: Path) -> None:
    open_page(browser, written(tmp_path, small()))
    browser.find_element("id", "search").send_keys(words)
    assert text(browser, "#found") == "Emmanuel Macron"
    browser.find_element("id", "search").send_keys("\n")
    assert text(browser, "#name") == "Emmanuel Macron"
    assert text(browser, "#about") == "Personnes · 4 mentions"
    browser.find_element("id", "search").send_keys("zzz")
    assert text(browser, "#found") == "Aucun nom ne correspond."
    assert complaints(browser) == []


def test_a_click_shows_the_sentences(browser: Any, tmp_path: Path) -> None:
    open_page(browser, written(tmp_path, small(), quotations=quoted()))
    click_at(browser, 50, 10)  # the middle of the edge
    assert text(browser, "#name") == "France – Emmanuel Macron"
    assert text(browser, "#about") == "poids 3 · 2 articles"
    assert text(browser, "#quotes") == f"{SENTENCE}\nLe Quotidien, 2024-03-09"
    link = browser.find_element("css selector", "#quotes a")
    assert link.get_attribute("href") == "https://exemple.fr/a1"
    marks = browser.find_elements("css selector", "#quotes mark")
    assert [mark.text for mark in marks] == ["Emmanuel Macron", "France"]
    time.sleep(0.3)  # the drawing has made room for the sentences
    click_at(browser, 60, 80)
    assert text(browser, "#name") == "ONU"
    assert text(browser, "#quotes") == "L'ONU se tait.\na2"
    click_at(browser, 20, 60)  # nothing there
    assert not browser.find_element("id", "reading").is_displayed()
    assert complaints(browser) == []


def test_filters(browser: Any, tmp_path: Path) -> None:
    graph = small()
    graph.add_edge("country:FR", "org:onu", weight=1)
    for number, node in enumerate(graph):
        graph.nodes[node]["community"] = number // 2
    times = Timeline(
        [*spans(date(2024, 1, 31), date(2024, 3, 1), "month")],
        {"country:FR": {0: 2, 2: 1}, "org:onu": {2: 1}, "per:emmanuel-macron": {0: 2}},
        {("country:FR", "per:emmanuel-macron"): {0: 2, 2: 1}, ("country:FR", "org:onu"): {2: 1}},
    )
    open_page(browser, written(tmp_path, graph, timeline=times, lang="en"))

    def shown() -> list[int]:
        return list(browser.execute_script("return entextract.shown()"))

    def choose(element: str, value: str) -> None:
        browser.execute_script(
            "const one = document.getElementById(arguments[0]); one.value = arguments[1];"
            "one.dispatchEvent(new Event(one.type === 'range' ? 'input' : 'change'))",
            element,
            value,
        )

    assert shown() == [3, 2]
    choose("weight", "1")  # the second weight there is, 3
    assert shown() == [3, 1]
    choose("weight", "0")
    choose("last", "0")  # January
    assert shown() == [2, 1]
    choose("last", "1")
    choose("first", "1")  # February, when nothing was said
    assert shown() == [0, 0]
    choose("last", "2")
    assert shown() == [2, 1]
    choose("first", "0")
    choose("community", "0")
    assert shown() == [2, 1]
    choose("community", "")
    browser.find_element("css selector", "#types input[value=ORG]").click()
    assert shown() == [2, 1]
    browser.find_element("id", "by-community").click()
    assert text(browser, "#shown") == "2 entities, 1 link"
    assert complaints(browser) == []


def test_nothing_in_an_article_runs(browser: Any, tmp_path: Path) -> None:
    graph = nx.Graph()
    texts = [*XSS, *NASTY]
    quotations = Quotations()
    for number, name in enumerate(texts):
        node = f"org:{number:02}"
        graph.add_node(node, label=name, type=name or "ORG", mentions=1, community=name)
        graph.add_edge("org:00", node, weight=1, kind=name)
        one = Quotation(name or "x", name, name, name, name)
        quotations.nodes[node] = [one]
        quotations.edges[link_of("org:00", node, name)] = [one]
    graph.remove_edge("org:00", "org:00")
    positions = {node: (10.0 * number, 5.0 * (number % 4)) for number, node in enumerate(graph)}
    path = written(tmp_path, graph, positions=positions, quotations=quotations, title=XSS[1],
                   forms=dict.fromkeys(graph, texts))  # fmt: skip
    open_page(browser, path)
    assert text(browser, "h1") == XSS[1]
    browser.find_element("id", "search").send_keys("script")
    for number, name in enumerate(texts):
        browser.execute_script(f"entextract.select('org:{number:02}')")
        seen = browser.execute_script("return document.getElementById('quotes').textContent")
        assert (clean_xml(name) or "x") in seen
    # over every node, so that the names that Bokeh shows itself are shown too
    for x, y in positions.values():
        click_at_once(browser, x, y)
    assert browser.execute_script("return window.hacked") is None
    assert browser.execute_script("return document.scripts.length") == 4
    assert (
        browser.execute_script("return document.querySelectorAll('img, iframe, svg').length") == 0
    )
    links = browser.execute_script("return [...document.links].map((one) => one.protocol)")
    assert set(links) <= {"http:", "https:"}
    assert complaints(browser) == []
    assert requests(browser) == [path.as_uri()]


def test_relations_and_communities(browser: Any, tmp_path: Path) -> None:
    graph = EntityGraph.of_all(STATED)
    graph.measure()
    graph.nx.add_node("org:seule", label="Seule", type="ORG", community=0)
    graph.to_html(tmp_path / "page.html")
    open_page(browser, tmp_path / "page.html")
    options = browser.execute_script(
        "return [...document.querySelectorAll('#community option')].map((one) => one.textContent)"
    )
    assert options[:2] == ["Toutes", "Sans lien"]
    browser.execute_script("entextract.select(arguments[0])", FR)
    assert "(cooccurrence)" in text(browser, "#links")
    assert "(accuses)" in text(browser, "#links")
    browser.execute_script(
        "[...document.querySelectorAll('#links button')]"
        ".find((one) => one.textContent.includes('(accuses)')).click()"
    )
    assert "→" in text(browser, "#name")
    assert "Texte" in text(browser, "#quotes")
    assert complaints(browser) == []


def click_at_once(browser: Any, x: float, y: float) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    left, top = browser.execute_script(f"return entextract.place({x}, {y})")
    chain = ActionChains(browser, duration=0)
    chain.w3c_actions.pointer_action.move_to_location(round(left), round(top))
    chain.perform()


@pytest.mark.parametrize(
    "graph", [nx.Graph(), nx.empty_graph(["a"]), nx.complete_graph(["a", "b", "c"]), mixed()],
    ids=["empty", "one node", "equal edges", "mixed"],
)  # fmt: skip
def test_any_graph_is_drawn(graph: nx.Graph, browser: Any, tmp_path: Path) -> None:
    open_page(browser, written(tmp_path, graph, positions={}))
    assert browser.execute_script("return entextract.shown()") == [
        len(graph), graph.number_of_edges(),
    ]  # fmt: skip
    assert complaints(browser) == []


@pytest.mark.slow
def test_a_large_graph_stays_usable(browser: Any, tmp_path: Path) -> None:
    links = nx.barabasi_albert_graph(2000, 5, seed=1)
    graph = nx.relabel_nodes(links, {n: f"per:{n}" for n in links})
    for number, (_, row) in enumerate(graph.nodes(data=True)):
        row.update(label=f"Prénom Nom {number}", type="PER", mentions=number % 50)
    positions = {node: (float(n % 45), float(n // 45)) for n, node in enumerate(graph)}
    open_page(browser, written(tmp_path, graph, positions=positions))
    took = browser.execute_script(
        "const start = performance.now(); entextract.select('per:0'); entextract.select(null);"
        "document.getElementById('weight').oninput(); return performance.now() - start"
    )
    assert took < 1000
    assert complaints(browser) == []


# --- without a browser ---


def test_the_page_is_one_file_and_always_the_same(tmp_path: Path) -> None:
    first = written(tmp_path, small(), quotations=quoted()).read_bytes()
    assert written(tmp_path, small(), quotations=quoted()).read_bytes() == first
    assert len(list(tmp_path.iterdir())) == 1
    assert b"default-src 'none'" in first
    with pytest.raises(ValueError, match="no page in 'de': choose fr or en"):
        written(tmp_path, small(), lang="de")


@pytest.mark.parametrize("nasty", [*XSS, *NASTY])
def test_no_tag_ends_inside_the_data(nasty: str) -> None:
    inside = _in_script({"text": nasty})
    assert not set(inside) & set("<>&\u2028\u2029")
    assert json.loads(inside) == {"text": nasty}


def test_a_notebook_shows_the_page_in_a_frame() -> None:
    shown = comentions().show(lang="en")
    frame = shown._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts' in frame
    assert "<script>" not in frame
    assert "page of a graph" in repr(shown)


def test_the_graph_writes_its_page(tmp_path: Path) -> None:
    graph: EntityGraph = in_time("2024-01-31", "2024-02-01")
    graph.to_html(tmp_path / "page.html", title="Essai")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Phrase de a0." in text
    assert '"periods":["2024-01","2024-02"]' in text
