import { onTestFinished } from 'vitest';
import { OpenProject } from '../state/project.svelte';

/** A project whose typed edits end with the test: one that waits to be saved would reach the shell of a later test. */
export function openProject(): OpenProject {
  const project = new OpenProject('/p');
  onTestFinished(() => {
    for (const tab of project.tabs) tab.abandon();
  });
  return project;
}
