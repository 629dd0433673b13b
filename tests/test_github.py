"""Repositories, as links open them and as badges count them."""

from __future__ import annotations

import pytest

from peftlint.github import Repository, may_be_one, of_badge, of_url


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://github.com/microsoft/LoRA", "microsoft/LoRA"),
        ("http://www.github.com/microsoft/LoRA.git", "microsoft/LoRA"),
        ("https://github.com//microsoft/LoRA/", "microsoft/LoRA"),
        ("https://github.com/microsoft/LoRA/tree/main/x?tab=readme#y", "microsoft/LoRA"),
        ("https://github.com/microsoft", None),
        ("https://github.com/topics/peft", None),
        ("https://github.com/orgs/microsoft/repositories", None),
        ("https://gist.github.com/a/b", None),
        ("https://github.com.evil.com/a/b", None),
        ("https://example.com/github.com/a/b", None),
        ("github.com/a/b", None),
    ],
)
def test_a_link_opens_a_repository(url: str, repository: str | None) -> None:
    found = of_url(url)
    assert (str(found) if found else None) == repository


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://img.shields.io/github/stars/microsoft/LoRA", "microsoft/LoRA"),
        ("https://img.shields.io/github/stars/a/b.vlm1.svg?style=social&label=Star", "a/b.vlm1"),
        ("https://img.shields.io/github/license/a/b.svg", "a/b"),
        ("https://badgen.net/github/stars/a/b", "a/b"),
        ("https://img.shields.io/github/last-commit/a/b/main", "a/b"),
        ("https://img.shields.io/github/followers/a", None),
        ("https://img.shields.io/github/actions/workflow/status/a/b/ci.yml", None),
        ("https://img.shields.io/badge/github/stars-blue", None),
        ("https://example.com/github/stars/a/b", None),
    ],
)
def test_a_badge_is_about_a_repository(url: str, repository: str | None) -> None:
    found = of_badge(url)
    assert (str(found) if found else None) == repository


def test_a_repository_may_have_been_moved_or_renamed() -> None:
    repository = Repository("microsoft", "LoRA")
    assert repository.key == "microsoft/lora"
    assert may_be_one(repository, Repository("somebody", "lora"))
    assert may_be_one(repository, Repository("Microsoft", "LoRA-v2"))
    assert may_be_one(Repository("a", "show1"), Repository("a", "Show-1"))
    assert not may_be_one(repository, Repository("microsoft", "peft"))
    assert not may_be_one(repository, Repository("huggingface", "LoRA-v2"))
