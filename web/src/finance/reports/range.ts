import type { Field } from '../desk/field';

/** From which moment to which. */
export const RANGE: readonly Field[] = [
    { name: 'from', label: 'From', width: 20, hint: 'Within' },
    { name: 'to', label: 'To', width: 20, hint: 'Instant: not within' },
];
export const RANGE_MOMENTS = ['from', 'to'];
