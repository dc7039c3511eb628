-- Grants one lease to one of the requests that wait in a process, or tells when to ask again.
-- ARGV: 19 lease, 20 process, 21 the state that the process knows of, or empty, then for each lane in which it waits: lane, and 1 if more wait behind.
-- A lane is a limit (0 to 2) and, from 3 on, the same with high priority. Lanes come in the order of arrival.
-- Answers: lane that was served (-1: none, -2: the state is another than the known one), microseconds to wait (-1: nobody waits),
--          now, state, microseconds in which the limits are not shared yet.
local RUN, FORGOTTEN, LONGEST, SHORTEST = 9, 5000000, 1000000, 1000
local lease, process, known = ARGV[FIRST], ARGV[FIRST + 1], ARGV[FIRST + 2]
local half = limits[0].step / 2

local function is_normal(lane) return lane < 3 end
local function opening() return math.max(0, token.opens - now) end

if known ~= '' and known ~= token.born then
  save(process)
  return { -2, -1, now, token.born, opening() }
end

local asked, more = {}, {}
for i = FIRST + 3, #ARGV, 2 do
  local lane = tonumber(ARGV[i])
  asked[#asked + 1] = lane
  more[lane] = ARGV[i + 1] == '1'
end

-- Who waits in other processes: a process has a ticket in each lane, and was told when to come again.
local tickets, others = {}, {}
local waiting = redis.call('HGETALL', KEYS[2])
for i = 1, #waiting, 2 do
  local lane, who = string.match(waiting[i], '^(%d):(.*)$')
  local number, due = string.match(waiting[i + 1], '^(%d+) (%d+)$')
  lane, number, due = tonumber(lane), tonumber(number), tonumber(due)
  if now > due + FORGOTTEN or (who == process and more[lane] == nil) then
    redis.call('HDEL', KEYS[2], waiting[i])
  elseif who == process then
    tickets[lane] = number
  elseif now <= due + half then
    others[#others + 1] = { lane = lane, number = number, due = due }
  end
end
table.sort(others, function(one, other) return one.due < other.due end)

local function free_at(limit, rank) return tonumber(redis.call('ZRANGE', limit.key, rank, rank, 'WITHSCORES')[2]) end

local function limit_at(limit, normal)
  local at = math.max(now, limit.frozen, limit.turn - (limit.burst - 1) * limit.step)
  if limit.held >= limit.capacity then return math.max(at, free_at(limit, limit.held - limit.capacity)) end
  if normal then
    -- Slots on their way count: urgent work goes first anyway and is paced too.
    local missing = math.floor(limit.capacity * limit.reserve) + 1 - (limit.capacity - limit.held)
    if missing > 0 then at = math.max(at, free_at(limit, missing - 1) - LEND_AHEAD) end
  end
  return at
end

local at = {}
local function lane_at(lane)
  if not at[lane] then
    local latest = math.max(now, token.opens)
    for _, limit in ipairs(limits_of(lane % 3)) do latest = math.max(latest, limit_at(limit, is_normal(lane))) end
    at[lane] = latest
  end
  return at[lane]
end

-- High priority goes first, but for one normal request after nine in a row; else who waits longer.
local function precedes(other, lane)
  if is_normal(other.lane) ~= is_normal(lane) then return is_normal(other.lane) == (token.run >= RUN) end
  return other.number < (tickets[lane] or math.huge)
end

-- Somebody who comes about now, and could be served, is not overtaken.
local function is_blocked(lane)
  for _, other in ipairs(others) do
    if other.due <= now + half and precedes(other, lane) and lane_at(other.lane) <= now then return true end
  end
  return false
end

local served = -1
local normal_first = token.run >= RUN
for _, turn in ipairs({ normal_first, not normal_first }) do
  for _, lane in ipairs(asked) do
    if served < 0 and is_normal(lane) == turn and lane_at(lane) <= now and not is_blocked(lane) then served = lane end
  end
end

if served >= 0 then
  for _, limit in ipairs(limits_of(served % 3)) do
    redis.call('ZADD', limit.key, whole(now + LIFETIME + limit.window), lease)
    limit.held = limit.held + 1
    limit.turn = math.max(limit.turn, now) + limit.step
  end
  token.run = is_normal(served) and 0 or token.run + 1
  token.last, token.last_at = process, now
  tickets[served] = nil
  at = {}
  if not more[served] then redis.call('HDEL', KEYS[2], served .. ':' .. process) end
end

-- When it is the turn of a lane: after all who come before it, so that nobody asks in vain.
local wait = -1
for _, lane in ipairs(asked) do
  if lane ~= served or more[lane] then
    if not tickets[lane] then
      token.tickets = token.tickets + 1
      tickets[lane] = token.tickets
    end
    local turn = lane_at(lane)
    for _, other in ipairs(others) do
      if other.due > turn + half then break end
      if precedes(other, lane) then turn = turn + (other.lane % 3 == lane % 3 and limits[lane % 3].step or limits[0].step) end
    end
    local pause = math.min(LONGEST, math.max(SHORTEST, turn - now))
    redis.call('HSET', KEYS[2], lane .. ':' .. process, whole(tickets[lane]) .. ' ' .. whole(now + pause))
    if wait < 0 or pause < wait then wait = pause end
  end
end

save(process)
return { served, wait, now, token.born, opening() }
