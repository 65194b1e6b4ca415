"""Write the bill of materials (CycloneDX 1.5) of what is installed: read from requirements.lock."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill(lock: str, name: str, version: str) -> dict[str, object]:
    """Give the bill of what a lock file holds, in its order: the same lock, the same bill."""
    entries = list(_ENTRY.finditer(lock))
    ends = [entry.start() for entry in entries[1:]] + [len(lock)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": _component("application", name, version)},
        "components": [
            {
                **_component("library", entry["name"], entry["version"]),
                "evidence": {"occurrences": [{"location": "requirements.lock"}]},
                "externalReferences": [
                    {
                        "type": "distribution",
                        "url": f"https://pypi.org/project/{entry['name']}/{entry['version']}/",
                        "hashes": [
                            {"alg": "SHA-256", "content": digest}
                            for digest in _HASH.findall(lock, entry.end(), end)
                        ],
                    }
                ],
            }
            for entry, end in zip(entries, ends, strict=True)
        ],
    }


def _component(kind: str, name: str, version: str) -> dict[str, object]:
    address = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"
    return {"type": kind, "bom-ref": address, "name": name, "version": version, "purl": address}


def main() -> None:
    """Print the bill, or write it to the file that is named."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    text = json.dumps(bill(lock, project["name"], project["version"]), indent=2) + "\n"
    if len(sys.argv) > 1:
        path = Path(sys.argv[1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
