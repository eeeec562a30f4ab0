// The one door to the shell: a line a command. Nothing else in the page imports Tauri.
import { Channel, invoke } from '@tauri-apps/api/core';
import { listen, type UnlistenFn } from '@tauri-apps/api/event';
import type { Allow } from './bindings/Allow';
import type { Answer } from './bindings/Answer';
import type { Blame } from './bindings/Blame';
import type { Branches } from './bindings/Branches';
import type { ChangeList } from './bindings/ChangeList';
import type { ChangesOf } from './bindings/ChangesOf';
import type { Cloned } from './bindings/Cloned';
import type { CommitInfo } from './bindings/CommitInfo';
import type { CommitOutcome } from './bindings/CommitOutcome';
import type { ConnectionReport } from './bindings/ConnectionReport';
import type { ConnectionStep } from './bindings/ConnectionStep';
import type { Created } from './bindings/Created';
import type { CurlRequest } from './bindings/CurlRequest';
import type { DeleteBranchOutcome } from './bindings/DeleteBranchOutcome';
import type { Discarded } from './bindings/Discarded';
import type { EditOutcome } from './bindings/EditOutcome';
import type { Elsewhere } from './bindings/Elsewhere';
import type { ErrorView } from './bindings/ErrorView';
import type { FieldEdit } from './bindings/FieldEdit';
import type { ExportDone } from './bindings/ExportDone';
import type { ExportFormat } from './bindings/ExportFormat';
import type { GitEvent } from './bindings/GitEvent';
import type { HistoryPage } from './bindings/HistoryPage';
import type { ImportDone } from './bindings/ImportDone';
import type { ImportSource } from './bindings/ImportSource';
import type { Incoming } from './bindings/Incoming';
import type { KeychainStatus } from './bindings/KeychainStatus';
import type { Kind } from './bindings/Kind';
import type { LandOutcome } from './bindings/LandOutcome';
import type { Members } from './bindings/Members';
import type { MergeOf } from './bindings/MergeOf';
import type { MergeOutcome } from './bindings/MergeOutcome';
import type { MergePreview } from './bindings/MergePreview';
import type { MergeView } from './bindings/MergeView';
import type { MovedSecret } from './bindings/MovedSecret';
import type { OpenOutcome } from './bindings/OpenOutcome';
import type { Progress } from './bindings/Progress';
import type { Parked } from './bindings/Parked';
import type { ProjectCard } from './bindings/ProjectCard';
import type { ProjectView } from './bindings/ProjectView';
import type { PushMode } from './bindings/PushMode';
import type { PushOutcome } from './bindings/PushOutcome';
import type { RemoteBranch } from './bindings/RemoteBranch';
import type { RemoteBranchOutcome } from './bindings/RemoteBranchOutcome';
import type { RemoteSettings } from './bindings/RemoteSettings';
import type { RemoteSettingsInput } from './bindings/RemoteSettingsInput';
import type { Repaired } from './bindings/Repaired';
import type { ResourceHistory } from './bindings/ResourceHistory';
import type { ResourceHits } from './bindings/ResourceHits';
import type { ResourceView } from './bindings/ResourceView';
import type { SearchDone } from './bindings/SearchDone';
import type { SearchOptions } from './bindings/SearchOptions';
import type { SwitchOutcome } from './bindings/SwitchOutcome';
import type { Tag } from './bindings/Tag';
import type { TextDiff } from './bindings/TextDiff';
import type { Timeline } from './bindings/Timeline';
import type { UndoPoint } from './bindings/UndoPoint';
import type { UndoPreview } from './bindings/UndoPreview';
import type { UriCheck } from './bindings/UriCheck';
import type { UserSettings } from './bindings/UserSettings';
import type { WithChanges } from './bindings/WithChanges';

/** A long operation: its id cancels it, its channel brings progress. */
export interface Running {
  operation: string;
  onProgress: (progress: Progress) => void;
}

const running = ({ operation, onProgress }: Running) => {
  const channel = new Channel<Progress>();
  channel.onmessage = onProgress;
  return { operation, onProgress: channel };
};

