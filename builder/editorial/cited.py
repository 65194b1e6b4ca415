"""Works and links: every work of the bibliography cited, every link leading somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Code, did_you_mean
from builder.document.nodes import Cite
from builder.document.walk import every, links, target_of
from builder.editorial.rule import Finding, Manuscript


def citation_unused(manuscript: Manuscript) -> Iterator[Finding]:
    """Find works of references.yml that nothing cites."""
    cited = _cited(manuscript)
    for key, work in manuscript.works.items():
        if key not in cited:
            yield Finding(
                Code.CITATION_UNUSED,
                f"the work {key!r} is never cited",
                work.at,
                f"cite it by [@{key}], or take it out",
            )


def link_dead(manuscript: Manuscript) -> Iterator[Finding]:
    """Find links to entries of the list of references that are not in it."""
    cited = _cited(manuscript)
    for link in links(manuscript.document):
        target = target_of(link)
        key = target.removeprefix("#ref-")
        if key != target and key not in cited:
            yield Finding(
                Code.LINK_DEAD,
                f"the link leads to the reference {key!r}, which is not in the list",
                link.at,
                did_you_mean(key, sorted(cited), otherwise=f"cite the work by [@{key}] instead"),
            )


def _cited(manuscript: Manuscript) -> frozenset[str]:
    cites = every(manuscript.document.sections, Cite)
    return frozenset(citation.key for cite in cites for citation in cite.citations)
