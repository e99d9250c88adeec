"""Bytes to characters."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.samples import SIMPLIFIED, TRADITIONAL
from tallyroom.documents.encodings import decode
from tallyroom.documents.errors import DocumentError, EncodingUnfit, NotText, TextDamaged


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312"])
@pytest.mark.parametrize("text", SIMPLIFIED)
def test_simplified_chinese_without_a_declaration_is_found(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))

    assert (decoded.text, decoded.encoding, decoded.encoding_from) == (text, "gb18030", "detected")


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_chinese_without_a_declaration_is_found(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))

    assert (decoded.text, decoded.encoding_from) == (text, "detected")
    assert decoded.encoding in ("big5hkscs", "cp950")


@given(
    sentences=st.lists(st.sampled_from(SIMPLIFIED), min_size=1, max_size=4),
    filler=st.text("0123456789,.% \n;", max_size=400),
)
def test_simplified_chinese_is_found_between_any_figures(sentences: list[str], filler: str) -> None:
    text = filler.join(["", *sentences, ""])

    assert decode(text.encode("gb18030")).text == text
    assert decode(text.encode("utf-8")).text == text


@given(
    sentences=st.lists(st.sampled_from(TRADITIONAL), min_size=1, max_size=4),
    filler=st.text("0123456789,.% \n;", max_size=400),
)
def test_traditional_chinese_is_found_between_any_figures(sentences: list[str], filler: str) -> None:
    text = filler.join(["", *sentences, ""])

    assert decode(text.encode("big5")).text == text


def test_a_table_of_figures_with_few_chinese_words_is_not_taken_for_big5() -> None:
    text = "地区,破案,数量\n" + "".join(f"row {number},{number * 7},12.5\n" for number in range(300))

    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    "text",
    [
        "The agency’s officers took £312,649 in cash – a record – and said “more to come”.",
        "It was worth £3,000.",
        "Café owner fined €500",
    ],
)
def test_signs_of_windows_among_english_words_are_found(text: str) -> None:
    decoded = decode(text.encode("cp1252"))

    assert (decoded.text, decoded.encoding) == (text, "cp1252")


@pytest.mark.parametrize("words", ["缴毒5.2吨", "毒品", "2023年 破案 126起"])
def test_a_few_chinese_words_are_enough(words: str) -> None:
    assert decode(words.encode("gb18030")).text == words


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [*SIMPLIFIED, *TRADITIONAL, "Police solved 126 cases.\r\n"])
def test_utf_16_is_found_without_a_mark(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))

    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_stays_the_first_character(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + SIMPLIFIED[0].encode(encoding))

    assert decoded.text == "\ufeff" + SIMPLIFIED[0]
    assert (decoded.encoding, decoded.encoding_from) == (encoding, "bom")


@pytest.mark.parametrize(
    ("declared", "written", "text", "encoding"),
    [
        ("gb2312", "gb18030", SIMPLIFIED[0] + "镕㐀", "gb18030"),
        ("GBK", "gb18030", SIMPLIFIED[1], "gb18030"),
        ("big5", "big5hkscs", TRADITIONAL[0] + "嘅", "big5hkscs"),
        ("iso-8859-1", "cp1252", "“quoted” – £5", "cp1252"),
        ("utf-8", "utf-8", TRADITIONAL[1], "utf-8"),
        ("utf-16", "utf-8", SIMPLIFIED[2], "utf-8"),
        ("shift_jis", "shift_jis", "警察庁によると、検挙件数は百二十件。", "shift_jis"),
    ],
)
def test_a_declaration_is_followed_in_its_wider_sense(
    declared: str, written: str, text: str, encoding: str
) -> None:
    decoded = decode(text.encode(written), declared=declared)

    assert (decoded.text, decoded.encoding, decoded.encoding_from) == (text, encoding, "declared")


@pytest.mark.parametrize(
    ("declared", "written"),
    [("gb2312", "utf-8"), ("iso-8859-1", "gb18030"), ("big5", "gb18030"), ("nonsense", "utf-8")],
)
def test_a_declaration_that_gives_no_language_is_not_followed(declared: str, written: str) -> None:
    text = "".join(SIMPLIFIED)

    decoded = decode(text.encode(written), declared=declared)

    assert decoded.text == text
    assert decoded.encoding_from != "declared"


def test_the_encoding_that_the_user_gives_is_the_only_one_tried() -> None:
    assert decode("£5".encode("cp850"), given="cp850").text == "£5"
    with pytest.raises(EncodingUnfit) as error:
        decode(SIMPLIFIED[0].encode("gb18030"), given="utf-8", where="note.txt")
    assert error.value.code == "DC108"
    assert "note.txt" in str(error.value)
    assert "byte 2 " in error.value.found


@pytest.mark.parametrize("given", ["utf-16", "utf-16-le", "UTF-16LE"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_16_is_read_when_it_is_given(given: str, mark: str) -> None:
    text = mark + SIMPLIFIED[0]

    decoded = decode(text.encode("utf-16-le"), given=given)

    assert (decoded.text, decoded.encoding) == (text, "utf-16-le")


def test_a_given_encoding_with_a_mark_keeps_the_mark_in_the_text() -> None:
    assert decode(codecs.BOM_UTF8 + b"12 cases", given="utf-8-sig").text == "\ufeff12 cases"


@pytest.mark.parametrize("name", ["no-such", "rot13", "base64", "idna", "unicode_escape", "utf-7"])
def test_an_encoding_that_is_none_of_text_is_refused(name: str) -> None:
    with pytest.raises(EncodingUnfit):
        decode(b"text", given=name)


@pytest.mark.parametrize(
    ("data", "byte"),
    [
        (SIMPLIFIED[0].encode()[:-1], len(SIMPLIFIED[0].encode()) - 3),
        (b"a" * 50 + b"\xff" + SIMPLIFIED[0].encode(), 50),
        (SIMPLIFIED[0].encode("gb18030")[:-1], len(SIMPLIFIED[0].encode("gb18030")) - 2),
        (codecs.BOM_UTF8 + SIMPLIFIED[0].encode() + b"\xe7", 3 + len(SIMPLIFIED[0].encode())),
    ],
)
def test_damaged_text_is_told_with_its_byte_and_not_read_as_something_else(data: bytes, byte: int) -> None:
    with pytest.raises(TextDamaged) as error:
        decode(data)

    assert f"byte {byte} " in error.value.found


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"\0" * 200,
        b"\x01\x02\x03\x04 text \x05\x06",
        b"\x81",
        bytes(range(128, 256)) * 20,
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_a_stray_control_character_is_kept() -> None:
    text = "page one\x0cpage two\x01\n" + SIMPLIFIED[0]

    assert decode(text.encode()).text == text


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_give_a_text_that_encodes_back_or_a_clear_error(data: bytes) -> None:
    try:
        decoded = decode(data)
    except DocumentError as error:
        refused = error
    else:
        assert len(decoded.text.encode(decoded.encoding)) == len(data)
        return
    assert refused.code.startswith("DC1")
    assert refused.next_step


@given(st.text(max_size=200))
def test_any_text_in_utf_8_comes_back_or_is_refused_for_its_controls(text: str) -> None:
    try:
        decoded = decode(text.encode("utf-8"))
    except NotText:
        assert any(ord(character) < 32 or ord(character) == 127 for character in text)
        return
    if decoded.encoding == "utf-8":
        assert decoded.text == text


@pytest.mark.parametrize(("text", "encoding"), [("联通", "gb18030"), ("naïve café", "utf-8")])
def test_two_byte_characters_of_utf_8_are_weighed_against_chinese(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_text_of_another_script_is_refused_and_not_turned_into_chinese() -> None:
    with pytest.raises(NotText):
        decode(
            "경찰은 지난해 마약 사범 만 팔천 명을 검거했다고 밝혔다. 관련 자료를 모두 확보했다.".encode(
                "euc-kr"
            )
        )


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [*SIMPLIFIED, *TRADITIONAL, "Police solved 126 cases.\r\n"])
@pytest.mark.parametrize("declared", [None, "gb2312", "utf-8"])
def test_utf_32_is_found_without_a_mark(text: str, encoding: str, declared: str | None) -> None:
    decoded = decode(text.encode(encoding), declared=declared)

    assert (decoded.text, decoded.encoding) == (text, encoding)


_WRONG = [None, "iso-8859-1", "utf-8", "gb2312", "big5", "x-user-defined", "unicode", "no-such-encoding"]


@pytest.mark.parametrize("declared", _WRONG)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs"])
def test_a_wrong_declaration_does_no_harm(encoding: str, declared: str | None) -> None:
    text = SIMPLIFIED[0] if encoding == "gb18030" else TRADITIONAL[0]

    assert decode(text.encode(encoding), declared=declared).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_english_in_utf_16_is_found_whatever_is_declared(encoding: str) -> None:
    assert decode("Police solved 126 cases.".encode(encoding), declared="utf-8").encoding == encoding


def test_characters_of_hong_kong_are_read_as_they_are_written() -> None:
    text = (
        "香港警務處今年首6個月喺深水埗、鰂魚涌破獲嘅毒品案件共1,234宗，檢獲海洛英12.5公斤，𨋢內搜出氯胺酮。"
    )

    for declared in (None, "big5", "big5-hkscs", "x-x-big5", "cn-big5"):
        assert decode(text.encode("big5hkscs"), declared=declared).text == text


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("windows-936", "gb18030"), ("GB18030-2022", "gb18030"), ("x-euc-cn", "gb18030"), ("CN-Big5", "big5hkscs"),
     ("x-cp1252", "cp1252"), ("unicode-1-1-utf-8", "utf-8")],
)  # fmt: skip
def test_what_documents_call_an_encoding_is_known(label: str, encoding: str) -> None:
    text = {"gb18030": SIMPLIFIED[0], "big5hkscs": TRADITIONAL[0]}.get(encoding, "“12” cafés")

    assert decode(text.encode(encoding), declared=label).encoding == encoding
