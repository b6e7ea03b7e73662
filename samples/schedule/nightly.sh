#!/bin/sh
# One night: begins the run of today, or goes on with it, and asks once more for whoever got no answer.
# Tells the result in one line. The exit code is that of nhs-trace.
#
#   nightly.sh <people.csv> <directory of the runs> [job]
set -u
input=$1
runs=$2
job=${3:-nightly-data-quality}
run="$runs/nightly-$(date +%Y%m%d)"

nhs_trace() {
  npm run -s --prefix "$(dirname "$0")/../.." nhs-trace -- "$@" --brief --log-level warn
}

if [ -e "$run/ledger.sqlite" ]; then
  result=$(nhs_trace resume "$run")
else
  result=$(nhs_trace run "$input" --job "$job" --out "$run")
fi
code=$?
if [ "$code" -eq 3 ]; then
  result=$(nhs_trace resume "$run")
  code=$?
fi
[ -z "$result" ] || echo "$result"
exit "$code"
