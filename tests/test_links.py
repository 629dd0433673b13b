"""What tracks, what is dead, what deceives and what is broken in a link, and none takes long."""

from __future__ import annotations

import time

import pytest

from peftlint import registry
from peftlint.arxiv import flaw_of_id, flaw_of_url, flaws_in_text
from peftlint.brokenlink import broken_links
from peftlint.deadhost import dead_host
from peftlint.deception import foreign_letters, hidden_host, other_host, registered, runs_code
from peftlint.fixer import fix
from peftlint.reader import read
from peftlint.tracking import cleaned

# --- What tracks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://a.org/?utm_source=x", "https://a.org/"),
        ("https://a.org/?utm_source=x#part", "https://a.org/#part"),
        ("https://a.org/?a=1&utm_source=x&b=2", "https://a.org/?a=1&b=2"),
        ("https://a.org/?utm_source=x&amp;a=1&amp;b=%20", "https://a.org/?a=1&amp;b=%20"),
        ("https://a.org/?a=1&UTM_Source=x", "https://a.org/?a=1"),
        ("https://a.org/?utm_source", "https://a.org/"),
        ("//a.org/p?fbclid=1?2", "//a.org/p"),
        ("https://arxiv.org/abs/2203.12119?context=cs", "https://arxiv.org/abs/2203.12119"),
        (
            "http://export.arxiv.org/abs/2203.12119?context=cs",
            "http://export.arxiv.org/abs/2203.12119",
        ),
        ("https://mobile.twitter.com/a/status/1?s=20", "https://mobile.twitter.com/a/status/1"),
        ("https://GitHub.com/a/b/?tab=readme-ov-file", "https://GitHub.com/a/b/"),
        ("https://a.org/blog?ref=b.org", "https://a.org/blog"),
        ("https://www.amazon.com/dp/1?ref_=x&th=1", "https://www.amazon.com/dp/1?th=1"),
    ],
)
def test_a_parameter_that_tracks_goes_with_its_separator(url: str, wanted: str) -> None:
    found = cleaned(url)
    assert found is not None
    assert found.url == wanted
    assert found.names
    assert cleaned(found.url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://a.org/",
        "https://a.org/?a=1#?utm_source=x",
        "https://a.org/utm_source=x",
        "https://a.org/?source=x&s=1&t=2&context=3&tab=readme-ov-file&si=4",
        "https://twitter.com/search?q=a&s=20",
        "https://github.com/a?tab=readme-ov-file",
        "https://github.com/a/b/issues?tab=readme-ov-file",
        "https://github.com/a/b?ref=main",
        "https://gitlab.example.org/a/b?ref=main",
        "https://a.org/paper.aspx?ref=12",
        "https://notarxiv.org/abs/1?context=cs",
        "https://docs.google.com/forms/d/e/x/viewform?usp=pp_url&entry.1=a",
        "relative?utm_source=x",
        "https://user@a.org/?utm_source=x",
    ],
)
def test_what_chooses_a_page_does_not_track(url: str) -> None:
    assert cleaned(url) is None


# --- What is dead ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://paperswithcode.com/paper/x", "paperswithcode.com"),
        ("http://www.PapersWithCode.com", "paperswithcode.com"),
        ("https://production-media.paperswithcode.com/x.png", "paperswithcode.com"),
        ("https://cdn.rawgit.com/a/b/badge.svg", "rawgit.com"),
        ("//rawgit.com:443/a", "rawgit.com"),
        ("https://goo.gl/abc", "goo.gl"),
        (
            "https://img.shields.io/endpoint?url=https%3A%2F%2Fpaperswithcode.com%2Fb",
            "paperswithcode.com",
        ),
        ("https://old.example.org/a", "old.example.org"),
        ("https://www.old.example.org/a", "old.example.org"),
    ],
)
def test_a_host_that_is_shut_down_is_known(url: str, name: str) -> None:
    found = dead_host(url, frozenset(("old.example.org",)))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "url",
    [
        "https://git.io/a",
        "https://code.google.com/archive/p/a",
        "https://goo.gl/maps/a",
        "https://maps.app.goo.gl/a",
        "https://notrawgit.com/",
        "https://rawgit.com.example.org/",
        "https://example.org/?url=https://rawgit.com/",
        "https://img.shields.io/badge/rawgit.com-blue",
        "https://travis-ci.com/a",
        "rawgit.com/a",
    ],
)
def test_a_host_that_is_there_is_not_dead(url: str) -> None:
    assert dead_host(url) is None


