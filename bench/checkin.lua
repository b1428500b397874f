-- wrk's part of a check-in bench: JSON with a code from BENCH_CODES, a phone out of BENCH_PHONES, an id of version 7.
local codes, phones = {}, tonumber(os.getenv("BENCH_PHONES") or "100000")
for line in io.lines(os.getenv("BENCH_CODES")) do codes[#codes + 1] = line end
local r = math.random
wrk.method = "POST"
wrk.path = "/check-in"
wrk.headers["Content-Type"] = "application/json"

function init()
  local seed = io.open("/dev/urandom", "rb")
  local a, b, c, d = seed:read(4):byte(1, 4)
  seed:close()
  math.randomseed(a * 16777216 + b * 65536 + c * 256 + d)
  for _ = 1, 10 do r() end
end

function request()
  local ms = os.time() * 1000 + r(0, 999)
  local body = string.format(
    '{"code":"%s","phone":"138%08d","id":"%08x-%04x-7%03x-%04x-%06x%06x"}', codes[r(#codes)], r(0, phones - 1),
    math.floor(ms / 65536), ms % 65536, r(0, 4095), 32768 + r(0, 16383), r(0, 16777215), r(0, 16777215))
  return wrk.format(nil, nil, nil, body)
end

function done(summary, latency)
  local e = summary.errors
  io.stderr:write(string.format('{"answers":%d,"seconds":%f,"refused":%d,"broken":%d,"p50":%f,"p99":%f}\n',
    summary.requests, summary.duration / 1e6, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