// App
export const userSettings = () => invoke<UserSettings>('user_settings');
export const saveUserSettings = (settings: UserSettings) => invoke<void>('save_user_settings', { settings });
export const keychainStatus = () => invoke<KeychainStatus>('keychain_status');
export const appVersion = () => invoke<string>('app_version');
export const cancel = (operation: string) => invoke<void>('cancel', { operation });
export const openLink = (url: string) => invoke<void>('open_link', { url });
export const openDevtools = () => invoke<void>('open_devtools');
export const pickFolder = (title: string) => invoke<string | null>('pick_folder', { title });
export const pickFile = (title: string) => invoke<string | null>('pick_file', { title });
export const pickFiles = (title: string) => invoke<string[]>('pick_files', { title });
/** Where a file is to go; the system asks before one is replaced. */
export const pickSave = (title: string, name: string) =>
  invoke<string | null>('pick_save', { title, name });
export const defaultFolder = () => invoke<string>('default_folder');
export const recentEvents = () => invoke<GitEvent[]>('recent_events');
export const eventReport = () => invoke<string>('event_report');
/** The answer to `onClosing`: with `close` the window goes, without it stays. */
export const finishClosing = (close: boolean) => invoke<void>('finish_closing', { close });

// Projects
export const projects = () => invoke<ProjectCard[]>('projects');
export const openFolder = (path: string) => invoke<OpenOutcome>('open_folder', { path });
export const newProject = (folder: string, name: string) => invoke<ProjectCard>('new_project', { folder, name });
/** Makes a repository in a folder that has none. */
export const initFolder = (path: string) => invoke<ProjectCard>('init_folder', { path });
export const removeProject = (project: string, deleteFiles: boolean) =>
  invoke<void>('remove_project', { project, deleteFiles });
export const revealProject = (project: string) => invoke<void>('reveal_project', { project });
export const projectView = (project: string) => invoke<ProjectView>('project_view', { project });
export const members = (project: string) => invoke<Members>('members', { project });

// Remote settings and clone
export const remoteSettings = (project: string) => invoke<RemoteSettings>('remote_settings', { project });
/** Name and e-mail of the user's own Git configuration, for new projects. */
export const suggestedSettings = () => invoke<RemoteSettings>('suggested_settings');
export const saveRemoteSettings = (project: string, settings: RemoteSettingsInput) =>
  invoke<RemoteSettings>('save_remote_settings', { project, settings });
export const moveAddressToken = (project: string) =>
  invoke<RemoteSettings>('move_address_token', { project });
export const forgetToken = (project: string) => invoke<RemoteSettings>('forget_token', { project });
export const checkUri = (uri: string) => invoke<UriCheck>('check_uri', { uri });
/** `project` is given where a stored token may be used. Steps arrive on `onStep` as they end. */
export function testConnection(
  project: string | null,
  settings: RemoteSettingsInput,
  operation: string,
  onStep: (step: ConnectionStep) => void,
) {
  const channel = new Channel<ConnectionStep>();
  channel.onmessage = onStep;
  return invoke<ConnectionReport>('test_connection', { project, settings, operation, onStep: channel });
}
export const clone = (settings: RemoteSettingsInput, target: string, run: Running) =>
  invoke<Cloned>('clone', { settings, target, ...running(run) });

// Resources
export const resource = (project: string, id: string) => invoke<ResourceView>('resource', { project, id });
/** `version` is the one the resource was opened with. */
export const editResource = (project: string, id: string, version: string, edits: FieldEdit[]) =>
  invoke<EditOutcome>('edit_resource', { project, id, version, edits });
/** A file of the work tree as a resource with one field, `text`. */
export const textFile = (project: string, path: string) =>
  invoke<ResourceView>('text_file', { project, path });
/** `version` is the one the file was opened with. */
export const saveText = (project: string, path: string, version: string, text: string) =>
  invoke<EditOutcome>('save_text', { project, path, version, text });
/** Brings a file back from the newest commit in which it could be read, and says which. */
export const restoreReadable = (project: string, path: string) =>
  invoke<CommitInfo>('restore_readable', { project, path });
/** Puts back what was open and is gone, with these edits. */
export const putBack = (project: string, id: string, edits: FieldEdit[]) =>
  invoke<EditOutcome>('put_back', { project, id, edits });
export const createCollection = (project: string, name: string, design: boolean, run: Running) =>
  invoke<Created>('create_collection', { project, name, design, ...running(run) });
