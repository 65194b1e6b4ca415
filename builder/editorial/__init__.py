"""The editor's eye: what `check` finds beyond what a build needs, one rule a function."""
