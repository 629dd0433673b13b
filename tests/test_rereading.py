"""While a list is changed, it is read again only where it has changed."""

from __future__ import annotations

import pytest

from peftlint import reader
from peftlint.reader import read
from peftlint.rereading import keeping, read_again

TEXT = "# List\n" + "".join(
    f"\n## Section {number}\n\n- **A Fine Title of a Paper {number},** Ann Lee. ICLR 2024.\n"
    for number in range(9)
)
CHANGED = TEXT.replace("Paper 4", "Report 4")


@pytest.fixture
def stretches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first lines of the stretches that are read, one after the other."""
    lines: list[int] = []
    whole = reader.read_stretch

    def noted(page: object, unit: object, *rest: object) -> object:
        lines.append(unit.line)  # type: ignore[attr-defined]
        return whole(page, unit, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "read_stretch", noted)
    return lines


def titles(text: str) -> list[str]:
    return [entry.title.text for entry in read_again(text).entries]


def test_what_is_the_same_is_not_read_again(stretches: list[int]) -> None:
    with keeping():
        titles(TEXT)
        stretches.clear()
        found = titles(CHANGED)
        # The first stretch has no text by which it could be asked for.
        assert stretches == [1, 19]
        stretches.clear()
        assert titles(TEXT) == [entry.title.text for entry in read(TEXT).entries]
    assert found == [entry.title.text for entry in read(CHANGED).entries]


def test_nothing_is_kept_outside(stretches: list[int]) -> None:
    with keeping():
        titles(TEXT)
    stretches.clear()
    titles(TEXT)
    assert len(stretches) == 10
