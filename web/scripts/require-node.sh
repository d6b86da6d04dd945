#!/bin/sh
# Says in one line when Node.js 20 or npm is missing, and fails.
wanted=20
found=$(node --version 2>/dev/null | sed -n 's/^v\([0-9][0-9]*\)\..*/\1/p')
if [ -z "$found" ]; then
  echo "Confetti's pages need Node.js $wanted or newer, and no 'node' is on the PATH: install it from https://nodejs.org" >&2
  exit 1
fi
if [ "$found" -lt "$wanted" ]; then
  echo "Confetti's pages need Node.js $wanted or newer; 'node' on the PATH is $(node --version): install a newer one from https://nodejs.org" >&2
  exit 1
fi
if ! command -v npm >/dev/null 2>&1; then
  echo "Confetti's pages need npm, which comes with Node.js, and no 'npm' is on the PATH: install it from https://nodejs.org" >&2
  exit 1
fi
