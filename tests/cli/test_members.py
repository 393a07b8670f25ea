# SPDX-License-Identifier: GPL-3.0-or-later
"""What files of other programs say beyond what Kutip shows goes back to them as it was, or is told of."""

import json
import os
import shutil
import sys

from tap import run_cases, tests_of
from test_convert import Corpus, run
from test_return import TEXT, find_gone, go_back, studio


def list_losses(corpus, to, source, *inputs, options=()):
    """Of a conversion: the kinds of what it tells of, with their details."""
    result = run("convert", "--from", source, "--to", to, "--losses", "l.json", "--force", "-o", "lost", *options, *inputs, cwd=corpus.path)
    assert result.returncode == 0, result.stderr
    report = json.loads(corpus.read("l.json"))
    path = corpus.at("lost")
    shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    return sorted((loss["kind"], loss.get("detail")) for loss in report["losses"]["list"])


def test_names_of_people():
    """An annotator whose name cannot be part of a file's name keeps it beside: addresses are what most programs have."""
    names = ["zoe@example.org", "Zoë Smith", "acct:z@h", "amy", "a" * 70, "x.y"]
    layer = [{"start": 0, "end": 4, "label": "X"}]
    with Corpus() as corpus:
        for name in names:
            tasks = {"doccano": json.dumps({"text": TEXT, "username": name, "label": [[0, 4, "X"]]}) + "\n",
                     "prodigy": json.dumps({"text": TEXT, "_annotator_id": name, "answer": "accept", "spans": layer}) + "\n",
                     "label-studio": json.dumps([{"data": {"text": TEXT}, "annotations": [
                         {"completed_by": {"email": name}, "result": [studio("labels", ["X"], (0, 4))]}]}])}
            for to, content in tasks.items():
                corpus.write("p.json", content)
                shutil.rmtree(corpus.at("k"), ignore_errors=True)
                for back in go_back(corpus, to, "p.json"):
                    assert json.dumps(name, ensure_ascii=False) in back, (to, name, back)
                # By the one name and by the other.
                part = next(file for file in os.listdir(corpus.at("k")) if file.endswith(".annotations.json")).split(".")[-3]
                sidecar = json.loads(corpus.read("k/" + next(file for file in os.listdir(corpus.at("k")) if file.endswith(".annotations.json"))))
                assert sidecar["annotator"] == part and sidecar.get("annotator_name", part) == name, sidecar
                for who in (name, part):
                    found = run("export", "--to", "doccano", "--layer", who, "-o", "data", "--force", "k", cwd=corpus.path)
                    assert found.returncode == 0, (who, found)
                    assert json.loads(corpus.read("data/train.jsonl"))["annotator"] == name, (who, found)
        # Somebody else's sidecar by now.
        sidecar["annotator"] = "amy"
        shutil.rmtree(corpus.at("k"))
        corpus.write("k/a.txt", TEXT)
        corpus.write("k/a.txt.amy.annotations.json", json.dumps(sidecar | {"annotator_name": "zoe@example.org"}))
        assert json.loads(corpus.convert("jsonl", inputs=("k",)))["layers"][0]["annotator"] == "amy"


def test_two_with_one_name():
    """Two annotators whose names are alike as parts of files' names stay two."""
    with Corpus() as corpus:
        people = ["a@b.c", "a.b@c", "a_b_c"]
        corpus.write("t.json", json.dumps([{"data": {"text": TEXT}, "annotations": [
            {"completed_by": {"email": who}, "result": [studio("labels", ["X"], (0, 4))]} for who in people]}]))
        for back in go_back(corpus, "label-studio", "t.json"):
            assert sorted(by["completed_by"]["email"] for by in json.loads(back)[0]["annotations"]) == sorted(people), back


