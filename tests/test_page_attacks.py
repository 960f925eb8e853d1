"""Hostile names, sentences and kinds on the page, touched by hand in every part: nothing runs."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
import test_page
from test_export import NASTY
from test_page import XSS, complaints, open_page, requests, until

from entextract.decisions.book import Decisions
from entextract.export import write_html
from entextract.export.quotations import Quotation, Quotations, link_of

pytestmark = pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")
browser = test_page.browser
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A0", '=HYPERLINK("x")']
HOSTILE = [*XSS, *NASTY, *FORMULAS]
ACTIVE = "script, img, iframe, foreignObject, object, embed, parsererror"


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Path]:
    """The page of a graph all of whose words are hostile, open; what it saves goes to its folder.

    At the end nothing has run, nothing was asked of the network, no element was made of a word.
    """
    graph, quotations = nx.MultiDiGraph(), Quotations()
    for number, word in enumerate(HOSTILE):
        node = f"org:{number:02}"
        graph.add_node(node, label=word, type=word or "ORG", mentions=9, community=number % 3)
        one = Quotation(word or "x", word, "2024-01-01", word, word)
        quotations.nodes[node] = [one]
        if number:
            graph.add_edge("org:00", node, weight=3, kind=word or "x", status=word or "x")
            quotations.edges[link_of("org:00", node, word or "x")] = [one]
    turn = 2 * math.pi / (len(HOSTILE) - 1)
    positions = {
        node: (200 * math.cos(i * turn), 100 * math.sin(i * turn)) if i else (0.0, 0.0)
        for i, node in enumerate(graph)
    }
    path = tmp_path / "page.html"
    write_html(graph, path, positions=positions, quotations=quotations, title=XSS[0],
               forms=dict.fromkeys(graph, HOSTILE))  # fmt: skip
    (tmp_path / "saved").mkdir()
    browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior",
        {"behavior": "allow", "downloadPath": str(tmp_path / "saved")},
    )
    open_page(browser, path)
    yield path
    assert browser.execute_script("return window.hacked") is None
    assert browser.execute_script("return document.scripts.length") == 2
    made = "return document.querySelectorAll('img, iframe, object, embed').length"
    assert browser.execute_script(made) == 0
    links = browser.execute_script("return [...document.links].map((one) => one.protocol)")
    assert set(links) <= {"http:", "https:", "file:"}
    assert complaints(browser) == []
    assert [url for url in requests(browser) if not url.startswith("blob:")] == [path.as_uri()]


def press(browser: Any, *names: str) -> None:
    """Press buttons as a hand does: what is hidden or covered cannot be pressed."""
    for name in names:
        button = browser.find_element("id", name)
        browser.execute_script(
            "for (let e = arguments[0]; e; e = e.parentElement) if ('open' in e) e.open = true;"
            "arguments[0].scrollIntoView({ block: 'center' })",
            button,
        )
        button.click()


def saved(page: Path, name: str) -> str:
    file = page.parent / "saved" / name
    until(lambda: file.exists() and file.stat().st_size > 0)
    return file.read_bytes().decode("utf-8")


def mouse(browser: Any, x: float, y: float) -> None:
    """Move the mouse to a point of the window and press it."""
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        at = {"type": kind, "x": x, "y": y}
        button = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
        browser.execute_cdp_cmd("Input.dispatchMouseEvent", {**at, **button})


def test_nodes_and_ties_of_the_drawing(browser: Any, page: Path) -> None:
    # nothing selected, then the whole drawing in sight once the panel has left its room to it
    place = (
        "const [number, found] = arguments, p = entextract.page; p.select(null);"
        "const at = (n) => [n.x, n.y];"
        "const middle = (e) => [0, 1].map((i) => 0.4 * at(e.a)[i] + 0.6 * at(e.b)[i]);"
        "const all = [...[...p.shown.nodes].map(at), ...[...p.shown.edges].map(middle)];"
        "requestAnimationFrame(() => requestAnimationFrame(() => { p.resize(); p.fit();"
        "found(number < 0 ? all.length : entextract.place(...all[number])) }))"
    )
    selected = "return entextract.page.selected?.id ?? String(!!entextract.page.selected)"
    seen: set[str] = set()
    names: set[str] = set()
    for number in range(browser.execute_async_script(place, -1)):
        mouse(browser, *browser.execute_async_script(place, number))
        seen.add(browser.execute_script(selected))
        names.add(browser.find_element("id", "name").get_property("textContent"))
    entities = {one for one in seen if one.startswith("org:")}
    assert len(entities) > 0.8 * len(HOSTILE)  # the others may lie under one of these
    assert (
        len([name for name in names if "→" in name]) > 8
    )  # a line is bent, and 6 pixels from its place are too far


def test_the_table_and_its_search(browser: Any, page: Path) -> None:
    press(browser, "tab-table")
    query = browser.find_element("id", "table-query")
    for table in ("of-entities", "of-ties", "of-relations"):
        press(browser, table)
        for column in range(len(browser.find_elements("css selector", "#rows thead button"))):
            browser.find_elements("css selector", "#rows thead button")[column].click()
        for word in (XSS[0], "script", "="):
            query.clear()
            query.send_keys(word)
        query.clear()
        for number in range(12):
            row = browser.find_elements("css selector", "#rows tbody button")[number]
            browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", row)
            row.click()
    search = browser.find_element("id", "search")
    for word in (XSS[2], "onload", "cmd"):
        search.clear()
        search.send_keys(word)
        until(lambda: browser.find_elements("css selector", "#found li"))
        browser.find_element("css selector", "#found li").click()


def test_what_is_saved_runs_nowhere_either(browser: Any, page: Path) -> None:
    browser.execute_script("entextract.select('org:02')")
    press(browser, "svg", "csv", "gexf", "png", "evidence-csv")
    for name in ("reseau.svg", "reseau.gexf"):
        read = browser.execute_script(
            "const read = new DOMParser().parseFromString(arguments[0], 'text/xml');"
            f"return [read.querySelectorAll('{ACTIVE}').length, [...read.querySelectorAll('*')]"
            ".flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith('on'))]",
            saved(page, name),
        )
        assert read == [0, []], name
        ElementTree.fromstring(saved(page, name))  # noqa: S314 - ours, and well-formed
    tables = [file for file in (page.parent / "saved").iterdir() if file.suffix == ".csv"]
    assert tables
    for file in tables:
        rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.lstrip("\t\r\n ").startswith(("=", "+", "@"))]
    assert len(saved(page, "reseau.svg")) > 1000


def test_corrections_of_hostile_names(browser: Any, page: Path) -> None:
    wanted = []
    for number, word in enumerate(XSS):
        browser.execute_script(f"entextract.select('org:{number:02}')")
        field = browser.find_element("id", "new-name")
        browser.execute_script("document.getElementById('correct').open = true")
        field.clear()
        field.send_keys(word)
        press(browser, "rename")
        wanted.append({"entity": f"org:{number:02}", "name": word.strip("\u2028\u2029")})
    merge = browser.find_element("id", "merge-with")
    merge.send_keys("onload")
    until(lambda: browser.find_elements("css selector", "#merge-found button"))
    press(browser, "drop", "decisions")
    saved(page, "decisions.yaml")
    rows = [row.values() for row in Decisions.read(page.parent / "saved" / "decisions.yaml")]
    assert [row for row in rows if "name" in row] == wanted[:-1]
    press(browser, "undo")


@pytest.mark.slow
def test_every_control(browser: Any, page: Path) -> None:
    browser.execute_script("entextract.select('org:03')")
    for choice in browser.find_elements("tag name", "select"):
        values = [o.get_attribute("value") for o in choice.find_elements("tag name", "option")]
        for value in values:
            browser.execute_script(
                "arguments[0].value = arguments[1];arguments[0].dispatchEvent(new Event('change'))",
                choice,
                value,
            )
    buttons = [b.get_attribute("id") for b in browser.find_elements("tag name", "button")]
    pressed = 0
    for name in filter(None, buttons):
        browser.execute_script(
            "entextract.select('org:03'); document.getElementById('tab-graph').click();"
            "for (const one of document.querySelectorAll('details')) one.open = true"
        )
        button = browser.find_elements("id", name)
        if button and button[0].is_displayed() and button[0].is_enabled():
            press(browser, name)
            pressed += 1
    assert pressed > 15
