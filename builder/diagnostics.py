"""What an author should mend: severity, place, message and hint, collected over one run."""

from __future__ import annotations

import bisect
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice

from builder.characters import visible


class Severity(Enum):
    """How much a finding matters: an error stops the build, a warning does so under --strict."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(Enum):
    """Every kind of finding. The manual has a line for each; a test holds the two together."""

    YAML_SYNTAX = "yaml-syntax"
    YAML_DUPLICATE_KEY = "yaml-duplicate-key"
    KEY_UNKNOWN = "key-unknown"
    KEY_MISSING = "key-missing"
    VALUE_INVALID = "value-invalid"
    FILE_MISSING = "file-missing"
    FILE_UNREADABLE = "file-unreadable"
    PATH_OUTSIDE = "path-outside"
    PROJECT_MISSING = "project-missing"
    EDITION_UNKNOWN = "edition-unknown"
    EDITION_INVALID = "edition-invalid"
    EDITION_AMBIGUOUS = "edition-ambiguous"
    SECTIONS_EMPTY = "sections-empty"
    THEME_MISSING = "theme-missing"
    TEMPLATE_UNTRUSTED = "template-untrusted"
    COLOUR_UNKNOWN = "colour-unknown"
    CONTRAST_LOW = "contrast-low"
    TEMPLATE_ERROR = "template-error"
    DIV_UNCLOSED = "div-unclosed"
    DIV_STRAY_FENCE = "div-stray-fence"
    DIV_UNKNOWN = "div-unknown"
    DIV_CONTENT = "div-content"
    ATTRIBUTE_UNKNOWN = "attribute-unknown"
    ATTRIBUTE_INVALID = "attribute-invalid"
    QUOTE_UNCLOSED = "quote-unclosed"
    BRACKET_UNCLOSED = "bracket-unclosed"
    HEADING_SKIPPED = "heading-skipped"
    FOOTNOTE_UNDEFINED = "footnote-undefined"
    FOOTNOTE_UNUSED = "footnote-unused"
    FOOTNOTE_DUPLICATE = "footnote-duplicate"
    CITATION_UNDEFINED = "citation-undefined"
    CITATION_STYLE = "citation-style"
    REFERENCE_INVALID = "reference-invalid"
    XREF_MISSING = "xref-missing"
    ID_DUPLICATE = "id-duplicate"
    VARIABLE_UNDEFINED = "variable-undefined"
    SHORTCODE_UNKNOWN = "shortcode-unknown"
    IMAGE_MISSING = "image-missing"
    IMAGE_UNREADABLE = "image-unreadable"
    ALT_MISSING = "alt-missing"
    DATA_MISSING = "data-missing"
    DATA_COLUMN = "data-column"
    DATA_NUMBER = "data-number"
    DATA_SHAPE = "data-shape"
    CHART_ANNOTATION = "chart-annotation"
    CHART_BASELINE = "chart-baseline"
    CHART_CATEGORIES = "chart-categories"
    CHART_DATES = "chart-dates"
    CHART_EMPTY = "chart-empty"
    CHART_LOG = "chart-log"
    CHART_PARTS = "chart-parts"
    CHART_SERIES = "chart-series"
    TABLE_CELLS = "table-cells"
    TAKEAWAY_LONG = "takeaway-long"
    TAKEAWAY_NO_VERB = "takeaway-no-verb"
    TAKEAWAY_REPEATED = "takeaway-repeated"
    KEY_POINTS_MANY = "key-points-many"
    KEY_POINT_LONG = "key-point-long"
    FIGURE_NO_SOURCE = "figure-no-source"
    FIGURE_NO_UNIT = "figure-no-unit"
    NUMBER_UNSOURCED = "number-unsourced"
    QUANTITY_DIFFERS = "quantity-differs"
    QUANTITY_NOTATION = "quantity-notation"
    DATE_DIFFERS = "date-differs"
    DATE_NOTATION = "date-notation"
    DATE_IMPOSSIBLE = "date-impossible"
    ACRONYM_UNDEFINED = "acronym-undefined"
    CITATION_UNUSED = "citation-unused"
    LINK_DEAD = "link-dead"
    IMAGE_COARSE = "image-coarse"
    HEADING_ALONE = "heading-alone"
    PARAGRAPH_LONG = "paragraph-long"
    CONTRAST_PAIR = "contrast-pair"
    ALT_OPENING = "alt-opening"
    ALT_REPEATS = "alt-repeats"
    QUOTES_MIXED = "quotes-mixed"
    DASHES_MIXED = "dashes-mixed"
    RANGE_HYPHEN = "range-hyphen"
    WORD_DOUBLED = "word-doubled"
    SPACES_DOUBLE = "spaces-double"
    CHECK_COMMENT = "check-comment"
    NESTING_DEEP = "nesting-deep"
    CHARACTER_FORBIDDEN = "character-forbidden"
    ID_LOOKALIKE = "id-lookalike"
    LIMIT_REACHED = "limit-reached"
    CHARACTER_UNSUPPORTED = "character-unsupported"
    HTML_ESCAPED = "html-escaped"
    LINK_TARGET = "link-target"
    FORMAT_CANNOT_SHOW = "format-cannot-show"
    SLIDE_OVERFULL = "slide-overfull"
    SLIDES_TOO_MANY = "slides-too-many"
    FOOTNOTE_LONG = "footnote-long"
    TEXT_LOST = "text-lost"
    LAYOUT_WARNING = "layout-warning"
    LANGUAGE_UNKNOWN = "language-unknown"
    FONT_MISSING = "font-missing"
    PROFILE_MISSING = "profile-missing"
    LIBREOFFICE_MISSING = "libreoffice-missing"
    MACHINE_LACKS = "machine-lacks"
    OUTPUT_UNWRITABLE = "output-unwritable"
    OUTPUT_MISSING = "output-missing"
    OUTPUT_FAULT = "output-fault"
    OUTPUT_BARRIER = "output-barrier"
    OUTPUT_CHANGED = "output-changed"
    BATCH_NAME = "batch-name"
    BATCH_DATA = "batch-data"
    BATCH_COLUMNS = "batch-columns"
    BATCH_ROW = "batch-row"
    BATCH_FAILED = "batch-failed"
    BATCH_LEFTOVER = "batch-leftover"
    CLUSTER_MISSING = "cluster-missing"
    CLUSTER_WORKER = "cluster-worker"
    MANIFEST_INVALID = "manifest-invalid"
    VERIFY_DIFFERS = "verify-differs"
    MAIL_ADDRESS = "mail-address"
    MAIL_RECIPIENT = "mail-recipient"
    MAIL_EDITION = "mail-edition"
    MAIL_LANGUAGE = "mail-language"
    MAIL_TEXT = "mail-text"
    MAIL_LARGE = "mail-large"
    MAIL_TOO_LARGE = "mail-too-large"
    MAIL_SERVER = "mail-server"
    MAIL_PASSWORD = "mail-password"
    MAIL_EARLIER = "mail-earlier"
    MAIL_REFUSED = "mail-refused"
    MAIL_DEFERRED = "mail-deferred"
    MAIL_DOUBTFUL = "mail-doubtful"
    MAIL_JOURNAL = "mail-journal"
    MAIL_PROGRAM = "mail-program"


EDITORIAL: tuple[Code, ...] = (
    Code.TAKEAWAY_NO_VERB,
    Code.TAKEAWAY_LONG,
    Code.TAKEAWAY_REPEATED,
    Code.KEY_POINTS_MANY,
    Code.KEY_POINT_LONG,
    Code.FIGURE_NO_SOURCE,
    Code.FIGURE_NO_UNIT,
    Code.NUMBER_UNSOURCED,
    Code.QUANTITY_DIFFERS,
    Code.QUANTITY_NOTATION,
    Code.DATE_DIFFERS,
    Code.DATE_NOTATION,
    Code.DATE_IMPOSSIBLE,
    Code.ACRONYM_UNDEFINED,
    Code.CITATION_UNUSED,
    Code.LINK_DEAD,
    Code.IMAGE_COARSE,
    Code.HEADING_ALONE,
    Code.PARAGRAPH_LONG,
    Code.CONTRAST_PAIR,
    Code.ALT_OPENING,
    Code.ALT_REPEATS,
    Code.QUOTES_MIXED,
    Code.DASHES_MIXED,
    Code.RANGE_HYPHEN,
    Code.WORD_DOUBLED,
    Code.SPACES_DOUBLE,
)
"""The rules of the editor's eye, each of which can be switched off."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file: path relative to the project, line and column counted from 1.

    Line 0 stands for the file as a whole.
    """

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column or 1}"


NOWHERE = Span()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding; whatever it quotes of the content, it is plain to print."""

    severity: Severity
    code: Code
    message: str
    at: Span = NOWHERE
    hint: str = ""

    def __post_init__(self) -> None:
        """Spell out what a terminal, or a log that reads commands, would obey."""
        object.__setattr__(self, "message", visible(self.message))
        object.__setattr__(self, "hint", visible(self.hint))
        object.__setattr__(self, "at", replace(self.at, file=visible(self.at.file)))

    def __str__(self) -> str:
        place = f"{self.at}: " if self.at.file else ""
        if place.startswith("::"):  # a workflow would take that line for a command
            place = f"./{place}"
        line = f"{place}{self.severity.value}[{self.code.value}]: {self.message}"
        return f"{line}\n  hint: {self.hint}" if self.hint else line

    def as_dict(self) -> dict[str, str | int]:
        """Give the finding in the form that `--format json` prints."""
        return {
            "file": self.at.file,
            "line": self.at.line,
            "column": self.at.column or min(self.at.line, 1),
            "severity": self.severity.value,
            "code": self.code.value,
            "message": self.message,
            "hint": self.hint,
        }