def test_a_host_that_a_list_knows_to_be_alive_is_not_dead() -> None:
    assert dead_host("https://cdn.rawgit.com/a", alive=frozenset(("rawgit.com",))) is None
    assert dead_host("https://rawgit.com/a", alive=frozenset(("cdn.rawgit.com",)))


@pytest.mark.parametrize("key", ["extra_hosts", "alive_hosts"])
@pytest.mark.parametrize("host", ["", "localhost", "https://a.org", "a.org/b", "a b.org", ".org"])
def test_what_is_no_host_is_refused(key: str, host: str) -> None:
    options = registry.find("dead-host").options
    assert options is not None
    with pytest.raises(ValueError, match="are hosts"):
        options(**{key: (host,)})


def test_a_label_without_letters_is_refused() -> None:
    options = registry.find("arxiv-pdf-link").options
    assert options is not None
    with pytest.raises(ValueError, match="are words"):
        options(allowed_labels=("[]",))


# --- What deceives --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "url"),
    [
        ("https://arxiv.org/abs/1", "https://example.com/1"),
        ("arxiv.org/abs/1", "https://arxiv.org.example.com/1"),
        ("www.example.org", "https://example.com"),
        ("https://one.ac.uk/a", "https://two.ac.uk/a"),
    ],
)
def test_a_label_that_shows_another_host_deceives(label: str, url: str) -> None:
    assert other_host(label, url) is not None


@pytest.mark.parametrize(
    ("label", "url"),
    [
        ("https://arxiv.org/abs/1", "http://www.arxiv.org/pdf/2"),
        ("https://x.com/a", "https://twitter.com/a"),
        ("https://a.org", "https://web.archive.org/web/2020/https://a.org"),
        ("https://doi.org/10.1/a", "https://dl.acm.org/doi/10.1/a"),
        ("x.ai", "https://github.com/xai-org"),
        ("WWW.Serve", "https://arxiv.org/abs/1"),
        ("lib/model.py", "https://a.org"),
        ("a.org/b c", "https://b.org"),
        ("https://a.org", "#a"),
        ("Paper", "https://a.org"),
    ],
)
def test_a_label_that_is_no_other_address_does_not_deceive(label: str, url: str) -> None:
    assert other_host(label, url) is None


def test_the_registered_part_of_a_host_is_told_by_its_length() -> None:
    assert registered("a.b.example.com") == "example.com"
    assert registered("a.example.ac.uk") == "example.ac.uk"
    assert registered("a.example.io") == "example.io"
    assert registered("example.de") == "example.de"


def test_a_name_before_the_host_is_seen() -> None:
    found = hidden_host("https://arxiv.org@example.com/abs/1")
    assert found is not None
    assert (found.shown, found.opened) == ("arxiv.org", "example.com")
    assert hidden_host("https://medium.com/@a") is None
    assert hidden_host("mailto:a@example.com") is None


@pytest.mark.parametrize(
    "url",
    [
        "https://g\u0456thub.com/",
        "https://\u0430\u0440\u0440\u04cf\u0435.com/",
        "https://xn--80ak6aa92e.com/",
        "https://a\u03bfl.com/",
    ],
)
def test_letters_that_look_like_others_are_seen(url: str) -> None:
    assert foreign_letters(url) is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/\u0456",
        "https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/",
        "https://m\u00fcnchen.de/",
        "https://\u4f8b\u3048.jp/",
        "https://xn--mnchen-3ya.de/",
        "https://xn--\u00e4.de/",
        "\u0456",
    ],
)
def test_a_host_in_one_alphabet_is_what_it_looks_like(url: str) -> None:
    assert foreign_letters(url) is None


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("javascript:alert(1)", "javascript:"),
        (" Java\tScript:x", "javascript:"),
        ("vbscript:x", "vbscript:"),
        ("data:text/html,x", "data:"),
        ("data:image/png;base64,x", None),
        ("https://a.org/javascript:x", None),
        ("#a", None),
    ],
)
def test_an_address_that_is_a_program_is_told_by_its_scheme(url: str, scheme: str | None) -> None:
    assert runs_code(url) == scheme


