import type { RequestTab } from '../lib/request-parts';

export type { RequestTab } from '../lib/request-parts';

/** The part of a request that was looked at last: the next request opens at the same. */
export const requestTab = $state<{ value: RequestTab }>({ value: 'params' });
