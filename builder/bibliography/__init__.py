"""Works cited: read from CSL-YAML, set in a citation style, given back as inlines."""