export const convertCollection = (project: string, id: string) =>
  invoke<Created>('convert_collection', { project, id });
export const createResource = (project: string, kind: Kind, parent: string, name: string) =>
  invoke<Created>('create_resource', { project, kind, parent, name });
export const renameResource = (project: string, id: string, name: string) =>
  invoke<void>('rename_resource', { project, id, name });
/** Copies resources in one step and says the ids of the copies. */
export const duplicateResources = (project: string, ids: string[]) =>
  invoke<string[]>('duplicate_resources', { project, ids });
/** Moves resources in one step, before a child of `parent` or (null) to its end. */
export const moveResources = (project: string, ids: string[], parent: string, before: string | null) =>
  invoke<void>('move_resources', { project, ids, parent, before });
/** Deletes resources in one step. */
export const deleteResources = (project: string, ids: string[]) =>
  invoke<void>('delete_resources', { project, ids });
/** Searches names, addresses and contents; hits arrive on `onHits` in the order of the tree. Stopped by `cancel`. */
export function search(
  project: string,
  query: string,
  options: SearchOptions,
  operation: string,
  onHits: (hits: ResourceHits[]) => void,
) {
  const channel = new Channel<ResourceHits[]>();
  channel.onmessage = onHits;
  return invoke<SearchDone>('search', { project, query, options, operation, onHits: channel });
}

// Import
/** What an import would do; `into` is a folder or a collection, null makes new collections. */
export const previewImport = (project: string, from: ImportSource, into: string | null) =>
  invoke<ImportDone>('preview_import', { project, from, into });
export const importCollections = (project: string, from: ImportSource, into: string | null) =>
  invoke<ImportDone>('import', { project, from, into });
/** The cURL commands of a text as requests in a folder or a collection. */
export const importCurl = (project: string, parent: string, text: string) =>
  invoke<ImportDone>('import_curl', { project, parent, text });
/** The first cURL command of a text as the fields of a request; null where there is none. */
export const parseCurl = (text: string) => invoke<CurlRequest | null>('parse_curl', { text });
/** With the values of the base environment and of `environment`. */
export const copyAsCurl = (project: string, id: string, environment: string | null) =>
  invoke<string>('copy_as_curl', { project, id, environment });
/** Writes a collection (or folder, or request, for cURL) to a file. */
export const exportCollection = (
  project: string,
  id: string,
  file: string,
  format: ExportFormat,
  replace: boolean,
) => invoke<ExportDone>('export_collection', { project, id, file, format, replace });

// Changes, commit, history
export const changes = (project: string) => invoke<ChangeList>('changes', { project });
export const textDiff = (project: string, path: string, of: ChangesOf) =>
  invoke<TextDiff>('text_diff', { project, path, of });
/** What a pull would bring, as of the last fetch. */
export const incoming = (project: string) => invoke<Incoming>('incoming', { project });
/** `only` null commits everything; else ids of changed resources, paths of ordinary files, or `ID:FIELD`. */
export const commit = (project: string, message: string, only: string[] | null, push: boolean, run: Running) =>
  invoke<CommitOutcome>('commit', { project, message, only, push, ...running(run) });
/** Replaces the last commit, which must not be pushed. `message` null keeps it; `only` as for `commit`, [] for nothing more. */
export const amend = (project: string, message: string | null, only: string[] | null) =>
  invoke<CommitOutcome>('amend', { project, message, only });
/** Lets values through that look like secrets, by their fingerprints. */
export const allowSecrets = (project: string, fingerprints: string[], how: Allow) =>
  invoke<void>('allow_secrets', { project, fingerprints, how });
/** Moves a value to a private environment; its field takes it from there. */
export const moveSecret = (project: string, fingerprint: string) =>
  invoke<MovedSecret>('move_secret', { project, fingerprint });
/** The commits that changed a resource, or (with `field`) one field of it. */
export const resourceHistory = (project: string, id: string, field: string | null, limit: number) =>
  invoke<ResourceHistory>('resource_history', { project, id, field, limit });
/** Who changed each field of a resource last. */
export const blame = (project: string, id: string, field: string | null) =>
  invoke<Blame>('blame', { project, id, field });
