"""What briefing.yml and a section's front matter may say: the models that check them."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from builder.addresses import check_line, parse_address, parse_addresses, shown
from builder.diagnostics import EDITORIAL, NOWHERE, Span, did_you_mean
from builder.document.days import parse_day
from builder.document.nodes import Contact, DeckOptions, Metadata, SectionDeck, SectionRole, Text
from builder.job import ATTACHABLE
from builder.readers.attributes import LANGUAGE

_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


LONGEST = 20_000
"""Characters of one setting."""

MOST_SECTIONS = 1000


def _as_text(value: object) -> object:
    """Take a number for its digits: `number: 12` is meant as text."""
    if isinstance(value, str) and len(value) > LONGEST:
        raise ValueError(f"it has {len(value):,} characters; {LONGEST:,} are the most")
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _date(value: str) -> str:
    if value and not _DATE.match(value):
        raise ValueError("a date is written 2014, 2014-10 or 2014-10-31")
    if value and parse_day(value) is None:
        raise ValueError("the calendar has no such day")
    return value


def _language(value: str) -> str:
    if not LANGUAGE.match(value):
        raise ValueError("a language is a code such as en, de or en-GB")
    return value


def _rules(value: dict[str, Loudness]) -> dict[str, Loudness]:
    known = [code.value for code in EDITORIAL]
    for name in value:
        if name not in known:
            hint = did_you_mean(name, known, otherwise="the rules are in docs/check.md")
            raise ValueError(f"no rule is called {name!r}; {hint}")
    return value


Loudness = Literal["off", "warning", "error"]
Typed = str | int | float
"""What an author may type for a text: the schemas of `briefing schema` allow it as well."""

String = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=Typed)]
Strings = Annotated[
    list[String], BeforeValidator(_as_list, json_schema_input_type=list[Typed] | str)
]
Date = Annotated[
    String,
    AfterValidator(_date),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": f"^$|{_DATE.pattern}"}, {"type": "integer"}]}
    ),
]
Language = Annotated[
    str,
    AfterValidator(_language),
    WithJsonSchema({"type": "string", "pattern": LANGUAGE.pattern}),
]


class Strict(BaseModel):
    """A mapping whose keys are all known; keys are written with hyphens."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        alias_generator=lambda name: name.replace("_", "-"),
        str_strip_whitespace=True,
    )


def _addresses(values: list[str]) -> list[str]:
    for value in values:
        if not parse_addresses(value):
            raise ValueError(f"{value!r} is no address")
    return values


def _address(value: str) -> str:
    if value:
        parse_address(value)
    return value


def _line(value: str) -> str:
    check_line(value, "a header")
    return value


def web_address(value: str) -> str:
    """Give an address that a mail may lead to. Raises ValueError for what is none."""
    _line(value)
    known = value.startswith(("https://", "http://", "mailto:"))
    if value and (not known or any(c.isspace() or c in '<>"' for c in value)):
        raise ValueError(f"{shown(value)} is no address: write https://… or mailto:…")
    return value


class ContactSettings(Strict):
    """`contact:` of briefing.yml."""

    name: String = Field("", description="Who answers")
    email: Annotated[String, AfterValidator(_address)] = Field("", description="An e-mail address")
    url: Annotated[String, AfterValidator(web_address)] = Field("", description="A web address")
    lines: Strings = Field(default_factory=list, description="Further lines: street, telephone")


def _formats(values: list[str]) -> list[str]:
    names = [name for value in values for name in value.replace(",", " ").split()]
    for name in names:
        if name not in ATTACHABLE:
            raise ValueError(f"{name!r} is no format; there are {', '.join(ATTACHABLE)}")
    return names


class MailSettings(Strict):
    """`mail:` of briefing.yml."""

    to: Annotated[Strings, AfterValidator(_addresses)] = Field(
        default_factory=list, description="Who gets the mail"
    )
    cc: Annotated[Strings, AfterValidator(_addresses)] = Field(
        default_factory=list, description="Who gets a copy"
    )
    bcc: Annotated[Strings, AfterValidator(_addresses)] = Field(
        default_factory=list, description="Who gets a copy that the others do not see"
    )
    from_: Annotated[String, AfterValidator(_address)] = Field(
        "", alias="from", description="Who sends it"
    )
    reply_to: Annotated[String, AfterValidator(_address)] = Field(
        "", description="Where answers go"
    )
    attach: Annotated[Strings, AfterValidator(_formats)] = Field(
        default_factory=list, description="The formats attached (default: pdf, docx, pptx)"
    )
    subject: Annotated[String, AfterValidator(_line)] = Field("", description="The subject")
    text: String = Field("", description="A personal first paragraph")
    link: Annotated[String, AfterValidator(web_address)] = Field(
        "", description="A web address to read it at"
    )
    unsubscribe: Annotated[String, AfterValidator(web_address)] = Field(
        "", description="Where readers of a list leave it: https://… or mailto:…"
    )


