"""Works cited, and the citation styles."""
