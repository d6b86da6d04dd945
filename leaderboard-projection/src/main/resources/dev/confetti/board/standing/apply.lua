-- Applies one batch to one shard: all of it or, when the shard is not as expected, nothing.
--
-- KEYS: what says which generation may be written, the closure that forbids it, the fences; then for each group: members, past, and the ranking of each of its boards.
-- ARGV: token, what the first key is expected to say, number of partitions and for each: partition, expected fence, new fence;
--       then for each group: number of boards, number of members,
--       seconds that an unchanged board is kept ("0": for ever), and when its first and its last change were recorded;
--       for each board: its window, when it goes in epoch seconds ("0": never, "-": it is gone and is left alone), the oldest window still kept;
--       for each member: id, coins, position prefix.
--
-- members (hash): member to a slot for each of the owner's boards, of 21 bytes: window (5), position prefix (8), score (double, big endian);
--   under "" what the last change was: its token, a space, and when it was recorded.
-- past (hash): member to slots of windows that it has left, each behind one byte for the board. A slot moves here when the member comes back
--   in a later window, for what still may come off it.
-- A member at 0 leaves the ranking but keeps its slot: its last position must be known when an event with a lower position arrives later from
-- another partition.
-- Windows and prefixes are texts that sort as what they stand for, byte by byte. Lua would compare texts by the server's locale, so they are
-- compared as the numbers that their bytes are.
local sub, match, concat, call = string.sub, string.match, table.concat, redis.call
local pack, read = struct.pack, struct.unpack
if (call('GET', KEYS[1]) or '1') ~= ARGV[2] or call('EXISTS', KEYS[2]) == 1 then return 0 end
local fences, token, partitions = KEYS[3], ARGV[1], tonumber(ARGV[3])
for i = 0, partitions - 1 do
  local a = 4 + 3 * i
  if (call('HGET', fences, ARGV[a]) or '0') ~= ARGV[a + 1] then return 0 end
end

local SLOT, PAST, MOST = 21, 22, 9007199254740992
local NO_SLOT = '-------------' .. pack('>d', 0)

-- A window as a number: five bytes, exact in a double.
local function order(window) return read('>I5', window) end

-- Where a past slot of a board's window begins, or nil.
local function find(record, board, window)
  local key = board .. window
  for i = 1, #record, PAST do
    if sub(record, i, i + 5) == key then return i end
  end
end

local a, k = 4 + 3 * partitions, 4
while a <= #ARGV do
  local boards, members, keep = tonumber(ARGV[a]), tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
  local firstChange, lastChange = tonumber(ARGV[a + 3]), ARGV[a + 4]
  a = a + 5
  local states, past = KEYS[k], KEYS[k + 1]
  local windows, expiries, oldest, orders = {}, {}, {}, {}
  for b = 1, boards do
    windows[b], expiries[b], oldest[b] = ARGV[a], ARGV[a + 1], order(ARGV[a + 2])
    orders[b] = order(windows[b])
    a = a + 3
  end
  if keep > 0 then
    -- Redis drops it by its own clock; an older log, read late, must come to the same.
    local mark = call('HGET', states, '')
    if mark and tonumber(match(mark, ' (%d+)$')) + keep <= firstChange then call('UNLINK', states, KEYS[k + 2]) end
  end
  local done = 0
  -- Lua's stack holds 8,000 values: a thousand members at a time.
  while done < members do
    local n = math.min(members - done, 1000)
    local ids, gone, ranked = {}, {}, {}
    for j = 1, n do ids[j] = ARGV[a + 3 * (done + j - 1)] end
    for b = 1, boards do gone[b], ranked[b] = {}, {} end
    local found, kept, left = call('HMGET', states, unpack(ids)), {'', token .. ' ' .. lastChange}, {}
    for j = 1, n do
      local at = a + 3 * (done + j - 1)
      local id, coins, prefix, state = ids[j], tonumber(ARGV[at + 1]), ARGV[at + 2], found[j]
      local slots, record = {}, nil
      local high, low = read('>I4I4', prefix)
      for b = 1, boards do
        local window, from = windows[b], SLOT * (b - 1)
        local slot = state and sub(state, from + 1, from + SLOT) or NO_SLOT
        if expiries[b] == '-' then
          slots[b] = slot
        else
          local its, old, place = sub(slot, 1, 5), nil, nil
          if its == window then
            if state then old = slot end
          elseif order(its) < orders[b] then
            if state and its ~= '-----' and order(its) >= oldest[b] then
              record = record or call('HGET', past, id) or ''
              record = record .. b .. slot
            end
          else
            record = record or call('HGET', past, id) or ''
            place = find(record, b, window)
            old = place and sub(record, place + 1, place + SLOT)
            place = place or #record + 1
          end
          local score, p = coins, prefix
          if old then
            local oldHigh, oldLow, oldScore = read('>I4I4d', old, 6)
            local oldPrefix = sub(old, 6, 13)
            -- Not score + oldScore > 2^53: the sum may be rounded back to it.
            if score > MOST - oldScore then
              return redis.error_reply('SCORE of ' .. id .. ' on ' .. KEYS[k + 1 + b] .. ': expected at most 2^53')
            end
            score = score + oldScore
            -- The smaller prefix is the later position, whichever of the two events came here first.
            if oldHigh < high or oldHigh == high and oldLow < low then p = oldPrefix end
            if oldScore > 0 then local g = gone[b]; g[#g + 1] = oldPrefix .. id end
          end
          if score > 0 then
            local r = ranked[b]
            local c = #r
            r[c + 1] = score
            r[c + 2] = p .. id
          end
          local new = window .. p .. pack('>d', score)
          if place then
            record = sub(record, 1, place - 1) .. b .. new .. sub(record, place + PAST)
            slots[b] = slot
          else
            slots[b] = new
          end
        end
      end
      kept[2 * j + 1] = id
      kept[2 * j + 2] = concat(slots)
      if record then
        local still = {}
        for i = 1, #record, PAST do
          if order(sub(record, i + 1, i + 5)) >= oldest[tonumber(sub(record, i, i))] then still[#still + 1] = sub(record, i, i + PAST - 1) end
        end
        left[#left + 1] = id
        left[#left + 1] = concat(still)
      end
    end
    for b = 1, boards do
      local ranking = KEYS[k + 1 + b]
      if #gone[b] > 0 then call('ZREM', ranking, unpack(gone[b])) end
      if #ranked[b] > 0 then
        local added, expiry = call('ZADD', ranking, unpack(ranked[b])), expiries[b]
        -- A window's end never moves: said once, when its ranking comes up.
        if expiry ~= '0' and keep == 0 and call('ZCARD', ranking) <= added then call('EXPIREAT', ranking, expiry) end
      end
    end
    call('HSET', states, unpack(kept))
    if keep > 0 then
      call('EXPIREAT', KEYS[k + 2], expiries[1])
      call('EXPIREAT', states, expiries[1])
    end
    if #left > 0 then call('HSET', past, unpack(left)) end
    done = done + n
  end
  k = k + 2 + boards
  a = a + 3 * members
end

for i = 0, partitions - 1 do
  local p = 4 + 3 * i
  call('HSET', fences, ARGV[p], ARGV[p + 2])
end
return 1
