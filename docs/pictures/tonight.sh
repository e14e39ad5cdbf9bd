#!/usr/bin/env bash
# Takes the picture that opens the README: the page of the demo's night, when all its windows are open.
# Needs Chromium, and a build (./tidewatch builds it at its first use).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

log=$(mktemp)
./tidewatch demo >"$log" 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null || true; rm -f "$log"' EXIT

until grep -q 'all windows are open' "$log"; do
  kill -0 "$demo" || { cat "$log"; exit 1; }
  sleep 0.2
done
address=$(grep -o 'http://127.0.0.1:[0-9]*/' "$log" | head -1)
chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,760 \
  --screenshot=docs/pictures/tonight.png "$address"
