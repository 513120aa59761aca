#!/usr/bin/env bash
# Exports the events of yesterday (UTC) into a folder, from cron:
#
#   20 0,1,2 * * *  LOGSCALE_BASE_URL=https://... LOGSCALE_REPO=... LOGSCALE_TOKEN=... scheduled-export.sh /var/lib/logons
#
# What breaks off is resumed at the next hour; a day that is whole is left alone. Silent unless something is wrong.
# Exit code: 0 the day is there and proved, else that of logscale-paging (1 failed, 2 usage, 3 incomplete, 130 interrupted).
set -u
folder=${1:?usage: scheduled-export.sh FOLDER [QUERY]}
query=${2:-#event_simpleName=UserLogon}
tool=${LOGSCALE_PAGING:-logscale-paging}

day=$(date -u -d yesterday +%F)
out="$folder/$day.ndjson.gz"
[ -e "$out.manifest.json" ] && grep -q '"state": "Complete"' "$out.manifest.json" && exit 0

# An absolute range: the same words at the next hour mean the same day, and so the same export.
arguments=(export --query "$query" --start "${day}T00:00:00Z" --end "$(date -u +%F)T00:00:00Z" --output "$out" --quiet)
if [ -e "$out.partial/checkpoint.json" ]; then
    "$tool" "${arguments[@]}" --resume || exit
else
    # --force: a day that was incomplete is fetched again; its old file stays until the new one is whole.
    "$tool" "${arguments[@]}" --force || exit
fi
"$tool" verify "$out" > /dev/null
