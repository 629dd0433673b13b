r"""Text as LaTeX shows it, of which nothing is a command that the text itself wrote.

What LaTeX reads specially is spelt out. A brace without its partner becomes a command, since BibTeX
counts braces without a look at the backslash before them; pairs do not, as some readers know
`\{` only. `^^5c`, which TeX reads as a
backslash, needs a `^`, and none is left. Letters stay as they are, in UTF-8.
"""

from __future__ import annotations

from peftlint.printable import printable
from peftlint.regex import regex

_SPELT_OUT = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)
_WITH_PAIRS = {**_SPELT_OUT, ord("{"): r"\{", ord("}"): r"\}"}

# Commands that only show something, and take nothing.
_SYMBOLS = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi
    Psi Omega ell infty times cdot cdots ldots dots ast star pm mp to rightarrow leftarrow
    leftrightarrow Rightarrow Leftrightarrow mapsto neq ne leq le geq ge approx sim simeq equiv
    propto in notin subset subseteq cup cap sum prod int partial nabla log exp min max arg lim sin
    cos tan dagger circ bullet oplus otimes odot wedge vee forall exists quad
"""
# Those that set what is in the braces behind them.
_STYLES = """
    mathbb mathcal mathbf mathrm mathit mathsf mathtt mathfrak boldsymbol hat tilde bar vec
    overline underline sqrt
"""
_TEXTS = "text textbf textit texttt textsf textsc textrm"
#: The parts of a formula that may pass. Each begins with a character of its own, and their
#: number is bounded, so that matching is linear.
_PART = (
    rf"\\(?:{'|'.join(_SYMBOLS.split())})(?![A-Za-z])"
    rf"|\\(?:{'|'.join(_STYLES.split())})(?=\{{)"
    rf"|\\(?:{'|'.join(_TEXTS.split())})\{{[A-Za-z0-9 .:-]{{0,60}}\}}"
    r"|\\[,;!]"
    r"|[_^](?=[A-Za-z0-9{\\*])"
    r"|[^\W_]|[ +*/=<>.,()|!:'\[\]{}-]"
)
#: Opened and closed as pandoc wants it, so that `$10,000 or $20,000` are dollars:
#: https://pandoc.org/MANUAL.html#extension-tex_math_dollars
_FORMULA = regex(rf"\$(?=[^\s$])((?:{_PART}){{1,80}})(?<!\s)\$(?!\d)")
_ARGUMENT = r"(?:\{[^{}]*\}|\\[A-Za-z]+|[^\W_]|\*)\s*"
#: `x^2^3`, which is none.
_TWICE = regex(rf"\^{_ARGUMENT}(?:_{_ARGUMENT})?\^|_{_ARGUMENT}(?:\^{_ARGUMENT})?_")
_WORD = regex(r"([^\W_]+)")
_BRACE = regex("[{}]")


def escaped(text: str) -> str:
    """Text on one line, every character of which LaTeX shows.

    Args:
        text: any; what has no shape is written out, as `printable` does it.
    """
    text = _one_line(text)
    return text.translate(_table_for(text))


def escaped_title(text: str) -> str:
    """The same for a title, with its capitals protected and its formulas kept.

    Styles of BibTeX write titles in small letters, but not what is in braces: acronyms are put
    in them, `{BERT}`, and capitals within words, `{ImageNet}`, as DBLP does it. A formula between
    dollars is kept where it is made of letters, digits, signs and known commands that do nothing
    but show a sign or set a style.
    """
    text = _one_line(text)
    done: list[str] = []
    at = 0
    for formula in _FORMULA.finditer(text):
        if not _is_sound(formula[1]):
            continue
        done.append(_protected(text[at : formula.start()]))
        # In braces, else BibTeX writes the formula's letters small.
        done.append(f"{{{formula[0]}}}")
        at = formula.end()
    done.append(_protected(text[at:]))
    return "".join(done)


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))


def _protected(text: str) -> str:
    parts = _WORD.split(text)
    table = _table_for(text)
    # Words and what parts them take turns.
    return "".join(
        f"{{{part}}}" if index % 2 and _has_own_capitals(part) else part.translate(table)
        for index, part in enumerate(parts)
    )


def _has_own_capitals(word: str) -> bool:
    """Whether a word's capitals are its own: `BERT`, `iPhone`, `T5`, `K`, but not `A`."""
    if word.islower() or not any(map(str.isupper, word)):
        return False
    if len(word) == 1:
        return word != "A"
    return any(map(str.isupper, word[1:])) or any(map(str.isdigit, word))


def _is_sound(formula: str) -> bool:
    """Whether a formula's braces pair, and no index has an index."""
    return _braces_pair(formula) and not _TWICE.search(formula)


def _table_for(text: str) -> dict[int, str]:
    return _WITH_PAIRS if _braces_pair(text) else _SPELT_OUT


def _braces_pair(text: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
