"""arXiv identifiers and addresses, by the grammar that arXiv publishes."""

import time

import pytest

from peftlint.arxiv import (
    ArxivId,
    abstract_page,
    at_main_host,
    canonical,
    id_in_url,
    ids_in_text,
    parse_id,
)


@pytest.mark.parametrize(
    ("text", "id_", "version"),
    [
        ("2106.09685", "2106.09685", ""),
        ("arXiv:2106.09685", "2106.09685", ""),
        ("ARXIV:2106.09685", "2106.09685", ""),
        ("2106.09685v2", "2106.09685", "v2"),
        ("2106.09685v12", "2106.09685", "v12"),
        ("0704.0001", "0704.0001", ""),
        ("1412.9999", "1412.9999", ""),
        ("1501.00001", "1501.00001", ""),
        ("9912.12345", "9912.12345", ""),
        ("cs/0306050", "cs/0306050", ""),
        ("hep-th/9901001v2", "hep-th/9901001", "v2"),
        ("cs.CL/0306050", "cs/0306050", ""),
        ("math.GT/0309136", "math/0309136", ""),
        ("CS/0306050", "cs/0306050", ""),
        ("cond-mat/0703999", "cond-mat/0703999", ""),
        ("astro-ph/9107001", "astro-ph/9107001", ""),
    ],
)
def test_an_identifier_is_read_with_its_version(text: str, id_: str, version: str) -> None:
    assert parse_id(text) == ArxivId(id_, version)
    assert canonical(text) == id_


@pytest.mark.parametrize(
    "text",
    [
        "0703.0001",
        "1501.0001",
        "1412.00001",
        "2613.00001",
        "2100.00001",
        "2106.00000",
        "2106.096850",
        "2106.09685v0",
        "2106.09685v",
        "2106.09685 ",
        "2106.09685\n",
        "\u0662\u0661\u0660\u0666.09685",
        "cs/0704001",
        "cs/9106001",
        "hep-th/9113001",
        "hep-th/9901000",
        "foo/0306050",
        "cs.cl/0306050",
        "2502.143",
        "2509.262311",
        "XXXX.XXXXX",
        "",
    ],
)
def test_an_identifier_that_cannot_exist_is_none(text: str) -> None:
    assert parse_id(text) is None
    assert canonical(text) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2106.09685",
        "http://arxiv.org/abs/2106.09685",
        "//arxiv.org/abs/2106.09685",
        "HTTPS://ArXiv.org/abs/2106.09685",
        "https://arxiv.org/pdf/2106.09685",
        "https://arxiv.org/pdf/2106.09685.pdf",
        "https://arxiv.org/format/2106.09685",
        "https://arxiv.org/ps/2106.09685",
        "https://arxiv.org/src/2106.09685",
        "https://arxiv.org/e-print/2106.09685",
        "https://arxiv.org//abs/2106.09685",
        "https://arxiv.org/abs//2106.09685",
        "https://arxiv.org/abs/2106.09685/",
        "https://arxiv.org/abs/2106.09685?context=cs.CL",
        "https://arxiv.org/abs/2106.09685#",
        "https://arxiv.org/abs/2106.09685.pdf",
        "https://arxiv.org/abs/arXiv:2106.09685",
        "https://arxiv.org/html/2106.09685#S3",
        "https://arxiv.org/ftp/arxiv/papers/2106/2106.09685.pdf",
        "https://www.arxiv.org/abs/2106.09685",
        "http://export.arxiv.org/abs/2106.09685",
        "https://browse.arxiv.org/pdf/2106.09685.pdf",
        "https://web3.arxiv.org/abs/2106.09685",
        "https://web7.arxiv.org/abs/2106.09685",
        "https://cn.arxiv.org/abs/2106.09685",
        "https://de.arxiv.org/abs/2106.09685",
        "https://lanl.arxiv.org/abs/2106.09685",
        "http://xxx.lanl.gov/abs/2106.09685",
        "https://ar5iv.org/abs/2106.09685",
        "https://ar5iv.labs.arxiv.org/html/2106.09685",
    ],
)
def test_every_address_of_a_paper_leads_to_its_abstract_page(url: str) -> None:
    assert abstract_page(url) == "https://arxiv.org/abs/2106.09685"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://arxiv.org/pdf/2106.09685v1.pdf", "https://arxiv.org/abs/2106.09685v1"),
        ("https://arxiv.org/html/2106.09685v7#S3", "https://arxiv.org/abs/2106.09685v7"),
        (
            "https://arxiv.org/vc/arxiv/papers/1501/1501.02876v1.pdf",
            "https://arxiv.org/abs/1501.02876v1",
        ),
        ("https://arxiv.org/pdf/cs.CL/0306050v2", "https://arxiv.org/abs/cs/0306050v2"),
        ("https://arxiv.org/ftp/cs/papers/0306/0306050.pdf", "https://arxiv.org/abs/cs/0306050"),
        (
            "https://arxiv.org/pdf/hep-th/9901001v2.pdf?download=1",
            "https://arxiv.org/abs/hep-th/9901001v2",
        ),
    ],
)
def test_the_abstract_page_keeps_the_version(url: str, page: str) -> None:
    assert abstract_page(url) == page


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://www.alphaxiv.org/abs/2106.09685v2", "2106.09685"),
        ("https://alphaxiv.org/overview/2106.09685", "2106.09685"),
        ("https://huggingface.co/papers/2106.09685", "2106.09685"),
        ("https://papers.cool/arxiv/2106.09685", "2106.09685"),
        ("https://www.semanticscholar.org/arxiv/2106.09685", "2106.09685"),
        ("https://doi.org/10.48550/arXiv.2106.09685", "2106.09685"),
    ],
)
def test_another_service_gives_the_identifier_but_no_abstract_page(url: str, id_: str) -> None:
    paper = id_in_url(url)
    assert paper is not None
    assert paper.host == "other service"
    assert paper.id is not None
    assert paper.id.id == id_
    assert abstract_page(url) is None


