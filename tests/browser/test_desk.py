"""Every page in a real browser: accessible, whole at 360 px, quiet; by mouse, by keys and without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from evaluation.desk import screenshots as desk
from evaluation.desk.screenshots import PAGES
from sayso.ledger import open_ledger, people
from sayso.web import passwords
from tests.browser.conftest import AXE

pytestmark = pytest.mark.slow
WITHOUT_LABELS = """() => {
  const text = document.querySelector(".report").cloneNode(true);
  text.querySelectorAll(".ref, .speaker").forEach((each) => each.remove());
  return text.textContent;
}"""
PageOf = Callable[..., Any]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_nothing_sticks_out_and_nothing_is_complained_of(
    page_of: PageOf, addresses: dict[str, str], name: str
) -> None:
    for width, scheme in ((1360, "light"), (1360, "dark"), (360, "light")):
        page = page_of(width, scheme=scheme)
        page.goto(addresses[name])
        if page.locator(".map").count():
            page.wait_for_selector(".map[data-ready]")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.faults == []
        assert not AXE.is_file() or _violations(page) == [], (width, scheme)
    if not AXE.is_file():
        pytest.skip("axe was not taken from npm: the rest holds, accessibility was not looked at (make web)")


def _violations(page: Any) -> list[tuple[str, str, str]]:
    """Return what axe finds, of any impact."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [(each["impact"], each["id"], each["nodes"][0]["html"][:160]) for each in found["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_reads_without_script(page_of: PageOf, addresses: dict[str, str], name: str) -> None:
    page = page_of(script=False)
    page.goto(addresses[name])
    assert len(page.inner_text("main")) > 80
    assert page.faults == []


def test_a_text_is_pasted_and_read_without_script(page_of: PageOf, address: str) -> None:
    page = page_of(script=False)
    page.goto(f"{address}/read")
    page.fill("#text", "Two soldiers were killed in Mosul on Monday, the army said.")
    page.fill("#published", "2031-05-14")
    page.click("text=Read it")
    assert "Mon 12 May 2031" in page.inner_text(".claims-side")


def test_a_file_is_dropped_and_read(page_of: PageOf, address: str) -> None:
    page = page_of()
    page.goto(f"{address}/read")
    text = b"A bomb killed four, police said."
    page.set_input_files("#file", {"name": "x.txt", "mimeType": "text/plain", "buffer": text})
    page.click("text=Read it")
    assert "police" in page.inner_text(".claims")
    assert page.faults == []


def test_words_and_claims_light_up_together_by_mouse_and_by_key(page_of: PageOf, addresses: dict[str, str]) -> None:
    page = page_of()
    page.goto(addresses["reading"])
    page.hover("#c3")
    assert page.locator(".report mark.lit").count() >= 1  # several where a quotation begins or ends inside the words
    page.hover("h1")
    assert page.locator(".lit").count() == 0
    page.focus(".report a[href='#c3']")
    assert page.locator("tr#c3.lit").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**#c3")
    page.focus("#c3 a.ref")
    page.keyboard.press("Enter")
    page.wait_for_url("**#e3")  # the address follows the key a moment later


def test_filters_take_effect_at_once_and_stay_in_the_address(page_of: PageOf, address: str) -> None:
    page = page_of()
    page.goto(f"{address}/incidents")
    before = page.locator("td.what").count()
    page.fill("#place", "Mali")
    page.locator("#place").blur()
    page.wait_for_url("**place=Mali**")
    page.wait_for_function(f"document.querySelectorAll('td.what').length < {before}")
    assert "Mali" in page.inner_text("#found")
    page.reload()
    assert page.input_value("#place") == "Mali"
    assert page.faults == []


def test_filters_work_without_script(page_of: PageOf, address: str) -> None:
    page = page_of(script=False)
    page.goto(f"{address}/incidents")
    page.fill("#place", "Mali")
    page.click("text=Show")
    page.wait_for_url("**place=Mali**")
    assert "Sidra Bahr" not in page.inner_text("#found")


