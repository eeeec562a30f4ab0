import * as ipc from '../ipc';

/** What can be named in a comparison. */
export interface Named {
  name: string;
  what: string;
}

/** Branches and tags by name, those that are nearest first. */
export async function namedCommits(project: string): Promise<Named[]> {
  const [branches, tags] = await Promise.all([ipc.branches(project), ipc.tags(project)]);
  return [
    ...branches.local.map(({ name, upstream }) => ({ name, what: 'branch', upstream })),
    ...branches.local.flatMap(({ upstream }) =>
      upstream === null ? [] : [{ name: upstream, what: 'on the remote' }],
    ),
    ...branches.remote.map(({ name }) => ({ name: `origin/${name}`, what: 'on the remote' })),
    ...tags.map(({ name }) => ({ name, what: 'tag' })),
  ].map(({ name, what }) => ({ name, what }));
}
