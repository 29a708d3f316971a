#!/bin/sh
# Makes ./configure.  Needed once after a fresh clone, never in a release.
set -e
cd "$(dirname "$0")"
exec autoreconf --install --force "$@"
