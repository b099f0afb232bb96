"""The page in headless Chromium: clean console, no requests, narrow, wide, printed, by keyboard and screen reader."""

import pytest

WIDE, NARROW = 1280, 390


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_page_opens_with_a_clean_console_and_fetches_nothing(browser, file, width):
    browser.open(file, width)
    assert browser.console() == []
    outside = [url for url in browser.requests() if not url.startswith(("data:image/png", file.as_uri()))]
    assert outside == []
    assert browser.value("document.compatMode") == "CSS1Compat"


def test_a_script_or_a_picture_from_elsewhere_would_be_refused(browser, file, tmp_path):
    altered = tmp_path / "altered.html"
    added = "<script>document.title = 'taken'</script><img src='https://example.org/x.png' alt=''></body>"
    altered.write_text(file.read_text(encoding="utf-8").replace("</body>", added), encoding="utf-8")
    browser.open(altered, WIDE)
    assert browser.value("document.title") != "taken"
    assert len([each for each in browser.console() if "Content Security Policy" in str(each)]) == 2


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_but_tables_is_wider_than_the_window(browser, file, width):
    browser.open(file, width)
    assert browser.value("document.documentElement.scrollWidth") <= width


def test_every_picture_is_drawn(browser, file):
    browser.open(file, WIDE)
    widths = browser.value("[...document.images].map(image => image.naturalWidth)")
    assert len(widths) >= 5
    assert min(widths) > 300


def test_pictures_stay_legible_on_a_narrow_screen(browser, file):
    browser.open(file, NARROW)
    widths = browser.value("[...document.images].map(image => image.clientWidth)")
    assert min(widths) >= 600


def test_the_first_key_offers_to_skip_to_the_answer(browser, file):
    browser.open(file, WIDE)
    browser.press("Tab")
    assert browser.value("document.activeElement.textContent") == "Skip to the answer"
    assert browser.value("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press("Enter")
    assert browser.value("location.hash") == "#answer"


def test_tab_goes_down_the_page_in_the_order_in_which_it_is_read(browser, file):
    browser.open(file, WIDE)
    stops = []
    for _ in range(25):
        browser.press("Tab")
        stops.append(browser.value("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert stops == sorted(set(stops))


def test_a_screen_reader_meets_landmarks_and_headings_with_names(browser, file):
    browser.open(file, WIDE)
    met = browser.accessible()
    roles = [role for role, _ in met]
    assert {"navigation", "main", "contentinfo", "table", "figure"} <= set(roles)
    assert all(name for role, name in met if role in ("heading", "region", "image", "link", "table"))
    headings = [name for role, name in met if role == "heading"]
    assert "In this report" in headings
    assert headings.index("When it happens") < headings.index("Limits")


def test_a_link_to_a_folded_parameter_opens_it(browser, file):
    browser.open(file, WIDE)
    browser.value("location.hash = '#parameter-baseline_attack_rate'")
    browser.value("new Promise(requestAnimationFrame)")
    shut = "document.getElementById('parameter-baseline_attack_rate').closest('details:not([open])')"
    assert browser.value(f"{shut} === null")


def test_text_stands_out_from_its_ground_in_light_and_in_dark(browser, file):
    for scheme in ("light", "dark"):
        browser.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.open(file, WIDE)
        for name in ("--ink", "--mute", "--link", "--worse", "--better", "--same"):
            ink, ground = (browser.value(f"getComputedStyle(document.documentElement).getPropertyValue('{each}')")
                           for each in (name, "--ground"))  # fmt: skip
            assert contrast(ink, ground) >= 4.5, (scheme, name)
    browser.send("Emulation.setEmulatedMedia", features=[])


def contrast(ink: str, ground: str) -> float:
    """Contrast ratio of two colours (WCAG 2.1)."""
    bright, dull = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (bright + 0.05) / (dull + 0.05)


def luminance(color: str) -> float:
    parts = [int(color.strip()[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_it_prints_section_by_section_without_its_menu(browser, file):
    browser.open(file, WIDE)
    assert browser.pdf().startswith(b"%PDF")
    browser.send("Emulation.setEmulatedMedia", media="print")
    breaks = browser.value("getComputedStyle(document.getElementById('time')).breakBefore")
    hidden = browser.value("getComputedStyle(document.querySelector('nav')).display")
    browser.send("Emulation.setEmulatedMedia", media="")
    assert breaks == "page"
    assert hidden == "none"
