#!/usr/bin/env bash
# Exports yesterday's events (UTC) to a folder, from cron:
#
#   20 0,1,2 * * *  LOGSCALE_BASE_URL=https://... LOGSCALE_REPO=... LOGSCALE_TOKEN=... scheduled-export.sh /var/lib/logons
#
# An export that breaks off is resumed at the next hour. A complete day is not exported again. There is no output unless something
# is wrong. Exit code: 0 if the day is complete and verified, else that of logscale-paging (1 failed, 2 usage, 3 incomplete,
# 4 unverified, 130 interrupted).
set -u
folder=${1:?usage: scheduled-export.sh FOLDER [QUERY]}
query=${2:-#event_simpleName=UserLogon}
tool=${LOGSCALE_PAGING:-logscale-paging}

day=$(date -u -d yesterday +%F)
out="$folder/$day.ndjson.gz"
[ -e "$out.manifest.json" ] && grep -q '"state": "Complete"' "$out.manifest.json" && exit 0

# The range is absolute, so that the next hour's run is the same export.
arguments=(export --query "$query" --start "${day}T00:00:00Z" --end "$(date -u +%F)T00:00:00Z" --output "$out" --require-complete --quiet)
if [ -e "$out.partial/checkpoint.json" ]; then
    "$tool" "${arguments[@]}" --resume || exit
else
    # --force fetches an incomplete day again. The old file stays until the new one is complete.
    "$tool" "${arguments[@]}" --force || exit
fi
"$tool" verify "$out" > /dev/null
