#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Blockscope authors
# SPDX-License-Identifier: MIT
"""Goal 4 of the budgets: from a captured graph to an SVG file, whole process
against whole process, user CPU time, medians within one run. The peer is what
people do today: a Python script that writes DOT (text nodes, edges labelled with
permissions), and the dot program.

usage: bench_export.py BLOCKSCOPE
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 7
GOALS = {100: 1 / 4, 1000: 1 / 12}

PEER = r'''
import json, subprocess, sys
graph = json.load(open(sys.argv[1]))["x-debug-query-block-graph"]["return"]
lines = ["digraph {", "node [shape=box];"]
for node in graph["nodes"]:
    lines.append('n%d [label="%s\\n%s"];' % (node["id"], node["name"], node["type"]))
for edge in graph["edges"]:
    lines.append('n%d -> n%d [label="%s\\n%s\\n%s"];' % (edge["parent"], edge["child"], edge["name"],
                 ",".join(edge["perm"]), ",".join(edge["shared-perm"])))
lines.append("}")
open(sys.argv[2], "wb").write(subprocess.run(["dot", "-Tsvg"], input="\n".join(lines).encode(), stdout=subprocess.PIPE,
                              check=True).stdout)
'''


def capture(wanted):
    """Chains of one to eight images with their files, one deep chain and one base shared by many, about `wanted` nodes."""
    nodes, edges = [], []

    def add(name, kind="block-driver"):
        nodes.append({"id": len(nodes) + 1, "name": name, "type": kind})
        return len(nodes)

    def link(parent, child, name, perm):
        edges.append({"parent": parent, "child": child, "name": name, "perm": perm,
                      "shared-perm": ["consistent-read", "write-unchanged"]})

    def image(name, below, perm):
        node = add(name)
        link(node, add(name + "-file"), "file", ["consistent-read"] + perm)
        if below:
            link(node, below, "backing", ["consistent-read"])
        return node

    def chain(name, length, below=None):
        for level in range(length):
            below = image("%s-%d" % (name, level), below, ["write", "resize"] if level == length - 1 else [])
        device = add("/machine/peripheral/%s/virtio-backend" % name, "block-backend")
        link(device, below, "root", ["consistent-read", "write"])

    base = image("template", None, [])
    for clone in range(max(1, wanted // 60)):
        chain("clone%d" % clone, 1, base)
    chain("deep", max(2, wanted // 20))
    disk = 0
    while len(nodes) < wanted:
        chain("disk%d" % disk, 1 + disk * 7 % 8)
        disk += 1
    return {"x-debug-query-block-graph": {"return": {"nodes": nodes, "edges": edges}}}


def user_seconds(argv):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime


def main():
    blockscope = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        peer = os.path.join(folder, "peer.py")
        with open(peer, "w", encoding="utf-8") as out:
            out.write(PEER)
        for wanted, goal in GOALS.items():
            graph = os.path.join(folder, "%d.json" % wanted)
            with open(graph, "w", encoding="utf-8") as out:
                json.dump(capture(wanted), out)
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(user_seconds([blockscope, "export", graph, "-o", os.path.join(folder, "ours.svg")]))
                theirs.append(user_seconds([sys.executable, peer, graph, os.path.join(folder, "peer.svg")]))
            ratio = statistics.median(ours) / statistics.median(theirs)
            print("captured graph of %d nodes to SVG: ours %.0f ms, Python and dot %.0f ms, ratio %.3f (goal <= %.3f) %s"
                  % (wanted, 1e3 * statistics.median(ours), 1e3 * statistics.median(theirs), ratio, goal,
                     "PASS" if ratio <= goal else "MISS"))


if __name__ == "__main__":
    main()
