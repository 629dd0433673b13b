"""Tags are found where they stand, in any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peftlint.htmltag import tags
from peftlint.reader import read


def test_tags_and_their_attributes_stand_where_they_say() -> None:
    html = "<p>x<a class=b HREF='https://a.org' hidden>y</A ><br/><img src=z.png alt=\"a > b\"><!-- <b> -->"
    found = list(tags(html))
    assert [(tag.name, tag.is_closing) for tag in found] == [
        ("p", False),
        ("a", False),
        ("a", True),
        ("br", False),
        ("img", False),
        ("!--", False),
    ]
    anchor = found[1].attributes
    assert {name: attribute.value for name, attribute in anchor.items()} == {
        "class": "b",
        "href": "https://a.org",
        "hidden": "",
    }
    assert html[anchor["href"].start : anchor["href"].end] == "https://a.org"
    assert found[4].attributes["alt"].value == "a > b"
    assert html[found[5].start : found[5].end] == "<!-- <b> -->"


def test_what_is_no_tag_is_passed_over() -> None:
    assert [tag.name for tag in tags("a < b <1> <> </> <b")] == []
    assert [tag.name for tag in tags("<a href='x <b>")] == []
    assert [tag.name for tag in tags("<a href= ><b")] == ["a"]
    assert [tag.name for tag in tags("<!-- never closed <b>")] == ["!--"]


@given(st.text(alphabet="<>/=ab \"'!-\n", max_size=60))
def test_any_text_is_scanned_in_order(html: str) -> None:
    end = 0
    for tag in tags(html):
        assert end <= tag.start < tag.end <= len(html)
        end = tag.end


def test_a_block_of_html_gives_its_links_badges_and_comments() -> None:
    document = read(
        '<table>\n<tr><td><a href="#a">1. <b>Selective</b></a></td></tr>\n'
        "<img alt=Awesome src='https://awesome.re/badge.svg'><img src=cat.png><a name=x></a>\n<!-- c -->\n</table>\n"
    )
    assert [(link.label, link.url) for link in document.links] == [("1. Selective", "#a")]
    assert [(badge.alt, badge.url) for badge in document.badges] == [
        ("Awesome", "https://awesome.re/badge.svg")
    ]
    assert [comment.text for comment in document.comments] == [" c "]
