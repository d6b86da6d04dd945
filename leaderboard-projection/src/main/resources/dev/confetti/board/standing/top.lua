-- Reads the top of one board's part, at one moment.
--
-- KEYS: the shard's generation, its fences, the owner's members, the ranking.
-- ARGV: expected generation, the mark of the last change that the reader knows ("?": none), most standings.
-- Answers, but for the first in JSON as around.lua does: 0 when the generation is another, {} when the part is as the reader knows it, else {mark, fences, member and score in turn}.
local call = redis.call
if (call('GET', KEYS[1]) or '1') ~= ARGV[1] then return 0 end
local mark = call('HGET', KEYS[3], '') or ''
if mark == ARGV[2] then return '{}' end
return cjson.encode({mark, call('HGETALL', KEYS[2]), call('ZREVRANGE', KEYS[4], 0, tonumber(ARGV[3]) - 1, 'WITHSCORES')})
