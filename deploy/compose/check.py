"""Checks dashboards and alert rules: well-formed, queries that Prometheus can parse, metrics that the code has."""

import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
METRIC = re.compile(r"\blogdex_[a-z_]+")


def main():
    problems = []
    queries = []
    for path in sorted(glob.glob(f"{ROOT}/deploy/compose/grafana/dashboards/*.json")):
        with open(path, encoding="utf-8") as file:
            dashboard = json.load(file)
        queries += queries_of(dashboard)
        problems += overlaps(path, dashboard["panels"])
    problems += unparsable(queries)
    with open(f"{ROOT}/deploy/compose/prometheus/logdex.rules.yaml", encoding="utf-8") as file:
        rules = file.read()
    used = {name for text in [*queries, rules] for name in METRIC.findall(text)}
    problems += [f"no stage has the metric {name}" for name in sorted(used - metrics_of_the_code())]
    problems += bad_yaml()
    if not queries:
        problems.append("no query found")
    sys.exit("\n".join(problems) if problems else 0)


def queries_of(dashboard):
    found = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    variables = [variable["definition"] for variable in dashboard["templating"]["list"]]
    return found + [definition.removeprefix("label_values(").rsplit(",", 1)[0] for definition in variables]


def overlaps(path, panels):
    taken = {}
    found = []
    for panel in panels:
        at = panel["gridPos"]
        for cell in ((x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])):
            if cell in taken or cell[0] >= 24:
                found.append(f"{path}: panel '{panel['title']}' overlaps or sticks out")
                break
            taken[cell] = panel["title"]
    return found


def unparsable(queries):
    """promtool parses expressions as part of rules only."""
    if not shutil.which("promtool"):
        return []
    rules = [
        {"record": f"checked:{number}", "expr": query.replace("$__rate_interval", "5m").replace("$database", ".*")}
        for number, query in enumerate(queries)
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        json.dump({"groups": [{"name": "dashboards", "rules": rules}]}, file)
        file.flush()
        done = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def metrics_of_the_code():
    """Names as the sources spell them; a prefix that code puts before several names is a literal of its own."""
    literals = set()
    for path in glob.glob(f"{ROOT}/*/src/main/java/**/*Metrics.java", recursive=True):
        with open(path, encoding="utf-8") as file:
            literals.update(re.findall(r'"([a-z_]+)"', file.read()))
    prefixes = {literal for literal in literals if literal.startswith("logdex_") and literal.endswith("_")}
    return literals | {prefix + literal for prefix in prefixes for literal in literals}


def bad_yaml():
    try:
        import yaml
    except ImportError:
        print("no PyYAML: YAML files are checked only by the tools that read them", file=sys.stderr)
        return []
    found = []
    for path in glob.glob(f"{ROOT}/deploy/**/*.yaml", recursive=True):
        try:
            with open(path, encoding="utf-8") as file:
                list(yaml.safe_load_all(file))
        except yaml.YAMLError as error:
            found.append(f"{path}: {error}")
    return found


if __name__ == "__main__":
    main()
