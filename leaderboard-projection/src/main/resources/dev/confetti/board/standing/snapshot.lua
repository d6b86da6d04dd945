-- All standings of the boards given, and the fences they belong to, at one moment.
-- KEYS: the shard's fences, then rankings. Answers {fences, {member, score, …} of each ranking, highest first}.
local all = {}
for i = 2, #KEYS do all[i - 1] = redis.call('ZREVRANGE', KEYS[i], 0, -1, 'WITHSCORES') end
return {redis.call('HGETALL', KEYS[1]), all}
