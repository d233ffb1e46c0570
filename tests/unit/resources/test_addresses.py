import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.resources.addresses import LONGEST, address_key, clean_address
from bot.resources.errors import (
    AddressBroken,
    AddressMissing,
    AddressNotPublic,
    AddressNotWeb,
    AddressTooLong,
    AddressWithoutHost,
    AddressWithPassword,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://course.fast.ai/", "https://course.fast.ai/"),
        ("  course.fast.ai ", "https://course.fast.ai/"),
        ("<https://a.org/x>", "https://a.org/x"),
        ("HTTP://Example.ORG:80/A", "http://example.org/A"),
        ("https://example.org:443", "https://example.org/"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("//example.org/x", "https://example.org/x"),
        ("https://a.org/?utm_source=news&id=7&fbclid=Iw", "https://a.org/?id=7"),
        ("https://a.org/?UTM_Campaign=x", "https://a.org/"),
        ("https://youtu.be/abc?si=XyZ&t=42", "https://youtu.be/abc?t=42"),
        ("https://a.org/?si=kept", "https://a.org/?si=kept"),
        ("https://www.youtube.com/watch?v=abc&ab_channel=Somebody", "https://www.youtube.com/watch?v=abc"),
        ("https://münchen.de/straße", "https://xn--mnchen-3ya.de/stra%C3%9Fe"),
        ("https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)"),
        ("https://a.org/x%20y", "https://a.org/x%20y"),
        ("https://a.org/page#part", "https://a.org/page#part"),
        ("https://a.org/#/straße?x=1", "https://a.org/#/stra%C3%9Fe?x=1"),
        ("https://8.8.8.8/x", "https://8.8.8.8/x"),
        ("https://[2606:4700::1111]/x", "https://[2606:4700::1111]/x"),
    ],
)
def test_an_address_is_kept_without_what_follows_people(typed: str, kept: str) -> None:
    assert clean_address(typed) == kept
    assert clean_address(kept) == kept


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", AddressMissing),
        ("   ", AddressMissing),
        ("javascript:alert(1)", AddressNotWeb),
        ("data:text/html,x", AddressNotWeb),
        ("mailto:a@b.org", AddressNotWeb),
        ("ftp://a.org/file", AddressNotWeb),
        ("file:///etc/passwd", AddressNotWeb),
        ("https:a.org", AddressNotWeb),
        ("https://a.org:99999/", AddressNotWeb),
        ("https://[::1", AddressNotWeb),
        ("https://wiki.corp/x", AddressNotPublic),
        ("https://printer.localdomain/", AddressNotPublic),
        ("https://192.88.99.1/", AddressNotPublic),
        ("https://168.63.129.16/", AddressNotPublic),
        ("https://[2002:7f00:1::]/", AddressNotPublic),
        ("https://user:secret@a.org/", AddressWithPassword),
        ("https://user@a.org/", AddressWithPassword),
        ("https:///path", AddressWithoutHost),
        ("https://?x=1", AddressWithoutHost),
        ("https://nothing", AddressWithoutHost),
        ("https://a..org/", AddressWithoutHost),
        ("https://-.org/", AddressWithoutHost),
        ("https://a.org\n/x", AddressBroken),
        ("https://a.org/x y", AddressBroken),
        ("https://a.org/\u202ex", AddressBroken),
        ("https://a.org/" + "x" * LONGEST, AddressTooLong),
        ("http://localhost:8000/", AddressNotPublic),
        ("localhost:8000", AddressNotPublic),
        ("http://printer.local/", AddressNotPublic),
        ("http://127.0.0.1/", AddressNotPublic),
        ("http://10.1.2.3/", AddressNotPublic),
        ("http://192.168.0.1/", AddressNotPublic),
        ("http://169.254.169.254/latest", AddressNotPublic),
        ("http://[::1]/", AddressNotPublic),
        ("http://[fe80::1]/", AddressNotPublic),
        ("http://[fd00::1]/", AddressNotPublic),
        ("http://[::ffff:127.0.0.1]/", AddressNotPublic),
        ("http://224.0.0.1/", AddressNotPublic),
        # Other ways to write 127.0.0.1.
        ("http://2130706433/", AddressWithoutHost),
        ("http://127.1/", AddressWithoutHost),
        ("http://0x7f.0.0.1/", AddressWithoutHost),
        ("http://0177.0.0.0x1/", AddressWithoutHost),
    ],
)
def test_what_is_no_public_address_is_refused_with_its_reason(typed: str, error: type[UserError]) -> None:
    with pytest.raises(error) as refusal:
        clean_address(typed)
    assert str(refusal.value).endswith((".", "course."))
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/a/", "http://example.org/a"),
        ("https://example.org/", "example.org"),
        ("https://example.org/index.html", "https://example.org"),
        ("https://a.org/?x=1&y=2", "https://a.org/?y=2&x=1&utm_medium=mail"),
        ("https://a.org/page#part", "https://a.org/page"),
        ("https://youtu.be/dQw4", "https://www.youtube.com/watch?v=dQw4&feature=share"),
        ("https://m.youtube.com/watch?v=dQw4", "https://www.youtube.com/embed/dQw4"),
        (
            "https://www.youtube.com/watch?v=a1&list=PL9&index=3",
            "https://www.youtube.com/playlist?list=PL9",
        ),
        ("https://arxiv.org/abs/1706.03762", "http://arxiv.org/pdf/1706.03762v5.pdf"),
        ("https://github.com/Karpathy/nanoGPT", "https://github.com/karpathy/nanogpt/#readme"),
        ("https://twitter.com/Somebody", "https://x.com/somebody"),
    ],
)
def test_the_same_page_is_recognised(one: str, other: str) -> None:
    assert address_key(clean_address(one)) == address_key(clean_address(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.org/x", "https://a.org/y"),
        ("https://a.org/X", "https://a.org/x"),
        ("https://a.org/?p=1", "https://a.org/?p=2"),
        ("https://youtu.be/dQw4", "https://youtu.be/dqw4"),
        ("https://a.org/#/one", "https://a.org/#/two"),
        ("https://a.org/", "https://b.a.org/"),
        ("https://a.org:8080/", "https://a.org/"),
    ],
)
def test_other_pages_stay_apart(one: str, other: str) -> None:
    assert address_key(clean_address(one)) != address_key(clean_address(other))


@settings(max_examples=60)
@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z0-9.@:/?#&=%\[\]-]{0,40}", fullmatch=True))
def test_any_text_is_kept_for_good_or_refused(typed: str) -> None:
    try:
        kept = clean_address(typed)
    except UserError:
        return
    assert kept.startswith(("http://", "https://"))
    assert kept.isascii()
    assert kept.isprintable()
    assert " " not in kept
    assert clean_address(kept) == kept
    assert address_key(kept)


@pytest.mark.parametrize("where", ["/{}", "/?q={}", "/#{}"])
def test_an_address_is_as_long_as_it_is_written_out(where: str) -> None:
    # Discord takes 2,048 characters for the address of a title, and each of these is nine.
    bare = len("https://a.org" + where.format(""))
    with pytest.raises(AddressTooLong, match=f"{bare + 900} characters"):
        clean_address("https://a.org" + where.format("漢" * 100))
    assert len(clean_address("https://a.org" + where.format("漢" * 50))) < LONGEST
