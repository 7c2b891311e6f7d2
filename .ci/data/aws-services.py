#!/usr/bin/env python3
"""Writes what the operations of AWS's services take and answer, as the checks of definitions read it.

    pip install botocore==1.43.11 && npm pack aws-sdk@2.1693.0 && .ci/data/aws-services.py aws-sdk-2.1693.0.tgz

botocore and npm's aws-sdk (both Apache-2.0) carry AWS's own API descriptions. Those of botocore are newer and have the
values of enumerations; those of aws-sdk have services that AWS no longer offers to new customers, which definitions
still call: they fill in what botocore lacks. Of the newest version of each service this keeps operations, members, types, what is required
and what is one of a list, under the name that an SDK integration of Step Functions gives it: one file a service, so
that a check reads only what a definition calls.

A file is {"service": …, "version": …, "operations": {name: [input, output]}, "shapes": {name: shape}}. A shape is
"s", "i", "d", "b", "t", "x" (text, integer, number, boolean, time, bytes), "*" (anything), {"t": one of these, "min",
"max"} (a number within bounds, a text within lengths), {"e": [values]} (one of),
{"l": shape} (list), {"v": shape} (map), {"m": {member: shape}, "r": [required]} (structure), or "#name" of another.
Members begin with a capital letter, as Step Functions writes them. What the SDK fills in itself is not required.
"""
import gzip
import json
import pathlib
import re
import shutil
import sys
import tarfile

import botocore

DATA = pathlib.Path(botocore.__file__).parent / "data"
OUTPUT = pathlib.Path(__file__).parents[2] / "src/asl/main/resources/dev/baton/asl/service/models"

SCALARS = {"string": "s", "character": "s", "integer": "i", "long": "i", "short": "i", "byte": "i",
           "float": "d", "double": "d", "bigdecimal": "d", "biginteger": "i",
           "boolean": "b", "timestamp": "t", "blob": "x"}


def pascal(name):
    return name[0].upper() + name[1:]


def name_of(metadata):
    """As an integration names it: the service's id in small letters, without blanks and without a last `Service`."""
    return re.sub("service$", "", re.sub("[ -]", "", metadata["serviceId"].lower()))


def normal(description):
    """A description of aws-sdk, in which shapes stand where they are used, as botocore has it."""
    shapes = {}

    def named(shape, name):
        if "shape" in shape:
            return {"shape": shape["shape"], **({"idempotencyToken": True} if "idempotencyToken" in shape else {})}
        shapes[name] = {"type": "string", **shape}
        unfold(name)
        return {"shape": name, **({"idempotencyToken": True} if "idempotencyToken" in shape else {})}

    def unfold(name):
        shape = shapes[name]
        if shape["type"] == "structure":
            shape["members"] = {member: named(of, name + "." + member) for member, of in shape["members"].items()}
        for part in ("member", "value"):
            if part in shape and isinstance(shape[part], dict):
                shape[part] = named(shape[part], name + "." + part)

    for name, shape in description.get("shapes", {}).items():
        shapes[name] = {"type": "string", **shape}
    for name in list(shapes):
        unfold(name)
    operations = {name: {side: named(operation[side], name + "." + side) for side in ("input", "output")
                         if side in operation} for name, operation in description["operations"].items()}
    return {"metadata": description["metadata"], "shapes": shapes, "operations": operations}


def bounded(scalar, shape):
    """A number with its least and its most value, and a text with its least and its most length."""
    bounds = {side: shape[side] for side in ("min", "max") if side in shape and abs(shape[side]) < 2 ** 53}
    if scalar == "s" and bounds.get("min") == 0:
        del bounds["min"]
    return {"t": scalar, **bounds} if bounds and scalar in "ids" else scalar


def reduced(description):
    shapes, kept = description["shapes"], {}

    def reference(name):
        shape = shapes[name]
        kind = shape["type"]
        if kind == "string" and "enum" in shape:
            return {"e": shape["enum"]}
        if kind in SCALARS:
            return bounded(SCALARS[kind], shape)
        if shape.get("document"):
            return "*"
        if name not in kept:
            kept[name] = None
            if kind == "list":
                kept[name] = {"l": reference(shape["member"]["shape"])}
            elif kind == "map":
                kept[name] = {"v": reference(shape["value"]["shape"])}
            else:
                members = shape.get("members", {})
                kept[name] = {"m": {pascal(member): reference(of["shape"]) for member, of in members.items()}}
                if "NULL" in kept[name]["m"]:
                    # Java has null for a word of its own.
                    kept[name]["m"]["Nul"] = kept[name]["m"]["NULL"]
                required = [pascal(member) for member in shape.get("required", [])
                            if not members[member].get("idempotencyToken")
                            and not shapes[members[member]["shape"]].get("idempotencyToken")]
                if required and not shape.get("union"):
                    kept[name]["r"] = required
        return "#" + name

    def of(operation, side):
        return reference(operation[side]["shape"]) if side in operation else None

    operations = {name[0].lower() + name[1:]: [of(operation, "input"), of(operation, "output")]
                  for name, operation in description["operations"].items()}
    return {"operations": operations, "shapes": kept}


def of_botocore():
    for folder in sorted(DATA.iterdir()):
        versions = sorted(folder.iterdir()) if folder.is_dir() else []
        for file in [file for version in versions[-1:] for file in version.glob("service-2.json*")]:
            with gzip.open(file) if file.suffix == ".gz" else open(file, "rb") as text:
                yield json.load(text)


def of_aws_sdk(package):
    newest = {}
    with tarfile.open(package) as files:
        for file in files:
            found = re.fullmatch(r"package/apis/(.+)-(\d{4}-\d\d-\d\d)\.min\.json", file.name)
            if found and found[2] > newest.get(found[1], ("",))[0]:
                newest[found[1]] = (found[2], file)
        for service in sorted(newest):
            yield normal(json.load(files.extractfile(newest[service][1])))


def main(package):
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir(parents=True)
    written = {}
    for descriptions in (of_botocore(), of_aws_sdk(package)):
        for description in descriptions:
            metadata = description["metadata"]
            name = name_of(metadata)
            if name in written:
                continue
            model = {"service": metadata["serviceId"], "version": metadata["apiVersion"], **reduced(description)}
            text = json.dumps(model, separators=(",", ":"), sort_keys=True).encode()
            (OUTPUT / (name + ".json.gz")).write_bytes(gzip.compress(text, 9, mtime=0))
            written[name] = len(model["operations"])
    size = sum(file.stat().st_size for file in OUTPUT.iterdir())
    print(len(written), "services,", sum(written.values()), "operations,", size, "bytes, botocore", botocore.__version__)


main(sys.argv[1])
