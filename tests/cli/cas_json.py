# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader of UIMA CAS JSON 0.4 by its specification, strict about what it asks for, that says the same as XMI with its
type system: so programs that know XMI alone can judge it."""

import re
from xml.sax.saxutils import escape, quoteattr

# Feature -> range of the types that are UIMA's own.
BUILT_IN = {
    "uima.cas.TOP": (None, {}),
    "uima.cas.Sofa": ("uima.cas.TOP", {
        "sofaNum": "uima.cas.Integer", "sofaID": "uima.cas.String", "mimeType": "uima.cas.String",
        "sofaString": "uima.cas.String", "sofaURI": "uima.cas.String",
    }),
    "uima.cas.AnnotationBase": ("uima.cas.TOP", {"sofa": "uima.cas.Sofa"}),
    "uima.tcas.Annotation": ("uima.cas.AnnotationBase", {"begin": "uima.cas.Integer", "end": "uima.cas.Integer"}),
    "uima.tcas.DocumentAnnotation": ("uima.tcas.Annotation", {"language": "uima.cas.String"}),
} | {
    f"uima.cas.{kind}Array": ("uima.cas.TOP", {})
    for kind in ("FS", "String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double")
}
PLAIN = {"uima.cas.String": str, "uima.cas.Boolean": bool} | dict.fromkeys(
    ("uima.cas.Byte", "uima.cas.Short", "uima.cas.Integer", "uima.cas.Long"), int
) | dict.fromkeys(("uima.cas.Float", "uima.cas.Double"), (int, float))
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def read_types(declared):
    """name -> (supertype, features) of all types, UIMA's own among them."""
    types = dict(BUILT_IN)
    for name, body in declared.items():
        assert body["%NAME"] == name and all(NAME.fullmatch(part) for part in name.split(".")), name
        assert name not in BUILT_IN, name
        features = {}
        for feature, about in body.items():
            if feature.startswith("%"):
                assert feature in ("%NAME", "%SUPER_TYPE"), feature
                continue
            assert about["%NAME"] == feature and NAME.fullmatch(feature), feature
            assert set(about) <= {"%NAME", "%RANGE", "%ELEMENT_TYPE"}, about
            features[feature] = about["%RANGE"]
        types[name] = (body["%SUPER_TYPE"], features)
    for name in types:
        lineage = list_lineage(types, name)
        inherited = [feature for ancestor in lineage for feature in types[ancestor][1]]
        assert len(inherited) == len(set(inherited)), name
        for feature in types[name][1].values():
            assert feature.removesuffix("[]") in types or feature.removesuffix("[]") in PLAIN, feature
    return types


def find_class(name):
    """An array of some type is one of UIMA's."""
    return "uima.cas.FSArray" if name.endswith("[]") else name


def list_lineage(types, name):
    """The type and all above it, which must end."""
    name = find_class(name)
    lineage = []
    while name is not None:
        assert name in types and name not in lineage, (name, lineage)
        lineage.append(name)
        name = types[name][0]
    assert lineage[-1] == "uima.cas.TOP", lineage
    return lineage


def read_features(types, structure):
    """feature -> (range, value, whether it is a reference)."""
    ranges = {}
    for ancestor in list_lineage(types, structure["%TYPE"]):
        ranges |= types[ancestor][1]
    features = {}
    for key, value in structure.items():
        if key.startswith("%"):
            assert key in ("%ID", "%TYPE", "%ELEMENTS"), key
            continue
        name = key.removeprefix("@")
        assert name in ranges, (structure["%TYPE"], name)
        assert (key[0] == "@") == (ranges[name] not in PLAIN), key
        if key[0] != "@":
            assert isinstance(value, PLAIN[ranges[name]]) and not (PLAIN[ranges[name]] is int and value is True), key
        features[name] = (ranges[name], value, key[0] == "@")
    return features


def check_place(structure, sofas):
    units = sofas[structure["@sofa"]]
    assert 0 <= structure["begin"] <= structure["end"] <= len(units) // 2, structure
    for offset in (structure["begin"], structure["end"]):
        follows = units[2 * offset:2 * offset + 2]
        assert not follows or not 0xDC00 <= int.from_bytes(follows, "little") < 0xE000, structure


