"""Looking into XML, with what is asked for there or the test failed."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree


def elements(node: etree._Element, path: str, names: Mapping[str, str]) -> list[etree._Element]:
    """Give the elements of an XPath."""
    found = node.xpath(path, namespaces=dict(names))
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]


def texts(node: etree._Element, path: str, names: Mapping[str, str]) -> list[str]:
    """Give the attributes or texts of an XPath."""
    found = node.xpath(path, namespaces=dict(names))
    assert isinstance(found, list)
    return [str(text) for text in found]


def the(node: etree._Element, path: str) -> etree._Element:
    """Give the first element of an ElementPath, which must be there."""
    found = node.find(path)
    assert found is not None, path
    return found


def value(node: etree._Element, name: str) -> str:
    """Give an attribute, which must be there."""
    found = node.get(name)
    assert found is not None, name
    return found
