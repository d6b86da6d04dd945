/** Waits between reconnects: short at first, doubling up to a bound, a little random so that viewers do not come back in step. */
export class Backoff {
    private failures = 0;

    constructor(
        private readonly firstMs = 400,
        private readonly maxMs = 8_000,
        private readonly random: () => number = Math.random,
    ) {}

    nextMs(): number {
        const fullMs = Math.min(this.maxMs, this.firstMs * 2 ** Math.min(this.failures, 20));
        this.failures++;
        return Math.round(fullMs * (0.75 + 0.5 * this.random()));
    }

    get tries(): number {
        return this.failures;
    }

    reset(): void {
        this.failures = 0;
    }
}
