/** A part of the page that the first look does without. It is fetched once, and kept. */
export class Later<T> {
  #part = $state.raw<T | null>(null);
  #failed = $state(false);
  #fetching: Promise<T | null> | null = null;
  readonly #load: () => Promise<T>;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** The part, or null until it is there. */
  get part(): T | null {
    return this.#part;
  }

  /** True where it could not be fetched, until that is tried again. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Fetches it where that was not done, or failed. Null where it fails. */
  fetch(): Promise<T | null> {
    this.#fetching ??= this.#fetched();
    return this.#fetching;
  }

  async #fetched(): Promise<T | null> {
    this.#failed = false;
    try {
      this.#part = await this.#load();
    } catch (error) {
      console.error('a part of the page is missing', error);
      this.#failed = true;
      this.#fetching = null;
    }
    return this.#part;
  }
}
