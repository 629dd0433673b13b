"""Errors that do not matter, for who cannot wait for `contextlib`.

To load that, and the standard library's modules that it loads, takes a tenth of a check that is
said again.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType


class suppress:  # noqa: N801 - called as the one of the standard library
    """As `contextlib.suppress`.

    Args:
        errors: that do not matter inside.
    """

    __slots__ = ("_errors",)

    def __init__(self, *errors: type[BaseException]) -> None:
        self._errors = errors

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Let an error go that does not matter."""
        return kind is not None and issubclass(kind, self._errors)
