"""The Word writer."""

from builder.writers.word.document import write_word

__all__ = ["write_word"]
