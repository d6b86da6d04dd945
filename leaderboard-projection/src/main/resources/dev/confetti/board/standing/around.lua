-- Reads one board's part around a place, at one moment: that of a member of this part, or of one that another part has.
--
-- KEYS: the shard's generation, its fences, the owner's members, its past, the ranking.
-- ARGV: expected generation, most standings above, most standings below, then
--       "member", the member, the board's number among its owner's, the window; or
--       "place", the score and the ranked member (prefix and id) of the other part, the first and the last of its equals there.
-- Answers, but for the first in JSON (an empty list may be an empty object): 0 when the generation is another, {mark, fences, -1} when the member is not on the board,
-- else {mark, fences, how many stand above, score, ranked member, how many of those above follow, they and those below};
-- these of member and score in turn, highest first, with the member itself between where it is of this part; then, where it is, the first
-- and the last of its equals, itself perhaps.
-- Around a place the fences are left out: that of the member's own part counts.
-- As JSON, since Redis before 7.0 sends each table of a script's answer by several small writes.
local sub, byte, call = string.sub, string.byte, redis.call
local floor, min, max = math.floor, math.min, math.max

-- How many are looked at to either side of where a place should be.
local AT_ONCE = 4

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

-- The number that a ranked member begins with (SortedDigits), exact in a double: the higher it is, the earlier its position. Lua would
-- compare the texts themselves by the server's locale, Redis ranks them by their bytes.
local function prefixOf(ranked)
  local number = 0
  for i = 1, 8 do
    local b = byte(ranked, i)
    number = number * 64 + (b >= 97 and b - 59 or b == 95 and 37 or b >= 65 and b - 54 or b >= 48 and b - 47 or 0)
  end
  return number
end

-- The indexes that equals have: the first, and the one behind the last.
local function equals(score)
  return call('ZCOUNT', ranking, '(' .. score, '+inf'), call('ZCOUNT', ranking, score, '+inf')
end

local function memberAt(index) return call('ZREVRANGE', ranking, index, index)[1] end

-- How many of this part stand above a place of another: those with more, and of the equal ones those who came earlier.
-- Positions come about evenly, and in all parts alike, so it looks where the place should be, at a few at once; every fourth time in the
-- middle, lest it be slow where they do not.
local function countAbove(score, ranked, firstThere, lastThere)
  local place, first, last = prefixOf(ranked), prefixOf(firstThere), prefixOf(lastThere)
  local above, under = equals(score)
  local looks = 0
  -- All before "above" stand above the place, and about there the prefix is "first"; none does from "under" on, and there it is "last".
  while above < under do
    looks = looks + 1
    local share = looks % 4 > 0 and first > last and (first - place) / (first - last) or 0.5
    local middle = max(above, min(under - 1, above + floor(share * (under - above))))
    local from = max(above, middle - AT_ONCE)
    local found = call('ZREVRANGE', ranking, from, min(under - 1, middle + AT_ONCE))
    local prefix = prefixOf(found[#found])
    if prefix > place then
      above, first = from + #found, prefix
    else
      for i, other in ipairs(found) do
        prefix = prefixOf(other)
        if prefix < place then
          under, last = from + i - 1, prefix
          break
        end
        above, first = from + i, prefix
      end
    end
  end
  return above
end

local rank, score, ranked
local own, firstEqual, lastEqual = 0, '', ''
if ARGV[4] == 'member' then
  rank, score, ranked = ownPlace()
  if not rank then return cjson.encode(answer) end
  own = 1
  local from, to = equals(score)
  firstEqual, lastEqual = memberAt(from), memberAt(to - 1)
else
  score, ranked = ARGV[5], ARGV[6]
  rank = countAbove(score, ranked, ARGV[7], ARGV[8])
end
local first, last = max(0, rank - above), rank + own + below - 1
return cjson.encode({answer[1], answer[2], rank, score, ranked, rank - first,
  last >= first and call('ZREVRANGE', ranking, first, last, 'WITHSCORES') or {}, firstEqual, lastEqual})
