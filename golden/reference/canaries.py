"""Runs the service right, and then with each of its bugs, under `coldstart run`, and prints what was found.

    python -m reference.canaries BINARY [BUG …]

Ends with 0 where the right service is green and every bug is found: by a failure (1, 4 or 5), not by "no verdict" (7).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .bugs import BUGS, VARIABLE

GOLDEN = Path(__file__).resolve().parent.parent
FOUND = (1, 4, 5)


def run(binary: str, scenario: str, bug: str) -> tuple[int, str]:
    """Returns the exit code and the first line of the first failure."""
    variables = {**os.environ, VARIABLE: bug, "PYTHONPATH": str(GOLDEN), "HF_HUB_OFFLINE": "1"}
    schema = str(GOLDEN.parent / "scenarios" / "schema.sql")
    with tempfile.TemporaryDirectory() as folder:
        words = [binary, "run", str(GOLDEN / "canaries" / scenario), "--target", "process", "--schema", schema]
        words += ["--report-dir", folder, "--format", "human,json"]
        words += ["--command", sys.executable, "-m", "reference.service", "--load-first"]
        done = subprocess.run(words, env=variables, capture_output=True, text=True)
        report = Path(folder) / "report.json"
        if not report.exists():
            return done.returncode, (done.stderr or done.stdout).strip().split("\n")[0]
        return done.returncode, first_line(json.loads(report.read_text(encoding="utf-8")))


def first_line(report: dict) -> str:
    """Returns the check and message of the first failure, else of the first missing verdict."""
    for scenario in report["scenarios"]:
        if scenario["error"]:
            return scenario["error"]
        for outcome in ("failed", "inconclusive"):
            for verdict in scenario["verdicts"]:
                if verdict["outcome"] == outcome:
                    return f"{verdict['check']}: {verdict['message']}"
    return "–"


def main() -> None:
    """Prints a line for the right service and for each bug."""
    binary, chosen = sys.argv[1], sys.argv[2:]
    unknown = set(chosen) - {bug.name for bug in BUGS}
    if unknown:
        sys.exit(f"unknown bugs: {', '.join(sorted(unknown))}")
    wrong = 0
    for name, scenario in [("", "all-sessions.yaml"), ("", "canary.yaml")] if not chosen else []:
        code, line = run(binary, scenario, name)
        wrong += code != 0
        print(f"{'right service':16} {code:4}  {Path(scenario).stem}: {line}", flush=True)
    for bug in BUGS:
        if chosen and bug.name not in chosen:
            continue
        code, line = run(binary, "canary.yaml", bug.name)
        wrong += code not in FOUND
        print(f"{bug.name:16} {code:4}  {line}{'' if code in FOUND else '  NOT FOUND'}", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
