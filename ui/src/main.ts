import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { app } from './state/app.svelte';
import { events } from './state/events.svelte';
import { settings } from './state/settings.svelte';
import { listenToShell } from './state/shell-events';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element to show the app in.');

await settings.load();
events.start().catch((error: unknown) => console.error('git-events cannot be shown', error));
listenToShell().catch((error: unknown) => console.error('the shell cannot be heard', error));
mount(App, { target });
app.start().catch((error: unknown) => console.error('the projects cannot be watched', error));
