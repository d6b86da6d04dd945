-- Keeps names of members of one shard, each only if it is newer than what is known of the member.
--
-- KEYS: names (hash: member to "position:name"), who is forgotten (hash: member to position).
-- ARGV: for each member, who comes once: id, position of the event that carries the name, name.
-- Answers for each 1 if its name is kept now, else 0.
local call, match = redis.call, string.match
local kept = {}
local done, members = 0, #ARGV / 3
-- Lua's stack holds 8,000 values: a thousand members at a time.
while done < members do
  local n = math.min(members - done, 1000)
  local ids = {}
  for j = 1, n do ids[j] = ARGV[3 * (done + j) - 2] end
  local known, forgotten = call('HMGET', KEYS[1], unpack(ids)), call('HMGET', KEYS[2], unpack(ids))
  local newer = {}
  for j = 1, n do
    local at = 3 * (done + j) - 1
    local position = tonumber(ARGV[at])
    local isKept = not (forgotten[j] and position < tonumber(forgotten[j]))
      and not (known[j] and position <= tonumber(match(known[j], '^%d+')))
    if isKept then
      newer[#newer + 1] = ids[j]
      newer[#newer + 1] = ARGV[at] .. ':' .. ARGV[at + 1]
    end
    kept[done + j] = isKept and 1 or 0
  end
  if #newer > 0 then call('HSET', KEYS[1], unpack(newer)) end
  done = done + n
end
return kept
