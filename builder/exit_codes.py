"""What the program's exit code says."""

OK = 0
CONTENT = 1
"""The content has errors, or outputs are not what they should be."""

USAGE = 2
WARNINGS = 3
"""There are warnings, and --strict was given."""

INTERRUPTED = 130
