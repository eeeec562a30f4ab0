/** How environment values are shown; stays while one looks at others. */
export const dataMode = $state<{ value: 'table' | 'json' }>({ value: 'table' });
