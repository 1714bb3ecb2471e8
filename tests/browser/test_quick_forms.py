"""What the forms are for: a whole activity written in one go, as somebody new would write it."""

from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW
from tests.browser.watching import axe

FOUR_MINUTES = 240

OVERFLOW = "document.documentElement.scrollWidth"


@pytest.fixture
def inside(page: Page, sign_in: Callable[[Page], Page]) -> Page:
    """A watched page on which the data protection officer is signed in."""
    return sign_in(page)


@pytest.fixture
def inside_without_script(page_without_script: Page, sign_in: Callable[[Page], Page]) -> Page:
    """The same with JavaScript off."""
    return sign_in(page_without_script)


def press(page: Page, do: str) -> None:
    page.locator(f'button[name="do"][value="{do}"]').click()


class Tally:
    """Somebody at the page, whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.began = monotonic()

    def click(self, where: str) -> None:
        self.clicks += 1
        self.page.locator(where).first.click()

    def press(self, do: str) -> None:
        self.click(f'button[name="do"][value="{do}"]')

    def type(self, name: str, text: str) -> None:
        self.clicks += 1
        self.page.locator(f'[name="{name}"]').press_sequentially(text)

    def choose(self, name: str, words: str) -> None:
        self.clicks += 1
        self.page.locator(f'select[name="{name}"]').select_option(words)


def write_the_newsletter(page: Page) -> Tally:
    """From the start page to saved: two purposes, two retention rules, one transfer."""
    page.goto("/admin/")
    hand = Tally(page)
    hand.click(".side nav.wide a[href$='/admin/activity/']")
    hand.click("main a[href$='/admin/activity/new/']")
    hand.type("name-en", "Newsletter")
    hand.choose("role", "controller")
    hand.choose("entity", "DEFENSE BALANCE S.L.")
    hand.type("purposes-0-text-en", "Send news to those who asked for it")
    hand.choose("purposes-0-basis", "consent")
    hand.press("add:purposes")
    hand.type("purposes-1-text-en", "Learn which news are read")
    hand.choose("purposes-1-basis", "legitimate_interests")
    hand.choose("data-0-category", "E-mail address")
    hand.type("data-0-retention-0-trigger-en", "They unsubscribe")
    hand.type("data-0-retention-0-active_period", "1 month")
    hand.press("add:data-0-retention")
    hand.type("data-0-retention-1-trigger-en", "They never confirm")
    hand.type("data-0-retention-1-active_period", "2 weeks")
    hand.press("make:transfers")
    hand.type("made1-name-en", "Newsletter from the United States")
    hand.type("made1-country", "United States")
    hand.choose("made1-safeguards-0-regime", "eu")
    hand.choose("made1-safeguards-0-instrument", "a46_2_c")
    hand.press("save")
    expect(page.locator("#transfers :checked")).to_have_count(1)
    hand.press("save")
    page.wait_for_url("**/details/**")
    return hand


def is_complete(page: Page) -> None:
    main = page.locator("main")
    for words in ("Newsletter", "Send news", "Learn which", "They unsubscribe", "2 weeks", "T-0"):
        expect(main).to_contain_text(words)


def test_somebody_new_writes_a_newsletter_without_leaving_its_form(inside: Page):
    hand = write_the_newsletter(inside)
    is_complete(inside)
    assert hand.clicks <= 30
    assert monotonic() - hand.began < FOUR_MINUTES


def test_the_same_without_script(inside_without_script: Page):
    write_the_newsletter(inside_without_script)
    is_complete(inside_without_script)


def picker(page: Page, field: str = "measures"):
    """The form of a new activity, at the box in which a field's records are found by name."""
    page.goto("/admin/activity/new/")
    box = page.locator(f'[name="find-{field}"]')
    box.click()
    return box


def test_the_picker_is_worked_by_keyboard_and_clean_for_axe_while_open(inside: Page):
    box = picker(inside)
    expect(box).to_have_attribute("role", "combobox")
    options = inside.locator("#find-measures-options [role=option]")
    expect(options.first).to_be_visible()  # what was lately chosen, before anything is typed
    box.press_sequentially("encrypt")
    expect(options).to_have_count(2)
    assert axe(inside) == []
    box.press("ArrowDown")
    box.press("ArrowDown")
    name = inside.locator("#find-measures-options [aria-selected=true]").inner_text()
    box.press("Enter")
    expect(inside.get_by_label(name, exact=True)).to_be_checked()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    box.press_sequentially("backup")
    expect(options).to_have_count(1)
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("backup")


def test_a_pasted_list_is_chosen_and_what_is_missing_can_be_made(inside: Page):
    box = picker(inside)
    inside.evaluate("window.stayed = true")
    box.evaluate(
        """(box) => {
          const data = new DataTransfer();
          data.setData("text/plain", "Firewalls\\nBACKUP policy\\nGuard dogs");
          box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true,
            cancelable: true}));
        }"""
    )
    expect(inside.get_by_label("Firewalls", exact=True)).to_be_checked()
    expect(inside.get_by_label("Backup policy", exact=True)).to_be_checked()
    assert inside.evaluate("window.stayed")
    expect(inside.locator(".not-found")).to_contain_text("Nothing is called “Guard dogs”.")
    press(inside, "make:measures=Guard dogs")
    expect(inside.locator('[name="made1-name-en"]')).to_have_value("Guard dogs")
    press(inside, "save")
    expect(inside.get_by_label("Guard dogs", exact=True)).to_be_checked()
    expect(inside.get_by_label("Firewalls", exact=True)).to_be_checked()


def test_rows_are_copied_and_moved_without_a_new_page(inside: Page):
    inside.goto("/admin/activity/new/")
    inside.evaluate("window.stayed = true")
    inside.fill('[name="purposes-0-text-en"]', "First")
    press(inside, "copy:purposes-0")
    expect(inside.locator('[name="purposes-1-text-en"]')).to_have_value("First")
    inside.fill('[name="purposes-1-text-en"]', "Second")
    press(inside, "up:purposes-1")
    expect(inside.locator("#purposes > .row-list > li").first).to_have_id("purposes-1")
    expect(inside.locator('button[value="down:purposes-1"]')).to_be_focused()
    assert inside.evaluate("window.stayed")


def test_small_forms_and_open_pickers_fit_a_phone_and_are_clean(inside: Page):
    inside.set_viewport_size(NARROW)
    box = picker(inside)
    box.press_sequentially("a")
    expect(inside.locator("#find-measures-options [role=option]").first).to_be_visible()
    assert inside.evaluate(OVERFLOW) <= NARROW["width"]
    assert axe(inside) == []
    press(inside, "make:transfers")
    press(inside, "save")
    expect(inside.locator("#summary")).to_be_focused()
    assert inside.evaluate(OVERFLOW) <= NARROW["width"]
    assert axe(inside) == []
