#!/usr/bin/env python3
"""Writes the policies that AWS manages, as the embedded IAM reads them.

    pip download --no-deps moto==5.2.1 && .ci/data/aws-managed-policies.py moto-5.2.1-*.whl

moto (Apache-2.0) publishes them as `aws iam list-policies` and `get-policy-version` answer. Of each this keeps the name
with its path, the two dates, the version and the document, one JSON array a line, sorted, AdministratorAccess first:
it is read at each start, and a reader stops at the line that it looks for.
"""
import gzip
import io
import json
import pathlib
import sys
import zipfile

OUTPUT = pathlib.Path(__file__).parents[2] / "src/local/main/resources/dev/baton/local/identity/aws-managed-policies.jsonl.gz"


def main(wheel):
    source = zipfile.ZipFile(wheel).read("moto/iam/aws_managed_policies.py").decode()
    policies = json.loads(source.split('"""', 2)[1])
    lines = []
    for name, policy in policies.items():
        line = [policy["Path"][1:] + name, policy["CreateDate"], policy["UpdateDate"],
                int(policy["DefaultVersionId"][1:]), policy["Document"]]
        lines.append(json.dumps(line, separators=(",", ":"), sort_keys=True, ensure_ascii=True))
    lines.sort(key=lambda line: (not line.startswith('["AdministratorAccess"'), line))
    with io.BytesIO() as packed:
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as text:
            text.write("\n".join(lines).encode() + b"\n")
        OUTPUT.write_bytes(packed.getvalue())
    print(len(lines), "policies,", OUTPUT.stat().st_size, "bytes")


main(sys.argv[1])
