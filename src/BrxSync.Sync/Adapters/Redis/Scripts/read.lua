-- Tells the state of the limits: for each slots, those held, speed, microseconds for which it is frozen, refusals, the time of the last one.
local answer = {}
for i = 0, 2 do
  local limit = limits[i]
  for _, value in ipairs({
    whole(limit.capacity), whole(limit.held), string.format('%.17g', limit.speed), whole(math.max(0, limit.frozen - now)),
    whole(limit.refused), whole(limit.refused_at),
  }) do
    answer[#answer + 1] = value
  end
end
return answer
