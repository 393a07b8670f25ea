# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface files: well-formed, no text left untranslatable, nothing that only an icon names."""

import re
import xml.etree.ElementTree as ElementTree

from tree import Finding

BUTTONS = {
    "GtkButton",
    "GtkToggleButton",
    "GtkMenuButton",
    "GtkLinkButton",
    "AdwSplitButton",
}
# Widgets that a screen reader reads by their label alone.
FIELDS = {
    "GtkEntry",
    "GtkSearchEntry",
    "GtkTextView",
    "GtkDropDown",
    "GtkSpinButton",
    "GtkScale",
    "GtkListView",
    "GtkListBox",
    "GtkProgressBar",
}
TEXT_PROPERTIES = {
    "label",
    "title",
    "subtitle",
    "description",
    "tooltip-text",
    "placeholder-text",
}


def properties(element):
    return {
        child.get("name").replace("_", "-"): child
        for child in element
        if child.tag == "property" and child.get("name")
    }


def accessible_names(element):
    """Whether the interface file names it for a screen reader."""
    for accessibility in element.findall("accessibility"):
        for child in accessibility:
            if child.tag in ("property", "relation"):
                if child.get("name") in ("label", "labelled-by"):
                    return True
    return False


def is_icon_only(element, have):
    has_text = any(name in have for name in ("label", "child"))
    return "icon-name" in have and not has_text and element.find("child") is None


def check_element(name, element):
    have = properties(element)
    kind = element.get("class") or element.get("parent") or "?"
    what = f"{kind} {element.get('id') or ''}".strip()
    named = "tooltip-text" in have or "tooltip-markup" in have or accessible_names(element)
    if kind in BUTTONS and is_icon_only(element, have) and not named:
        yield Finding(name, 0, f"{what} has an icon only, and neither a tooltip nor a label")
    if kind in FIELDS and not (named or "placeholder-text" in have):
        yield Finding(name, 0, f"{what} has no accessible label")
    for key in TEXT_PROPERTIES & set(have):
        value = have[key]
        text = (value.text or "").strip()
        # translatable="no" is a decision: a sign such as "Aa".
        if re.search(r"[^\W\d_]{2}", text) and not value.get("translatable"):
            yield Finding(name, 0, f'{what}: the {key} "{text}" is not translatable')


def check(tree):
    for name in tree.files(".ui", under="app/"):
        try:
            root = ElementTree.parse(tree.path(name)).getroot()
        except ElementTree.ParseError as error:
            yield Finding(name, error.position[0], str(error))
            continue
        for element in root.iter():
            if element.tag in ("object", "template"):
                yield from check_element(name, element)
        for attribute in root.iter("attribute"):
            text = (attribute.text or "").strip()
            if attribute.get("name") == "label" and text:
                if attribute.get("translatable") not in ("yes", "true", "1"):
                    yield Finding(name, 0, f'the menu item "{text}" is not translatable')