# --- What arXiv does not have ---------------------------------------------------------------------

VALID = """
2106.09685 2106.09685v2 0704.0001 1412.9999 1501.00001 9912.12345 cs/0306050 hep-th/9901001v2
cs.CL/0306050 math.GT/0309136 CS/0306050 cond-mat.stat-mech/0204001
""".split()  # noqa: SIM905 - a list of words is read more easily
IMPOSSIBLE = """
0703.0001 1501.0001 1412.00001 2613.00001 2106.00000 2106.096850 2106.09685v0 cs/0704001
hep-th/9113001 foo/0306050 2502.143 2509.262311 XXXX.XXXXX 2401.xxxxx 21060.9685 mini
""".split()  # noqa: SIM905 - a list of words is read more easily


@pytest.mark.parametrize("written", VALID)
def test_an_identifier_that_exists_has_no_flaw(written: str) -> None:
    assert flaw_of_id(written) is None
    assert flaw_of_url(f"https://arxiv.org/abs/{written}") is None
    assert list(flaws_in_text(f"(arXiv:{written}).")) == []


@pytest.mark.parametrize("written", IMPOSSIBLE)
def test_an_identifier_that_cannot_exist_has_a_flaw(written: str) -> None:
    assert flaw_of_id(written)
    for host in ("arxiv.org", "export.arxiv.org", "ar5iv.org"):
        flaw = flaw_of_url(f"https://{host}/pdf/{written}.pdf")
        assert flaw is not None
        assert flaw.written == written
        assert not flaw.page


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://arxiv.org/2503.19881", "https://arxiv.org/abs/2503.19881"),
        ("http://www.arxiv.org/2503.19881v2.pdf", "https://arxiv.org/abs/2503.19881v2"),
        ("https://arxiv.org/papers/cs/0306050", "https://arxiv.org/abs/cs/0306050"),
    ],
)
def test_where_only_the_address_is_wrong_the_right_one_is_known(url: str, page: str) -> None:
    flaw = flaw_of_url(url)
    assert flaw is not None
    assert flaw.page == page


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/list/cs.CV/2203.12119",
        "https://arxiv.org/a/smith_j_1",
        "https://arxiv.org/",
        "https://arxiv.org/html/2203.12119v2/x1.png",
        "https://arxiv.org/ftp/arxiv/papers/2105/2105.13993.pdf",
        "https://info.arxiv.org/abs/2613.00001",
        "https://huggingface.co/papers/2613.00001",
        "https://notarxiv.org/abs/2613.00001",
    ],
)
def test_an_address_that_is_meant_for_no_paper_has_no_flaw(url: str) -> None:
    assert flaw_of_url(url) is None


def test_a_date_in_text_is_no_identifier() -> None:
    assert list(flaws_in_text("arXiv:2024.06 and arXiv 2613.00001 and arXiv:2106.09685.")) == []


