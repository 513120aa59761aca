#!/usr/bin/env bash
# Exports the slices of a plan with GNU parallel, several at the same time, on this machine or on others:
#
#   logscale-paging plan -q '...' -s 30d --slices 64 -o case/plan.json
#   slices-parallel.sh case/plan.json 8
#   slices-parallel.sh /shared/case/plan.json 4 --sshlogin node1,node2 --env LOGSCALE_BASE_URL --env LOGSCALE_TOKEN
#
# With --sshlogin, each machine needs the program in the same version, and the folder of the plan. A slice that fails is tried three times
# and continues. When it is run again, finished slices end at once. Exit code: 0 if all slices are done, else that of parallel.
set -u
plan=${1:?usage: slices-parallel.sh PLAN [JOBS] [options of parallel]}
jobs=${2:-4}
shift $(($# < 2 ? $# : 2))
tool=${LOGSCALE_PAGING:-logscale-paging}

# Each slice has one line with its index.
grep -o '"i": [0-9]*' "$plan" | cut -d ' ' -f 2 | parallel --jobs "$jobs" --retries 3 "$@" "$tool" slice --plan "$plan" --index {} --quiet