def _page(value: str) -> str:
    """Give the address of a page. Raises ValueError for what is none."""
    if web_address(value).startswith("mailto:"):
        raise ValueError(f"{shown(value)} is no page: write https://…")
    return value


class WebSettings(Strict):
    """`web:` of briefing.yml."""

    address: Annotated[String, AfterValidator(_page)] = Field(
        "", description="Where the edition for the web can be read: https://…"
    )
    picture: Annotated[String, AfterValidator(_page)] = Field(
        "", description="A picture to be shown where the page is shared: https://…"
    )


class DeckSettings(Strict):
    """`deck:` of briefing.yml."""

    agenda: bool = Field(True, description="Whether the deck has an agenda slide")
    dividers: Literal["all", "none"] = Field("none", description="A divider before each section")
    closing: String = Field("", description="The closing slide's sentence")
    size: Literal["16:9", "4:3"] = Field("16:9", description="The shape of the slides")
    date: Literal["briefing", "today", "none"] = Field(
        "briefing", description="The date at the foot: the briefing's, the day of showing, or none"
    )
    include: Strings = Field(default_factory=list, description="Labels and kinds: only these")
    exclude: Strings = Field(default_factory=list, description="Labels and kinds that stay out")
    order: Strings = Field(default_factory=list, description="Sections that come first, by id")
    max_slides: int = Field(0, ge=2, description="At most so many slides")

    def options(self, closing: str, at: Span) -> DeckOptions:
        """Give the settings in the form that the tree carries."""
        return DeckOptions(
            self.agenda,
            self.dividers,
            (Text(closing),) if closing else (),
            self.size,
            self.date,
            tuple(self.include),
            tuple(self.exclude),
            tuple(self.order),
            self.max_slides,
            at,
        )


class Values(Strict):
    """What briefing.yml says of a briefing, and what an edition may say otherwise."""

    title: String = Field(
        "", min_length=1, json_schema_extra={"minLength": 1}, description="The briefing's title"
    )
    subtitle: String = Field("", description="Below the title on the cover")
    eyebrow: String = Field("", description="The small line above the title on the cover")
    byline: String = Field("", description="The line below the subtitle on the cover")
    series: String = Field("", description="The series, such as Policy Briefing")
    number: String = Field("", description="The number in the series")
    authors: Strings = Field(default_factory=list, description="Who wrote it")
    date: Date = Field("", description="2014, 2014-10 or 2014-10-31; the date inside the files")
    language: Language = Field("en", description="The language: en, de, fr, ru, tr, az, he …")
    abstract: String = Field("", description="One paragraph")
    keywords: Strings = Field(default_factory=list, description="Words to find it by")
    publisher: String = Field("", description="Who publishes it")
    rights: String = Field("", description="Whose rights")
    theme: String = Field("strand", description="A folder of templates/, or a path")
    paper: Literal["a4", "letter"] = Field("a4", description="The paper size")
    csl: String = Field("chicago-notes", description="The citation style: a name or a .csl file")
    sections: Strings = Field(
        default_factory=list,
        max_length=MOST_SECTIONS,
        description="Section files or globs, in order",
    )
    bibliography: Strings = Field(
        default_factory=list, description="Files of works cited (default: references.yml)"
    )
    closing: String = Field("", description="The sentence on the back cover")
    cover_data: String = Field("", description="The chart whose values make the cover's bars")
    contact: ContactSettings = Field(default_factory=ContactSettings)
    deck: DeckSettings = Field(default_factory=DeckSettings)
    web: WebSettings = Field(default_factory=WebSettings)
    check: Annotated[dict[str, Loudness], AfterValidator(_rules)] = Field(
        default_factory=dict,
        description="Rules of `briefing check`: off, warning or error",
        json_schema_extra={"propertyNames": {"enum": [code.value for code in EDITORIAL]}},
    )
    mail: MailSettings = Field(default_factory=MailSettings)
    variables: dict[str, object] = Field(default_factory=dict, description="For {{< var a.b >}}")
    words: dict[str, String] = Field(default_factory=dict, description="Other fixed words")

    def metadata(self, name: str, deck_at: Span = NOWHERE) -> Metadata:
        """Give the settings as the tree carries them; `deck_at` is where `deck:` stands."""
        contact = self.contact
        closing = self.deck.closing or self.closing
        return Metadata(
            name,
            self.title,
            self.subtitle,
            self.series,
            self.number,
            self.eyebrow,
            self.byline,
            tuple(self.authors),
            self.date,
            self.language,
            " ".join(self.abstract.split()),
            tuple(self.keywords),
            self.publisher,
            self.rights,
            self.closing,
            Contact(contact.name, contact.email, contact.url, tuple(contact.lines)),
            self.paper,
            self.theme,
            self.csl,
            self.cover_data,
            self.deck.options(closing, deck_at),
            self.web.address,
            self.web.picture,
        )


