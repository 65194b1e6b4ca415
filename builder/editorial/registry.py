"""The list of rules, in the order in which the manual explains them."""

from __future__ import annotations

from collections.abc import Mapping

from builder.diagnostics import EDITORIAL, Code
from builder.editorial.acronyms import acronym_undefined
from builder.editorial.cited import citation_unused, link_dead
from builder.editorial.contrast import contrast_pair
from builder.editorial.dates import date_differs, date_impossible, date_notation
from builder.editorial.doubled import word_doubled
from builder.editorial.figures import (
    alt_opening,
    alt_repeats,
    figure_no_source,
    figure_no_unit,
    image_coarse,
)
from builder.editorial.headings import heading_alone, paragraph_long
from builder.editorial.key_points import key_point_long, key_points_many
from builder.editorial.marks import dashes_mixed, quotes_mixed, range_hyphen, spaces_double
from builder.editorial.quantities import quantity_differs, quantity_notation
from builder.editorial.rule import Rule
from builder.editorial.takeaways import takeaway_long, takeaway_no_verb, takeaway_repeated
from builder.editorial.unsourced import number_unsourced

RULES: Mapping[Code, Rule] = {
    Code.TAKEAWAY_NO_VERB: takeaway_no_verb,
    Code.TAKEAWAY_LONG: takeaway_long,
    Code.TAKEAWAY_REPEATED: takeaway_repeated,
    Code.KEY_POINTS_MANY: key_points_many,
    Code.KEY_POINT_LONG: key_point_long,
    Code.FIGURE_NO_SOURCE: figure_no_source,
    Code.FIGURE_NO_UNIT: figure_no_unit,
    Code.NUMBER_UNSOURCED: number_unsourced,
    Code.QUANTITY_DIFFERS: quantity_differs,
    Code.QUANTITY_NOTATION: quantity_notation,
    Code.DATE_DIFFERS: date_differs,
    Code.DATE_NOTATION: date_notation,
    Code.DATE_IMPOSSIBLE: date_impossible,
    Code.ACRONYM_UNDEFINED: acronym_undefined,
    Code.CITATION_UNUSED: citation_unused,
    Code.LINK_DEAD: link_dead,
    Code.IMAGE_COARSE: image_coarse,
    Code.HEADING_ALONE: heading_alone,
    Code.PARAGRAPH_LONG: paragraph_long,
    Code.CONTRAST_PAIR: contrast_pair,
    Code.ALT_OPENING: alt_opening,
    Code.ALT_REPEATS: alt_repeats,
    Code.QUOTES_MIXED: quotes_mixed,
    Code.DASHES_MIXED: dashes_mixed,
    Code.RANGE_HYPHEN: range_hyphen,
    Code.WORD_DOUBLED: word_doubled,
    Code.SPACES_DOUBLE: spaces_double,
}
IN_BUILDS: Mapping[Code, Rule] = {
    Code.TAKEAWAY_LONG: takeaway_long,
    Code.LINK_DEAD: link_dead,
}
"""The rules that builds run as well, since their outputs show the fault."""
assert tuple(RULES) == EDITORIAL, "every editorial code has its rule, in the same order"
