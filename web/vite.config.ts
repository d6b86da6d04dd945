import { resolve } from 'node:path';
import { type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The service answers /watch/{liveId}, /overlay/{liveId} and /finance with these pages; the dev server does the same.
function pages(): Plugin {
    return {
        name: 'confetti-pages',
        configureServer(server) {
            server.middlewares.use((request, _response, next) => {
                if (request.url?.startsWith('/watch/')) request.url = '/watch.html';
                if (request.url?.startsWith('/overlay/')) request.url = '/overlay.html';
                if (/^\/finance\/?($|\?)/.test(request.url ?? '')) request.url = '/finance.html';
                next();
            });
        },
    };
}

const page = (name: string) => resolve(import.meta.dirname ?? '.', name);

export default defineConfig({
    base: '/',
    plugins: [pages()],
    server: { host: '127.0.0.1', proxy: { '/v1': process.env['CONFETTI_URL'] ?? 'http://127.0.0.1:8080' } },
    build: {
        outDir: 'target/classes/static',
        emptyOutDir: true,
        target: 'es2022',
        chunkSizeWarningLimit: 700,
        rollupOptions: {
            input: {
                index: page('index.html'),
                watch: page('watch.html'),
                overlay: page('overlay.html'),
                finance: page('finance.html'),
                'confetti-player': page('src/player/embed.ts'),
            },
            output: {
                // Other sites load the player by this address, so it carries no hash.
                entryFileNames: (chunk) => (chunk.name === 'confetti-player' ? 'embed/[name].js' : 'assets/[name]-[hash].js'),
            },
        },
    },
    test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
