-- Applies one batch to one shard: all of it or, when a fence is not the expected one, nothing.
--
-- KEYS: the shard's fences, then for each group and each of its boards: the ranking (zset), the members (hash).
-- ARGV: token, then the number of partitions and for each: partition, expected fence, new fence;
--       then for each group: number of boards, number of members,
--       for each board its expiry in epoch seconds ("0": none), for each member: id, coins, position prefix.
--
-- A members hash holds for each member the prefix and the score ("pppppppp123") and under "" the token of the last
-- call that changed the board. A member at 0 leaves the ranking but stays in the hash: its last position must be known
-- when an event with a lower position arrives later from another partition.
local sub, format, call = string.sub, string.format, redis.call
local fences = KEYS[1]
local token = ARGV[1]
local partitions = tonumber(ARGV[2])
for i = 0, partitions - 1 do
  local a = 3 + 3 * i
  if (call('HGET', fences, ARGV[a]) or '0') ~= ARGV[a + 1] then return 0 end
end

local a, k = 3 + 3 * partitions, 2
while a <= #ARGV do
  local boards, members = tonumber(ARGV[a]), tonumber(ARGV[a + 1])
  local expiries = a + 2
  local first = expiries + boards
  for b = 0, boards - 1 do
    local ranking, hash = KEYS[k + 2 * b], KEYS[k + 2 * b + 1]
    local done = 0
    -- Lua's stack holds 8,000 values: a thousand members at a time.
    while done < members do
      local n = math.min(members - done, 1000)
      local ids = {}
      for j = 1, n do ids[j] = ARGV[first + 3 * (done + j - 1)] end
      local states = call('HMGET', hash, unpack(ids))
      local gone, ranked, kept = {}, {}, {'', token}
      for j = 1, n do
        local at = first + 3 * (done + j - 1)
        local id, score, prefix, state = ids[j], tonumber(ARGV[at + 1]), ARGV[at + 2], states[j]
        if state then
          local oldPrefix, oldScore = sub(state, 1, 8), tonumber(sub(state, 9))
          -- Not score + oldScore > 2^53: the sum may be rounded back to it.
          if score > 9007199254740992 - oldScore then
            return redis.error_reply('SCORE of ' .. id .. ' on ' .. ranking .. ': expected at most 2^53')
          end
          score = score + oldScore
          -- The smaller prefix is the later position, whichever of the two events came here first.
          if oldPrefix < prefix then prefix = oldPrefix end
          if oldScore > 0 then gone[#gone + 1] = oldPrefix .. id end
        end
        local text = format('%.0f', score)
        if score > 0 then
          ranked[#ranked + 1] = text
          ranked[#ranked + 1] = prefix .. id
        end
        kept[#kept + 1] = id
        kept[#kept + 1] = prefix .. text
      end
      if #gone > 0 then call('ZREM', ranking, unpack(gone)) end
      if #ranked > 0 then call('ZADD', ranking, unpack(ranked)) end
      call('HSET', hash, unpack(kept))
      done = done + n
    end
    local expiry = ARGV[expiries + b]
    if expiry ~= '0' then
      call('EXPIREAT', ranking, expiry)
      call('EXPIREAT', hash, expiry)
    end
  end
  k = k + 2 * boards
  a = first + 3 * members
end

for i = 0, partitions - 1 do
  local p = 3 + 3 * i
  call('HSET', fences, ARGV[p], ARGV[p + 2])
end
return 1