MOST_FINDINGS = 2000
"""Nobody reads more of them at once."""


class ContentErrors(Exception):
    """The content has errors; the build stops before anything is written."""


@dataclass(slots=True)
class Diagnostics:
    """The findings of one run, in the order in which they were made, each once."""

    found: list[Diagnostic] = field(default_factory=list)
    _known: set[Diagnostic] = field(default_factory=set, repr=False, compare=False)

    def error(self, code: Code, message: str, *, at: Span = NOWHERE, hint: str = "") -> None:
        """Note what stops the build."""
        self.add(Diagnostic(Severity.ERROR, code, message, at, hint))

    def warning(self, code: Code, message: str, *, at: Span = NOWHERE, hint: str = "") -> None:
        """Note what should be mended but stops nothing."""
        self.add(Diagnostic(Severity.WARNING, code, message, at, hint))

    def note(self, code: Code, message: str, *, at: Span = NOWHERE, hint: str = "") -> None:
        """Note what the builder did instead of what was asked."""
        self.add(Diagnostic(Severity.NOTE, code, message, at, hint))

    def add(self, diagnostic: Diagnostic) -> None:
        """Note a finding unless the same one was noted before."""
        if diagnostic in self._known:
            return
        full = len(self.found) >= MOST_FINDINGS
        if full and (diagnostic.severity is not Severity.ERROR or self.has_errors):
            return
        self._known.add(diagnostic)
        self.found.append(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def has_errors(self) -> bool:
        """Whether anything found stops the build."""
        return any(d.severity is Severity.ERROR for d in self.found)

    @property
    def has_warnings(self) -> bool:
        """Whether anything found stops a build under --strict."""
        return any(d.severity is Severity.WARNING for d in self.found)

    def stop_if_errors(self) -> None:
        """Raise ContentErrors if an error was noted."""
        if self.has_errors:
            raise ContentErrors

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Give the findings by file, line and column."""
        return tuple(sorted(self.found, key=lambda d: d.at))


_LONGEST_WORD, _MOST_WORDS, _MOST_COMPARED = 80, 2000, 60
"""What is looked through for a neighbour, which takes long."""


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """Give a hint that names the nearest known word, or `otherwise` where none is near."""
    if len(word) > _LONGEST_WORD:
        return otherwise
    candidates = [name for name in islice(known, _MOST_WORDS) if len(name) <= _LONGEST_WORD]
    if len(candidates) > _MOST_COMPARED:  # those that begin alike
        candidates.sort()
        place = bisect.bisect(candidates, word)
        first = max(place - _MOST_COMPARED // 2, 0)
        candidates = candidates[first : first + _MOST_COMPARED]
    near = difflib.get_close_matches(word, candidates, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else otherwise
