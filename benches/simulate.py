"""Run the simulations of tests and models, and write their tables to a Markdown file.

Usage: python benches/simulate.py FILE [SCRIPT ...]

With names of scripts these alone run, and their sections of the file are replaced.
"""

import subprocess
import sys
import time
from pathlib import Path

import wholenet as wn

HERE = Path(__file__).parent
PARTS = (
    (
        "QAP and MRQAP: how often true hypotheses are rejected",
        "simulation_qap.py",
        "Relations are autocorrelated as in Dekker, Krackhardt & Snijders (2007), and predictors are correlated.",
    ),
    (
        "Other tests: how often true hypotheses are rejected",
        "simulation_tests.py",
        "Ties depend on senders and receivers; attributes have nothing to do with the ties.",
    ),
    (
        "Intervals for density: how often they cover the truth",
        "simulation_densities.py",
        "Of networks whose actors differ, and of networks in which they are alike.",
    ),
    (
        "Several relations: how often true hypotheses are rejected",
        "simulation_multiplex.py",
        "Relations are placed on the actors independently, or have the same structure; and densities of strong ties.",
    ),
    (
        "Ranks and prominence: how often intervals cover, and how often the test finds something",
        "simulation_ranks.py",
        "Of 65 organisations with a popularity that lasts.",
    ),
    (
        "Accuracy of perceptions: bias, coverage, and how often true hypotheses are rejected",
        "simulation_governance.py",
        "Mixed models of three places and two waves; predictor and accuracy follow the ties, each for itself.",
    ),
    (
        "Scorecards: how often intervals cover, and how often true hypotheses are rejected",
        "simulation_scales.py",
        "Of answers from 1 to 5 by respondents of organisations in networks.",
    ),
    (
        "Robustness: how often a random order is called worse than random",
        "simulation_design.py",
        "Of networks whose organisations differ in how many ties they have.",
    ),
    (
        "Durations and outcomes: how often intervals cover the truth, and ranks without a relation agree",
        "simulation_flows.py",
        "Trajectories of which some still go on; shares, means and ranks of groups.",
    ),
    (
        "Network autocorrelation: bias and coverage",
        "simulation_autocorrelation.py",
        "Of the coefficients of both models.",
    ),
    (
        "Non-response: what imputation finds again",
        "simulation_nonresponse.py",
        "Of networks of a stochastic block model in which 30 % of the actors do not answer.",
    ),
    (
        "Change: loss without measurement, and what predicts persistence",
        "simulation_change.py",
        "Non-response and ties that are not reported; ties whose persistence depends on their actors.",
    ),
    (
        "Many networks: how often true hypotheses are rejected, and how often intervals cover",
        "simulation_compare.py",
        "Regressions over networks that vary alike or not, matched pairs, and respondents in networks.",
    ),
    (
        "Configurations: what QCA finds in random data",
        "simulation_qca.py",
        "Memberships that are independent of each other, and an outcome that two combinations lead to.",
    ),
)
ABOUT = Path(__file__).with_name("simulations.md")


def section(heading, script, words):
    """Run a script; its output below a heading."""
    print(heading, flush=True)
    run = subprocess.run([sys.executable, str(HERE / script)], capture_output=True, text=True, check=True)
    table = run.stdout if "|---|" in run.stdout else f"```text\n{run.stdout}```\n"
    return f"## {heading}\n\n{words} `benches/{script}`.\n\n{table}"


def main(file, *scripts):
    """Run all parts, or some, one after the other."""
    file = Path(file)
    before = file.read_text(encoding="utf-8") if scripts else ""
    kept = {f"## {one}".split("\n")[0]: f"## {one}" for one in before.split("\n## ")[1:]}
    sections = []
    for part in PARTS:
        wanted = not scripts or part[1] in scripts
        sections.append((section(*part) if wanted else kept.get(f"## {part[0]}", "")).strip())
    page = (
        "# Simulations\n\n"
        f"Made by `make simulate` with wholenet {wn.__version__}, {time.strftime('%Y-%m-%d')}. Where 5 % are expected, "
        "a share of 2,000 data sets lies between 4 and 6 % nineteen times in twenty.\n\n"
        f"{ABOUT.read_text(encoding='utf-8')}\n" + "\n\n".join(filter(None, sections)) + "\n"
    )
    file.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
