"""What holds for every reading of any text: spans read back, numerals are accounted for, nothing breaks."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tallyroom
from helpers import a_document
from tallyroom.codebook import load_codebook
from tallyroom.model import Document, Reading
from tallyroom.pipeline.reading import Failure, Record, read_one, read_records
from tallyroom.quantities import find_numerals
from tallyroom.reading import Reader
from tallyroom.reading.view import fold

CORPUS = Path(__file__).parent.parent / "corpus"
FATES = {"bound", "set aside", "left over"}
DIGITS = re.compile("[0-9０-９]+")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_codebook())


def keeps_its_promises(reading: Reading) -> None:
    """Assert what every reading owes to its text."""
    text = reading.document.text
    for row in reading.observations:
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.text
        assert row.source == reading.document.id
        row.to_json()
    assert [row.start for row in reading.observations] == sorted(row.start for row in reading.observations)
    accounts_for_numerals(reading)


def accounts_for_numerals(reading: Reading) -> None:
    """Assert that each numeral has exactly one fate, and that the fate is true."""
    text, numerals, rows = reading.document.text, reading.numerals, reading.observations
    for numeral in numerals:
        assert text[numeral.start : numeral.end] == numeral.text
        assert numeral.fate in FATES
        assert numeral.rule
    for one, other in itertools.pairwise(numerals):
        assert one.end <= other.start, "a numeral has two fates"
    spans = [(numeral.start, numeral.end) for numeral in numerals]
    figures = [(row.start, row.end) for row in rows]
    for digits in DIGITS.finditer(text):
        assert any(start <= digits.start() and digits.end() <= end for start, end in spans), digits
    for numeral in numerals:
        assert (numeral.fate == "bound") == any(
            _meet(numeral.start, numeral.end, figure) for figure in figures
        )
    for figure in figures:
        assert any(_meet(*span, figure) for span in spans), "a row without a numeral"


def _meet(start: int, end: int, other: tuple[int, int]) -> bool:
    return start < other[1] and other[0] < end


# Real briefings.


def corpus_texts() -> list[Path]:
    return sorted((CORPUS / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", corpus_texts(), ids=lambda path: path.stem)
def test_an_annotated_briefing_keeps_the_promises(path: Path, reader: Reader) -> None:
    reading = tallyroom.read(path, codebook=reader.codebook)

    keeps_its_promises(reading)


def test_the_briefings_outside_the_project_keep_the_promises(shared: Path, reader: Reader) -> None:
    kept_apart = set((shared / "corpus/held-out.txt").read_text("utf-8").split())
    texts = [*(shared / "corpus/real/texts").glob("*.txt"), *(shared / "corpus/dev/texts").glob("*.txt")]
    texts = [path for path in texts if path.stem not in kept_apart]

    assert len(texts) >= 60
    for path in texts:
        keeps_its_promises(tallyroom.read(path, codebook=reader.codebook))


def test_days_of_television_news_keep_the_promises(shared: Path, reader: Reader) -> None:
    path = shared / "data/broadcast/transcripts.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no transcripts at {path}")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for line in itertools.islice(lines, 0, None, 60):
            day = json.loads(line)
            keeps_its_promises(read_one(Record(day["id"], day["text"]), reader.codebook))


def test_the_account_of_a_briefing_covers_every_numeral_of_its_blocks(reader: Reader) -> None:
    for path in corpus_texts():
        reading = tallyroom.read(path, codebook=reader.codebook)
        spans = [(numeral.start, numeral.end) for numeral in reading.numerals]
        for start, end in numerals_of(reading.document):
            assert any(_meet(start, end, span) for span in spans), reading.document.text[start:end]


def numerals_of(document: Document) -> Iterator[tuple[int, int]]:
    """The numerals of a document by the number layer alone, block by block."""
    lang = "zh" if document.lang.startswith("zh") else "en"
    for block in document.blocks:
        folded = fold(document.text[block.start : block.end], traditional=document.lang == "zh-Hant")
        for start, end in find_numerals(folded, lang):
            yield block.start + start, block.start + end


def test_a_reader_keeps_nothing_of_one_document_for_the_next(reader: Reader) -> None:
    paths = corpus_texts()

    forwards = {path: tallyroom.read(path, codebook=reader.codebook).to_jsonl() for path in paths}
    documents = {path: tallyroom.read(path, codebook=reader.codebook).document for path in paths}
    for path in reversed(paths):
        again = reader.read(documents[path])
        assert "".join(f"{row.to_json()}\n" for row in again.observations) == forwards[path]


# Any text.

FRAGMENTS = [
    "破获毒品案件12起", "抓获犯罪嫌疑人34名", "缴获冰毒5.6千克", "同比下降7.8%", "其中", "分别",
    "两千三百余", "近三成", "四点二吨", "1万2千", "2022年6月25日", "今年以来", "全国", "云南、广西",
    "“净边”行动", "①", "第三批", "查獲毒品案件", "seized 12 kg of heroin", "arrested 34 people",
    "respectively", "up 5.6 percent", "more than 2,300", "one in three", "June 25, 2022",
    "Operation Red Tide", "in Texas", "$1.5 million", "half a tonne", "twenty-one", "U.S.", "1,2,3", "12",
    "3.4", "0", "１２", "３．４", "1,234", "1，234", "12-34", "5%", "5‰", "½", "Ⅻ", "٣", "百", "十几",
    "数十", "-7", "，", "。", "、", "；", "：", ", ", ". ", "; ", ": ", "(", ")", "（", "）", "“", "”",
    '"', "'", "\n", "\n\n", "\t", " ", "　", "\u00a0", "|", "—", "–", "-", "*", "• ", "<b>", "</b>",
    "&nbsp;", "&#49;", "<", "&", "毒du品", "贩 毒 案 件 3 起", "\u200e", "\u200f", "\u202e", "\u2066",
    "\ufeff", "\u200b", "\u00ad", "\x00", "\x07", "\x85", "\u2028", "🚓", "👨‍👩‍👧", "İ", "ß", "ﬁ",
    "e\u0301", "\U0001f1e8\U0001f1f3", "𝟙𝟚", "㎏", "㈠", "万", "亿", "kg", "吨", "起", "名", "%", "元",
    "$", "€",
]  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
WRITTEN_BADLY = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=40).map("".join)
LANGUAGES = st.sampled_from(["zh", "zh-Hant", "en", "und"])


@settings(max_examples=150)
@given(text=ANY_TEXT, lang=LANGUAGES)
def test_any_text_keeps_the_promises(reader: Reader, text: str, lang: str) -> None:
    keeps_its_promises(reader.read(a_document(text, lang=lang)))


@settings(max_examples=250)
@given(text=WRITTEN_BADLY, lang=LANGUAGES)
def test_any_heap_of_phrases_keeps_the_promises(reader: Reader, text: str, lang: str) -> None:
    keeps_its_promises(reader.read(a_document(text, lang=lang)))


@settings(max_examples=100)
@given(text=WRITTEN_BADLY)
def test_any_heap_of_phrases_is_opened_and_read_or_refused_with_a_reason(reader: Reader, text: str) -> None:
    (outcome,) = read_records([Record("heap", text)], reader.codebook)

    if isinstance(outcome, Failure):
        assert outcome.code.startswith("DC"), outcome.message
    else:
        keeps_its_promises(outcome)


@settings(max_examples=100)
@given(path=st.sampled_from(corpus_texts()), at=st.floats(0, 1), fragment=st.sampled_from(FRAGMENTS))
def test_a_briefing_with_something_put_into_it_keeps_the_promises(
    reader: Reader, path: Path, at: float, fragment: str
) -> None:
    text = path.read_bytes().decode()
    place = int(at * len(text))

    keeps_its_promises(reader.read(a_document(text[:place] + fragment + text[place:], lang="und")))


@pytest.mark.parametrize("scheme", ["plain", "with commas", "full width"])
def test_a_number_of_ten_thousand_digits_is_read_exactly_or_left_over(reader: Reader, scheme: str) -> None:
    digits = "7" * 10_000
    written = {
        "plain": digits,
        "with commas": ",".join(["777"] * 3_334),
        "full width": "７" * 10_000,
    }[scheme]
    for text in (f"Police seized {written} kg of heroin.", f"全国破获毒品案件{written}起。"):
        reading = reader.read(a_document(text))

        keeps_its_promises(reading)
        for row in reading.observations:
            assert str(row.value) == fold(written).replace(",", "")


# Texts of a shape that costs a careless program hours. Each is read in a process of its own, with far more
# time than it needs: what does not come back hangs. Nothing else is said here about speed.

LONG = 200_000
SHAPES = {
    "Chinese figures without a full stop": "破获毒品案件12起，抓获犯罪嫌疑人34名，缴获冰毒5.6千克，",
    "English figures without a full stop": "police seized 12 kg of heroin and arrested 34 people in Texas, ",
    "traditional figures without a full stop": "查獲毒品案件12起，",
    "figures between semicolons": "破获5起；",
    "sentences in one paragraph": "破获5起。",
    "one bullet a line": "- seized 5 kg of heroin\n",
    "lists with their changes": "12起、34人、56千克，分别增长5%、6%、7%，",
    "percentages": "5%",
    "numbers between tabs": "5\t",
    "numbers between spaces": "123 456 ",
    "a table": "heroin   5 kg   6 kg\n",
    "digits": "7",
    "digits and commas": "123,",
    "digits and stops": "1.",
    "Chinese numerals": "一二三四五六七八九十百千万",
    "number words": "one hundred and ",
    "one number word": "ten ",
    "years": "2022 ",
    "Chinese dates": "2022年6月25日至",
    "English dates": "June 25, 2022 to ",
    "places": "昆明市公安局",
    "places in a list": "云南、",
    "capital words": "Operation Alpha Bravo ",
    "abbreviations": "U.S. Dr. No. ",
    "letters and stops": "a.",
    "letters and digits": "a1",
    "addresses": "a@",
    "spaces": " ",
    "spaced characters": "破 获 毒 品 案 件 5 起 ",
    "open brackets": "(",
    "open quotation marks": "“",
    "markup": "<a ",
    "entities": "&am",
    "marks that change direction": "seized \u202e5 kg\u200f ",
    "emoji": "seized 5 kg 🚓 ",
    "letters that grow in lower case": "seized 5 kg İ",
    "hyphens": "-",
}
WATCHED = """
import sys
from tallyroom.codebook import load_codebook
from tallyroom.pipeline.reading import Failure, Record, read_one, read_records
begin, shape, end, length = sys.argv[1:4] + [int(sys.argv[4])]
middle = (shape * (length // len(shape) + 1))[:length]
reading = read_one(Record("long", begin + middle + end), load_codebook())
text = reading.document.text
assert len(text) == len(begin + middle + end)
assert all(text[row.start:row.end] == row.text for row in reading.observations)
print(len(reading.observations), len(reading.numerals))
"""


def watched(begin: str, shape: str, end: str, length: int, seconds: int = 60) -> tuple[int, int]:
    """Read `shape` repeated to `length` characters in a process of its own; return its rows and numerals."""
    command = [sys.executable, "-X", "utf8", "-c", WATCHED, begin, shape, end, str(length)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        out, err = "", f"{length} characters were not read in {seconds} s: it hangs"
    assert process.returncode == 0, err
    rows, numerals = map(int, out.split())
    return rows, numerals


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_text_of_one_shape_comes_to_an_end(shape: str) -> None:
    watched("Police seized 5 kg of heroin. 破获5起", SHAPES[shape], "", LONG)


def test_two_million_characters_without_a_full_stop_come_to_an_end() -> None:
    shape = SHAPES["Chinese figures without a full stop"]

    rows, numerals = watched("", shape, "", 2_000_000, seconds=120)

    assert rows > 0
    assert numerals >= 3 * (2_000_000 // len(shape))


def test_a_hundred_thousand_nested_brackets_come_to_an_end() -> None:
    rows, _ = watched("Police seized 5 kg of heroin. ", "(" * 100 + "5" + ")" * 100, "", 100_000)

    assert rows >= 1


# The same output everywhere.


def test_the_same_briefings_give_the_same_bytes_in_any_process_place_and_time(tmp_path: Path) -> None:
    for path, copy in itertools.product(corpus_texts(), range(8)):
        (tmp_path / f"{path.stem}-{copy}.txt").write_bytes(path.read_bytes())

    first = rows_of(tmp_path, "1")

    assert len(first.splitlines()) > 2_000
    assert rows_of(tmp_path, "1", PYTHONHASHSEED="random") == first
    assert rows_of(tmp_path, "4", LC_ALL="C", TZ="Asia/Shanghai", PYTHONHASHSEED="random") == first


def rows_of(folder: Path, jobs: str, **environment: str) -> bytes:
    command = [sys.executable, "-m", "tallyroom", "read", str(folder), "--format", "jsonl", "--jobs", jobs]
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": path, **environment}
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout
