"""Parquet, by pyarrow: batches of row groups in, and shards that carry the other columns along."""

import base64
import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from cleaner.errors import CleanerError, UnreadableError
from cleaner.formats.fields import BY_CONVENTION, TEXT_FIELDS, Fields, find_field, find_text_field
from cleaner.formats.rows import Cell, Row, bad_row

_BATCH_ROWS = 256
_NO_NUMBERS = {
    "nan": "NaN",
    "inf": "Infinity",
    "-inf": "-Infinity",
}  # as JSON readers know them, but in quotes


def import_parquet() -> Any:
    """The module pyarrow.parquet. Raises CleanerError where the extra is not installed."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise CleanerError("Parquet needs the extra: pip install 'article-cleaner[parquet]'") from None
    return pyarrow.parquet


def read_parquet(file: BinaryIO, limit: int, fields: Fields = BY_CONVENTION) -> Iterator[Row]:
    """A row for each row of each row group; a row group that cannot be read is one bad row.

    Raises UnreadableError for a file without a sound footer.
    """
    parquet = import_parquet()
    import pyarrow

    try:
        table = parquet.ParquetFile(file)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise UnreadableError("parquet", f"no sound footer: {_first_line(error)}") from None
    names = table.schema_arrow.names
    if len(set(names)) < len(names):
        raise UnreadableError("parquet", "names a column twice")
    text_field = fields.text or find_field(names, TEXT_FIELDS)
    number = 0
    for group in range(table.num_row_groups):
        begin = number
        try:
            for batch in table.iter_batches(_BATCH_ROWS, row_groups=[group]):
                for index, values in enumerate(_plain_rows(batch, text_field)):
                    number += 1
                    yield _row(batch, index, values, number, limit)
        except (pyarrow.ArrowException, OSError) as error:
            detail = f"row group {group + 1}, from row {number + 1} on: {_first_line(error)}"
            yield bad_row(UnreadableError("parquet", detail), number + 1)
        number = begin + table.metadata.row_group(group).num_rows


def _row(batch: Any, index: int, values: Mapping[str, object], number: int, limit: int) -> Row:
    content = json.dumps(values, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(content).hexdigest()
    if len(content) > limit:
        error = UnreadableError("too-large", f"more than {limit:,} bytes; --max-size sets the bound")
        return bad_row(error, number, None, sha256)
    return Row(values, sha256, number, cell=Cell(batch, index))


def _plain_rows(batch: Any, text_field: str | None) -> Iterator[dict[str, object]]:
    """The rows as JSON has them: what JSON cannot say becomes a string. A text may stand there as bytes."""
    import pyarrow.types

    columns = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        kind = column.type
        if pyarrow.types.is_temporal(kind) or pyarrow.types.is_decimal(kind):
            column = column.cast("string")
        columns.append((name, column.to_pylist()))
    for index in range(batch.num_rows):
        yield {
            name: values[index]
            if name == text_field and isinstance(values[index], bytes)
            else _plain(values[index])
            for name, values in columns
        }


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return _NO_NUMBERS[str(value)]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


OWN_COLUMNS = ("id", "source_id", "text", "metadata")


def shard_schema(batch: Any | None, fields: Fields) -> Any:
    """The schema of a shard: own columns, then those of the input that are carried along."""
    import pyarrow

    names = [] if batch is None else batch.schema.names
    replaced = (*OWN_COLUMNS, find_text_field(names, fields))

    own = [pyarrow.field(name, pyarrow.string()) for name in OWN_COLUMNS]
    carried = [field for field in (batch.schema if batch is not None else ()) if field.name not in replaced]
    return pyarrow.schema(own + carried)


def build_table(schema: Any, columns: Mapping[str, Sequence[object]], cells: Sequence[Cell | None]) -> Any:
    """Rows of a shard: own columns as given, the others taken from the cells of the input."""
    import pyarrow

    arrays = [pyarrow.array(columns[name], pyarrow.string()) for name in OWN_COLUMNS]
    carried = [field.name for field in schema if field.name not in OWN_COLUMNS]
    if carried:
        groups = groupby((cell for cell in cells if cell is not None), lambda cell: id(cell.batch))
        pieces = []
        for _, group in groups:
            members = list(group)
            pieces.append(members[0].batch.select(carried).take([cell.offset for cell in members]))
        table = pyarrow.Table.from_batches(pieces).combine_chunks()
        arrays.extend(table.column(name) for name in carried)
    return pyarrow.Table.from_arrays(arrays, schema=schema)
