#!/bin/bash
# Our own daemon as a switch of this benchmark. DATAPLANE = the project's checkout (default: the one this folder is part of);
# MODE = adaptive | busy; DRIVER = the driver of veth runs (afpacket | afxdp | auto).
set -eu
root=${DATAPLANE:-$HERE/../..}
[ -x "$root/bin/dataplane" ] || { echo "set DATAPLANE to the project's checkout" >&2; exit 1; }
conf=$(mktemp --suffix=.yaml); trap 'rm -f "$conf"' EXIT
drv=tap; [ "$FLAVOUR" = veth ] && drv=${DRIVER:-auto}
cat >"$conf" <<Y
workers: 1
poll: { mode: ${MODE:-adaptive} }
metrics: { listen: off }
control: { socket: ${conf%.yaml}.sock }
devices:
  $PORT_A: { driver: $drv }
  $PORT_B: { driver: $drv }
bridges:
  br0: { ports: [$PORT_A, $PORT_B] }
Y
"$root/bin/dataplane" run "$conf" & pid=$!
trap 'kill -TERM $pid 2>/dev/null; wait $pid 2>/dev/null; rm -f "$conf"; exit 0' TERM INT
wait $pid
