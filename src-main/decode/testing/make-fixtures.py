"""Writes the fixtures beside it with programs other than ours: openpyxl, XlsxWriter and PyArrow.

    pip install openpyxl==3.1.5 xlsxwriter==3.2.9 pyarrow==25.0.1
    python make-fixtures.py

Everything is made up here, from a seed; see fixtures/README.md.
"""

import csv
import datetime as dt
import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

OUT = Path(__file__).parent / "fixtures"
rng = random.Random(4)
FIXED = dt.datetime(2024, 1, 1)

HEADER = ["garden", "stems", "height", "share", "watered", "planted", "seen"]
TYPES = [pa.string(), pa.int64(), pa.float64(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("ms")]


def measurements(rows):
    out = []
    for i in range(rows):
        planted = dt.date(2021, 1, 1) + dt.timedelta(days=rng.randrange(900))
        out.append(
            [
                rng.choice(["north", "south", "Käfertal", "west & east"]),
                rng.randrange(1, 40),
                None if i % 9 == 4 else round(rng.uniform(0.1, 2.5), 3),
                round(rng.random(), 2),
                None if i % 11 == 6 else rng.random() < 0.5,
                planted,
                dt.datetime(planted.year, planted.month, planted.day, rng.randrange(1, 24), rng.randrange(60)),
            ]
        )
    return out


def csv_cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


ROWS = measurements(60)


def write_csv():
    with open(OUT / "measurements.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows([[csv_cell(value) for value in row] for row in ROWS])


def fill_openpyxl(sheet, header, rows):
    sheet.append(header)
    for row in rows:
        sheet.append(row)


def write_openpyxl():
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = FIXED
    fill_openpyxl(book.active, HEADER, ROWS)
    for row in range(2, len(ROWS) + 2):
        book.active.cell(row, 4).number_format = "0%"
    book.save(OUT / "measurements-openpyxl.xlsx")

    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    fill_openpyxl(book.active, HEADER, ROWS)
    book.save(OUT / "measurements-1904.xlsx")

    # Two seasons, the second with other columns, behind a sheet that is no table, and a hidden one.
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active["A1"] = "Measurements of a garden, made up."
    hidden = book.create_sheet("Hidden")
    fill_openpyxl(hidden, ["a", "b"], [[1, 2], [3, 4], [5, 6]])
    hidden.sheet_state = "hidden"
    spring = book.create_sheet("Spring")
    fill_openpyxl(spring, ["stems", "height"], [[n, round(0.2 + 0.05 * n + rng.gauss(0, 0.05), 3)] for n in range(1, 61)])
    autumn = book.create_sheet("Autumn")
    rows = []
    for _ in range(120):
        ripe = rng.random() < 0.5
        rows.append([round(rng.gauss(7 if ripe else 5, 0.7), 2), round(rng.gauss(80 if ripe else 60, 8), 1), "ripe" if ripe else "green"])
    fill_openpyxl(autumn, ["diameter", "weight", "state"], rows)
    book.save(OUT / "seasons.xlsx")


def write_xlsxwriter():
    def book(name, **options):
        made = xlsxwriter.Workbook(str(OUT / name), {"default_date_format": "dd/mm/yyyy hh:mm", **options})
        made.set_properties({"created": FIXED})
        return made

    def fill(sheet, rows, at=0):
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(at + r, c, value)

    # Row by row with the texts inside the cells.
    inline = book("measurements-inline.xlsx", constant_memory=True)
    fill(inline.add_worksheet(), [HEADER, *ROWS])
    inline.close()

    # What people do to sheets: a title, merged cells, formulas, errors, numbers as text, a note below.
    real = book("as-people-do.xlsx")
    sheet = real.add_worksheet("Table")
    bold = real.add_format({"bold": True})
    time = real.add_format({"num_format": "hh:mm:ss"})
    money = real.add_format({"num_format": '#,##0.00 "days"'})
    sheet.merge_range("A1:F1", "Harvest of the year", bold)
    sheet.write_row("A3", ["bed", "code", "weight", "double", "taken", "price"])
    codes = ["007", "012", "110", "111", "095", "096"]
    for i in range(6):
        r = 3 + i
        sheet.write_string(r, 1, codes[i])
        sheet.write_number(r, 2, i + 0.5)
        sheet.write_formula(r, 3, f"=C{r + 1}*2", None, "#DIV/0!" if i == 2 else "#N/A" if i == 5 else 2 * i + 1)
        sheet.write_number(r, 4, 0.25 + i / 1440, time)
        sheet.write_number(r, 5, 1.25 * i, money)
    sheet.merge_range("A4:A6", "left")
    sheet.merge_range("A7:A9", "right")
    sheet.write("A11", "Source: made up")
    real.close()

    bare = book("no-header.xlsx")
    fill(bare.add_worksheet(), [[1, 2.5, "a"], [2, 3.5, "b"], [3, 4.5, "a"]])
    bare.close()

    mixed = book("mixed.xlsx")
    fill(mixed.add_worksheet(), [["n", "mixed", "digits"], *[[i, "none" if i == 3 else i / 2, None] for i in range(8)]])
    sheet = mixed.worksheets()[0]
    for i in range(8):
        sheet.write_string(1 + i, 2, str(10 * i + 1))
    mixed.close()

    empty = book("empty.xlsx")
    empty.add_worksheet()
    empty.close()


def write_parquet():
    table = pa.table({name: pa.array([row[c] for row in ROWS], TYPES[c]) for c, name in enumerate(HEADER)})
    for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        pq.write_table(table, OUT / f"measurements-{codec}.parquet", compression=codec, row_group_size=25)
    pq.write_table(
        table, OUT / "measurements-v2.parquet", data_page_version="2.0", use_dictionary=False,
        column_encoding={"garden": "DELTA_BYTE_ARRAY", "stems": "DELTA_BINARY_PACKED", "height": "BYTE_STREAM_SPLIT"},
    )

    day = dt.date(2024, 2, 29)
    stamp = dt.datetime(2024, 2, 29, 12, 30, 15, 250_000)
    two = {
        "int8": pa.array([-3, None, 5], pa.int8()),
        "uint32": pa.array([2**32 - 1, None, 5], pa.uint32()),
        "uint64": pa.array([2**40, None, 5], pa.uint64()),
        "big": pa.array([2**53 + 1, None, -5], pa.int64()),
        "half": pa.array([1.5, None, -0.25], pa.float16()),
        "float": pa.array([0.5, None, -0.25], pa.float32()),
        "decimal": pa.array([Decimal("1.15"), None, Decimal("-20.07")], pa.decimal128(9, 2)),
        "wide decimal": pa.array([Decimal("12345678.25"), None, Decimal("-20.07")], pa.decimal128(30, 2)),
        "bool": pa.array([True, None, False]),
        "text": pa.array(["007", None, "ü"]),
        "dictionary": pa.array(["a", None, "b"]).dictionary_encode(),
        "utf8 bytes": pa.array([b"plain", None, b"text"], pa.binary()),
        "date": pa.array([day, None, dt.date(1969, 12, 31)], pa.date32()),
        "seconds": pa.array([stamp, None, FIXED], pa.timestamp("s")),
        "micros": pa.array([stamp, None, FIXED], pa.timestamp("us", tz="UTC")),
        "nanos": pa.array([stamp, None, FIXED], pa.timestamp("ns")),
        "time": pa.array([dt.time(1, 0, 1, 500_000), None, dt.time(0, 0)], pa.time64("us")),
        "nothing": pa.array([None, None, None], pa.null()),
        "raw": pa.array([b"\xff\xfe", None, b"\x80"], pa.binary()),
        "fixed": pa.array([b"abcd", None, b"efgh"], pa.binary(4)),
        "list": pa.array([[1, 2], None, []], pa.list_(pa.int32())),
        "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int32())),
        "struct": pa.array([{"x": 1, "y": {"z": "a"}}, None, {"x": None, "y": None}]),
    }
    pq.write_table(pa.table(two), OUT / "types.parquet")
    pq.write_table(
        pa.table({"old": pa.array([stamp, None, FIXED], pa.timestamp("ns"))}),
        OUT / "int96.parquet", use_deprecated_int96_timestamps=True,
    )
    pq.write_table(pa.table({"list": pa.array([[1, 2], [3]])}), OUT / "only-lists.parquet")
    pq.write_table(pa.table({"x": pa.array([], pa.int32())}), OUT / "no-rows.parquet")
    # One text, sixty million times: a few kilobytes that fill the heap of whoever unpacks them.
    many = pa.DictionaryArray.from_arrays(pa.array([0] * 60_000_000, pa.int32()), pa.array(["again"]))
    pq.write_table(pa.table({"x": many}), OUT / "many-rows.parquet", row_group_size=60_000_000, data_page_size=2**30)


def write_encrypted():
    import base64
    import pyarrow.parquet.encryption as pe

    class Kms(pe.KmsClient):
        def __init__(self, config):
            super().__init__()

        def wrap_key(self, key, master):
            return base64.b64encode(key).decode()

        def unwrap_key(self, wrapped, master):
            return base64.b64decode(wrapped)

    table = pa.table({"a": [1, 2, 3], "b": [4, 5, 6]})
    for name, plaintext_footer in [("encrypted", False), ("encrypted-column", True)]:
        config = pe.EncryptionConfiguration(footer_key="f", column_keys={"c": ["b"]}, plaintext_footer=plaintext_footer)
        properties = pe.CryptoFactory(Kms).file_encryption_properties(pe.KmsConnectionConfig(), config)
        with pq.ParquetWriter(OUT / f"{name}.parquet", table.schema, encryption_properties=properties) as writer:
            writer.write_table(table)


OUT.mkdir(exist_ok=True)
write_csv()
write_openpyxl()
write_xlsxwriter()
write_parquet()
write_encrypted()
