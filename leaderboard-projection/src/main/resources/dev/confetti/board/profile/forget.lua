-- Forgets a member as of a position: drops a name that an event before it carried, and has none learned from before it.
-- KEYS: names, who is forgotten, as for learn.lua. ARGV: member, position.
local call = redis.call
local position = tonumber(ARGV[2])
local before = tonumber(call('HGET', KEYS[2], ARGV[1]) or '0')
if position > before then
  call('HSET', KEYS[2], ARGV[1], ARGV[2])
else
  position = before
end
local known = call('HGET', KEYS[1], ARGV[1])
if known and tonumber(string.match(known, '^%d+')) < position then call('HDEL', KEYS[1], ARGV[1]) end
return 1
