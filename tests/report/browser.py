"""Headless Chromium driven over a pipe by its DevTools protocol: what a reader's browser does with a page."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.processes import GUARD

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe",
)  # fmt: skip
EVENTS = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Network.requestWillBeSent")


def chromium() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Page:
    """One tab."""

    def __init__(self, asks: int, hears: int) -> None:
        self.asks, self.hears = asks, os.fdopen(hears, "rb")
        self.number, self.session, self.events = 0, "", []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network", "Accessibility"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.number += 1
        said = {"id": self.number, "method": method, "params": parameters}
        said |= {"sessionId": self.session} if self.session else {}
        os.write(self.asks, json.dumps(said).encode() + b"\0")
        while True:
            answer = self._heard()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]

    def _heard(self) -> dict[str, Any]:
        heard = b"".join(iter(lambda: self.hears.read(1), b"\0"))
        found = json.loads(heard)
        if "method" in found:
            self.events.append(found)
        return found

    def open(self, file: Path, width: int, height: int = 900) -> None:
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        self.events.clear()
        self.ask("Page.navigate", url=file.as_uri())
        while not any(each["method"] == "Page.loadEventFired" for each in self.events):
            self._heard()

    def told(self) -> list[dict[str, Any]]:
        return [each for each in self.events if each["method"] in EVENTS[:3]]

    def requested(self) -> list[str]:
        return [each["params"]["request"]["url"] for each in self.events if each["method"] == EVENTS[3]]

    def value(self, expression: str) -> Any:
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def press(self, key: str) -> None:
        codes = {"Tab": 9, "Enter": 13}
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes[key], **text)

    def heard_aloud(self) -> list[tuple[str, str]]:
        """Role and name of what a screen reader meets, in its order."""
        nodes = self.ask("Accessibility.getFullAXTree")["nodes"]
        known = (each for each in nodes if not each["ignored"] and "role" in each)
        return [(each["role"]["value"], each.get("name", {}).get("value", "")) for each in known]

    def screenshot(self) -> bytes:
        return base64.b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def pdf(self) -> bytes:
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def opened(program: str, folder: Path) -> Iterator[Page]:
    """A browser with a profile of its own, gone when done."""
    reads, asks = os.pipe()
    hears, writes = os.pipe()
    script = f'exec "$0" "$@" 3<&{reads} 4>&{writes}'
    words = ["bash", "-c", script, program, *FLAGS, f"--user-data-dir={folder}"]
    process = subprocess.Popen(words, pass_fds=(reads, writes), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(reads)
    os.close(writes)
    try:
        yield Page(asks, hears)
    finally:
        os.close(asks)
        process.terminate()
        process.wait(GUARD)
