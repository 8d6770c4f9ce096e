"""Files: tables as spreadsheets write them, Parquet, and UCINET's datasets."""

from wholenet.io._dl import read_dl, write_dl
from wholenet.io._matrices import Matrices
from wholenet.io._tables import read_table, write_table
from wholenet.io._ucinet import read_ucinet, write_ucinet

__all__ = ["Matrices", "read_dl", "read_table", "read_ucinet", "write_dl", "write_table", "write_ucinet"]
