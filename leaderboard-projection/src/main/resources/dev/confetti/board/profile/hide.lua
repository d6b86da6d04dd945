-- Notes whether a member is hidden on boards, unless a later choice is known.
-- KEYS: who is hidden (hash: member to "position:1", or "position:0" for who is shown again). ARGV: member, position, "1" or "0".
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known or tonumber(string.match(known, '^%d+')) < tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ':' .. ARGV[3])
end
return 1
