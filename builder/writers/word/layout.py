"""Pages, leaf by leaf: where a page is nearly empty, a short section runs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.writers.word.heights import Heights
from builder.writers.word.pages import Counted, Counter
from builder.writers.word.parting import is_turned
from builder.writers.word.written import FRAME, TABLE, P, names
from builder.writers.word.xml import Element

RUN_ON_BELOW = 0.6
"""Part of a page in use; where less is, a short section does not begin another page."""

RUN_ON_SPACE = 30.0
"""Points above a section that does not begin a page."""

STUB = 0.14
"""A page filled less than this should not be there at all."""

SLACK = 30.0
"""Points that stay empty before a page that is begun for its header: other programs set wider."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Elements that begin a page; those of a short section may follow on another one's page."""

    elements: list[Element]
    bleeds: bool = False  # its pages have no margins
    section: bool = False  # another section may follow on its last page
    short: bool = False
    brief: bool = False  # it may do so on a fuller page, where it ends there
    first: Element | None = None  # what stands first below a section's opening


@dataclass(frozen=True, slots=True)
class _Begun:
    """A leaf that is being laid out, and what was counted before it."""

    tail: list[Element]  # of the section before it
    elements: list[Element]
    counted: Counted
    page: int
    first: Element | None


def count_pages(leaves: Sequence[Laid], heights: Heights) -> Counted:
    """Lay the document out roughly; each leaf begins a page, unless it may run on.

    A page on which one section follows another is begun as the second one's: the header of it and
    of the pages behind it is then the second one's even in programs that read no headings for it.
    """
    counter = Counter(heights)
    begun: _Begun | None = None
    for leaf in leaves:
        tail: list[Element] = []
        nearly_empty = _is_nearly_empty(counter)
        if begun is not None and leaf.short and (nearly_empty or leaf.brief):
            tail = _parted(begun, counter)
        last = _Begun(tail, leaf.elements, counter.counted.copy(), counter.page, leaf.first)
        together = _lay(last, counter, bleeds=leaf.bleeds)
        whole = counter.page == counter.counted.starts[-1]
        together = together and (nearly_empty or whole)
        if begun is not None and tail and not together:
            counter.go_back(begun.counted, begun.page)
            _lay(begun, counter)
            last = replace(last, tail=[], counted=counter.counted.copy(), page=counter.page)
            _lay(last, counter)
        begun = last if leaf.section else None
    counter.counted.total = counter.page
    return counter.counted


def _lay(begun: _Begun, counter: Counter, *, bleeds: bool = False) -> bool:
    """Count the pages of a leaf; tell whether it stands well on the page of what is before it.

    Its title, its box and the first of its text have to find room there.
    """
    counter.begin(bleeds)
    counted = counter.counted
    counted.starts.append(counter.page)
    counted.forms.append([*begun.tail, *begun.elements])
    _put(begun.tail, counter)
    if begun.tail:
        counter.run_on(RUN_ON_SPACE)
        counted.running_on.append(begun.elements[0])
    filled, page = counter.filled, counter.page
    _put(begun.elements, counter)
    counted.lengths.append((counter.filled - filled) / counter.room)
    counted.ends.append((counter.used + counter.foot) / counter.room)
    title = next((element for element in begun.elements if names(element)), None)
    opening = [names(element) for element in (title, begun.first) if element is not None]
    opens = all(counted.pages.get(marks[0]) == page for marks in opening if marks)
    return opens and page not in counter.overfull


def _put(elements: Sequence[Element], counter: Counter) -> None:
    for element in elements:
        counter.put(element)
    counter.settle()


def _is_nearly_empty(counter: Counter) -> bool:
    used = counter.used + counter.foot
    return not counter.turned and used <= RUN_ON_BELOW * counter.room


def _parted(begun: _Begun, counter: Counter) -> list[Element]:
    """Take what stands on its last page off a section, and count it again without that.

    Nothing is taken where the page cannot be begun by one of the section's elements.
    """
    at = _head(begun.elements, counter)
    if at < 1:
        return []
    length = counter.counted.lengths[-1]
    counter.go_back(begun.counted, begun.page)
    _lay(replace(begun, elements=begun.elements[:at]), counter)
    counter.counted.lengths[-1] = length
    return begun.elements[at:]


def _head(elements: Sequence[Element], counter: Counter) -> int:
    """Find what the last page begins with; what it is kept with and the box beside it go along."""
    head = counter.heads.get(counter.page)
    at = next((n for n, element in enumerate(elements) if element is head), 0)
    if counter.left.get(counter.page - 1, 0.0) < SLACK:
        at -= 1
    while at > 0 and _belongs(elements[at - 1], counter):
        at -= 1
    if at < 1 or not _begins_page(elements[at], counter) or any(map(is_turned, elements[at:])):
        return 0
    return at


def _begins_page(element: Element, counter: Counter) -> bool:
    """Tell whether the last page can be begun by an element: by no table that began before."""
    if element.tag == P:
        return True
    first = next(iter(names(element)), "")
    return element.tag == TABLE and counter.counted.pages.get(first) == counter.page


def _belongs(element: Element, counter: Counter) -> bool:
    """Tell whether an element may not part from the one behind it."""
    return element.tag == P and (element.find(FRAME) is not None or counter.heights.keeps(element))
