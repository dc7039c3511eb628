-- A process that did without this server comes back, or the state is another than the one it knows: it tells which leases it holds.
-- ARGV: 19 process, 20 for how long processes keep to their shares, so that all can come back before the limits are shared again,
--       then for each lease: lease, limit, what it is (out, done, unsent), and the time since then.
-- Answers: state, microseconds in which the limits are not shared yet.
local process, settle = ARGV[FIRST], tonumber(ARGV[FIRST + 1])
for i = FIRST + 2, #ARGV, 4 do
  local lease, what, age = ARGV[i], ARGV[i + 2], tonumber(ARGV[i + 3])
  -- Nobody knows which limit one was granted of whose answer was lost.
  for _, limit in ipairs(what == 'unsent' and { limits[0], limits[1], limits[2] } or limits_of(tonumber(ARGV[i + 1]))) do
    local free = now - age + limit.window + (what == 'out' and LIFETIME or 0)
    if what == 'unsent' or free <= now then
      redis.call('ZREM', limit.key, lease)
    else
      redis.call('ZADD', limit.key, whole(free), lease)
    end
  end
end

-- While another process is being served, this server was there all along: nobody else is without it.
local is_served = token.last ~= '' and token.last ~= process and now - token.last_at < 2000000
if settle > 0 and not is_served then token.opens = math.max(token.opens, now + settle) end
brake()
save(process)
return { token.born, math.max(0, token.opens - now) }
