"""The HTML page in a real browser, where one is installed."""

import csv
import io
import json
import random
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from scipy.spatial import cKDTree
from test_export import NASTY, comentions, small
from test_formats import in_time, mixed
from test_graph import FR
from test_periods import STATED

from entextract import tables
from entextract.decisions.book import Decisions
from entextract.export import clean_xml, write_html
from entextract.export.html import page as page_of
from entextract.export.page_data import in_script
from entextract.export.quotations import Quotation, Quotations, link_of
from entextract.export.timeline import Tallies
from entextract.export.wording import words_of
from entextract.graph.entity_graph import EntityGraph
from entextract.records.calendar import spans
from entextract.records.nouns import Article, Entity, Mention, Rows, Sentence

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
        "headless", "no-sandbox",
        "use-gl=angle", "use-angle=swiftshader", "enable-unsafe-swiftshader",
        "disable-quic", "no-first-run",
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
        and "GL Driver Message" not in line["message"]  # that software draws slowly
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
    assert text(browser, "#shown") == "2 sur 3 entités, 1 lien"  # one has no link
    assert text(browser, "h1") == "Essai & cætera"
    assert "Organisations" in text(browser, "#types")
    assert complaints(browser) == []
    assert requests(browser) == [path.as_uri()]


@pytest.mark.parametrize(
    "words",
    ["Émmanuel", "emmanuel", "EMMANUEL MÀCRON", "macron", "mac", "macron emmanuel", "jupiter"],
)
def test_a_search_finds_a_node(words: str, browser: Any, tmp_path: Path) -> None:
    forms = {"per:emmanuel-macron": ["Emmanuel Macron", "Jupiter"]}
    open_page(browser, written(tmp_path, small(), forms=forms))
    browser.find_element("id", "search").send_keys(words)
    assert "Emmanuel Macron" in text(browser, "#found")
    assert "\n" not in text(browser, "#found")
    browser.find_element("id", "search").send_keys("\n")
    assert text(browser, "#name") == "Emmanuel Macron"
    assert text(browser, "#about") == "Personne · 4 mentions"
    browser.find_element("id", "search").send_keys("zzz")
    assert text(browser, "#found") == "Aucun nom ne correspond."
    assert complaints(browser) == []


def test_a_form_leads_to_its_entity(browser: Any, tmp_path: Path) -> None:
    graph = small()
    open_page(
        browser, written(tmp_path, graph, forms={"country:FR": ["France", "Paris", "Élysée"]})
    )
    browser.find_element("id", "search").send_keys("elysee")
    assert text(browser, "#found") == "Élysée → France"


def test_what_a_list_says_of_an_actor_is_in_its_panel(browser: Any, tmp_path: Path) -> None:
    graph = small()
    node = next(name for name in graph if name.startswith("per:"))
    told = {"url": "https://www.wikidata.org/wiki/Q1", "parti_politique": "UDR"}
    graph.nodes[node].update(told)
    open_page(browser, written(tmp_path, graph))
    script = (
        "const {page} = entextract;page.select(page.model.nodes.find((n) => n.id === arguments[0]))"
    )
    browser.execute_script(script, node)
    link = browser.find_element("css selector", "#about a")
    assert (link.text, link.get_attribute("href")) == ("wikidata.org", told["url"])
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "parti politique : UDR" in text(browser, "#facts").replace("\u00a0", " ")
    graph.nodes[node]["url"] = "javascript:alert(1)"
    open_page(browser, written(tmp_path, graph))
    browser.execute_script(script, node)
    assert not browser.find_elements("css selector", "#about a")


def test_a_click_shows_the_sentences_and_moves_nothing(browser: Any, tmp_path: Path) -> None:
    open_page(browser, written(tmp_path, small(), quotations=quoted()))
    choose(browser, "unlinked", True)
    before = browser.execute_script("return entextract.place(0, 0)")
    click_at(browser, 50, 10)  # the middle of the edge
    assert text(browser, "#name") == "France – Emmanuel Macron"
    assert text(browser, "#about") == "poids 3 · 2 articles"
    assert text(browser, "#quotes p") == SENTENCE
    link = browser.find_element("css selector", "#quotes a")
    assert (link.text, link.get_attribute("href")) == (
        "Le Quotidien, 2024-03-09", "https://exemple.fr/a1",
    )  # fmt: skip
    marks = browser.find_elements("css selector", "#quotes mark")
    assert [mark.text for mark in marks] == ["Emmanuel Macron", "France"]
    until(lambda: browser.execute_script("return entextract.page.camera.width") < 1000)  # a panel
    assert browser.execute_script("return entextract.place(0, 0)") == pytest.approx(before)
    click_at(browser, 60, 80)
    assert text(browser, "#name") == "ONU"
    assert text(browser, "#quotes p") == "L'ONU se tait."
    click_at(browser, 20, 60)  # nothing there
    assert not browser.find_element("id", "reading").is_displayed()
    assert complaints(browser) == []


