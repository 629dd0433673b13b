#!/usr/bin/env bash
# Install peftlint into a virtual environment of its own, and output its `python`.
#
# Nothing of the repository under test is used for it: Python and pip are started in another
# folder and isolated, and pip reads no config and no list of requirements that a variable names.
# For macOS's sake the scripts keep to what bash 3.2 knows.
set -euo pipefail
# shellcheck source=action/fail.sh
source "$(dirname "${BASH_SOURCE[0]}")/fail.sh"

# What packaging.python.org says a version is, without epochs and local parts.
readonly VERSION='^[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?$'

if [[ -z $INPUT_VERSION ]]; then
  package=$(cd "$GITHUB_ACTION_PATH" && pwd)
elif [[ $INPUT_VERSION =~ $VERSION ]]; then
  package=peftlint==$INPUT_VERSION
else
  fail "the input 'version' is none: write one that is on PyPI, such as 1.2.0"
fi

folder=$(mktemp -d "$RUNNER_TEMP/peftlint.XXXXXX")
cd "$folder"

# Those of pip that say where packages come from stay; others could name files of the repository.
for name in $(compgen -A export PIP_ || true) $(compgen -A export PYTHON || true); do
  case $name in
    PIP_CERT | PIP_CLIENT_CERT | PIP_EXTRA_INDEX_URL | PIP_INDEX_URL | PIP_PROXY | PIP_TRUSTED_HOST) ;;
    *) unset "$name" ;;
  esac
done
export PIP_CONFIG_FILE=/dev/null

python=$(command -v python3 || command -v python) ||
  fail "there is no python3 here: add a step with actions/setup-python before this one"
"$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "peftlint needs Python 3.11 or later: add a step with actions/setup-python before this one"
"$python" -I -m venv environment ||
  fail "this Python makes no virtual environment: add a step with actions/setup-python before this one"

python=$folder/environment/bin/python
"$python" -I -m pip install --quiet --no-input --disable-pip-version-check -- "$package" ||
  fail "pip could not install peftlint; the log of this step says why"
echo "python=$python" >>"$GITHUB_OUTPUT"
