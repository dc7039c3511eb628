-- Takes a lease back. Its slots cool down for a window from now; those of a request that never left are free at once.
-- A lease that the state does not know (it was lost, or a replica had not seen it yet) is counted from here on. Doing it again changes nothing.
-- ARGV: 19 lease, 20 process, 21 outcome (answered, lost, unsent, refused), 22 its limit, 23 the limit that refused it, 24 when it was granted.
-- Answers: the state.
local lease, outcome = ARGV[FIRST], ARGV[FIRST + 2]
local was_out = false
for _, limit in ipairs(limits_of(tonumber(ARGV[FIRST + 3]))) do
  if outcome == 'unsent' then
    redis.call('ZREM', limit.key, lease)
  else
    local free = redis.call('ZSCORE', limit.key, lease)
    if not free or tonumber(free) > now + limit.window then
      redis.call('ZADD', limit.key, whole(now + limit.window), lease)
      was_out = true
    end
  end
end

if outcome == 'refused' and was_out then
  local limit, granted = limits[tonumber(ARGV[FIRST + 4])], tonumber(ARGV[FIRST + 5])
  limit.refused = limit.refused + 1
  limit.refused_at = wall
  limit.clean = math.max(now, limit.frozen)
  -- What was sent before we slowed down is the answer to a speed already given up.
  if granted > limit.slowed then
    limit.slowed = now
    limit.speed = math.max(LEAST_SPEED, limit.speed * SLOW_DOWN)
    local oldest = redis.call('ZRANGE', limit.key, 0, 0, 'WITHSCORES')[2]
    limit.frozen = math.min(now + limit.window, tonumber(oldest or now + limit.window))
    limit.clean = limit.frozen
  end
end

save(ARGV[FIRST + 1])
return token.born