@pytest.mark.parametrize(
    ("url", "host", "verb"),
    [
        ("https://arxiv.org/2503.19881", "arxiv", ""),
        ("https://arxiv.org/XXXX.XXXXX", "arxiv", ""),
        ("https://arxiv.org/abs/2502.143", "arxiv", "abs"),
        ("https://arxiv.org/abs/XXXX.XXXXX", "arxiv", "abs"),
        ("https://arxiv.org/abs/", "arxiv", "abs"),
        ("https://arxiv.org/pdf/2409.18169'", "arxiv", "pdf"),
        ("https://www.arxiv.org/abs/2509.262311", "mirror", "abs"),
    ],
)
def test_a_broken_address_has_no_identifier(url: str, host: str, verb: str) -> None:
    paper = id_in_url(url)
    assert paper is not None
    assert (paper.host, paper.verb, paper.id) == (host, verb, None)
    assert abstract_page(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org",
        "https://arxiv.org/",
        "https://arxiv.org/list/cs.CL/recent",
        "https://arxiv.org/a/hu_e_1",
        "https://arxiv.org/ftp/2105.13993.pdf",
        "https://arxiv.org/search/?query=2106.09685",
        "https://arxiv.org/html/2401.10774v1/x1.png",
        "https://arxiv.org/html/cs/0306050/x1.png",
        "https://info.arxiv.org/abs/2106.09685",
        "https://arxiv.org.evil.com/abs/2106.09685",
        "https://notarxiv.org/abs/2106.09685",
        "https://arxiv.org@evil.com/abs/2106.09685",
        "https://evil.com\\@arxiv.org/abs/2106.09685",
        "https://arxiv.org\\.evil.com/abs/2106.09685",
        "https://arxiv.org:pw@evil.com/abs/2106.09685",
        "https://evil.com/?https://arxiv.org/abs/2106.09685",
        "https://evil.com?x=//arxiv.org/abs/2106.09685",
        "https://evil.com#//arxiv.org/abs/2106.09685",
        "https://arxiv.org?/abs/2106.09685",
        "https://arxiv.org\u200b/abs/2106.09685",
        "https://arx\u0456v.org/abs/2106.09685",
        "javascript://arxiv.org/abs/2106.09685",
        "file://arxiv.org/abs/2106.09685",
        "arxiv.org/abs/2106.09685",
        "https://huggingface.co/meta/llama",
        "https://huggingface.co/papers/trending",
        "https://alphaxiv.org/explore",
        "https://doi.org/10.1038/nature14236",
        "/abs/2106.09685",
        "#arxiv",
        "",
    ],
)
def test_what_is_no_address_of_a_paper_says_nothing(url: str) -> None:
    assert id_in_url(url) is None
    assert abstract_page(url) is None


