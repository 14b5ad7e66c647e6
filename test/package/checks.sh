# shellcheck shell=bash
# What inside.sh is made of.

failed=0
METRICS=http://127.0.0.1:10062/metrics

# check TITLE COMMAND...: one line, and all that was said where it fails.
check() {
  local title=$1 said
  shift
  if said=$("$@" 2>&1); then
    echo "ok $title"
  else
    failed=1
    echo "FAILED $title"
    echo "$said" | tail -n 20
    journalctl --no-pager --lines=15 --unit=cudaprobe
  fi
}

not() { ! "$@"; }

equal() { [ "$1" = "$2" ] || { echo "$1 is not $2" && false; }; }

# until_done COMMAND...: for half a minute.
until_done() {
  for _ in $(seq 120); do
    "$@" >/tmp/said 2>&1 && return
    sleep 0.25
  done
  cat /tmp/said
  false
}

main_pid() { systemctl show -P MainPID cudaprobe; }

scrape_for() { curl -sf "$METRICS" | grep -E "$1"; }

until_metric() { until_done scrape_for "$1"; }

no_metric() { not scrape_for "$1"; }

other_pid() { [ "$(main_pid)" != "$1" ] && [ "$(main_pid)" != 0 ] && systemctl is-active --quiet cudaprobe; }

until_other_pid() { until_done other_pid "$1"; }

gone() { not test -e "/proc/$1"; }

until_gone() { until_done gone "$1"; }

# All of the unit's processes but the daemon and the one that speaks for it.
nobody_else_is_told() {
  local pid
  for pid in $(pgrep --uid cudaprobe); do
    tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | grep -q ^NOTIFY_SOCKET= || continue
    [ "$pid" = "$(main_pid)" ] || grep -qx notify "/proc/$pid/comm" || { ps -fp "$pid" && return 1; }
  done
}

bad_reload() {
  systemctl reload cudaprobe
  until_metric '^cudaprobe_config_last_reload_successful 0'
}

baseline_set() {
  runuser -u cudaprobe -- cudaprobe baseline set --driver=emulator --storage.path=/var/lib/cudaprobe \
    --probe=cold_start --seconds=250ms
}

all_is_well() { [ "$failed" = 0 ]; }

# Without what changes by itself.
list_files() {
  find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /test -o -path /var/log \
    -o -path /var/cache -o -path /var/lib/systemd -o -path /var/tmp -o -path /dev -o -path /root \) -prune \
    -o ! -name '*-old' ! -name 'passwd-' ! -name 'group-' ! -name 'shadow-' ! -name 'gshadow-' ! -name '.pwd.lock' -print | sort
}
