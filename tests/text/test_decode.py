"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchiesta.text.decode import UnreadableText, decode_bytes

ITALIAN = "Il ministro ha detto che l’Armenia è «pronta» — perché la città più bella ha qualità.\n" * 3
RUSSIAN = "Министр иностранных дел заявил, что Армения готова к переговорам в этом году.\n" * 3


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"],
)
def test_italian_is_read_in_every_encoding(encoding: str) -> None:
    assert decode_bytes(ITALIAN.encode(encoding))[0] == ITALIAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1251", "koi8-r", "iso8859-5"])
def test_russian_is_read_in_every_encoding(encoding: str) -> None:
    assert decode_bytes(RUSSIAN.encode(encoding))[0] == RUSSIAN


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Premiér řekl, že Česká republika přijme žádosti o pomoc příští týden."),
        ("cp1254", "Başbakan, Türkiye'nin görüşmelere hazır olduğunu söyledi."),
        ("cp1252", "Statsministeren sagde, at landet er klar til forhandlinger næste år på øen."),
        ("cp1252", "Le président a déclaré « être prêt » à négocier dès l’été – où ça ?"),
    ],
)
def test_latin_code_pages_are_told_apart(encoding: str, text: str) -> None:
    assert decode_bytes(text.encode(encoding)) == (text, encoding)


def test_all_line_ends_become_one() -> None:
    assert decode_bytes("a\r\nb\rc\u2028d\u2029e\u0085f".encode())[0] == "a\nb\nc\nd\ne\nf"


def test_one_stray_byte_does_not_spoil_utf8() -> None:
    assert decode_bytes(ITALIAN.encode() + b"caff\xe8.")[0].endswith("caffè.")


def test_a_cut_last_letter_is_dropped() -> None:
    assert decode_bytes(ITALIAN.encode() + "è".encode()[:1])[0] == ITALIAN


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"PK\x03\x04abc", b"\x00\x01\x02\x03" * 50, bytes(range(1, 9)) * 50, b"abc\x00def" * 50]
)
def test_binary_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnreadableText) as caught:
        decode_bytes(data)
    assert caught.value.reason.startswith("binary: ")


def test_broken_utf16_is_refused() -> None:
    with pytest.raises(UnreadableText, match="encoding: marked as utf-16-le"):
        decode_bytes(b"\xff\xfea\x00b")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_our_own_error(data: bytes) -> None:
    try:
        text, encoding = decode_bytes(data)
    except UnreadableText:
        return
    assert "\r" not in text and encoding


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=200))
def test_utf8_comes_back_to_the_letter(text: str) -> None:
    marked = text.startswith("\ufeff")
    assert decode_bytes(text.encode())[0] == (text[1:] if marked else text)
