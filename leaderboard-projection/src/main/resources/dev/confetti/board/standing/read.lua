-- Reads a part of one board, at one moment.
--
-- KEYS: ranking, members, the shard's fences.
-- ARGV: token that the reader knows ("?": none), most standings, member to read around ("": from the top), standings above it.
-- Answers {} when the board is as the reader knows it, else {token, fences, first rank from 0 or -1, member and score in turn};
-- around a member also its rank from 0, its score, and the score of the one before it ("": none).
local call = redis.call
local token = call('HGET', KEYS[2], '') or ''
if token == ARGV[1] then return {} end
local fences = call('HGETALL', KEYS[3])
local last = tonumber(ARGV[2]) - 1
if ARGV[3] == '' then return {token, fences, 0, call('ZREVRANGE', KEYS[1], 0, last, 'WITHSCORES')} end
local state = call('HGET', KEYS[2], ARGV[3])
local rank = state and call('ZREVRANK', KEYS[1], string.sub(state, 1, 8) .. ARGV[3])
if not rank then return {token, fences, -1, {}} end
local above = tonumber(ARGV[4])
local first = math.max(0, rank - above)
local before = rank > 0 and call('ZREVRANGE', KEYS[1], rank - 1, rank - 1, 'WITHSCORES')[2] or ''
return {token, fences, first, call('ZREVRANGE', KEYS[1], first, rank + last - above, 'WITHSCORES'),
  rank, string.sub(state, 9), before}
