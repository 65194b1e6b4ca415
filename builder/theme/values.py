"""Values of `_brand.yml` in the forms that an author may type, and what they are read as."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from typing_extensions import TypedDict  # pydantic asks for this one below Python 3.12

from builder.css import typeface
from builder.units import Length

WEIGHTS = {
    "thin": 100,
    "extra-light": 200,
    "ultra-light": 200,
    "light": 300,
    "normal": 400,
    "regular": 400,
    "medium": 500,
    "semi-bold": 600,
    "demi-bold": 600,
    "bold": 700,
    "extra-bold": 800,
    "ultra-bold": 800,
    "black": 900,
}


LONGEST = Length.from_mm(2000)


def as_weight(value: object) -> object:
    """Read a weight that is a number or a name. Raises ValueError for any other name."""
    if isinstance(value, str) and not value.isdigit():
        if value not in WEIGHTS:
            raise ValueError(f"a weight is 100 to 900, or one of {', '.join(WEIGHTS)}")
        return WEIGHTS[value]
    return value


def as_length(value: object) -> object:
    """Read a length with its unit. Raises ValueError for anything else."""
    if isinstance(value, Length):
        return value
    if isinstance(value, int | float) and value == 0:
        return Length(0)
    try:
        return Length.parse(str(value))
    except ValueError:
        raise ValueError("a length is a number with mm, cm, in, pt or px: 10.5pt") from None


def on_paper(value: Length) -> Length:
    """Check a length. Raises ValueError for one that no paper has."""
    if abs(value) > LONGEST:
        raise ValueError(f"a length is at most {LONGEST.mm:,.0f}mm")
    return value


def not_nothing(value: Length) -> Length:
    """Check the length of what must be there. Raises ValueError for one that is not above 0."""
    if value <= 0:
        raise ValueError("this length is more than 0")
    return value


def as_family(value: object) -> object:
    """Take a bare name for that of a typeface."""
    return {"family": value} if isinstance(value, str) else value


def as_path(value: object) -> object:
    """Take a bare name for that of a file."""
    return {"path": value} if isinstance(value, str) else value


def as_medium(value: object) -> object:
    """Take a logo that is given without its size for the medium one."""
    if isinstance(value, str) or (isinstance(value, dict) and "path" in value):
        return {"medium": value}
    return value


def as_light(value: object) -> object:
    """Of a light and a dark variant take the light one: we print on paper."""
    if isinstance(value, dict) and value and value.keys() <= {"light", "dark"}:
        return value.get("light", value.get("dark"))
    return value


def as_text(value: object) -> object:
    """Take a number for its digits."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def as_list(value: object) -> object:
    """Take a single value for a list of one."""
    return value if isinstance(value, list) else [value]


def named(value: dict[str, str]) -> dict[str, str]:
    """Check the names of colours. Raises ValueError for one that is none."""
    for name in value:
        if not re.fullmatch(r"[A-Za-z][\w-]*", name):
            raise ValueError(f"a colour's name is letters, digits, - and _: not {name!r}")
    return value


class Variants(TypedDict, total=False):
    """A value for light grounds and one for dark ones."""

    light: object
    dark: object


Typed = str | int | float
"""What an author may type for a text."""

WeightName = Literal[
    "thin", "extra-light", "ultra-light", "light", "normal", "regular", "medium",
    "semi-bold", "demi-bold", "bold", "extra-bold", "ultra-bold", "black",
]  # fmt: skip
Text = Annotated[str, BeforeValidator(as_text, json_schema_input_type=Typed)]
Weight = Annotated[
    int,
    BeforeValidator(as_weight, json_schema_input_type=int | WeightName),
    Field(ge=1, le=1000),
]
Measure = Annotated[
    Length,
    BeforeValidator(as_length, json_schema_input_type=str | Literal[0]),
    AfterValidator(on_paper),
]
Extent = Annotated[Measure, AfterValidator(not_nothing)]
ColourName = Annotated[Text, BeforeValidator(as_light, json_schema_input_type=Typed | Variants)]
FamilyName = Annotated[str, AfterValidator(typeface)]
Tracking = Annotated[float, Field(ge=-1, le=5)]
Share = Annotated[float, Field(ge=0, le=1)]
