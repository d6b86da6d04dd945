// Runs a command only when its inputs changed since it last succeeded, so that a repeated build costs nothing:
//   node scripts/if-changed.mjs STAMP_FILE OUTPUT INPUT… -- COMMAND ARG…
// It runs as well when OUTPUT is missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const split = process.argv.indexOf('--');
const [stampFile, output, ...inputs] = process.argv.slice(2, split);
const [command, ...args] = process.argv.slice(split + 1);

const now = digest(inputs);
if (existsSync(output) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === now) {
    console.log(`up to date: ${command} ${args.join(' ')}`);
    process.exit(0);
}
rmSync(stampFile, { force: true });
const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
if (error) console.error(`cannot run ${command}: ${error.message}`);
if (status !== 0) process.exit(status ?? 1);
mkdirSync(dirname(stampFile), { recursive: true });
writeFileSync(stampFile, now);

function digest(paths) {
    const hash = createHash('sha256').update(process.version);
    for (const path of paths) {
        for (const file of existsSync(path) ? filesOf(path) : []) hash.update(`\0${file}\0`).update(readFileSync(file));
    }
    return hash.digest('hex');
}

function filesOf(path) {
    try {
        const names = readdirSync(path, { recursive: true, withFileTypes: true });
        return names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
    } catch (error) {
        if (error.code === 'ENOTDIR') return [path];
        throw error;
    }
}
