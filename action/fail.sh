# shellcheck shell=bash
# How both scripts end when nothing can be checked.

# Show a message as an annotation and end with 2, as peftlint does.
# What an input holds is never part of the message: it may be the text of a pull request.
fail() {
  printf '::error title=peftlint::%s\n' "${1//%/%25}"
  exit 2
}
