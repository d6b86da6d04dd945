import type { Field } from '../desk/field';

export const CURRENCY: Field = { name: 'currency', label: 'Currency', width: 6 };
