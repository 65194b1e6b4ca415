"""Stable ids: each block is known by what it says, not by where it stands."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

from builder.document.nodes import BlockNode, Document, Node, Section
from builder.document.walk import plain, rebuild


def identify(document: Document) -> Document:
    """Give every block an id of ten characters, unique in the document.

    It is made of the file's name, the kind of block and its words, so that it outlives insertions
    elsewhere; equal blocks are told apart by their order.
    """
    seen: Counter[str] = Counter()

    def name(node: Node) -> Node:
        if not isinstance(node, BlockNode):
            return node
        words = plain(node.title if isinstance(node, Section) else node)
        base = f"{node.at.file}\0{type(node).__name__}\0{words}"
        seen[base] += 1
        digest = hashlib.sha256(f"{base}\0{seen[base]}".encode()).hexdigest()
        return replace(node, id=f"b{digest[:9]}")

    return rebuild(document, name)
