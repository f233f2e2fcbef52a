// Workflow variables: one scope per execution, branch and iteration; inner scopes read outer ones and never write them.
import type { Json } from './json.ts';

export class Variables {
  readonly #outer: Variables | undefined;
  readonly #values = new Map<string, Json>();

  constructor(outer?: Variables) {
    this.#outer = outer;
  }

  get(name: string): Json | undefined {
    const own = this.#values.get(name);
    return own === undefined ? this.#outer?.get(name) : own;
  }

  /** Sets variables of this scope, all at once: expressions of one Assign never see each other's new values. */
  assign(values: ReadonlyMap<string, Json>): void {
    for (const [name, value] of values) this.#values.set(name, value);
  }

  /** Everything visible from here as one object, for jsonata's bindings. */
  flatten(): Record<string, Json> {
    const visible = this.#outer?.flatten() ?? {};
    for (const [name, value] of this.#values) visible[name] = value;
    return visible;
  }

  /** The values of this scope and the scopes around it, for the size limit. */
  *values(): Generator<Json> {
    if (this.#outer !== undefined) yield* this.#outer.values();
    yield* this.#values.values();
  }
}
