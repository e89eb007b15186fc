import type { FeatureTransform } from '../../../src-worker/api';
import { HOLES } from '../../../src-worker/data/cell';
import { PERIODS } from '../../../src-worker/data/features/date';
import { quotePython } from '../code-text';

/**
 * Functions of the generated Python that turn one raw cell into inputs: the rules of src-worker/data, written once more for those
 * who have only the file. Each is there only where a column needs it.
 */

const holes = [...HOLES].map(quotePython).join(', ');

export const CELLS = `HOLES = {${holes}}
SPACES = " \\t\\n\\v\\f\\r\\u00a0\\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2007\\u2008\\u2009\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"


def is_hole(cell):
    """Whether a cell says that its value is missing."""
    if isinstance(cell, numbers.Real):
        return bool(cell != cell)
    return cell is None or str(cell).strip(SPACES).lower() in HOLES


def parse_number(text):
    """The number that a text holds, with a decimal point or else a decimal comma; NaN where it holds none."""
    if re.fullmatch(r"[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?", text, re.ASCII | re.IGNORECASE):
        return float(text)
    if re.fullmatch(r"[+-]?(\\d{1,3}(\\.\\d{3})+|\\d+|(?=,\\d))(,\\d*)?(e[+-]?\\d+)?", text, re.ASCII | re.IGNORECASE):
        return float(text.replace(".", "").replace(",", "."))
    return math.nan
`;

const number = `
def number(cell, offset, scale, fill):
    """[(value - offset) * scale]; a missing value is \`fill\`."""
    if is_hole(cell):
        value = fill
    elif isinstance(cell, numbers.Real):
        value = float(cell)
    else:
        value = parse_number(str(cell).strip(SPACES))
        if value != value:
            raise ValueError(f"{cell!r} is not a number")
    return [(value - offset) * scale]
`;

const category = `
def category(cell, categories, other=False, fill=None):
    """One input per category, 1 for the one that the cell is; with \`other\` one more, for any other value.

    A missing value is \`fill\`, or sets no input.
    """
    x = [0.0] * (len(categories) + other)
    if is_hole(cell):
        if fill is None:
            return x
        cell = fill
    text = str(cell).strip(SPACES)
    value = parse_number(text)
    names = (text, str(int(value)) if value == value and value == int(value) else repr(value))
    found = next((categories.index(name) for name in names if name in categories), None)
    if found is not None:
        x[found] = 1.0
    elif other:
        x[-1] = 1.0
    return x
`;

const boolean = `
def boolean(cell, no, yes, fill):
    """[1] for yes, [0] for no, [fill] for a missing value; 1.0 is the same word as 1."""
    if is_hole(cell):
        return [fill]
    text = str(cell).strip(SPACES)
    for answer, word in ((0.0, no), (1.0, yes)):
        if text.lower() == word or parse_number(text) == parse_number(word):
            return [answer]
    raise ValueError(f"{cell!r} is neither {yes} nor {no}")
`;

const date = `
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PERIODS = {"day": ${PERIODS.day}, "week": ${PERIODS.week}, "year": ${PERIODS.year}}  # in days
CLOCK = (
    r"(?:(?:T|,?\\s+)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*([AaPp][Mm])?\\s*"
    r"(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?)?"
)
DAY_NAME = r"(?:[A-Za-z]{3,9},?\\s+)?"


def month_of(name):
    return MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in MONTHS else 0


def seconds_of_clock(hours, minutes, seconds, fraction, half, zone):
    """Seconds since midnight UTC; NaN for no time of day."""
    if hours is None:
        return 0.0
    hour, minute, second = int(hours), int(minutes), int(seconds or 0)
    if half is not None:
        if not 1 <= hour <= 12:
            return math.nan
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    if hour > 24 or minute > 59 or second > 60:
        return math.nan
    shift = 0
    if zone is not None and zone[0] in "+-":
        shift = (int(zone[1:3]) * 60 + int(zone[-2:])) * (-60 if zone[0] == "-" else 60)
    return (hour * 60 + minute) * 60 + second + float("0." + (fraction or "0")) - shift


def parse_date(text, day_first):
    """Days since 1970-01-01 UTC of a date such as 2024-03-05, 5.3.2024 14:30 or 5 Mar 2024; NaN where it is none."""
    iso = re.fullmatch(r"(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + CLOCK, text, re.ASCII)
    month_only = re.fullmatch(r"(\\d{4})-(\\d{2})", text, re.ASCII)
    figures = re.fullmatch(r"(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})" + CLOCK, text, re.ASCII)
    named = re.fullmatch(DAY_NAME + r"(\\d{1,2})[-\\s]([A-Za-z]{3,9})\\.?,?[-\\s](\\d{4}|\\d{2})" + CLOCK, text, re.ASCII)
    american = re.fullmatch(DAY_NAME + r"([A-Za-z]{3,9})\\.?\\s+(\\d{1,2}),?\\s+(\\d{4})" + CLOCK, text, re.ASCII)
    clock = (None,) * 6
    if iso:
        year, _, month, day, *clock = iso.groups()
    elif month_only:
        (year, month), day = month_only.groups(), 1
    elif figures:
        one, sign, two, year, *clock = figures.groups()
        day, month = (one, two) if sign == "." or day_first else (two, one)
    elif named:
        day, name, year, *clock = named.groups()
        month = month_of(name)
    elif american:
        name, day, year, *clock = american.groups()
        month = month_of(name)
    else:
        return math.nan
    if len(str(year)) == 2:
        year = int(year) + (2000 if int(year) < 69 else 1900)
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return math.nan
    return date.toordinal() - 719163 + seconds_of_clock(*clock) / 86400


def days_of_number(value, unit):
    """Days since 1970-01-01 UTC of a number: seconds or milliseconds since then, or figures such as 20240305."""
    if unit == "figures":
        text = f"{int(value):08d}"
        return parse_date(f"{text[:4]}-{text[4:6]}-{text[6:]}", True)
    return value / (86400 if unit == "seconds" else 86400000)


def date(cell, day_first, unit, offset, scale, fill, cycles=()):
    """[(days - offset) * scale], then sin and cos of 2 pi days / period for each cycle; a missing date is \`fill\`."""
    if is_hole(cell):
        days = fill
    elif isinstance(cell, numbers.Real):
        days = days_of_number(float(cell), unit)
    else:
        text = str(cell).strip(SPACES)
        days = parse_date(text, day_first)
        if days != days:
            value = parse_number(text)
            days = value if value != value else days_of_number(value, unit)
    if days != days:
        raise ValueError(f"{cell!r} is not a date")
    x = [(days - offset) * scale]
    for cycle in cycles:
        angle = 2 * math.pi * (days / PERIODS[cycle] % 1)
        x += [math.sin(angle), math.cos(angle)]
    return x
`;

/** The function that reads the cells of each type of column. */
export const CELL_FUNCTIONS = { number, category, boolean, date } satisfies Readonly<
  Record<FeatureTransform['type'], string>
>;