# --- What is broken -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "[[Paper](https://a.org)][Code](https://b.org)]",
            "[[Paper](https://a.org)][[Code](https://b.org)]",
        ),
        (
            "[[Paper](https://a.org)][[Code](https://b.org)",
            "[[Paper](https://a.org)][[Code](https://b.org)]",
        ),
        ("[[Paper](https://a.org))]", "[[Paper](https://a.org)]"),
        ("[Paper]([https://a.org](https://a.org))", "[Paper](https://a.org)"),
        ("[Paper]((https://a.org))", "[Paper](https://a.org)"),
        ("[[Paper](https://a.org]", "[[Paper](https://a.org)]"),
        ("[Paper](https:// a.org)", "[Paper](https://a.org)"),
        ("[Paper] (https://a.org)", "[Paper](https://a.org)"),
        ("(Paper)[https://a.org]", "[Paper](https://a.org)"),
        ("[Paper][https://a.org]", "[Paper](https://a.org)"),
        ("[Paper]\uff08https://a.org\uff09", "[Paper](https://a.org)"),
    ],
)
def test_a_broken_link_is_mended_where_one_thing_was_meant(written: str, meant: str) -> None:
    head = "- **Visual Prompt Tuning,** ECCV 2022. "
    for before, after in (("", "\n"), ("# A list\r\n\r\n", "\r\n")):
        text = f"{before}{head}{written}{after}"
        result = fix(text, [registry.find("malformed-link")])
        assert result.text == f"{before}{head}{meant}{after}"
        assert not result.withheld
        assert not result.remaining


@pytest.mark.parametrize(
    "written",
    [
        "[Paper](https://a.org)]",
        "[Paper]([https://a.org](https://b.org))",
        "[Paper](https://a.org",
        "[Paper](https://a.org/b c.pdf)",
        "[Paper(https://a.org)]",
        "Paper](https://a.org)",
        "[a name] (https://a.org)",
        "[[Paper](https://a.org)](https://b.org)",
    ],
)
def test_a_broken_link_that_can_mean_two_things_is_only_reported(written: str) -> None:
    broken = list(broken_links(read(f"- **Visual Prompt Tuning,** ECCV 2022. {written}\n")))
    assert len(broken) == 1
    assert broken[0].meant is None


# --- Nothing takes long ---------------------------------------------------------------------------

NAMES = (
    "arxiv-id-mismatch", "arxiv-pdf-link", "dead-host", "deceptive-link", "malformed-arxiv-id",
    "malformed-link", "tracking-parameter", "wrong-link-role",
)  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    [
        "](https://a ", "[", "])", "[a](b c ", "[a] (http://", "(a)[http://", "[a(http://",
        "[a]\uff08https://", "[Code](https://b.org)] ", "[Code](https://b.org)) ",
        "[2203.12119](https://arxiv.org/abs/2203.12118) ", "arXiv:2613.00001 ",
        "[Paper](https://arxiv.org/abs/2203.12118)[Code](https://arxiv.org/abs/2203.12118) ",
        "<!-- arXiv:2203.12119 --> `arXiv:2203.12119` ", "[a](javascript:x( ",
        "[https://a.org](https://b.org) ",
    ],
)  # fmt: skip
def test_hostile_brackets_are_read_in_linear_time(piece: str) -> None:
    rules = [registry.find(name) for name in NAMES]
    document = read(f"- **T,** X 2022. {piece * 20_000}\n")
    begin = time.process_time()
    for rule in rules:
        list(rule.check(document))
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "url",
    [
        f"https://a.org/?{'utm_a=1&' * 100_000}",
        f"https://a.org/?utm_a=1{'&amp;' * 100_000}",
        f"https://{'a.' * 100_000}org/?utm_a=1",
        f"https://{'a@' * 100_000}b.org/",
        f"https://{chr(0x430)}{'b' * 100_000}.org/",
        f"https://arxiv.org/abs/{'X' * 100_000}.{'X' * 100_000}",
        f"https://arxiv.org/abs/{'1' * 100_000}.{'1' * 100_000}",
        f"https://img.shields.io/endpoint?{'url=&' * 100_000}",
    ],
    ids=lambda url: url[:30],
)
def test_a_hostile_address_is_read_in_linear_time(url: str) -> None:
    begin = time.process_time()
    for read_address in (cleaned, dead_host, hidden_host, foreign_letters, runs_code, flaw_of_url):
        read_address(url)
    other_host(url, "https://b.org/")
    other_host("https://a.org/", url)
    assert time.process_time() - begin < 2