def test_an_address_shows_the_same_and_back_undoes(browser: Any, tmp_path: Path) -> None:
    path = written(tmp_path, small(), quotations=quoted())
    open_page(browser, path)
    browser.execute_script("entextract.select('country:FR')")
    choose(browser, "colour", "country")
    assert text(browser, "#legend-colours").splitlines() == ["France", "autres"]
    address = browser.current_url
    assert "country" in address
    browser.execute_script("entextract.select('country:FR')")  # again: no step to go back
    browser.back()
    until(lambda: not browser.find_element("id", "reading").is_displayed())
    browser.get("about:blank")
    browser.get(address)
    until(lambda: browser.execute_script("return document.body.dataset.ready"))
    assert text(browser, "#name") == "France"
    assert browser.execute_script("return entextract.page.state.by") == "country"


MONTHS = [*spans(date(2024, 1, 31), date(2024, 3, 1), "month")]


def in_months(graph: nx.Graph) -> Tallies:
    return Tallies(
        MONTHS,
        ["Le Pli", "Le Quotidien"],
        {
            "country:FR": [(0, 0, 2), (2, 1, 1)],
            "org:onu": [(2, 1, 1)],
            "per:emmanuel-macron": [(0, 0, 2)],
        },
        {
            ("country:FR", "per:emmanuel-macron"): [(0, 0, 2), (2, 1, 1)],
            ("country:FR", "org:onu"): [(2, 1, 1)],
        },
    )


def choose(browser: Any, element: str, value: object) -> None:
    browser.execute_script(
        "const one = document.getElementById(arguments[0]);"
        "if (one.type === 'checkbox') one.checked = arguments[1]; else one.value = arguments[1];"
        "one.dispatchEvent(new Event(one.type === 'range' ? 'input' : 'change'))",
        element,
        value,
    )


def test_filters(browser: Any, tmp_path: Path) -> None:
    graph = small()
    graph.add_edge("country:FR", "org:onu", weight=1)
    open_page(browser, written(tmp_path, graph, tallies=in_months(graph), lang="en"))

    def shown() -> list[int]:
        return list(browser.execute_script("return entextract.shown()"))

    assert shown() == [3, 2]
    choose(browser, "weight", "1")  # the second weight there is, 3
    assert shown() == [2, 1]
    choose(browser, "weight", "0")
    choose(browser, "last", "0")  # January
    assert shown() == [2, 1]
    choose(browser, "last", "1")
    choose(browser, "first", "1")  # February, when nothing was said
    assert shown() == [0, 0]
    choose(browser, "last", "2")
    assert shown() == [2, 1]
    choose(browser, "first", "0")
    choose(browser, "source", "1")  # Le Quotidien
    assert shown() == [2, 1]
    choose(browser, "source", "-1")
    browser.find_element("css selector", "#types input[value=ORG]").click()
    assert shown() == [2, 1]
    assert text(browser, "#shown") == "2 of 3 entities, 1 link"
    choose(browser, "unlinked", True)
    assert complaints(browser) == []


def test_sentences_and_weights_are_those_of_the_chosen_period(browser: Any, tmp_path: Path) -> None:
    link = ("country:FR", "per:emmanuel-macron")
    said = [
        Quotation("La France et Emmanuel Macron en janvier.", "a1", "2024-01-31", "Le Pli"),
        Quotation("Emmanuel Macron et la France en mars.", "a2", "2024-03-01", "Le Quotidien"),
    ]
    graph = small()
    path = written(
        tmp_path, graph, tallies=in_months(graph), quotations=Quotations(edges={link: said})
    )
    open_page(browser, path)
    browser.execute_script("entextract.page.select(entextract.page.model.edges[0])")
    assert text(browser, "#quotes-title") == "Phrases (2 sur 3)"
    choose(browser, "first", "2")
    assert text(browser, "#quotes p") == said[1].text
    assert text(browser, "#quotes-title") == "Phrases (1)"
    assert text(browser, "#about").startswith("poids 1")
    choose(browser, "first", "0")
    choose(browser, "source", "0")
    assert text(browser, "#quotes p") == said[0].text


def test_what_profiles_say_is_in_french(browser: Any, tmp_path: Path) -> None:
    graph = small()
    graph.nodes["per:emmanuel-macron"].update(gender="m", affiliation="FR")
    graph.nodes["org:onu"]["kind_of_body"] = "international"
    open_page(browser, written(tmp_path, graph))
    choose(browser, "unlinked", True)
    for by, values in [
        ("gender", ["masculin", "autres"]),
        ("kind_of_body", ["organisation internationale", "autres"]),
    ]:
        choose(browser, "colour", by)
        assert text(browser, "#legend-colours").splitlines() == values
    browser.execute_script("entextract.select('per:emmanuel-macron')")
    assert "masculin" in text(browser, "#facts")
    assert "France" in text(browser, "#facts")


