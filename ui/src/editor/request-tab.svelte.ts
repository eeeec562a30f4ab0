export type RequestTab = 'params' | 'headers' | 'body' | 'auth' | 'docs' | 'scripts';

/** The part of a request that was looked at last: the next request opens at the same. */
export const requestTab = $state<{ value: RequestTab }>({ value: 'params' });