class EditionSettings(Values):
    """What one edition says otherwise: any key of briefing.yml, and for whom it is."""

    audience: Strings = Field(
        default_factory=list, description="Whom it is for: words that when-edition may name"
    )
    formats: Annotated[Strings, AfterValidator(_formats)] = Field(
        default_factory=list, description="The formats built (default: pdf, docx, pptx)"
    )


Axis = list[Typed] | dict[str, EditionSettings]
"""Values of one key, or named sets of changes."""


class Matrix(Strict):
    """`matrix:` of briefing.yml: each value of each axis with each of the others."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Axis]

    include: list[dict[str, object]] = Field(
        default_factory=list, description="Further editions, or further changes of some"
    )
    exclude: list[dict[str, Typed | list[Typed]]] = Field(
        default_factory=list, description="Editions that are not made"
    )


class Settings(Values):
    """briefing.yml."""

    title: String = Field(
        min_length=1, json_schema_extra={"minLength": 1}, description="The briefing's title"
    )
    sections: Strings = Field(
        max_length=MOST_SECTIONS, description="Section files or globs, in order"
    )
    editions: dict[str, EditionSettings] = Field(
        default_factory=dict, description="Editions by name, each with what it says otherwise"
    )
    matrix: Matrix = Field(
        default_factory=Matrix, description="Axes whose values, combined, are editions"
    )


class SectionDeckSettings(Strict):
    """`deck:` of a section's front matter."""

    include: Annotated[bool | list[String], BeforeValidator(_as_list)] = Field(
        True, description="Whether the section has slides; or labels and kinds: only these"
    )
    exclude: Strings = Field(default_factory=list, description="Labels and kinds that stay out")
    divider: bool | None = Field(None, description="A divider slide before the section")
    layout: String = Field("", description="The layout of the section's own slide")
    order: Strings = Field(default_factory=list, description="Labels and kinds that come first")
    max_slides: int = Field(0, ge=1, description="At most so many slides")

    def options(self, at: Span) -> SectionDeck:
        """Give the settings in the form that the tree carries."""
        only = () if isinstance(self.include, bool) else tuple(self.include)
        return SectionDeck(
            bool(self.include),
            self.divider,
            self.layout,
            only,
            tuple(self.exclude),
            tuple(self.order),
            self.max_slides,
            at,
        )


def _as_deck(value: object) -> object:
    return {"include": value} if isinstance(value, bool) else value


class FrontMatter(Strict):
    """The front matter of a section file."""

    title: String = Field(
        min_length=1, json_schema_extra={"minLength": 1}, description="The section's title"
    )
    short_title: String = Field("", description="For running header and agenda")
    role: Literal["section", "glance", "about", "appendix"] = Field(
        "section", description="What the section is for"
    )
    id: String = Field("", description="The label that @sec-… refers to")
    numbered: bool = Field(True, description="Whether the section is counted")
    takeaway: String = Field("", description="The assertion that the section's slide makes")
    standfirst: String = Field("", description="The large text below the title")
    key_points: Strings = Field(default_factory=list, description="Five at most")
    key_points_title: String = Field("", description="Default: Key points")
    deck: Annotated[
        SectionDeckSettings,
        BeforeValidator(_as_deck, json_schema_input_type=SectionDeckSettings | bool),
    ] = Field(
        default_factory=SectionDeckSettings, description="Whether and how it goes into the deck"
    )

    @property
    def section_role(self) -> SectionRole:
        """The role as the tree names it."""
        return SectionRole(self.role)
