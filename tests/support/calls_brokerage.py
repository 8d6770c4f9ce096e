"""Calls of the peers that correspond to brokerage."""

from wholenet import brokerage

# sna's order: w_I, w_O, b_IO, b_OI, b_O, t.
SNA = ["coordinator", "consultant", "representative", "gatekeeper", "liaison", "total"]


def raw(c):
    return brokerage.roles(c.net, by="group")[SNA].to_numpy()


MEASURES = {
    "sna::brokerage(g, cl)$raw.nli": raw,
    "sna::brokerage(g, cl)$raw.gli": lambda c: raw(c).sum(axis=0),
    "igraph::constraint(ig)": lambda c: brokerage.constraint(c.net),
    "ig.constraint()": lambda c: brokerage.constraint(c.net),
    "nx.constraint(g)": lambda c: brokerage.constraint(c.net),
    "nx.constraint(u)": lambda c: brokerage.constraint(c.plain),
    "nx.effective_size(g)": lambda c: brokerage.effective_size(c.net),
    "nx.effective_size(u)": lambda c: brokerage.effective_size(c.plain),
}
READ = {}
ONLY = {
    "nx.effective_size(g)": (
        lambda c: not c.directed,
        "networkx 3.6 rounds the ties of contacts down; with nodes= it agrees with ours (tests/property)",
    ),
}
DIFFERENT = {
    f"sna::brokerage(g, cl)${part}": "expects random ties at the network's density, we random groups"
    for part in ("exp.gli", "exp.nli", "sd.gli", "sd.nli", "z.gli", "z.nli")
}