def read(cas):
    """Its types, and (structure, features) in order, when all is as it has to be."""
    assert set(cas) <= {"%HEADER", "%TYPES", "%FEATURE_STRUCTURES", "%VIEWS"}, set(cas)
    types = read_types(cas["%TYPES"])
    by_id, sofas, rows = {}, {}, []
    for structure in cas["%FEATURE_STRUCTURES"]:
        number = structure["%ID"]
        assert isinstance(number, int) and number > 0 and number not in by_id, number
        by_id[number] = structure
        if structure["%TYPE"] == "uima.cas.Sofa":
            sofas[number] = structure["sofaString"].encode("utf-16-le")
        rows.append((structure, read_features(types, structure)))
        if "begin" in structure:
            # A Sofa stands before what lies in it.
            check_place(structure, sofas)
    for _, features in rows:
        for wanted, value, is_reference in features.values():
            if is_reference:
                assert find_class(wanted) in list_lineage(types, by_id[value]["%TYPE"]), value
    for structure, _ in rows:
        for element in structure.get("%ELEMENTS", ()):
            assert find_class(structure["%TYPE"]) != "uima.cas.FSArray" or element in by_id, element
    for view in cas["%VIEWS"].values():
        assert set(view) == {"%SOFA", "%MEMBERS"} and view["%SOFA"] in sofas, view["%SOFA"]
        assert len(view["%MEMBERS"]) == len(set(view["%MEMBERS"]))
        for member in view["%MEMBERS"]:
            assert by_id[member].get("@sofa", view["%SOFA"]) == view["%SOFA"], member
    return types, rows


def write_value(value):
    """XML 1.0 has no other control characters, and takes these for blanks."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def to_xmi(cas):
    _, rows = read(cas)
    packages = sorted({find_class(structure["%TYPE"]).rpartition(".")[0] for structure, _ in rows} | {"uima.cas"})
    prefixes = {package: f"p{i}" for i, package in enumerate(packages)}
    spaces = "".join(f' xmlns:{prefixes[one]}="http:///{one.replace(".", "/")}.ecore"' for one in packages)
    out = [f'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0"{spaces}>']
    for structure, features in rows:
        package, _, name = find_class(structure["%TYPE"]).rpartition(".")
        element = f"{prefixes[package]}:{name}"
        attributes = "".join(f" {key}={write_value(value)}" for key, (_, value, _) in features.items())
        inside = ""
        if name == "StringArray":
            inside = "".join(f"<elements>{escape(one)}</elements>" for one in structure["%ELEMENTS"])
        elif "%ELEMENTS" in structure:
            attributes += " elements=" + quoteattr(" ".join(map(str, structure["%ELEMENTS"])))
        out.append(f'<{element} xmi:id="{structure["%ID"]}"{attributes}>{inside}</{element}>')
    for view in cas["%VIEWS"].values():
        members = " ".join(map(str, view["%MEMBERS"]))
        out.append(f'<{prefixes["uima.cas"]}:View sofa="{view["%SOFA"]}" members="{members}"/>')
    return "\n".join([*out, "</xmi:XMI>"])


def to_type_system(cas):
    out = []
    for name, body in cas["%TYPES"].items():
        features = ""
        for feature, about in body.items():
            if feature.startswith("%"):
                continue
            wanted = about["%RANGE"]
            element = about.get("%ELEMENT_TYPE") or (wanted[:-2] if wanted.endswith("[]") else None)
            wanted = find_class(wanted)
            more = f"<elementType>{escape(element)}</elementType>" if element else ""
            if wanted.endswith("Array"):
                more = "<multipleReferencesAllowed>true</multipleReferencesAllowed>" + more
            features += (f"<featureDescription><name>{feature}</name><description/><rangeTypeName>{escape(wanted)}"
                         f"</rangeTypeName>{more}</featureDescription>")
        out.append(f'<typeDescription><name>{name}</name><description/><supertypeName>{body["%SUPER_TYPE"]}</supertypeName>'
                   f"<features>{features}</features></typeDescription>")
    return ('<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>'
            + "".join(out) + "</types></typeSystemDescription>")
