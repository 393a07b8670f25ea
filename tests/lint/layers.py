# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule of the architecture: which folder of app/ may include which, and which library."""

import re

from tree import Finding

# A folder sees those before it, and itself; cli and ui see all others but not one another.
ORDER = ["text", "model", "format", "store", "corpus"]
TOPS = ["cli", "ui"]

# Libraries that only some folders may know.
LIBRARIES = [
    (re.compile(r"gtk/|gdk/|gsk/|adwaita\.h"), {"ui"}),
    (re.compile(r"json-glib/"), {"format"}),
    (re.compile(r"pango/"), {"text", "ui"}),
    (re.compile(r"uchardet"), {"text"}),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
GENERATED = re.compile(r"^kutip-[a-z]+-resources\.h$|^config\.h$")


def allowed_folders(folder):
    if folder in TOPS:
        return set(ORDER) | {folder}
    return set(ORDER[: ORDER.index(folder) + 1])


def unit_of(name):
    """A .c and its header are one: a cycle through both binds as much as one through headers."""
    return re.sub(r"\.[ch]$", "", name)


def is_shared_inside(unit):
    """A header that only the .c files of one thing include is a part of each of them."""
    return unit.endswith(("-private", "-parts"))


def flatten(graph):
    """The graph with the includes of such headers counted as those of whoever includes them."""

    def expand(unit, seen):
        for other in graph.get(unit, ()):
            if not is_shared_inside(other):
                yield other
            elif other not in seen:
                yield from expand(other, seen | {other})

    return {
        unit: set(expand(unit, {unit})) - {unit}
        for unit in graph
        if not is_shared_inside(unit)
    }


def includes(tree, name):
    for number, line in enumerate(tree.lines(name), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def check_quoted(tree, name, folder, number, target):
    if GENERATED.match(target):
        return
    if "/" not in target:
        yield Finding(name, number, f'"{target}" does not name its folder')
        return
    made = re.sub(r"\.h$", ".gresource.xml", target)
    if not tree.exists("app/" + target) and not tree.exists("app/" + made):
        yield Finding(name, number, f'there is no app/{target}')
        return
    other = target.split("/")[0]
    if other not in allowed_folders(folder):
        yield Finding(name, number, f"{folder} may not include {other}")


def check_library(name, folder, number, target):
    for pattern, folders in LIBRARIES:
        if pattern.match(target) and folder not in folders:
            yield Finding(
                name, number, f"<{target}> belongs in {' and '.join(sorted(folders))} only"
            )


def find_cycles(graph):
    """Strongly connected components of more than one node (Tarjan 1972), without recursion."""
    index, low, on_stack, stack, found = {}, {}, set(), [], []
    for root in sorted(graph):
        if root in index:
            continue
        work = [(root, iter(sorted(graph[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in index:
                    index[successor] = low[successor] = len(index)
                    stack.append(successor)
                    on_stack.add(successor)
                    work.append((successor, iter(sorted(graph.get(successor, ())))))
                    break
                if successor in on_stack:
                    low[node] = min(low[node], index[successor])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        on_stack.discard(component[-1])
                    if len(component) > 1:
                        found.append(sorted(component))
    return found


def check(tree):
    graph = {}
    for name in tree.files(".c", ".h", under="app/"):
        folder = name.split("/")[1]
        if folder not in ORDER + TOPS:
            yield Finding(name, 0, f"app/{folder} is no folder of the architecture")
            continue
        unit = unit_of(name[len("app/") :])
        graph.setdefault(unit, set())
        for number, quoted, target in includes(tree, name):
            if not quoted:
                yield from check_library(name, folder, number, target)
                continue
            yield from check_quoted(tree, name, folder, number, target)
            other = unit_of(target)
            if other != unit and tree.exists("app/" + target):
                graph[unit].add(other)
    for cycle in find_cycles(flatten(graph)):
        yield Finding(f"app/{cycle[0]}", 0, f"include cycle: {' - '.join(cycle)}")
