"""Takes the picture of the READMEs: the page of the graph of the sample articles, in Chromium."""

import base64
import shutil
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

import entextract as ee

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "reseau.png"
SIZE = {"width": 1400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
CHOSEN = "country:US"  # whose sentences are open


def main() -> None:
    result = ee.extract(ee.sample_articles())
    graph = ee.EntityGraph.of_all(result, window="paragraph", min_weight=2)
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (
        "headless", "no-sandbox", "use-gl=angle", "use-angle=swiftshader",
        "enable-unsafe-swiftshader", "disable-background-networking",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        graph.to_html(page, title="Quatorze articles d'essai")
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SIZE)
            browser.get(page.as_uri())
            while not browser.execute_script("return document.body.dataset.ready"):
                time.sleep(0.05)
            browser.execute_script(f"entextract.select('{CHOSEN}')")
            time.sleep(0.5)  # the panel opens
            browser.execute_script("entextract.page.fit()")
            time.sleep(1)
            shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        finally:
            browser.quit()
    PICTURE.write_bytes(base64.b64decode(shot["data"]))
    print(f"{PICTURE}: {graph}, {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