def test_the_map_shows_pins_that_keys_open(page_of: PageOf, address: str) -> None:
    page = page_of()
    page.goto(f"{address}/incidents")
    if page.locator(".map").count() == 0:
        pytest.skip("needs Leaflet: make web")
    page.wait_for_selector(".map[data-ready]")
    assert page.locator("path.land").count() > 100
    page.focus("path.pin >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-popup a")
    assert re.search(r"/incident/in_\w+", page.get_attribute(".leaflet-popup a", "href"))
    assert page.faults == []


def test_a_cell_of_the_matrix_opens_its_sentence_and_leads_to_it(page_of: PageOf, addresses: dict[str, str]) -> None:
    page = page_of()
    page.goto(addresses["incident"])
    cell = page.locator("details.cell").first
    cell.locator("summary").focus()
    page.keyboard.press("Enter")
    words = cell.locator("mark").first.inner_text()
    cell.locator(".cite a").first.click()
    page.wait_for_url("**/report/re_*#at-*")
    assert words in page.evaluate(WITHOUT_LABELS)


def test_the_review_loop_by_keys(page_of: PageOf, address: str) -> None:
    page = page_of()
    page.goto(f"{address}/review")
    first = page.inner_text("#question")
    page.keyboard.press("a")
    page.wait_for_selector(".undo")
    page.wait_for_url("**after=*")
    page.keyboard.press("u")
    page.wait_for_url("**/review?claim=*")
    assert page.inner_text("#question") == first
    page.keyboard.press("s")
    page.wait_for_url("**after=*")
    page.keyboard.press("c")
    page.keyboard.type("7a")  # typed into the field, not taken for keys
    assert page.locator(".correct[open]").count() == 1
    assert page.evaluate("document.activeElement.value") == "7a"
    assert page.faults == []


def test_the_slider_shows_an_incident_as_it_stood(page_of: PageOf, addresses: dict[str, str]) -> None:
    page = page_of()
    page.goto(addresses["incident"])
    page.focus("input.slide")
    page.keyboard.press("Home")
    page.wait_for_url("**as_of=*")
    assert "As the ledger stood" in page.inner_text("main")
    assert page.faults == []


def test_values_are_accepted_at_once_with_the_page_that_showed_them(page_of: PageOf, addresses: dict[str, str]) -> None:
    page = page_of()
    page.goto(addresses["many"])
    ticked = page.locator(".many-list input:checked").count()
    before = page.locator(".many-list li").count()
    assert 0 < ticked < before  # what is disputed is not ticked beforehand
    page.click("text=Read rightly")
    page.wait_for_selector(".undo")
    page.click("text=Take it back")
    page.wait_for_selector(".panel")
    page.goto(addresses["many"])
    assert page.locator(".many-list li").count() == before
    assert page.faults == []


def test_a_login_a_token_and_the_way_out(page_of: PageOf, example_project: Path) -> None:
    with open_ledger(example_project, "write") as ledger, ledger.derived() as connection:
        people.add_person(connection, "eva", "admin", passwords.hashed("nine brown wagtails"))
    with desk.served(example_project, login=True) as base:
        for width in (1360, 360):
            page = page_of(width)
            page.goto(f"{base}/incidents?place=Mali")
            assert not AXE.is_file() or _violations(page) == []
            page.fill("#name", "Eva")
            page.fill("#password", "nine brown wagtails")
            page.keyboard.press("Enter")
            page.wait_for_url("**/incidents?place=Mali")
            page.goto(f"{base}/settings")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert not AXE.is_file() or _violations(page) == []
            page.fill("#label", f"nightly {width}")
            page.click("text=Make a token")
            assert page.input_value("#secret").startswith("sayso_")
            page.click("text=Log out")
            page.wait_for_url("**/login")
            assert page.faults == []


def test_an_incident_prints_on_two_pages(page_of: PageOf, addresses: dict[str, str]) -> None:
    page = page_of()
    page.goto(addresses["incident"])
    made = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [made[number].get_textpage().get_text_range() for number in range(len(made))]
    made.close()
    assert len(texts) == 2
    assert "Sources" in texts[1]
    assert "SHA-256" in texts[1]
    assert "Read now" not in texts[0]