def test_only_the_entities_of_which_an_attribute_says_something(
    browser: Any, tmp_path: Path
) -> None:
    graph = small()
    graph.nodes["per:emmanuel-macron"].update(gender="m", affiliation="FR")
    graph.nodes["org:onu"]["kind_of_body"] = "international"
    open_page(browser, written(tmp_path, graph))
    choose(browser, "unlinked", True)
    assert not browser.find_element("id", "value").is_displayed()
    choose(browser, "attribute", "affiliation")
    assert text(browser, "#value").splitlines() == ["Toutes", "France (1)"]
    assert browser.execute_script("return entextract.shown()[0]") == 3
    choose(browser, "value", "FR")
    assert browser.execute_script("return entextract.shown()[0]") == 1
    open_page(browser, tmp_path / "page.html")  # as after a new visit
    choose(browser, "unlinked", True)
    choose(browser, "attribute", "kind_of_body")
    choose(browser, "value", "international")
    shown = "return [...entextract.page.shown.nodes].map(({ id }) => id)"
    assert browser.execute_script(shown) == ["org:onu"]
    browser.find_element("id", "reset").click()
    choose(browser, "unlinked", True)
    assert browser.execute_script("return entextract.shown()[0]") == 3
    assert complaints(browser) == []


def test_an_attribute_of_many_values_gives_colours_where_nodes_share_them() -> None:
    graph: nx.Graph[str] = nx.Graph()
    for number in range(200):
        graph.add_node(
            f"per:{number}", label=f"N {number}", party=f"P{number % 70}", office=f"O{number}"
        )
    nodes = json.loads(re.findall(r'id="data">(.*?)</script>', page_of(graph, positions={}))[0])[
        "nodes"
    ]
    assert all(list(row["attributes"]) == ["party"] for row in nodes)
    assert all(list(row["facts"]) == ["office"] for row in nodes)


def test_each_kind_of_body_has_a_word() -> None:
    kinds = {row.kind for row in tables.body_kinds()}
    assert kinds == set(words_of("fr")["values"]["kind_of_body"])


def test_ways_and_neighbours(browser: Any, tmp_path: Path) -> None:
    graph = nx.path_graph([f"per:{letter}" for letter in "abcdef"])
    for node, row in graph.nodes.items():
        row.update(label=node[-1].upper() * 3, type="PER", mentions=2)
    positions = {node: (100.0 * n, 0.0) for n, node in enumerate(graph)}
    open_page(browser, written(tmp_path, graph, positions=positions))
    browser.execute_script("entextract.select('per:c')")
    browser.find_element("id", "focus-1").click()
    assert browser.execute_script("return entextract.shown()") == [3, 2]
    browser.find_element("id", "focus-2").click()
    assert browser.execute_script("return entextract.shown()") == [5, 4]
    browser.find_element("id", "focus-0").click()
    browser.find_element("id", "path-to").send_keys("FFF")
    browser.find_element("css selector", "#path-found button").click()
    lit = browser.execute_script(
        "return [...entextract.page.lit.nodes].map((node) => node.label).sort()"
    )
    assert lit == ["CCC", "DDD", "EEE", "FFF"]


def test_the_table_shows_the_same_and_selects(browser: Any, tmp_path: Path) -> None:
    open_page(browser, written(tmp_path, small(), quotations=quoted()))
    choose(browser, "unlinked", True)
    browser.find_element("id", "tab-table").click()
    rows = browser.find_elements("css selector", "#rows tbody tr")
    assert [row.text.split()[0] for row in rows] == ["France", "Emmanuel", "ONU"]
    browser.find_element("id", "table-query").send_keys("onu")
    assert text(browser, "#table-count") == "1 ligne"
    browser.find_element("css selector", "#rows tbody button").click()
    assert text(browser, "#name") == "ONU"
    browser.find_element("id", "of-ties").click()
    browser.find_element("id", "table-query").clear()
    assert complaints(browser) == []


def test_corrections_are_a_file_of_decisions(browser: Any, tmp_path: Path) -> None:
    open_page(browser, written(tmp_path, small()))
    browser.execute_script("entextract.select('per:emmanuel-macron')")
    browser.execute_script("document.getElementById('correct').open = true")
    browser.find_element("id", "drop").click()
    browser.find_element("id", "new-name").send_keys("Jean: « Macron »")
    browser.find_element("id", "rename").click()  # the last word counts
    choose(browser, "relabel", "ORG")
    browser.execute_script("entextract.select('country:FR')")
    browser.find_element("id", "merge-with").send_keys("ONU")
    browser.find_element("css selector", "#merge-found button").click()
    assert text(browser, "#corrections") == "3 corrections"  # in sight, with the file of them
    assert browser.find_element("id", "decisions").is_displayed()
    file = tmp_path / "decisions.yaml"
    file.write_text(browser.execute_script("return entextract.page.corrections.text()"), "utf-8")
    assert [row.values() for row in Decisions.read(file)] == [
        {"into": "org:onu", "from": ["country:FR"]},
        {"entity": "per:emmanuel-macron", "name": "Jean: « Macron »"},
        {"entity": "per:emmanuel-macron", "label": "ORG"},
    ]


def test_corrections_in_no_file_yet_are_there_after_a_reload(browser: Any, tmp_path: Path) -> None:
    path = written(tmp_path, small())
    open_page(browser, path)
    browser.execute_script("entextract.select('per:emmanuel-macron')")
    browser.execute_script("document.getElementById('correct').open = true")
    browser.find_element("id", "drop").click()
    open_page(browser, path)
    assert text(browser, "#corrections") == "1 correction"
    assert "per:emmanuel-macron" in browser.execute_script(
        "return entextract.page.corrections.text()"
    )
    browser.find_element("id", "undo").click()
    open_page(browser, path)
    assert not browser.find_element("id", "corrected").is_displayed()


