#!/bin/bash
# footprint and density on the emulator, with a daemon of MPS.
. test/probes/observer.sh
control=$emulator/bin/nvidia-cuda-mps-control
export CUDA_MPS_PIPE_DIRECTORY=$work/pipe CUDA_MPS_LOG_DIRECTORY=$work/log
mkdir "$CUDA_MPS_PIPE_DIRECTORY" "$CUDA_MPS_LOG_DIRECTORY"

console() { CUDAPROBE_EMULATOR=$work "$control" <<<"$1" 2>>"$work/err"; }

# start_mps SETTING...: a daemon and its server, on an emulator of these settings.
start_mps() {
  settings "$@"
  CUDAPROBE_EMULATOR=$work "$control" -f >>"$work/err" 2>&1 &
  daemon=$!
  until console get_server_list >/dev/null; do :; done
  console "start_server -uid $(id -u)"
  server=$(console get_server_list)
  options=("--device=$gpu" "--mps_server=$server")
}

end_mps() {
  console quit
  wait "$daemon"
}

settings
probe devices
gpu=$(grep -o 'GPU-[0-9a-f-]*' "$out" | tail -n 1)
cold_start=("$worker" "--device=$gpu" --mps=true)

start_mps
probe footprint "${options[@]}" -- "${cold_start[@]}"
check "a client's footprint is read" ends '"outcome":"success"}'
check "it is small" same "$(sample process_bytes)" "77594624 79691776 79691776 79691776"
check "and the server's is told apart" same "$(sample mps_server_bytes)" "69206016 69206016 69206016 69206016"
nothing_is_left "a footprint"

probe density "${options[@]}" --max_instances=3 -- "${cold_start[@]}"
check "clients share a GPU" ends '"outcome":"success"}'
check "three of them" same "$(sample instances)" 3
check "the server is none of the others" same "$(sample limit '"max_instances"')" 1
check "each is told by its process" same "$(sample process_bytes)" "79691776 79691776 79691776"
nothing_is_left "clients"

probe footprint "${options[@]}" -- "$worker" "--device=$gpu"
check "who did not ask for MPS is not measured under it" ends '"outcome":"failure","reason":"mps_unexpected","phase":"context"'
end_mps

probe footprint "${options[@]}" -- "${cold_start[@]}"
check "without a daemon nothing is measured either" ends '"outcome":"failure","reason":"mps_unavailable","phase":"context"'

start_mps 'mps_max_clients = 2'
probe density "${options[@]}" -- "${cold_start[@]}"
check "a full server is a limit" same "$(sample limit '"mps_clients"')" 1
check "and has what it has" same "$(sample instances)" 2
nothing_is_left "a full server"
end_mps

start_mps 'compute_mode = exclusive_process'
probe density "${options[@]}" --max_instances=2 -- "${cold_start[@]}"
check "an exclusive GPU is shared by clients" same "$(sample instances)" 2
nothing_is_left "an exclusive GPU"
end_mps

start_mps
in_background density "${options[@]}" --max_instances=200 --floor_bytes=0 -- "${cold_start[@]}"
await_workers 3
kill -KILL "$server"
check "a server that dies is why it fails" await '"outcome":"failure","reason":"mps_unavailable"' 5
wait "$pid"
nothing_is_left "a server that dies"
end_mps
finish