/** What differs from one commit or branch to another. */
export const compare = (project: string, from: string, to: string) =>
  invoke<ChangeList>('compare', { project, from, to });
/** `only` as for `commit`. */
export const discard = (project: string, only: string[] | null) =>
  invoke<Discarded>('discard', { project, only });
/** `of` is a branch, a tag or a commit; null is the current branch. */
export const history = (project: string, of: string | null, after: string | null, limit: number) =>
  invoke<HistoryPage>('history', { project, of, after, limit });
export const commitChanges = (project: string, commitId: string) =>
  invoke<ChangeList>('commit_changes', { project, commit: commitId });
export const restoreResource = (project: string, commitId: string, id: string) =>
  invoke<void>('restore_resource', { project, commit: commitId, id });
/** What was undone. With `expected` (the id of an undo point) only that, and only while it is the newest. */
export const undo = (project: string, expected: string | null) =>
  invoke<UndoPoint>('undo', { project, expected });
export const redo = (project: string) => invoke<UndoPoint>('redo', { project });
/** Everything that can be undone and done again, the latest first. */
export const timeline = (project: string) => invoke<Timeline>('timeline', { project });
/** Undoes the operation `id` and everything newer. */
export const undoTo = (project: string, id: string) => invoke<UndoPoint[]>('undo_to', { project, id });
/** Does again everything that was undone, up to and with the operation `id`. */
export const redoTo = (project: string, id: string) => invoke<UndoPoint[]>('redo_to', { project, id });
/** What `undoTo` or `redoTo` would change. */
export const undoPreview = (project: string, id: string) =>
  invoke<UndoPreview>('undo_preview', { project, id });

// Branches
export const branches = (project: string) => invoke<Branches>('branches', { project });
/** Other branches that hold collections, the newest first. */
export const collectionsElsewhere = (project: string) =>
  invoke<Elsewhere[]>('collections_elsewhere', { project });
export const createBranch = (project: string, name: string, from: string | null) =>
  invoke<void>('create_branch', { project, name, from });
export const switchBranch = (project: string, name: string, withChanges: WithChanges) =>
  invoke<SwitchOutcome>('switch_branch', { project, name, withChanges });
/** Brings back what is parked on the current branch. */
export const unpark = (project: string) => invoke<SwitchOutcome>('unpark', { project });
export const renameBranch = (project: string, from: string, to: string) =>
  invoke<void>('rename_branch', { project, from, to });
export const deleteBranch = (project: string, name: string, force: boolean) =>
  invoke<DeleteBranchOutcome>('delete_branch', { project, name, force });
export const mergeBranch = (project: string, name: string) =>
  invoke<MergeOutcome>('merge_branch', { project, name });
/** Takes branches off the list that the remote does not have any more, and says which. */
export const pruneBranches = (project: string, run: Running) =>
  invoke<RemoteBranch[]>('prune_branches', { project, ...running(run) });
/** Deletes a branch of the remote, if it is as it was last seen; undo says how to bring it back. */
export const deleteRemoteBranch = (project: string, name: string, run: Running) =>
  invoke<RemoteBranchOutcome>('delete_remote_branch', { project, name, ...running(run) });
/** What is parked, by branch. */
export const parked = (project: string) => invoke<Parked[]>('parked', { project });
export const parkedChanges = (project: string, branch: string) =>
  invoke<ChangeList>('parked_changes', { project, branch });
export const dropParked = (project: string, branch: string) =>
  invoke<void>('drop_parked', { project, branch });
/** Fetches a remote branch and makes the local branch that follows it (does not switch). */
export const fetchBranch = (project: string, name: string, run: Running) =>
  invoke<void>('fetch_branch', { project, name, ...running(run) });

// Merges: looked at before anything moves, answered, landed, dropped
export const mergePreview = (project: string, what: MergeOf) =>
  invoke<MergePreview>('merge_preview', { project, what });
/** Fetches, and says what a pull would come to. */
export const pullPreview = (project: string, run: Running) =>
  invoke<MergePreview>('pull_preview', { project, ...running(run) });