def test_other_texts_of_label_studio():
    """Regions of another text of a task are kept as they are: they never become spans of the article."""
    other = "Budi went home in Medan, they say."

    def region(name, to, text, at, **more):
        return {**studio("labels", ["X"], at), "id": name, "to_name": to, "value": {
            "start": at[0], "end": at[1], "labels": ["X"], **({} if text is None else {"text": text[at[0]:at[1]]})}, **more}

    here = region("r1", "body", TEXT, (16, 23))
    for key, there, more in (
            ("summary", [region("r2", "other", other, (18, 23))], []), ("title", [region("r2", "title", other, (18, 23))], []),
            # The same words at the same place of both; or no words at all: its name says it.
            ("title", [region("r2", "title", other, (0, 4))], []), ("title", [region("r2", "title", None, (18, 23))], []),
            ("summary", [region("r2", "other", other, (18, 23)), region("r3", "other", other, (0, 4))], []),
            ("summary", [region("r2", "other", other, (18, 23))], [
                {"from_name": "why", "to_name": "other", "type": "choices", "id": "r2", "value": {"start": 18, "end": 23, "choices": ["c"]}},
                {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right", "labels": ["by"]}])):
        task = {"data": {"text": TEXT, key: other}, "annotations": [{"result": [*there, here, *more]}]}
        with Corpus() as corpus:
            corpus.write("t.json", json.dumps([task]))
            for back in go_back(corpus, "label-studio", "t.json"):
                assert not find_gone([task], json.loads(back)), (key, back)
            layer = json.loads(corpus.convert("jsonl", inputs=("t.json",)))["layers"][0]
            assert [(span["id"], span["text"]) for span in layer["spans"]] == [("r1", ["Jakarta"])], layer
            assert not layer.get("relations"), layer
            assert ("unknown-members", "label-studio") in list_losses(corpus, "csv", "label-studio", "t.json")
    # What is stale is still of the only text that there is; so is what quotes the article, whatever it is called.
    for data in ({"text": TEXT}, {"text": TEXT, "title": "Short"}):
        task = {"data": data, "annotations": [{"result": [here, region("r2", "summary", TEXT, (0, 4))]}]}
        with Corpus() as corpus:
            corpus.write("t.json", json.dumps([task]))
            assert len(json.loads(corpus.convert("jsonl", inputs=("t.json",)))["layers"][0]["spans"]) == 2


def cas(structures, features):
    text = "Budi said it in Jakarta."
    names = {name: {"%NAME": name, "%RANGE": kind} for name, kind in features.items()}
    return {"%TYPES": {"x.Thing": {"%NAME": "x.Thing", "%SUPER_TYPE": "uima.tcas.Annotation", **names}}, "%FEATURE_STRUCTURES": [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": text}, *structures],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [s["%ID"] for s in structures if "begin" in s]}}}


def test_ranges_of_uima():
    """Numbers, truths and lists of them are what they were, in CAS JSON and XMI, whichever way they go."""
    plain = {"n": "uima.cas.Integer", "b": "uima.cas.Boolean", "d": "uima.cas.Double", "f": "uima.cas.Float", "s": "uima.cas.String"}
    lists = {"ns": "uima.cas.IntegerArray", "ds": "uima.cas.DoubleArray", "bs": "uima.cas.BooleanArray"}
    said = [{"n": 12, "b": True, "d": 0.5, "#f": "NaN", "s": "7"}, {"n": -3, "b": False, "d": 1e-05, "f": 2.0, "s": "true"}]
    arrays = [{"%ID": 4, "%TYPE": "uima.cas.IntegerArray", "%ELEMENTS": [1, 2]}, {"%ID": 5, "%TYPE": "uima.cas.DoubleArray", "%ELEMENTS": [0.25]},
              {"%ID": 6, "%TYPE": "uima.cas.BooleanArray", "%ELEMENTS": [True, False]}]
    things = [{"%ID": 2 + i, "%TYPE": "x.Thing", "@sofa": 1, "begin": 5 * i, "end": 5 * i + 4, **values} for i, values in enumerate(said)]
    things[0] |= {"@ns": 4, "@ds": 5, "@bs": 6}
    with Corpus() as corpus:
        corpus.write("u.json", json.dumps(cas([*arrays, *things], {**plain, **lists})))
        corpus.convert("kutip", "--strict", "-o", "k", inputs=("u.json",))
        corpus.convert("uima-json", "--strict", "-o", "straight", inputs=("u.json",))
        corpus.convert("uima-json", "--strict", "-o", "by-kutip", inputs=("k",))
        corpus.convert("uima-xmi", "--strict", "-o", "xmi", inputs=("k",))
        corpus.convert("kutip", "--strict", "-o", "k2", inputs=("xmi",))
        corpus.convert("uima-json", "--strict", "-o", "by-xmi", inputs=("k2",))
        for name in ("straight", "by-kutip", "by-xmi"):
            back = json.loads(corpus.read(f"{name}/u.json"))
            by_id = {s["%ID"]: s for s in back["%FEATURE_STRUCTURES"]}
            found = sorted((s for s in by_id.values() if s["%TYPE"] == "x.Thing"), key=lambda s: s["begin"])
            for values, thing in zip(said, found):
                assert {member: thing.get(member) for member in values} == values, (name, thing)
                assert all(type(thing[member]) is type(values[member]) for member in values), (name, thing)
            for array, member in zip(arrays, ("@ns", "@ds", "@bs")):
                there = by_id[found[0][member]]
                assert [there["%TYPE"], there["%ELEMENTS"]] == [array["%TYPE"], array["%ELEMENTS"]], there
            declared = back["%TYPES"]["x.Thing"]
            assert {feature: declared[feature]["%RANGE"] for feature in {**plain, **lists}} == {**plain, **lists}, declared
        # Somebody gives it a value that is no number: words then, of all of them.
        sidecar = json.loads(corpus.read("k/u.txt.annotations.json"))
        sidecar["spans"][0]["attributes"]["n"] = "many"
        corpus.write("k/u.txt.annotations.json", json.dumps(sidecar))
        corpus.convert("uima-json", "-o", "words", inputs=("k",))
        back = json.loads(corpus.read("words/u.json"))
        assert sorted(s["n"] for s in back["%FEATURE_STRUCTURES"] if s["%TYPE"] == "x.Thing") == ["-3", "many"]
        assert back["%TYPES"]["x.Thing"]["n"]["%RANGE"] == "uima.cas.String"
        # Columns hold words: that is told of, each by its name.
        told = list_losses(corpus, "webanno-tsv", "uima-json", "u.json")
        ranges = {**plain, **lists}
        assert [detail for kind, detail in told if kind == "unknown-members"] == sorted(
            f"x.Thing, {name}: {ranges[name]}" for name in ranges if name != "s"), told


def test_documents_of_uima():
    """What a CAS says of its document and its text comes back, and WebAnno TSV, which has no place for it, is said to lose it."""
    base = "de.tudarmstadt.ukp.dkpro.core.api."
    about = {"documentTitle": "t", "documentId": "t", "documentUri": "file:/a.txt", "collectionId": "c", "isLastSegment": True, "language": "id"}
    document = {"%ID": 9, "%TYPE": base + "metadata.type.DocumentMetaData", "@sofa": 1, "begin": 0, "end": 24, **about}
    types = {name: {"%NAME": name, "%SUPER_TYPE": "uima.tcas.Annotation", **{f: {"%NAME": f, "%RANGE": kind} for f, kind in features.items()}}
             for name, features in ((base + "metadata.type.DocumentMetaData", {**{f: "uima.cas.String" for f in about}, "isLastSegment": "uima.cas.Boolean"}),
                                    (base + "segmentation.type.Token", {"lemma": "uima.cas.String", "order": "uima.cas.Integer"}))}
    thing = {"%ID": 2, "%TYPE": "x.Thing", "@sofa": 1, "begin": 0, "end": 4, "value": "PER"}
    with Corpus() as corpus:
        def put(*structures):
            whole = cas([document, thing, *structures], {"value": "uima.cas.String"})
            whole["%TYPES"].update(types)
            whole["%FEATURE_STRUCTURES"][0] |= {"mimeType": "text/plain", "sofaURI": "x:y"}
            corpus.write("u.json", json.dumps(whole))

        def find(name, kind):
            return next(s for s in json.loads(corpus.read(name))["%FEATURE_STRUCTURES"] if s["%TYPE"] == kind)

        put({"%ID": 3, "%TYPE": base + "segmentation.type.Token", "@sofa": 1, "begin": 0, "end": 4, "order": 0})
        corpus.convert("kutip", "--strict", "-o", "k", inputs=("u.json",))
        corpus.convert("uima-xmi", "--strict", "-o", "xmi", inputs=("k",))
        corpus.convert("uima-json", "--strict", "-o", "straight", inputs=("u.json",))
        corpus.convert("uima-json", "--strict", "-o", "by-xmi", inputs=("xmi",))
        for name in ("straight/u.json", "by-xmi/u.json"):
            there = find(name, document["%TYPE"])
            assert {f: there.get(f) for f in about} == about, (name, there)
            sofa = find(name, "uima.cas.Sofa")
            assert (sofa["mimeType"], sofa["sofaURI"]) == ("text/plain", "x:y"), sofa
        told = list_losses(corpus, "webanno-tsv", "uima-json", "u.json")
        for name in ("document, documentUri", "document, collectionId", "sofa, sofaURI"):
            assert ("unknown-members", name) in told, (name, told)


def test_columns_of_uima():
    """What WebAnno TSV keeps of UIMA's types and features is not told of; what it does not is, by name."""
    spans = [{"%ID": 2, "%TYPE": "x.Thing", "@sofa": 1, "begin": 0, "end": 4, "value": "PER"},
             {"%ID": 3, "%TYPE": "x.Thing", "@sofa": 1, "begin": 16, "end": 23, "value": "LOC"}]
    relation = {"%ID": 4, "%TYPE": "x.Rel", "@sofa": 1, "begin": 16, "end": 23, "@Governor": 2, "@Dependent": 3, "value": "in"}
    with Corpus() as corpus:
        for structures, expected in (([*spans, relation], []), ([spans[0] | {"@near": 3}, spans[1]], [("unknown-members", "near")])):
            corpus.write("u.json", json.dumps(cas(structures, {"value": "uima.cas.String"})))
            assert list_losses(corpus, "webanno-tsv", "uima-json", "u.json") == expected
            corpus.convert("webanno-tsv", "-o", "t", "--force", inputs=("u.json",))
            corpus.convert("uima-json", "-o", "back", "--force", inputs=("t",))
            back = [s for s in json.loads(corpus.read("back/u.json"))["%FEATURE_STRUCTURES"] if s["%TYPE"] in ("x.Thing", "x.Rel")]
            assert [s["value"] for s in back] == [s["value"] for s in structures], back


TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
DOCUMENT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"


def test_left_out_of_uima():
    """What a CAS says that is neither an annotation nor kept for the way back is told of, by its name."""
    def at(number, kind, **features):
        return {"%ID": number, "%TYPE": kind, "@sofa": 1, "begin": 0, "end": 4, **features}

    thing, other, sofa = at(2, "x.Thing", n="a"), {**at(3, "x.Thing", n="b"), "begin": 5, "end": 9}, {"%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView"}
    ends = {"@Governor": 2, "@Dependent": 3, "begin": 5, "end": 9}
    text = {"n": "uima.cas.String"}
    # Structures, features of x.Thing, members of the whole, and what is told of.
    rows = [
        ([], text, {}, []),
        ([at(4, TOKEN)], text, {}, []),
        ([at(4, TOKEN, order=0, last=False)], text, {}, []),
        ([at(4, TOKEN, order=3)], text, {}, [f"{TOKEN}: order"]),
        ([at(4, TOKEN, form="zq"), at(5, TOKEN, form="zq")], text, {}, [f"{TOKEN}: form"]),
        ([at(4, TOKEN, **{"@pos": 2})], text, {}, [f"{TOKEN}: pos"]),
        ([at(4, TOKEN, **{"%FLAGS": 1})], text, {}, [f"{TOKEN}: %FLAGS"]),
        ([at(4, TOKEN.replace("Token", "Paragraph"))], text, {}, [TOKEN.replace("Token", "Paragraph")]),
        ([at(4, DOCUMENT, documentTitle="Zq", language="id", documentId="u.txt")], text, {}, []),
        ([at(4, DOCUMENT, documentUri="file:zq")], text, {}, []),
        ([at(4, DOCUMENT, documentId="zq")], text, {}, []),
        ([at(4, DOCUMENT, documentTitle="a"), at(5, DOCUMENT, documentTitle="zq")], text, {}, [f"{DOCUMENT}: documentTitle"]),
        ([{"%ID": 4, "%TYPE": "uima.cas.Sofa", "sofaNum": 2, "sofaID": "zq", "sofaString": "zq"}], text, {}, ["uima.cas.Sofa"]),
        ([at(4, "x.Rel", **ends)], text, {}, []),
        ([at(4, "x.Rel", **ends | {"end": 8})], text, {}, ["x.Rel: begin"]),
        ([at(4, "x.Rel", **ends, **{"@third": 2})], text, {}, ["x.Rel: third"]),
        ([{"%ID": 4, "%TYPE": "x.Link", "role": "zq", "@target": 2}], text, {}, ["x.Link"]),
        ([{"%ID": 4, "%TYPE": "x.Chain", "@first": 5}, at(5, "x.ChainLink", referenceType="zq")], text, {}, ["x.Chain"]),
        ([{"%ID": 4, "%TYPE": "x.Chain", "@first": 5, "name": "zq"}, at(5, "x.ChainLink", **{"@next": 6}), at(6, "x.ChainLink")],
         text, {}, ["x.Chain: name"]),
        ([{"%ID": 4, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["zq"]}], text, {}, ["uima.cas.StringArray"]),
        ([at(4, "x.Thing", n={"zq": 1})], text, {}, ["x.Thing: n"]),
        ([at(4, "x.Thing", **{"%FLAGS": 1})], text, {}, ["x.Thing: %FLAGS"]),
        ([at(4, "x.Thing", **{"@next": 2})], text | {"next": "x.Zq"}, {}, ["x.Thing: next: x.Zq"]),
        ([at(4, "x.Thing", **{"@next": 2})], text | {"next": "uima.tcas.Annotation"}, {}, []),
        ([at(4, "x.Thing", **{"@s": 5}), {"%ID": 5, "%TYPE": "uima.cas.ByteArray", "%ELEMENTS": "enE="}], text | {"s": "uima.cas.ByteArray"}, {},
         ["x.Thing: s: uima.cas.ByteArray", "uima.cas.ByteArray: %ELEMENTS"]),
        ([], text, {"%HEADER": {"zq": 1}}, ["%HEADER"]),
        ([], text, {"zq": 1}, ["zq"]),
        ([], text, {"%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3], "zq": 1}}}, ["%VIEWS: zq"]),
        ([], text, {"super": "x.Zq"}, ["x.Thing: x.Zq"]),
        ([], text, {"sofa": {"mimeType": "text/zq"}}, []),
        ([], text, {"sofa": {"sofaURI": "file:zq"}}, []),
        ([], text, {"type": {"%DESCRIPTION": "zq"}}, ["x.Thing: %DESCRIPTION"]),
        ([], text, {"feature": {"%DESCRIPTION": "zq"}}, ["x.Thing: n: %DESCRIPTION"]),
    ]
    with Corpus() as corpus:
        for structures, features, members, wanted in rows:
            whole = cas([thing, other, *structures], features)
            whole["%TYPES"]["x.Thing"] |= members.pop("type", {})
            whole["%TYPES"]["x.Thing"]["n"] |= members.pop("feature", {})
            whole["%TYPES"]["x.Thing"]["%SUPER_TYPE"] = members.pop("super", "uima.tcas.Annotation")
            whole["%FEATURE_STRUCTURES"][0] |= members.pop("sofa", {})
            corpus.write("u.json", json.dumps(whole | members))
            for to in ("uima-json", "kutip", "csv"):
                corpus.convert(to, "--from", "uima-json", "--losses", "l.json", "-o", "out", "--force", inputs=("u.json",))
                told = [entry["detail"] for entry in json.loads(corpus.read("l.json"))["warnings"]["list"]]
                assert told == wanted, (structures, members, told)
                # What was written says nothing more than what comes back.
                if to != "csv":
                    corpus.convert("uima-json", "--strict", "--from", to, "-o", "again", "--force", inputs=("out",))
                shutil.rmtree(corpus.at("out")) if os.path.isdir(corpus.at("out")) else os.remove(corpus.at("out"))
            strict = run("convert", "--strict", "--from", "uima-json", "--to", "uima-json", "-o", "no", "--force", "u.json", cwd=corpus.path)
            assert strict.returncode == (1 if wanted else 0), (structures, members, strict)


def test_left_out_of_type_systems():
    """So is what a type system says of types that are used; of others the name alone is lost, which is no loss to --strict."""
    system = ("<typeSystemDescription xmlns='http://uima.apache.org/resourceSpecifier'>%s<types><typeDescription><name>x.Thing</name>%s"
              "<supertypeName>uima.tcas.Annotation</supertypeName><features>%s</features></typeDescription>%s</types></typeSystemDescription>")
    feature = "<featureDescription><name>%s</name>%s<rangeTypeName>%s</rangeTypeName>%s</featureDescription>"
    value, word = feature % ("v", "", "uima.cas.String", ""), feature % ("v", "", "x.Word", "")
    a_type = "<typeDescription><name>%s</name><supertypeName>%s</supertypeName>%s</typeDescription>"
    allowed = "<allowedValues><value><string>zq</string></value></allowedValues>"
    xmi = ('<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:x="http:///x.ecore" xmlns:q="urn:q" xmi:version="2.0">'
           '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Budi said"/>'
           '<x:Thing xmi:id="2" sofa="1" begin="0" end="4" v="zq"%s/></xmi:XMI>')
    rows = [
        (system % ("", "<description/>", value, ""), "", [], False),
        (system % ("<description>zq</description>", "", value, ""), "", ["description"], True),
        (system % ("<imports><import name='zq'/></imports>", "", value, ""), "", ["import"], True),
        (system % ("", "<description>zq</description>", value, ""), "", ["x.Thing: description"], True),
        (system % ("", "", feature % ("v", "<description>zq</description>", "uima.cas.String", ""), ""), "", ["x.Thing: v: description"], True),
        (system % ("", "", value + feature % ("n", "", "uima.tcas.Annotation", ""), ""), ' n="2"', [], False),
        (system % ("", "", value + feature % ("n", "", "uima.cas.FSArray", "<elementType>x.Zq</elementType>"), ""), ' n="2"', ["x.Thing: n: x.Zq[]"], True),
        (system % ("", "", value + feature % ("n", "", "uima.cas.FSArray", "<multipleReferencesAllowed>true</multipleReferencesAllowed>"), ""), ' n="2"',
         ["x.Thing: n: multipleReferencesAllowed"], True),
        (system % ("", "", value + feature % ("n", "", "uima.cas.StringList", ""), ""), ' n="zq"', ["x.Thing: n: uima.cas.StringList"], True),
        (system % ("", "", word, a_type % ("x.Word", "uima.cas.String", allowed)), "", ["x.Thing: v: x.Word", "x.Word: allowedValues"], True),
        (system % ("", "", value, a_type % ("x.Zq", "uima.tcas.Annotation", "<description>zq</description>")), "", ["x.Zq"], False),
        (system % ("", "", value + feature % ("zq", "", "uima.cas.Long", ""), ""), "", ["x.Thing: zq"], False),
        (system % ("", "", value, ""), ' q:zq="1"', ["x.Thing: zq"], True),
    ]
    with Corpus() as corpus:
        for types, attribute, wanted, lost in rows:
            corpus.write("TypeSystem.xml", types)
            corpus.write("u.xmi", xmi % attribute)
            corpus.convert("uima-xmi", "--from", "uima-xmi", "--losses", "l.json", "-o", "out", "--force", inputs=("u.xmi",))
            told = [entry["detail"] for entry in json.loads(corpus.read("l.json"))["warnings"]["list"]]
            assert told == wanted, (types, told)
            corpus.convert("uima-xmi", "--strict", "--from", "uima-xmi", "-o", "again", "--force", inputs=("out",))
            strict = run("convert", "--strict", "--from", "uima-xmi", "--to", "uima-xmi", "-o", "no", "--force", "u.xmi", cwd=corpus.path)
            assert strict.returncode == lost, (types, strict)


def test_columns_of_webanno():
    """Columns where no row says anything are told of by name; what stands behind the last one is an error, and a role without a target is told of."""
    head = "#FORMAT=WebAnno TSV 3.3\n%s\n\n\n#Text=Budi\n1-1\t0-4\tBudi\t%s\n"
    rows = [
        ("#T_SP=x.Y|a|b", "1\t2\t", [], 0),
        ("#T_SP=x.Y|a|b", "1\t*\t", ["x.Y|b"], 0),
        ("#T_SP=x.Y|a\n#T_SP=x.Zq|", "1\t_\t", ["x.Zq|"], 0),
        ("#T_SP=x.Y|a\n#T_SP=x.Z|", "1\t*\t", [], 0),
        ("#T_SP=x.Y|a\n#T_RL=x.Zq|c|BT_x.Y", "1\t_\t_\t", ["x.Zq|c", "x.Zq|x.Y"], 0),
        ("#T_SP=x.Y|a|ROLE_x.Y:r_x.Link|x.Y", "1\tzq\t_\t", ["zq", "x.Y|r"], 1),
        ("#T_SP=x.Y|a", "1\tzq\t", None, 1),
        ("#T_SP=x.Y|a", "1\t\tzq\t", None, 1),
    ]
    with Corpus() as corpus:
        for layers, cells, wanted, status in rows:
            corpus.write("t.tsv", head % (layers, cells))
            done = run("convert", "--from", "webanno-tsv", "--to", "jsonl", "--losses", "l.json", "-o", "out", "--force", "t.tsv", cwd=corpus.path)
            assert done.returncode == (1 if wanted is None else 0), (cells, done)
            if wanted is None:
                assert b"more columns" in done.stderr, done
            else:
                told = [entry["detail"] for entry in json.loads(corpus.read("l.json"))["warnings"]["list"]]
                assert told == wanted, (layers, told)
            strict = run("convert", "--strict", "--from", "webanno-tsv", "--to", "jsonl", "-o", "no", "--force", "t.tsv", cwd=corpus.path)
            assert strict.returncode == status, (layers, strict)


def test_ids_of_doccano():
    """Ids of spans and relations are what they were, numbers and strings, and what leads to them follows."""
    def row(*ids, relations=()):
        places = [(16, 23), (0, 4), (10, 12), (25, 29)]
        return {"text": TEXT, "entities": [{"id": i, "label": "X", "start_offset": a, "end_offset": b} for i, (a, b) in zip(ids, places)],
                "relations": [{"id": i, "from_id": a, "to_id": b, "type": "by"} for i, a, b in relations]}

    for rows in (row(21, 22, relations=[(7, 21, 22)]), row(3, 1, 2, relations=[(2, 3, 1), (1, 1, 2)]), row("T1", "T2", relations=[("R1", "T2", "T1")]),
                 row("2", 1, relations=[("1", "2", 1)]), row(12345678901, 0, relations=[(0, 0, 12345678901)]), row("1", "é", 2, 4)):
        with Corpus() as corpus:
            corpus.write("d.jsonl", json.dumps(rows) + "\n")
            for back in go_back(corpus, "doccano", "d.jsonl"):
                assert not find_gone(rows, json.loads(back)), (rows, back)
    # Pieces, copies and spans from elsewhere get numbers that are free.
    with Corpus() as corpus:
        corpus.write("d.jsonl", json.dumps(row(2, "3")) + "\n")
        corpus.convert("kutip", "-o", "k", inputs=("d.jsonl",))
        name = "k/d-1.txt.annotations.json"
        sidecar = json.loads(corpus.read(name))
        kept = next(span for span in sidecar["spans"] if "doccano" in span)
        sidecar["spans"] += [{**kept, "id": "s9x"}, {"id": "odd", "label": "Y", "ranges": [[0, 2], [5, 7]], "text": ["Bu", "sa"]}]
        corpus.write(name, json.dumps(sidecar))
        entities = json.loads(corpus.convert("doccano", inputs=("k",)))["entities"]
        assert sorted(str(entity["id"]) for entity in entities) == ["1", "2", "3", "4", "5"], entities


def test_tokens_of_prodigy():
    """Tokens, relations between them, and values of meta come back as they were."""
    words = [("Budi", True), ("said", True), ("it", True), ("in", True), ("Ja", False), ("karta", False), (".\n", False), ("They", True),
             ("left", False), (".", False), ("\n", False)]
    tokens, at = [], 0
    for i, (word, ws) in enumerate(words):
        tokens.append({"text": word, "start": at, "end": at + len(word), "id": i, "ws": ws})
        at += len(word) + ws
    meta = {"source": "BBC", "page": 3, "score": 0.5, "ok": True, "no": False, "k": {"a": [1]}, "l": ["x"], "m": [1], "title": "T"}
    spans = [{"start": 0, "end": 4, "token_start": 0, "token_end": 0, "label": "X"}]
    bare = [{"head": 1, "child": 0, "label": "nsubj"}, {"head": 8, "child": 7, "label": "nsubj", "color": "red", "head_span": {
        "start": 29 + 1, "end": 34, "token_start": 8, "token_end": 8, "label": ""}, "child_span": {"start": 25, "end": 29}}]
    task = {"text": TEXT, "_view_id": "dep", "_annotator_id": "amy", "answer": "accept", "meta": meta, "tokens": tokens, "spans": spans}
    with Corpus() as corpus:
        for relations in ([], bare, [{"head": 0, "child": 0, "label": "same"}, *bare]):
            corpus.write("p.jsonl", json.dumps(task | {"relations": relations}) + "\n")
            for back in go_back(corpus, "prodigy", "p.jsonl"):
                assert not find_gone(task | {"relations": relations}, json.loads(back)), (relations, back)
                assert json.loads(back)["tokens"] == tokens, back
        assert ("unknown-members", "prodigy") in list_losses(corpus, "csv", "prodigy", "p.jsonl")
        # A span inside a token cuts it, and what counts tokens behind it is told of.
        name = "k/p-1.txt.amy.annotations.json"
        sidecar = json.loads(corpus.read(name))
        sidecar["spans"].append({"id": "s9", "label": "Y", "ranges": [[5, 7]], "text": ["sa"]})
        sidecar["attributes"]["source"] = "CNN"
        corpus.write(name, json.dumps(sidecar))
        assert [loss for loss in list_losses(corpus, "prodigy", "kutip", "k") if loss[0] != "tagset"] == [("relations", "nsubj")]
        back = json.loads(corpus.convert("prodigy", inputs=("k",)))
        assert [token["text"] for token in back["tokens"]] == ["Budi", "sa", "id", *(word for word, _ in words[2:])], back
        assert back["meta"]["source"] == "CNN" and back["meta"]["page"] == 3, back
        # Tokens that are not those of the text.
        corpus.write("p.jsonl", json.dumps(task | {"tokens": tokens[:-1]}) + "\n")
        assert run("convert", "--strict", "--to", "kutip", "-o", "no", "p.jsonl", cwd=corpus.path).returncode == 1


def test_body_of_recogito():
    """By the W3C's model tags stand in a "body", alone or in a list, and mean the same."""
    tag, note = {"type": "TextualBody", "purpose": "tagging", "value": "X"}, {"type": "TextualBody", "purpose": "commenting", "value": "why"}
    with Corpus() as corpus:
        corpus.write("a.txt", TEXT)
        for body, tags, said in ((tag, [], None), ([tag], [], None), ([note, tag, {**tag, "value": "Y"}], ["Y"], "why"), ([tag, "https://e.x/1"], [], None)):
            corpus.write("r.json", json.dumps([{"id": "a1", "body": body, "target": {"selector": [{"start": 0, "end": 4, "quote": "Budi"}]}}]))
            corpus.convert("kutip", "--strict", "--from", "recogito", "-o", "k", "--force", inputs=("r.json", "a.txt"))
            span = json.loads(corpus.read("k/a.txt.annotations.json"))["spans"][0]
            assert (span["label"], span.get("attributes", {}).get("tags", []), span.get("note")) == ("X", tags, said), span
            assert span["recogito"]["body"] == body, span


def test_many_choices_of_label_studio():
    """The configuration lists all that is chosen; where that is too much to be held, it is told of."""
    def write(n):
        corpus.write("t.json", json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": [
            {**studio("labels", ["X"], (0, 4)), "id": "r"}, {**studio("choices", [f"c{i}" for i in range(n)], (0, 4)), "id": "r"}]}]}]))

    with Corpus() as corpus:
        write(1500)
        corpus.convert("label-studio", "--strict", "--from", "label-studio", "-o", "o.json", inputs=("t.json",))
        assert corpus.read("o.config.xml").count("<Choice ") == 1500
        write(100001)
        assert list_losses(corpus, "label-studio", "label-studio", "t.json") == [("tagset-values", "my choices")]
        strict = run("convert", "--strict", "--from", "label-studio", "--to", "label-studio", "-o", "no.json", "t.json", cwd=corpus.path)
        assert strict.returncode == 1 and not os.path.exists(corpus.at("no.json")), strict
        # What is known when the dataset is written, too.
        dataset = ("export", "--to", "label-studio", "--split", "50/50")
        done = run(*dataset, "--losses", "l.json", "-o", "data", "t.json", cwd=corpus.path)
        report = json.loads(corpus.read("l.json"))
        assert done.returncode == 0 and [(loss["kind"], loss["detail"]) for loss in report["losses"]["list"]
                                         if loss["kind"] == "tagset-values"] == [("tagset-values", "my choices")], (done, report)
        assert [told["kind"] for told in report["warnings"]["list"]] == ["empty-split"], report
        for part in report.values():
            assert part["count"] == len(part["list"]) == sum(part["by_kind"].values()), report
        strict = run(*dataset, "--strict", "-o", "no", "t.json", cwd=corpus.path)
        assert strict.returncode == 1 and not os.path.exists(corpus.at("no")), strict


def test_ids_of_two_in_web_annotations():
    """Annotations of two annotators that have one id are told of; of one annotator they are refused."""
    def annotation(who, at, name="urn:a"):
        return {"@context": "http://www.w3.org/ns/anno.jsonld", "id": name, "type": "Annotation", "creator": who,
                "body": {"type": "TextualBody", "purpose": "tagging", "value": "X"},
                "target": {"source": "a.txt", "selector": {"type": "TextPositionSelector", "start": at, "end": at + 4}}}

    with Corpus() as corpus:
        corpus.write("a.txt", TEXT)
        for second, told in ((annotation("zoe", 5), True), (annotation("zoe", 5, "urn:b"), False)):
            corpus.write("w.jsonld", json.dumps([annotation("amy", 0), second]))
            done = run("convert", "--from", "web-annotation", "--to", "kutip", "-o", "k", "--force", "w.jsonld", "a.txt", cwd=corpus.path)
            assert done.returncode == 0 and (b"id-twice" in done.stderr) == told, done
        corpus.write("w.jsonld", json.dumps([annotation("amy", 0), annotation("amy", 5)]))
        done = run("convert", "--from", "web-annotation", "--to", "kutip", "-o", "k", "--force", "w.jsonld", "a.txt", cwd=corpus.path)
        assert done.returncode == 1 and "the id “urn:a” occurs twice" in done.stderr.decode(), done


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