@pytest.mark.parametrize(
    ("url", "verb", "has_suffix"),
    [
        ("https://arxiv.org/abs/2106.09685", "abs", False),
        ("https://arxiv.org/abs/2106.09685.pdf", "abs", True),
        ("https://arxiv.org/pdf/2106.09685v1.pdf", "pdf", True),
        ("https://arxiv.org/PDF/2106.09685", "pdf", False),
        ("https://arxiv.org/ftp/arxiv/papers/2105/2105.13993.pdf", "ftp", True),
    ],
)
def test_the_verb_and_the_file_suffix_are_told(url: str, verb: str, has_suffix: bool) -> None:
    paper = id_in_url(url)
    assert paper is not None
    assert (paper.verb, paper.has_suffix) == (verb, has_suffix)


@pytest.mark.parametrize(
    ("url", "scheme", "path"),
    [
        ("http://www.arxiv.org/abs/2106.09685v2?x#y", "http", "/abs/2106.09685v2?x#y"),
        ("//arxiv.org/abs/2106.09685", "", "/abs/2106.09685"),
    ],
)
def test_the_scheme_and_the_place_of_the_path_are_told(url: str, scheme: str, path: str) -> None:
    paper = id_in_url(url)
    assert paper is not None
    assert paper.scheme == scheme
    assert url[paper.path_start :] == path


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("http://arxiv.org/abs/2106.09685", "https://arxiv.org/abs/2106.09685"),
        (
            "http://www.arxiv.org/pdf/2106.09685v2.pdf#page=3",
            "https://arxiv.org/pdf/2106.09685v2.pdf#page=3",
        ),
        ("https://xxx.lanl.gov/abs/cs/0306050", "https://arxiv.org/abs/cs/0306050"),
        ("https://ar5iv.labs.arxiv.org/html/2106.09685", "https://arxiv.org/abs/2106.09685"),
        ("https://arxiv.org/abs/2106.09685", "https://arxiv.org/abs/2106.09685"),
        ("https://alphaxiv.org/abs/2106.09685", None),
        ("http://arxiv.org/abs/2502.143", None),
        ("http://example.com/abs/2106.09685", None),
    ],
)
def test_a_page_at_a_mirror_is_found_at_the_main_host(url: str, page: str | None) -> None:
    assert at_main_host(url) == page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ECCV 2022 (arXiv:2112.04478v3).", [("2112.04478", "2112.04478v3")]),
        ("arXiv:\tarXiv:2202.06687.", [("2202.06687", "2202.06687")]),
        ("arXiv preprint arXiv:1610.00673 (2016)", [("1610.00673", "1610.00673")]),
        (
            "ARXIV: cs.CL/0306050 and arxiv 2106.09685",
            [("cs/0306050", "cs.CL/0306050"), ("2106.09685", "2106.09685")],
        ),
        ("arXiv 2210", []),
        ("arXiv:2502.143", []),
        ("arXiv:2613.00001", []),
        ("arXiv:2509.262311", []),
        ("arXiv:2106.09685v0", []),
        ("2106.09685", []),
        ("no paper at all", []),
    ],
)
def test_identifiers_in_running_text_are_found_in_place(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(id_, text[start:end]) for id_, start, end in ids_in_text(text)] == found


@pytest.mark.parametrize(
    "piece", ["arXiv:", "arXiv: ", "arXiv:2106.", "arXiv:hep-", "arXiv:\t\t\t"]
)
def test_hostile_running_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * 100_000
    began = time.process_time()
    assert list(ids_in_text(text)) == []
    assert time.process_time() - began < 2