/** Pulls what was fetched last, as it was shown. */
export const pullFetched = (project: string) => invoke<MergeOutcome>('pull_fetched', { project });
/** The merge that waits for answers. */
export const questions = (project: string) => invoke<MergeView | null>('questions', { project });
/** `seen` is the mark of the values that were shown; no answer opens the question again. */
export const answerQuestion = (project: string, question: string, seen: string, answer: Answer | null) =>
  invoke<MergeView>('answer_question', { project, question, seen, answer });
export const answerAll = (project: string, answer: Answer) =>
  invoke<MergeView>('answer_all', { project, answer });
export const landMerge = (project: string) => invoke<LandOutcome>('land_merge', { project });
export const abortMerge = (project: string) => invoke<MergeOf>('abort_merge', { project });

/** Takes back what a commit changed; where there are questions, it waits like a merge. */
export const revert = (project: string, commitId: string) =>
  invoke<MergeOutcome>('revert', { project, commit: commitId });
/** Takes over what a commit of another branch changed. */
export const cherryPick = (project: string, commitId: string) =>
  invoke<MergeOutcome>('cherry_pick', { project, commit: commitId });
/** Takes over everything that a branch has, as one commit. */
export const squashBranch = (project: string, name: string) =>
  invoke<MergeOutcome>('squash_branch', { project, name });

// Tags
export const tags = (project: string) => invoke<Tag[]>('tags', { project });
/** `at` null names the last commit; with a message the tag says who made it. */
export const createTag = (project: string, name: string, at: string | null, message: string | null) =>
  invoke<void>('create_tag', { project, name, at, message });
export const deleteTag = (project: string, name: string) => invoke<void>('delete_tag', { project, name });
export const pushTag = (project: string, name: string, run: Running) =>
  invoke<RemoteBranchOutcome>('push_tag', { project, name, ...running(run) });

// Remote
export const fetchRemote = (project: string, run: Running) =>
  invoke<void>('fetch', { project, ...running(run) });
/** Makes a damaged repository whole; `offline` goes without the remote. */
export const repair = (project: string, offline: boolean, run: Running) =>
  invoke<Repaired>('repair', { project, offline, ...running(run) });
export const pull = (project: string, run: Running) =>
  invoke<MergeOutcome>('pull', { project, ...running(run) });
export const push = (project: string, mode: PushMode, run: Running) =>
  invoke<PushOutcome>('push', { project, mode, ...running(run) });
/** Pushes what a backup keeps, if the remote's branch is at `expected` (null: is not there); see `UndoPoint.remote`. */
export const pushBack = (project: string, backup: string, expected: string | null, run: Running) =>
  invoke<RemoteBranchOutcome>('push_back', { project, backup, expected, ...running(run) });
/** Commits everything where there is no commit yet ("Initial snapshot"), and pushes. */
export const pushInitial = (project: string, run: Running) =>
  invoke<PushOutcome>('push_initial', { project, ...running(run) });

// Events from the shell
/** One git-event record. */
export const onGitEvent = (handle: (event: GitEvent) => void): Promise<UnlistenFn> =>
  listen<GitEvent>('git-event', (e) => handle(e.payload));
/** Something of a project changed on disk or in Git: read the view again. */
export const onProjectChanged = (handle: (project: string) => void): Promise<UnlistenFn> =>
  listen<string>('project-changed', (e) => handle(e.payload));
/** The window is about to close: save what was typed, then answer with `finishClosing`. */
export const onClosing = (handle: () => void): Promise<UnlistenFn> => listen('closing', () => handle());
/** A push that waited for the network was done or refused. */
export interface QueuedPush {
  project: string;
  outcome: PushOutcome | null;
  error: ErrorView | null;
}
export const onQueuedPush = (handle: (push: QueuedPush) => void): Promise<UnlistenFn> =>
  listen<QueuedPush>('queued-push', (e) => handle(e.payload));
/** A native menu entry: `clone`, `new-project`, `open-folder`, `settings`, `commit`, `amend`, `push`, `pull`, `fetch`,
 * `branches`, `history`, `compare`, `tags`, `parked`, `remote-settings`, `undo`, `redo`, `timeline`, `events`, `devtools`,
 * `save`, `search`, `palette`, `dashboard`. */
export const onMenu = (handle: (entry: string) => void): Promise<UnlistenFn> =>
  listen<string>('menu', (e) => handle(e.payload));