def test_sizes_are_those_of_the_chosen_period(browser: Any, tmp_path: Path) -> None:
    graph = small()
    open_page(browser, written(tmp_path, graph, tallies=in_months(graph)))
    drawn = "return entextract.page.model.nodes.map(({ size, drawn }) => [size, drawn])"
    assert all(size == now for size, now in browser.execute_script(drawn))
    choose(browser, "first", "2")
    sizes = browser.execute_script(drawn)
    assert all(10 <= now <= size for size, now in sizes)
    assert any(now < size for size, now in sizes)


def test_files_of_what_is_seen(browser: Any, tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"]["label"] = "=1+1"
    graph.add_edge("country:FR", "org:onu", weight=2, directed=True)
    open_page(browser, written(tmp_path, graph))
    files = browser.execute_script(
        "const { files } = entextract; const { shown } = entextract.page;"
        "return [files.csv(files.NODE_COLUMNS, files.nodeRows(shown.nodes)),"
        "files.gexf(shown.nodes, shown.edges, { colour: (n) => entextract.page.colourOf(n),"
        "size: (n) => n.size, generator: 'x' }), entextract.page.drawing()]"
    )
    table = list(csv.DictReader(io.StringIO(files[0].removeprefix("\ufeff"))))
    assert {row["label"] for row in table} == {"'=1+1", "France", "Emmanuel Macron"}
    (tmp_path / "seen.gexf").write_text(files[1], "utf-8")
    seen = EntityGraph.from_gexf(tmp_path / "seen.gexf")
    assert seen.nx.nodes["country:FR"]["label"] == "France"
    assert seen.nx.edges["country:FR", "org:onu", 0]["weight"] == 2
    assert ">France</text>" in files[2]
    assert files[2].count("<path") == 3  # two ties, one of which has an arrow


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
    # over every node, so that what hovering shows is shown too
    for x, y in positions.values():
        click_at_once(browser, x, y)
    # the ties, the table, the controls and what is saved
    for number in range(graph.number_of_edges()):
        browser.execute_script(
            f"const p = entextract.page; p.select(p.model.edges[{number}]); p.select(null)"
        )
    for colour in browser.find_elements("css selector", "#colour option"):
        choose(browser, "colour", colour.get_attribute("value"))
    browser.find_element("id", "tab-table").click()
    for table in ("of-entities", "of-ties", "of-relations"):
        browser.find_element("id", table).click()
        browser.execute_script(
            "document.querySelectorAll('#rows button').forEach((b) => b.click())"
        )
        browser.find_element("id", table).click()
        assert browser.find_elements("css selector", "#rows tbody tr")
    saved = browser.execute_script(
        "const { files, page } = entextract; const one = new DOMParser();"
        "return [page.drawing(), files.gexf(page.shown.nodes, page.shown.edges,"
        "{ colour: () => '#000000', size: () => 1, generator: 'x' })].map((text) => {"
        "const read = one.parseFromString(text, 'text/xml');"
        "return read.querySelectorAll('script, img, iframe, foreignObject, parsererror').length; })"
    )
    assert saved == [0, 0]
    assert browser.execute_script("return window.hacked") is None
    assert browser.execute_script("return document.scripts.length") == 2
    assert browser.execute_script("return document.querySelectorAll('img, iframe').length") == 0
    links = browser.execute_script("return [...document.links].map((one) => one.protocol)")
    assert set(links) <= {"http:", "https:"}
    assert complaints(browser) == []
    assert requests(browser) == [path.as_uri()]


AXE = Path(__file__).parents[1] / ".venv/node/node_modules/axe-core/axe.min.js"


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: make node fetches it")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(scheme: str, browser: Any, tmp_path: Path) -> None:
    graph = EntityGraph.of_all(STATED)
    graph.measure()
    graph.to_html(tmp_path / "page.html", title="Essai")
    medium = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", medium)
    open_page(browser, tmp_path / "page.html")
    browser.execute_script(AXE.read_text("utf-8"))

    def faults() -> list[str]:
        browser.execute_script("document.querySelectorAll('details').forEach((d) => d.open = true)")
        found: list[str] = browser.execute_async_script(
            "const done = arguments[0];"
            "axe.run().then((r) => done(r.violations.map((v) => `${v.id}: ${v.nodes[0].html}`)))"
        )
        return found

    assert faults() == []
    browser.execute_script("entextract.select(arguments[0])", FR)
    browser.find_element("id", "search").send_keys("fra")
    assert faults() == []
    browser.find_element("id", "tab-table").click()
    assert faults() == []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_phone_keeps_half_its_screen_for_the_graph(browser: Any, tmp_path: Path) -> None:
    graph = small()
    path = written(tmp_path, graph, tallies=in_months(graph), quotations=quoted())
    screen = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        open_page(browser, path)

        def height() -> float:
            return float(
                browser.execute_script(
                    "return document.getElementById('graph').getBoundingClientRect().height"
                )
            )

        assert not browser.find_element("id", "controls").is_displayed()
        assert height() >= 422
        browser.find_element("id", "fold").click()
        assert browser.find_element("id", "controls").is_displayed()
        assert height() >= 422
        browser.find_element("id", "fold").click()
        browser.execute_script("entextract.select('country:FR')")
        assert browser.find_element("id", "reading").is_displayed()
        assert height() >= 422
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """The browser with the screen of a phone, touched by fingers."""
    screen = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    yield browser
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def touch(browser: Any, *steps: list[tuple[float, float]]) -> None:
    """Fingers are put down at the first places, move over the others, and are lifted."""
    kinds = ["touchStart", *["touchMove"] * (len(steps) - 1), "touchEnd"]
    for kind, places in zip(kinds, [*steps, []], strict=True):
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_two_fingers_zoom_and_one_moves(phone: Any, tmp_path: Path) -> None:
    open_page(phone, written(tmp_path, small()))
    place = "return entextract.place(arguments[0], arguments[1])"
    seen = (
        "const [x, y] = arguments, { camera } = entextract.page;"
        "const box = document.getElementById('graph').getBoundingClientRect();"
        "return camera.world(x - box.left, y - box.top)"
    )
    # what is under each finger stays under it: twice as large, and moved
    one, other = (150.0, 300.0), (250.0, 300.0)
    under = [phone.execute_script(seen, *finger) for finger in (one, other)]
    ratio = phone.execute_script("return entextract.view()[2]")
    steps = [[(150.0 - 5 * n, 300.0 + 8 * n), (250.0 + 5 * n, 300.0 + 8 * n)] for n in range(11)]
    touch(phone, *steps)
    for finger, (x, y) in zip(steps[-1], under, strict=True):
        assert phone.execute_script(place, x, y) == pytest.approx(finger, abs=1)
    assert phone.execute_script("return entextract.view()[2]") == pytest.approx(2 * ratio, rel=0.01)
    assert not phone.find_element("id", "reading").is_displayed()  # a pinch is no tap
    # and back
    touch(phone, *steps[::-1])
    assert phone.execute_script("return entextract.view()[2]") == pytest.approx(ratio, rel=0.01)
    # a finger on an entity moves the view, not the entity
    start = phone.execute_script(place, 0, 0)
    touch(phone, [start], [(start[0] + 20, start[1] + 30)], [(start[0] + 40, start[1] + 60)])
    assert phone.execute_script(place, 0, 0) == pytest.approx([start[0] + 40, start[1] + 60], abs=1)
    node = "const one = entextract.page.model.byId.get('country:FR'); return [one.x, one.y]"
    assert phone.execute_script(node) == [0, 0]
    # a tap a little beside it selects it; then a finger drags it
    x, y = phone.execute_script(place, 0, 0)
    touch(phone, [(x - 12, y - 12)])
    assert text(phone, "#name") == "France"
    until(lambda: not phone.execute_script("return entextract.page.inMotion"))
    x, y = phone.execute_script(place, 0, 0)
    touch(phone, [(x, y)], [(x + 10, y + 10)], [(x + 30, y + 20)])
    assert phone.execute_script(node) != [0, 0]
    assert phone.execute_script(place, *phone.execute_script(node)) == pytest.approx(
        [x + 30, y + 20], abs=1
    )
    assert complaints(phone) == []


def test_relations_and_communities(browser: Any, tmp_path: Path) -> None:
    graph = EntityGraph.of_all(STATED)
    graph.measure()
    graph.nx.add_node("org:seule", label="Seule", type="ORG", community=0)
    graph.to_html(tmp_path / "page.html")
    open_page(browser, tmp_path / "page.html")
    browser.execute_script("entextract.select(arguments[0])", FR)
    assert "accuses" in text(browser, "#links")
    browser.execute_script(
        "[...document.querySelectorAll('#links button')]"
        ".find((one) => one.textContent.includes('accuses')).click()"
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
    choose(browser, "unlinked", True)
    assert browser.execute_script("return entextract.shown()") == [
        len(graph), graph.number_of_edges(),
    ]  # fmt: skip
    assert complaints(browser) == []


def test_keys_choose_among_what_a_search_found(browser: Any, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    open_page(browser, written(tmp_path, small(), forms={"org:onu": ["Nations unies de France"]}))
    choose(browser, "unlinked", True)
    field = browser.find_element("id", "search")
    field.send_keys("france")
    assert text(browser, "#found").splitlines() == ["France", "Nations unies de France → ONU"]
    field.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert browser.find_element("css selector", "#found [aria-selected=true]").text.endswith("ONU")
    field.send_keys(Keys.ENTER)
    assert text(browser, "#name") == "ONU"
    browser.find_element("id", "graph").send_keys(Keys.ESCAPE)
    assert not browser.find_element("id", "reading").is_displayed()


def test_what_the_pointer_is_on_is_named(browser: Any, tmp_path: Path) -> None:
    open_page(browser, written(tmp_path, small()))
    choose(browser, "labels", 0)
    until(lambda: browser.execute_script("return entextract.names()") == [])
    click_at_once(browser, 100, 20)
    until(lambda: browser.execute_script("return entextract.names()") == ["Emmanuel Macron"])
    click_at_once(browser, 50, 10)  # a tie
    both = {"Emmanuel Macron", "France"}
    until(lambda: set(browser.execute_script("return entextract.names()")) == both)


def test_an_entity_is_dragged_with_its_ties(browser: Any, tmp_path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    graph = small()
    graph.add_edge("country:FR", "org:onu", weight=2)
    open_page(browser, written(tmp_path, graph))
    start, end = browser.execute_script("return [entextract.place(0, 0), entextract.place(30, 40)]")
    chain = ActionChains(browser, duration=50)
    pointer = chain.w3c_actions.pointer_action
    pointer.move_to_location(*map(round, start)).pointer_down()
    pointer.move_to_location(*map(round, end)).pointer_up()
    chain.perform()
    node = "entextract.page.model.byId.get('country:FR')"
    assert browser.execute_script(f"return [{node}.x, {node}.y]") == pytest.approx([30, 40], abs=1)
    ends = browser.execute_script("return entextract.page.lines.map(({ax, ay}) => [ax, ay])")
    assert len(ends) == 2
    for x, y in ends:
        assert (x, y) == pytest.approx((30, 40), abs=1)
    assert not browser.find_element("id", "reading").is_displayed()  # a drag is no click


def test_an_address_holds_the_view(browser: Any, tmp_path: Path) -> None:
    path = written(tmp_path, small())
    open_page(browser, path)
    browser.find_element("id", "in").click()
    until(lambda: "v=" in browser.current_url)
    address, view = browser.current_url, browser.execute_script("return entextract.view()")
    browser.get("about:blank")
    browser.get(address)
    until(lambda: browser.execute_script("return document.body.dataset.ready"))
    assert browser.execute_script("return entextract.view()") == pytest.approx(view, rel=0.01)


_POINTS = """
const done = arguments[0];
entextract.page.picture(async (blob) => {
  const image = await createImageBitmap(blob), one = new OffscreenCanvas(image.width, image.height);
  const pen = one.getContext("2d");
  pen.drawImage(image, 0, 0);
  const points = pen.getImageData(0, 0, image.width, image.height).data, colours = {};
  for (let at = 0; at < points.length; at += 4) {
    const colour = points.slice(at, at + 3).join(" ");
    colours[colour] = (colours[colour] || 0) + 1;
  }
  done(colours);
});
"""
NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind === "webgl" ? null : real.call(this, kind, ...more);
};
"""


@pytest.fixture
def no_webgl(browser: Any) -> Iterator[None]:
    """No page gets WebGL."""
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NO_WEBGL})
    yield
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


@pytest.mark.parametrize("webgl", [True, False], ids=["webgl", "canvas"])
def test_a_picture_shows_what_is_seen(
    webgl: bool, browser: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if not webgl:
        request.getfixturevalue("no_webgl")
    open_page(browser, written(tmp_path, small()))
    assert browser.execute_script("return Boolean(entextract.page.renderer.gl)") is webgl
    colours = browser.execute_async_script(_POINTS)
    assert colours["0 114 178"] > 100  # France
    assert colours["230 159 0"] > 100  # a person
    assert colours["29 35 42"] > 20  # names
    assert colours["255 255 255"] > 10000
    click_at(browser, 0, 0)
    assert text(browser, "#name") == "France"
    assert complaints(browser) == []


def test_the_graph_stays_if_the_browser_takes_webgl_away(browser: Any, tmp_path: Path) -> None:
    open_page(browser, written(tmp_path, small()))
    browser.execute_script(
        "entextract.page.renderer.gl.getExtension('WEBGL_lose_context').loseContext()"
    )
    until(lambda: not browser.execute_script("return Boolean(entextract.page.renderer.gl)"))
    assert browser.execute_async_script(_POINTS)["0 114 178"] > 100  # France
    click_at(browser, 0, 0)
    assert text(browser, "#name") == "France"


def crowded(folder: Path) -> Path:
    """The page of 4,000 ties between 400 entities on a grid."""
    graph = nx.gnm_random_graph(400, 4_000, seed=1)
    graph = nx.relabel_nodes(graph, {n: f"per:{n}" for n in graph})
    nx.set_edge_attributes(graph, 1, "weight")
    positions = {node: (200.0 * (n % 20), 200.0 * (n // 20)) for n, node in enumerate(graph)}
    return written(folder, graph, positions=positions)


@pytest.mark.usefixtures("no_webgl")
def test_without_webgl_all_ties_are_drawn_once_the_view_rests(browser: Any, tmp_path: Path) -> None:
    open_page(browser, crowded(tmp_path))
    drawn = (
        "const { page } = entextract, real = CanvasRenderingContext2D.prototype.stroke;"
        "let strokes = 0; CanvasRenderingContext2D.prototype.stroke ="
        "function () { strokes += 1; return real.call(this); };"
        "%s page.frame(); CanvasRenderingContext2D.prototype.stroke = real; return strokes"
    )
    # each entity is a stroke too
    moving = browser.execute_script(drawn % "page.camera.pan(9, 5); page.moved();")
    assert 400 < moving < 2000
    until(lambda: not browser.execute_script("return entextract.page.inMotion"))
    assert browser.execute_script(drawn % "") == 4400
    assert complaints(browser) == []


def test_many_ties_are_all_drawn(browser: Any, tmp_path: Path) -> None:
    open_page(browser, crowded(tmp_path))
    browser.execute_script("entextract.page.renderer.layer.budget = 1e5")
    choose(browser, "labels", 0)
    assert browser.execute_script(
        "const { page } = entextract; return page.renderer.layer.isNeeded(page.camera)"
    )

    def drawn_whole() -> None:
        until(lambda: not browser.execute_script("return entextract.page.asked"))
        far, inked = browser.execute_script(
            "const { page } = entextract, { gl } = page.renderer;"
            "const read = (whole) => { page.frame(whole); const { width, height } = gl.canvas;"
            "const found = new Uint8Array(4 * width * height);"
            "gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, found); return found; };"
            "const [one, other] = [read(true), read(false)]; let far = 0, inked = 0;"
            "for (let n = 0; n < one.length; n++) { far += Math.abs(one[n] - other[n]) > 20;"
            "inked += one[n] < 245; } return [far, inked]"
        )
        assert inked > 100_000
        assert far < 0.001 * inked  # edges of lines are rounded otherwise here and there

    drawn_whole()
    # what a pan or a zoom brings in is there already: no line is drawn until the view rests
    lines, view = browser.execute_script(
        "const { page } = entextract, { gl } = page.renderer, real = gl.drawElements;"
        "let lines = 0;"
        "gl.drawElements = function (...more) { lines += 1; return real.apply(gl, more); };"
        "for (let n = 0; n < 8; n++) { if (n % 2) page.camera.pan(9, 5);"
        "else page.camera.zoom(1.03); page.moved(); page.frame(); }"
        "gl.drawElements = real; return [lines, entextract.view()]"
    )
    assert lines == 0
    until(lambda: not browser.execute_script("return entextract.page.inMotion"))
    assert browser.execute_script("return entextract.view()") == view
    drawn_whole()
    # far from there, lines are drawn on the way
    browser.execute_script("entextract.page.camera.pan(700, 0); entextract.page.moved()")
    until(lambda: not browser.execute_script("return entextract.page.inMotion"))
    drawn_whole()


LONG = "Très longue organisation " * 20


def test_odd_names_and_many_relations_are_drawn(browser: Any, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    for number, name in enumerate([LONG, "👩‍👩‍👧 🎉", "‏محمد بن سلمان", "שלום", "A\u202eB"]):
        graph.add_node(f"org:{number}", label=name, type="ORG", mentions=5 - number)
    for number in range(200):
        graph.add_edge("org:0", "org:1", weight=1, kind=f"kind {number}", directed=True)
    for number in range(2, 5):
        graph.add_edge("org:0", f"org:{number}", weight=1, kind="meets", directed=True)
    positions = {node: (100.0 * n, 60.0 * (n % 2)) for n, node in enumerate(graph)}
    open_page(browser, written(tmp_path, graph, positions=positions))
    assert browser.execute_script("return entextract.shown()") == [5, 203]
    assert len(browser.execute_script("return entextract.names()")) == 5
    far = browser.execute_script(
        "return Math.max(...entextract.page.model.edges.map((edge) => edge.curve))"
    )
    assert far < 1.5  # of the distance of its ends
    browser.execute_script("entextract.select('org:0')")
    assert text(browser, "#name") == LONG.strip()
    width = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
    assert len(browser.find_elements("css selector", "#links li")) == 203
    assert complaints(browser) == []


@pytest.mark.parametrize(
    ("days", "periods"),
    [
        ([], 0),
        (["", "un jeudi"], 0),
        (["2024-03-09"], 1),
        (["2024-05-01", "2024-01-31", "2024-03-09"], 5),
    ],
    ids=["no article", "no date", "one date", "out of order"],
)
def test_dates_as_they_come(days: list[str], periods: int, browser: Any, tmp_path: Path) -> None:
    in_time(*days).to_html(tmp_path / "page.html")
    open_page(browser, tmp_path / "page.html")
    found = browser.execute_script("return entextract.page.model.periods")
    assert found == sorted(found)
    assert len(found) == periods
    assert browser.find_element("id", "time").is_displayed() is (periods > 1)
    assert browser.execute_script("return entextract.shown()")[1] == min(len(days), 1)
    if days:
        browser.execute_script("entextract.page.select(entextract.page.model.edges[0])")
        quotes = browser.find_elements("css selector", "#quotes p:first-child")
        assert {quote.text for quote in quotes} == {f"Phrase de a{n}." for n in range(len(days))}
    assert complaints(browser) == []


def press_of(count: int) -> Rows:
    """Entities of thirty circles, the first of which are named most, over a year of articles."""
    chance = random.Random(3)
    articles, mentions, sentences = [], [], []
    said = dict.fromkeys(range(count), 0)
    for number in range(2400):
        id = f"a{number:04}"
        day = date(2023, 1, 1) + timedelta(days=number % 365)
        articles.append(Article(id, "", date=day.isoformat(), source=f"Journal {number % 5}"))
        circle = int(30 ** chance.random()) - 1  # some circles are in the news more than others
        for place in range(3):
            # the smaller the rank in its circle, the more often
            ranks = {int((count / 30) ** chance.random()) - 1 for _ in range(4)}
            named = {circle + 30 * rank for rank in ranks}
            if place == 0:  # each is named once at least
                named |= {number % count, (number + 30) % count}
            if chance.random() < 0.05:
                named.add(chance.randrange(30))
            sentences.append(Sentence(id, place, 0, 9, f"Phrase {place} de {id}."))
            for one in sorted(named):
                said[one] += 1
                mentions.append(
                    Mention(id, 0, 1, f"N{one}", "PER", "name", f"per:{one}", place, 0, "model")
                )
    entities = []
    for one, times in said.items():
        forms = f"Prénom Nom {one}", f"Forme{one}"
        entities.append(Entity(f"per:{one}", forms[0], "PER", None, forms, times, 1))
    return Rows(tuple(articles), tuple(mentions), tuple(entities), (), tuple(sentences))


@pytest.mark.slow
def test_a_large_graph_can_be_read(browser: Any, tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(press_of(2500))
    graph.measure(betweenness=False)
    positions = graph.layout()
    nodes = [node for node in graph.nx if graph.nx.degree(node)]
    _, near = cKDTree([positions[node] for node in nodes]).query(
        [positions[node] for node in nodes], k=9
    )
    group = [graph.nx.nodes[node]["community"] for node in nodes]
    same = [group[other] == group[row[0]] for row in near for other in row[1:]]
    assert sum(same) / len(same) >= 0.60
    graph.to_html(tmp_path / "page.html")
    open_page(browser, tmp_path / "page.html")
    rows = dict(graph.nx.nodes.items())
    most = sorted(rows, key=lambda node: (-rows[node]["mentions"], node))[:30]
    until(lambda: browser.execute_script("return Boolean(entextract.page.placed)"))
    named = set(browser.execute_script("return entextract.names()"))
    assert len(named & {rows[node]["label"] for node in most}) >= 20
    # a click moves nothing, unless the panel that it opens would hide what was clicked
    seen = {
        node: browser.execute_script(f"return entextract.place({x}, {y})")
        for node, (x, y) in positions.items()
        if node in most
    }
    one = next(node for node in most if seen[node][0] < 900)
    x, y = positions[one]
    before = browser.execute_script("return entextract.place(0, 0)")
    click_at(browser, x, y)
    assert text(browser, "#name") == rows[one]["label"]
    until(lambda: browser.execute_script("return entextract.page.camera.width") < 1000)
    assert browser.execute_script("return entextract.place(0, 0)") == pytest.approx(before)
    # its sentences are those of the chosen months
    choose(browser, "first", 2)
    choose(browser, "last", 4)
    origins = browser.find_elements("css selector", "#quotes .origin")
    months = {re.search(r"2023-\d\d", one.text)[0] for one in origins}  # type: ignore[index]
    assert months
    assert months <= {"2023-03", "2023-04", "2023-05"}
    # any form is found
    browser.find_element("id", "search").send_keys("forme7")
    assert "Forme7 → Prénom Nom 7" in text(browser, "#found")
    browser.find_element("id", "search").clear()
    browser.execute_script("entextract.page.reset()")
    browser.execute_script("document.getElementById('show-all').click()")
    assert browser.execute_script("return entextract.shown()")[0] == len(nodes)
    sizes = browser.execute_script(
        "const p = entextract.page;"
        "return p.scene.discs.map((d) => entextract.pixels(d.size, p.camera.k, p.boost))"
    )
    assert max(sizes) / min(sizes) >= 4
    took = browser.execute_script(
        "return Math.min(...[0, 1, 2, 3, 4].map(() => { const start = performance.now();"
        "entextract.select('per:0'); entextract.select(null);"
        "document.getElementById('weight').oninput(); return performance.now() - start; }))"
    )
    assert took < 1000  # of five, since others may use the machine
    assert complaints(browser) == []


# --- without a browser ---


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_modules_of_the_page() -> None:
    tests = Path(__file__).with_name("page")
    done = subprocess.run(
        ["node", "--test", tests], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "# fail 0" in done.stdout


def test_the_page_is_one_file_and_always_the_same(tmp_path: Path) -> None:
    first = written(tmp_path, small(), quotations=quoted()).read_bytes()
    assert written(tmp_path, small(), quotations=quoted()).read_bytes() == first
    assert len(list(tmp_path.iterdir())) == 1
    assert b"default-src 'none'" in first
    with pytest.raises(ValueError, match="no page in 'de': choose fr or en"):
        written(tmp_path, small(), lang="de")


@pytest.mark.parametrize("nasty", [*XSS, *NASTY])
def test_no_tag_ends_inside_the_data(nasty: str) -> None:
    inside = in_script({"text": nasty})
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
    without = re.sub(r"(?s).*<noscript>(.*)</noscript>.*", r"\1", text)
    assert "JavaScript" in without
    assert "<td>France</td>" in without
