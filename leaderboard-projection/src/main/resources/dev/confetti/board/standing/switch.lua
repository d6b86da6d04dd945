-- Makes a built generation of a shard the live one, if nothing can have come in between.
--
-- KEYS: the shard's generation, its closure, its rebuild, the live fences, the built fences.
-- ARGV: the rebuild's token, the live generation, the built one, "equal" when the fences must be at the same positions.
-- Answers "OK", or what is not as it must be; then nothing has changed.
local call = redis.call
if (call('GET', KEYS[1]) or '1') ~= ARGV[2] then return 'another generation is live than when the rebuild began' end
if call('GET', KEYS[2]) ~= ARGV[1] then return 'it is no longer closed' end
if call('GET', KEYS[3]) ~= ARGV[1] then return 'another rebuild has begun' end

local function fences(key)
  local found, flat = {}, call('HGETALL', key)
  for i = 1, #flat, 2 do found[flat[i]] = flat[i + 1] end
  return found
end
local function position(fence) return fence and string.match(fence, '^%d+') or '0' end

local live, built, both = fences(KEYS[4]), fences(KEYS[5]), {}
for partition in pairs(live) do both[partition] = true end
for partition in pairs(built) do both[partition] = true end
for partition in pairs(both) do
  local is, should = position(built[partition]), position(live[partition])
  if is ~= should and ARGV[4] == 'equal' then
    return 'partition ' .. partition .. ' is built up to position ' .. is .. ', expected ' .. should
  end
end
for partition in pairs(both) do
  -- The log knows no offsets of Kafka. That of the live fence is right where the positions are the same, and where they are not it is one to
  -- read on from: what comes again is passed over.
  local offset = live[partition] and string.match(live[partition], ':(%d+)$') or '0'
  local at = position(built[partition])
  if at == '0' then call('HDEL', KEYS[5], partition) else call('HSET', KEYS[5], partition, at .. ':' .. offset) end
end
call('SET', KEYS[1], ARGV[3])
call('DEL', KEYS[2], KEYS[3])
return 'OK'
