-- What wrk prints at the end, as one line of JSON. Its times are microseconds.
done = function(summary, latency, requests)
  local errors = summary.errors
  local flawed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '{"responses":%d,"bytes":%d,"seconds":%f,"flawed":%d,"p50Seconds":%f,"p99Seconds":%f}\n',
    summary.requests, summary.bytes, summary.duration / 1e6, flawed,
    latency:percentile(50) / 1e6, latency:percentile(99) / 1e6))
end
