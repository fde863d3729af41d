#!/usr/bin/env bash
# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: run_demo.sh BUILD_DIR [--guided]
# Starts a server on loopback with the demo portfolio. With a display, opens the workstation signed in as a demo agent on it. Without one,
# or with --guided, plays the main job through the real window and leaves pictures and a summary in out/demo/. Demo data only; nothing dials.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
guided=0
[ "${2:-}" = --guided ] && guided=1
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || guided=1
root=$PWD
server="$root/$build/server/evenhandd"
umask 077

if [ "$guided" = 1 ]; then work=$(mktemp -d); else work=$root/out/run; mkdir -p "$work"; fi
server_pid=
finish() {
    [ -z "$server_pid" ] || { kill "$server_pid" 2>/dev/null || true; wait "$server_pid" 2>/dev/null || true; }
    [ "$guided" = 0 ] || rm -rf "$work"
}
trap finish EXIT

db="sqlite://$work/server.db"
[ -e "$work/server.db" ] || "$server" demo --db "$db"
printf 'evenhand-demo' >"$work/passphrase"

# The first line of the server names the port that it got.
"$server" serve --db "$db" --blobs "$work/blobs" --listen "${EVENHAND_DEMO_LISTEN:-127.0.0.1:0}" >"$work/server.out" 2>"$work/server.log" &
server_pid=$!
for _ in $(seq 100); do
    address=$(sed -n 's/^listening on //p' "$work/server.out")
    [ -z "$address" ] || break
    kill -0 "$server_pid" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.1
done
[ -n "$address" ] || { echo "run_demo: the server did not start within 10 s; see $work/server.log" >&2; exit 1; }
url="http://$address"
export EVENHAND_DATA_DIR="$work/data" EVENHAND_CONFIG_DIR="$work/config"

if [ "$guided" = 0 ]; then
    echo "server: $url   agent: li.na   passphrase of every demo user: evenhand-demo"
    "$root/$build/app/workstation/evenhand" --server "$url" --user li.na --password-file "$work/passphrase"
    exit
fi

out=$root/out/demo
export TZ=Asia/Shanghai   # the demo portfolio lives there
rm -rf "$out"
mkdir -p "$out"
play=("$root/$build/app/workstation/evenhand_guided_demo" --server "$url" --user li.na --supervisor chen.jing
    --password-file "$work/passphrase" --server-pid "$server_pid" --out "$out")
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xvfb-run >/dev/null; then
    xvfb-run -a -s "-screen 0 1920x1080x24" "${play[@]}"
else
    "${play[@]}"
fi
echo "pictures and summary: out/demo/"
