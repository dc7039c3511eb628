-- The limits of one token, as every script of the limiter begins: reads them and brings them up to date. Times are microseconds.
-- KEYS: 1 state, 2 who waits, 3 to 5 slots of all requests, of product searches and of job polls: lease -> when its slot is free.
-- ARGV: 1 now (empty: the clock of this server), 2 lifetime of a lease, 3 milliseconds that unused keys live,
--       4 to 18 five for each limit: slots, window, time between requests, burst, reserve.
-- The last of the slots' times is that of a lease that is still out: one window after its lifetime, as if it were lost by then.
local CLEAN_PERIOD, SLOW_DOWN, RECOVERY, LEAST_SPEED = 10000000, 0.8, 0.01, 0.05
local LEND_AHEAD = 1250000
local LIFETIME = tonumber(ARGV[2])
local FIRST = 19

local function whole(number) return string.format('%.0f', number) end

local read = redis.call('HMGET', KEYS[1], 'born', 'clock', 'shift', 'run', 'tickets', 'opens', 'last', 'last_at',
  'turn0', 'frozen0', 'slowed0', 'clean0', 'speed0', 'refused0', 'refused_at0',
  'turn1', 'frozen1', 'slowed1', 'clean1', 'speed1', 'refused1', 'refused_at1',
  'turn2', 'frozen2', 'slowed2', 'clean2', 'speed2', 'refused2', 'refused_at2')
local token = {
  born = read[1], shift = tonumber(read[3] or 0), run = tonumber(read[4] or 0), tickets = tonumber(read[5] or 0),
  opens = tonumber(read[6] or 0), last = read[7] or '', last_at = tonumber(read[8] or 0),
}

-- A clock that is set back, or the clock of another server after a failover, must not make slots last longer: the time goes on from where it was.
local wall
if ARGV[1] == '' then
  local time = redis.call('TIME')
  wall = time[1] * 1000000 + time[2]
else
  wall = tonumber(ARGV[1])
end
local now = wall + token.shift
local before = tonumber(read[2] or 0)
if now < before then
  token.shift = token.shift + before - now
  now = before
end

local limits = {}
for i = 0, 2 do
  local a, r = 4 + i * 5, 9 + i * 7
  local limit = {
    key = KEYS[3 + i], slots = tonumber(ARGV[a]), window = tonumber(ARGV[a + 1]), interval = tonumber(ARGV[a + 2]),
    burst = tonumber(ARGV[a + 3]), reserve = tonumber(ARGV[a + 4]),
    turn = tonumber(read[r] or 0), frozen = tonumber(read[r + 1] or 0), slowed = tonumber(read[r + 2] or -1),
    clean = tonumber(read[r + 3] or 0), speed = tonumber(read[r + 4] or 1), refused = tonumber(read[r + 5] or 0),
    refused_at = tonumber(read[r + 6] or 0),
  }
  redis.call('ZREMRANGEBYSCORE', limit.key, '-inf', whole(now))
  limit.held = redis.call('ZCARD', limit.key)
  while limit.speed < 1 and now - limit.clean >= CLEAN_PERIOD do
    limit.clean = limit.clean + CLEAN_PERIOD
    limit.speed = math.min(1, limit.speed + RECOVERY)
  end
  limit.capacity = math.max(1, math.floor(limit.slots * limit.speed))
  limit.step = math.ceil(limit.interval / limit.speed)
  limits[i] = limit
end

local function limits_of(bucket)
  if bucket == 0 then return { limits[0] } end
  return { limits[0], limits[bucket] }
end

-- What a pause has saved up is gone: the next request comes a turn from now.
local function brake()
  for i = 0, 2 do limits[i].turn = math.max(limits[i].turn, now + limits[i].burst * limits[i].step) end
end

local function save(who)
  if not token.born then token.born = whole(now) .. '-' .. who end
  local fields = {
    'born', token.born, 'clock', whole(now), 'shift', whole(token.shift), 'run', whole(token.run), 'tickets', whole(token.tickets),
    'opens', whole(token.opens), 'last', token.last, 'last_at', whole(token.last_at),
  }
  for i = 0, 2 do
    local limit = limits[i]
    for name, value in pairs({
      turn = whole(limit.turn), frozen = whole(limit.frozen), slowed = whole(limit.slowed), clean = whole(limit.clean),
      speed = string.format('%.17g', limit.speed), refused = whole(limit.refused), refused_at = whole(limit.refused_at),
    }) do
      fields[#fields + 1] = name .. i
      fields[#fields + 1] = value
    end
  end
  redis.call('HSET', KEYS[1], unpack(fields))
  for i = 1, 5 do redis.call('PEXPIRE', KEYS[i], ARGV[3]) end
end
