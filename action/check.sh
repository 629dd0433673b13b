#!/usr/bin/env bash
# Check the lists: first the summary is written, then the annotations, then it ends as peftlint did.
#
# What the inputs hold reaches peftlint as whole arguments: a line is one path, or one option with
# its value. Nothing is evaluated, split at blanks or matched against names of files.
# For macOS's sake this keeps to what bash 3.2 knows.
set -euo pipefail
# shellcheck source=action/fail.sh
source "$(dirname "${BASH_SOURCE[0]}")/fail.sh"

folder=$(mktemp -d "$RUNNER_TEMP/peftlint.XXXXXX")
readonly folder
readonly summary=$folder/summary.md findings=$folder/findings.json

# Run git, which asks nobody for a password and starts nothing.
run_git() {
  GIT_TERMINAL_PROMPT=0 git -c core.hooksPath=/dev/null -c core.fsmonitor=false "$@" 2>>"$folder/git"
}

# Fail, and have the log say what git said.
fail_at_git() {
  sed -e 's/^/git: /' -e 's/##\[/# #[/g' "$folder/git" >&2
  fail "$1"
}

is_here() {
  run_git cat-file -e "$1^{commit}"
}

# Get one commit that the clone has not: actions/checkout clones the newest alone.
fetch() {
  local -a depth=()
  if [[ $(run_git rev-parse --is-shallow-repository) == true ]]; then
    depth=(--depth=1)
  fi
  run_git fetch --quiet --no-tags --no-recurse-submodules ${depth[@]+"${depth[@]}"} origin "$1" &&
    is_here "$1"
}

# Print the commit that the one checked out was merged into.
first_parent() {
  # git hides the parents where a shallow clone ends; the text of the commit has them.
  local commit key value
  commit=$(run_git cat-file commit HEAD)
  while read -r key value && [[ -n $key ]]; do
    if [[ $key == parent ]]; then
      echo "$value"
      return
    fi
  done <<<"$commit"
}

# Set `base` to the commit with which a pull request is compared.
find_base() {
  local -r advice="set 'fetch-depth: 0' at actions/checkout, or 'since: none' here to check all of the lists"
  local head is_merged=
  head=$(run_git rev-parse --verify --quiet 'HEAD^{commit}') ||
    fail_at_git "there is no clone here to compare with the base: $advice"
  base=$BASE_SHA
  if [[ $GITHUB_EVENT_NAME == merge_group ]]; then
    is_merged=1
  elif [[ $head == "$GITHUB_SHA" ]]; then
    # GitHub has merged the pull request into its base to see what comes of it. The base may have
    # gone on since the event was written, so what the pull request changes is told by the parent.
    is_merged=1
    base=$(first_parent)
  fi
  [[ $base =~ ^[0-9a-f]{40,64}$ ]] || fail "the base to compare with is not known: $advice"
  is_here "$base" || fetch "$base" ||
    fail_at_git "the base is not in this clone and cannot be fetched: $advice"
  if [[ -z $is_merged ]]; then
    # Something else is checked out, mostly the branch itself, which may be behind its base.
    base=$(run_git merge-base "$base" HEAD) ||
      fail_at_git "this clone does not reach back to where the pull request left its base: $advice"
  fi
}

# In a container the clone belongs to another user, which git refuses.
export "GIT_CONFIG_KEY_${GIT_CONFIG_COUNT:=0}=safe.directory"
export "GIT_CONFIG_VALUE_$GIT_CONFIG_COUNT=$PWD"
export GIT_CONFIG_COUNT=$((GIT_CONFIG_COUNT + 1))

options=()
case $INPUT_SINCE in
  auto)
    case $GITHUB_EVENT_NAME in
      pull_request | merge_group)
        find_base
        options+=("--since=$base")
        ;;
      pull_request_target)
        fail "on pull_request_target it is not the pull request that is checked out: use pull_request, or say in 'since' what to compare with"
        ;;
    esac
    ;;
  none) ;;
  "") fail "the input 'since' is empty: 'none' checks all of the lists" ;;
  *) options+=("--since=$INPUT_SINCE") ;;
esac

if [[ -n $INPUT_FAIL_ON ]]; then
  options+=("--fail-on=$INPUT_FAIL_ON")
fi

log=text
while read -r report; do
  case $report in
    summary) options+=("--output-format=markdown:$summary") ;;
    annotations) log=github ;;
    "") ;;
    *) fail "the input 'report' is 'summary', 'annotations' or both, with a comma between them" ;;
  esac
done <<<"${INPUT_REPORT//,/$'\n'}"

while read -r option value; do
  case $option in
    "") continue ;;
    --) fail "a line of the input 'args' is '--': paths belong into 'paths'" ;;
    --output-format*)
      # One that goes to no file takes the place of the log, and collides with annotations.
      if [[ $option$value != *:* && $log == text ]]; then
        log=
      fi
      ;;
    -*) ;;
    *) fail "a line of the input 'args' is no option: options begin with '-', and paths belong into 'paths'" ;;
  esac
  options+=("$option")
  if [[ -n $value ]]; then
    options+=("$value")
  fi
done <<<"$INPUT_ARGS"
if [[ -n $log ]]; then
  options+=("--output-format=$log")
fi
options+=("--output-format=json:$findings")

paths=()
while IFS= read -r path; do
  if [[ -n $path ]]; then
    paths+=("$path")
  fi
done <<<"$INPUT_PATHS"
[[ ${#paths[@]} -gt 0 ]] ||
  fail "the input 'paths' names no file and no folder: '.' is all that is checked out"

# Through `cat`, since peftlint escapes what would speak to the runner if a log, and no file, has it.
code=0
"$PEFTLINT_PYTHON" -I -m peftlint check "${options[@]}" -- "${paths[@]}" \
  </dev/null 2>"$folder/messages" | cat >"$folder/log" || code=$?

if [[ -f $summary ]]; then
  cat "$summary" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
cat "$folder/log"
cat "$folder/messages" >&2
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [[ -f $findings ]]; then
  number=$("$PEFTLINT_PYTHON" -I -c 'import json, sys
print(json.load(sys.stdin)["summary"]["findings"])' <"$findings")
  echo "findings=$number" >>"$GITHUB_OUTPUT"
elif [[ $code -ne 0 ]]; then
  # Not one list was checked, so there are no annotations that would say why.
  message=$(tail -n 1 "$folder/messages")
  fail "${message#error: }"
fi
exit "$code"
