#!/usr/bin/env python3
"""Writes what AWS's own models say of the requests that the embedded AWS answers: members, where they stand, and the
constraints that a value has to satisfy.

    pip install botocore==1.43.11 && .ci/data/local-requests.py

botocore (Apache-2.0) carries AWS's API descriptions. Of each service with a table of members in src/local this keeps the
operations of the table, and of them the input.

A file is {"service": …, "version": …, "operations": {name: shape}, "shapes": {name: {…}}}; what a shape has (`type`,
`min`, `max`, `pattern`, `enum`, `sensitive`, `members`, `required`, `member`, `key`, `value`, `payload`) is as botocore
writes it. `keyName` and `valueName` are what a form calls the parts of a map's entry, where that is not `key` and `value`.
A member is the name of its shape, or {"shape", "location", "locationName"} where it stands elsewhere than in the body.
What the SDK fills in itself is not required.
"""
import gzip
import json
import pathlib

import botocore

DATA = pathlib.Path(botocore.__file__).parent / "data"
LOCAL = pathlib.Path(__file__).parents[2] / "src/local/main/resources/dev/baton/local/service"
FOLDERS = {"states": "stepfunctions"}
# What a service says in words of its own, or after something else.
LEFT = {("lambda", "Runtime"): "enum", ("lambda", "EnvironmentVariableName"): "pattern"}
# Services that say all of it in words of their own.
UNCHECKED = ("ecs", "sqs")
KEPT = ("type", "min", "max", "pattern", "enum", "sensitive", "payload")


def described(service):
    folder = max((DATA / FOLDERS.get(service, service)).iterdir())
    file = next(folder.glob("service-2.json*"))
    with gzip.open(file) if file.suffix == ".gz" else open(file, "rb") as text:
        return json.load(text)


def member(of, shapes):
    if "location" in of:
        return {"shape": of["shape"], "location": of["location"], "locationName": of["locationName"]}
    return of["shape"]


def reduced(service, model, operations):
    shapes, kept = model["shapes"], {}

    def keep(name):
        if name in kept:
            return name
        shape = shapes[name]
        kept[name] = one = {key: shape[key] for key in KEPT
                             if key in shape and LEFT.get((service, name)) != key
                             and (key in ("type", "payload") or service not in UNCHECKED)}
        if shape.get("document"):
            one["type"] = "document"
        for part in ("member", "key", "value"):
            if part in shape:
                one[part] = keep(shape[part]["shape"])
        for part in ("key", "value"):
            if "locationName" in shape.get(part, {}):
                one[part + "Name"] = shape[part]["locationName"]
        if "members" in shape:
            one["members"] = {name: member(of, shapes) for name, of in shape["members"].items()}
            for of in shape["members"].values():
                keep(of["shape"])
            required = [name for name in shape.get("required", [])
                        if not shape["members"][name].get("idempotencyToken")]
            if required and not shape.get("union") and service not in UNCHECKED:
                one["required"] = required
        return name

    inputs = {name: keep(model["operations"][name]["input"]["shape"])
              for name in operations if "input" in model["operations"][name]}
    return {"operations": inputs, "shapes": kept}


def main():
    (LOCAL / "requests").mkdir(exist_ok=True)
    for table in sorted((LOCAL / "members").glob("*.txt")):
        model = described(table.stem)
        operations = [line.split()[0] for line in table.read_text().splitlines()]
        written = {"service": model["metadata"]["serviceId"], "version": model["metadata"]["apiVersion"],
                   **reduced(table.stem, model, operations)}
        text = json.dumps(written, separators=(",", ":"), sort_keys=True)
        text = text.replace('},"', '},\n"')
        (LOCAL / "requests" / (table.stem + ".json")).write_text(text + "\n")
        print(table.stem, len(operations), "operations,", len(text), "characters, botocore", botocore.__version__)


main()
