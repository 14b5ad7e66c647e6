#!/bin/bash
# Runs as root in a Debian whose systemd runs: a line a check, and "all is well" at the end.
set -uo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive
# shellcheck source=test/package/checks.sh
. /test/checks.sh

list_files >/test/before
echo "ARGS=--driver=emulator" >/test/flags
mkdir -p /etc/systemd/system/cudaprobe.service.d
cp /test/test.conf /etc/systemd/system/cudaprobe.service.d

check "the package installs" dpkg --install /test/first.deb
check "it runs, and is ready" systemctl is-active --quiet cudaprobe
check "it is enabled" systemctl is-enabled --quiet cudaprobe
check "the unit is in order" systemd-analyze verify --man=no cudaprobe.service cudaprobe.socket
systemd-analyze security --no-pager cudaprobe.service | tail -n 1
check "its exposure is low" systemd-analyze security --no-pager --threshold=22 cudaprobe.service
check "it has a user of its own" equal "$(stat -c %U "/proc/$(main_pid)")" cudaprobe
check "it has no capability" grep -q '^CapEff:.*0000000000000000$' "/proc/$(main_pid)/status"
check "it cannot gain any" grep -q '^NoNewPrivs:.*1$' "/proc/$(main_pid)/status"

cp /test/cudaprobe.yml /etc/cudaprobe/cudaprobe.yml
check "a changed configuration is taken over" systemctl reload cudaprobe
check "and said to be" until_metric '^cudaprobe_config_last_reload_successful 1'
for probe in cold_start cold_pages process_memory footprint footprint_mps function_ipc cuda_ipc; do
  check "$probe runs in the sandbox" until_metric "^cudaprobe_run_success{.*probe=\"$probe\".* 1$"
done
check "nothing failed" no_metric '^cudaprobe_run_failures_total{.*} [1-9]'
check "no probe has heard of the service manager's socket" nobody_else_is_told

killed=$(main_pid)
kill -KILL "$killed"
check "it is started again when it is killed" until_other_pid "$killed"
stopped=$(main_pid)
kill -STOP "$stopped"
check "it is started again when it hangs" until_other_pid "$stopped"
check "nothing of the hung one is left" until_gone "$stopped"

echo "nonsense: true" >/etc/cudaprobe/cudaprobe.yml
check "a bad configuration is not taken over" bad_reload
check "it does not start with one" not systemctl restart cudaprobe
check "and is not started again and again" equal "$(systemctl show -P ExecMainStatus cudaprobe)$(systemctl show -P SubState cudaprobe)" 2failed
cp /test/cudaprobe.yml /etc/cudaprobe/cudaprobe.yml
systemctl reset-failed cudaprobe
check "it starts with a good one" systemctl start cudaprobe

check "a baseline can be set" until_done baseline_set
cp /var/lib/cudaprobe/baselines.json /test/baselines.json
before=$(main_pid)
check "an upgrade installs" dpkg --install --force-confold /test/next.deb
check "the new one runs" until_other_pid "$before"
check "the baseline is the same" cmp /var/lib/cudaprobe/baselines.json /test/baselines.json
check "so is the configuration" cmp /etc/cudaprobe/cudaprobe.yml /test/cudaprobe.yml

echo "nonsense: true" >/etc/cudaprobe/cudaprobe.yml
check "a package installs also where the daemon then does not start" dpkg --install --force-confold /test/next.deb
check "which it says" equal "$(systemctl is-active cudaprobe)" failed
check "and is whole" equal "$(dpkg-query --show --showformat='${db:Status-Abbrev}' cudaprobe)" "ii "
cp /test/cudaprobe.yml /etc/cudaprobe/cudaprobe.yml
systemctl reset-failed cudaprobe

systemctl disable --quiet --now cudaprobe.service
echo "ARGS=--driver=emulator --web.systemd-socket" >/test/flags
check "the socket can be enabled" systemctl enable --quiet --now cudaprobe.socket
check "nothing runs before the first scrape" not systemctl is-active --quiet cudaprobe.service
check "the first scrape starts it" until_metric '^cudaprobe_up 1'

check "it can be removed" dpkg --remove cudaprobe
check "nothing of it runs" not pgrep --full /usr/lib/cudaprobe
check "its programs are gone" not test -e /usr/lib/cudaprobe
check "its state is not" test -e /var/lib/cudaprobe/baselines.json
check "it can be purged" dpkg --purge cudaprobe
rm -r /etc/systemd/system/cudaprobe.service.d
list_files >/test/after
check "nothing is left" diff /test/before /test/after

all_is_well && echo "all is well"
