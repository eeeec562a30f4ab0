import type { CheckStep } from '../bindings/CheckStep';
import type { ConnectionReport } from '../bindings/ConnectionReport';
import type { ConnectionStep } from '../bindings/ConnectionStep';
import type { ErrorView } from '../bindings/ErrorView';
import type { HostHelp } from '../bindings/HostHelp';
import type { PullBy } from '../bindings/PullBy';
import type { RemoteSettings } from '../bindings/RemoteSettings';
import type { RemoteSettingsInput } from '../bindings/RemoteSettingsInput';
import type { TokenState } from '../bindings/TokenState';
import type { UriCheck } from '../bindings/UriCheck';
import * as ipc from '../ipc';
import { isCancelled, toErrorView } from '../lib/errors';
import { newOperation } from '../lib/ids';
import { debounce, latest } from '../lib/latest';

export const checkSteps: CheckStep[] = ['name', 'connect', 'tls', 'login', 'repository', 'read', 'write'];

/** Remote settings while they are typed, with what is known about them. */
export class RemoteDraft {
  uri = $state('');
  authorName = $state('');
  authorEmail = $state('');
  token = $state('');
  username = $state('');
  caFile = $state('');
  /** How a pull joins both sides; null where there is no project yet. */
  pullBy = $state<PullBy | null>(null);
  #pullByBefore: PullBy | null = null;

  /** Where a token is kept already. */
  stored = $state<TokenState>('none');
  /** The host that token is for; another one does not get it. */
  #storedFor = $state('');
  readonly kept = $derived<TokenState>(originOf(this.uri) === this.#storedFor ? this.stored : 'none');
  /** True while the stored one is being replaced. */
  replacing = $state(false);
  check = $state.raw<UriCheck | null>(null);
  /** What the fields lack, said after the first try. */
  tried = $state(false);

  steps = $state.raw<ConnectionStep[]>([]);
  report = $state.raw<ConnectionReport | null>(null);
  testing = $state<string | null>(null);
  testError = $state.raw<ErrorView | null>(null);

  readonly host = $derived<HostHelp | null>(this.check?.state === 'ok' ? this.check.host : null);
  readonly uriProblem = $derived.by(() => {
    if (this.check?.state === 'refused') return this.check.message;
    return this.tried && this.uri.trim() === '' ? 'Enter the address of the repository.' : null;
  });
  readonly emailProblem = $derived(
    this.tried && this.authorEmail.trim() !== '' && !this.authorEmail.includes('@')
      ? 'An e-mail address has an @ in it.'
      : null,
  );
  readonly ready = $derived(
    this.uri.trim() !== '' && this.check?.state === 'ok' && this.emailProblem === null,
  );

  readonly #checkNow = latest(async () => {
    const asked = this.uri.trim();
    if (asked === '') {
      this.check = null;
      return;
    }
    const answer = await ipc.checkUri(asked).catch(() => null);
    if (asked === this.uri.trim()) this.check = answer;
  });
  readonly #checkSoon = debounce(220, () => void this.#checkNow(undefined));

  fill(settings: RemoteSettings) {
    this.uri = settings.uri ?? '';
    this.authorName = settings.authorName ?? '';
    this.authorEmail = settings.authorEmail ?? '';
    this.username = settings.username ?? '';
    this.caFile = settings.caFile ?? '';
    this.pullBy = this.#pullByBefore = settings.pullBy ?? null;
    this.stored = settings.token;
    this.#storedFor = originOf(this.uri);
    this.replacing = false;
    this.token = '';
    if (this.uri) void this.#checkNow(undefined);
  }

  typeUri(value: string) {
    this.uri = value;
    this.forgetTest();
    this.#checkSoon.call();
  }

  /** Takes user and token out of the address. The token is in what was typed, so it need not be asked for again. */
  split() {
    if (this.check?.state !== 'withCredentials') return;
    const { clean, username, hasToken } = this.check;
    const typed = hasToken ? tokenIn(this.uri) : null;
    if (typed) {
      this.token = typed;
      this.replacing = true;
    }
    if (username) this.username = username;
    this.uri = clean;
    void this.#checkNow(undefined);
  }

  /** Checks all fields; true where they can be used. */
  async validate(): Promise<boolean> {
    this.tried = true;
    await this.#checkNow(undefined);
    return this.ready;
  }

  input(): RemoteSettingsInput {
    return {
      uri: this.uri.trim(),
      authorName: this.authorName.trim(),
      authorEmail: this.authorEmail.trim(),
      username: this.username.trim(),
      caFile: this.caFile.trim(),
      token: this.token === '' ? null : this.token.trim(),
      // What was not chosen here stays as git is set.
      ...(this.pullBy && this.pullBy !== this.#pullByBefore && { pullBy: this.pullBy }),
    };
  }

  forgetTest() {
    this.steps = [];
    this.report = null;
    this.testError = null;
  }

  async test(project: string | null) {
    if (this.testing !== null || !(await this.validate())) return;
    this.forgetTest();
    this.testing = newOperation();
    try {
      this.report = await ipc.testConnection(project, this.input(), this.testing, (step) => {
        this.steps = [...this.steps, step];
      });
      this.steps = this.report.steps;
    } catch (thrown) {
      if (isCancelled(thrown)) this.forgetTest();
      else this.testError = toErrorView(thrown);
    } finally {
      this.testing = null;
    }
  }

  stopTest() {
    if (this.testing !== null) ipc.cancel(this.testing).catch(() => undefined);
  }
}

function originOf(uri: string): string {
  try {
    return new URL(uri.trim()).origin;
  } catch {
    return '';
  }
}

/** The token in an address: behind the user name, or in its place. */
function tokenIn(uri: string): string | null {
  try {
    const { username, password } = new URL(uri.trim());
    return decodeURIComponent(password || username) || null;
  } catch {
    return null;
  }
}
