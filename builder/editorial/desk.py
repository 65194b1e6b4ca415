"""Running the rules: each finding reported as loudly as the briefing asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.diagnostics import Code, Diagnostic, Diagnostics, Severity
from builder.editorial.registry import RULES
from builder.editorial.rule import Finding, Manuscript, Rule
from builder.editorial.switches import faults, reaches

Loudness = Mapping[str, str]
"""From briefing.yml: a rule's code, and "off", "warning" or "error"."""

_SEVERITIES = {"warning": Severity.WARNING, "error": Severity.ERROR}


def findings(
    manuscript: Manuscript, loudness: Loudness, rules: Mapping[Code, Rule] = RULES
) -> Iterator[Finding]:
    """Give what rules find, without what briefing.yml or a comment switches off."""
    silent = tuple(reaches(manuscript.sources))
    if rules is RULES:
        yield from faults(manuscript.sources)
    for code, rule in rules.items():
        if loudness.get(code.value) == "off":
            continue
        for finding in rule(manuscript):
            if not any(reach.covers(finding) for reach in silent):
                yield finding


def inspect(
    manuscript: Manuscript,
    loudness: Loudness,
    log: Diagnostics,
    rules: Mapping[Code, Rule] = RULES,
) -> None:
    """Report what rules find; warnings, unless briefing.yml says otherwise."""
    for finding in findings(manuscript, loudness, rules):
        severity = _severity(finding.code, loudness)
        log.add(Diagnostic(severity, finding.code, finding.message, finding.at, finding.hint))


def _severity(code: Code, loudness: Loudness) -> Severity:
    return _SEVERITIES[loudness.get(code.value, "warning")]
