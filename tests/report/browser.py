"""Headless Chromium over a pipe by its DevTools protocol: what a reader's browser does with a page."""

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
CONSOLE = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
REQUEST = "Network.requestWillBeSent"


def chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Tab:
    """One tab."""

    def __init__(self, sink: int, source: int) -> None:
        self.sink, self.source = sink, os.fdopen(source, "rb")
        self.number, self.session, self.events = 0, "", []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network", "Accessibility"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        message |= {"sessionId": self.session} if self.session else {}
        os.write(self.sink, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]

    def _receive(self) -> dict[str, Any]:
        message = json.loads(b"".join(iter(lambda: self.source.read(1), b"\0")))
        if "method" in message:
            self.events.append(message)
        return message

    def open(self, file: Path, width: int, height: int = 900) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.send("Emulation.setDeviceMetricsOverride", **size)
        self.events.clear()
        self.send("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._receive()

    def console(self) -> list[dict[str, Any]]:
        return [event for event in self.events if event["method"] in CONSOLE]

    def requests(self) -> list[str]:
        return [event["params"]["request"]["url"] for event in self.events if event["method"] == REQUEST]

    def value(self, expression: str) -> Any:
        return self.send("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def press(self, key: str) -> None:
        codes = {"Tab": 9, "Enter": 13}
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes[key], **text)

    def accessible(self) -> list[tuple[str, str]]:
        """Role and name of what a screen reader meets, in its order."""
        nodes = self.send("Accessibility.getFullAXTree")["nodes"]
        named = (node for node in nodes if not node["ignored"] and "role" in node)
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in named]

    def pdf(self) -> bytes:
        return base64.b64decode(self.send("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def browser_tab(program: str, folder: Path) -> Iterator[Tab]:
    """A browser with a profile of its own, closed at the end."""
    commands, sink = os.pipe()
    source, answers = os.pipe()
    script = f'exec "$0" "$@" 3<&{commands} 4>&{answers}'
    words = ["bash", "-c", script, program, *FLAGS, f"--user-data-dir={folder}"]
    process = subprocess.Popen(
        words, pass_fds=(commands, answers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(commands)
    os.close(answers)
    try:
        yield Tab(sink, source)
    finally:
        os.close(sink)
        process.terminate()
        process.wait(GUARD)
