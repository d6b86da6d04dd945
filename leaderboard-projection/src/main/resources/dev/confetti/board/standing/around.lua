-- Reads one board's part around a place, at one moment: that of a member of this part, or of one that another part has.
--
-- KEYS: the shard's generation, its fences, the owner's members, its past, the ranking.
-- ARGV: expected generation, most standings above, most standings below, then
--       "member", the member, the board's number among its owner's, the window; or
--       "place", the score and the ranked member (prefix and id) of the other part.
-- Answers 0 when the generation is another, {mark, fences, -1} when the member is not on the board,
-- else {mark, fences, how many stand above, score, ranked member, above, below}; those two of member and score in turn, highest first.
-- Around a place the fences are left out: that of the member's own part counts.
local sub, call = string.sub, redis.call
if (call('GET', KEYS[1]) or '1') ~= ARGV[1] then return 0 end
local answer = {call('HGET', KEYS[3], '') or '', ARGV[4] == 'member' and call('HGETALL', KEYS[2]) or {}, -1}
local ranking, above, below = KEYS[5], tonumber(ARGV[2]), tonumber(ARGV[3])

local function ownPlace()
  local id, board, window = ARGV[5], tonumber(ARGV[6]), ARGV[7]
  local state = call('HGET', KEYS[3], id)
  if not state then return end
  local slot = sub(state, 21 * board - 20, 21 * board)
  if sub(slot, 1, 5) ~= window then
    slot = nil
    local past = call('HGET', KEYS[4], id) or ''
    for i = 1, #past, 22 do
      if sub(past, i, i + 5) == board .. window then slot = sub(past, i + 1, i + 21) end
    end
  end
  local ranked = slot and sub(slot, 6, 13) .. id
  local rank = ranked and call('ZREVRANK', ranking, ranked)
  if rank then return rank, string.format('%.0f', struct.unpack('>d', slot, 14)), ranked end
end

-- How many of this part stand above a place of another: those with more, and of the equal ones those whose bytes are greater.
local function countAbove(score, ranked)
  local low, high = call('ZCOUNT', ranking, '(' .. score, '+inf'), call('ZCOUNT', ranking, score, '+inf')
  while low < high do
    local middle = math.floor((low + high) / 2)
    if call('ZREVRANGE', ranking, middle, middle)[1] > ranked then low = middle + 1 else high = middle end
  end
  return low
end

local rank, score, ranked
local next = 0
if ARGV[4] == 'member' then
  rank, score, ranked = ownPlace()
  if not rank then return answer end
  next = 1
else
  score, ranked = ARGV[5], ARGV[6]
  rank = countAbove(score, ranked)
end
local first = math.max(0, rank - above)
return {answer[1], answer[2], rank, score, ranked,
  rank > first and call('ZREVRANGE', ranking, first, rank - 1, 'WITHSCORES') or {},
  below > 0 and call('ZREVRANGE', ranking, rank + next, rank + next + below - 1, 'WITHSCORES') or {}}
