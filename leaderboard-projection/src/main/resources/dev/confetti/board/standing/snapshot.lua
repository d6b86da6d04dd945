-- All standings of the rankings given, and the fences they belong to, at one moment.
-- KEYS: the shard's generation, its fences, then rankings. ARGV: the expected generation.
-- Answers 0 when the generation is another, else {fences, {member, score, …} of each ranking, highest first}.
if (redis.call('GET', KEYS[1]) or '1') ~= ARGV[1] then return 0 end
local all = {}
for i = 3, #KEYS do all[i - 2] = redis.call('ZREVRANGE', KEYS[i], 0, -1, 'WITHSCORES') end
return {redis.call('HGETALL', KEYS[2]), all}
