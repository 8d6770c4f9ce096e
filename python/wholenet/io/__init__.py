"""Files: tables as spreadsheets write them, Parquet, UCINET's and Pajek's files, GraphML and GEXF."""

from wholenet.io._dl import read_dl, write_dl
from wholenet.io._gexf import read_gexf, write_gexf
from wholenet.io._graphml import read_graphml, write_graphml
from wholenet.io._matrices import Matrices
from wholenet.io._pajek import Pajek, read_pajek
from wholenet.io._pajek_write import write_pajek
from wholenet.io._tables import read_table, write_table
from wholenet.io._ucinet import read_ucinet, write_ucinet

__all__ = [
    "Matrices",
    "Pajek",
    "read_dl",
    "read_gexf",
    "read_graphml",
    "read_pajek",
    "read_table",
    "read_ucinet",
    "write_dl",
    "write_gexf",
    "write_graphml",
    "write_pajek",
    "write_table",
    "write_ucinet",
]
