/** A value that changes as a whole, for those who only look. */
export interface Readable<State> {
  get(): State;
  /** Calls `listener` after each change; returns what ends it. */
  subscribe(listener: () => void): () => void;
}

export interface Store<State> extends Readable<State> {
  /** Puts what `next` makes of the state in its place; the same object changes nothing and tells nobody. */
  set(next: (state: State) => State): void;
}

export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(next) {
      const after = next(state);
      if (after === state) return;
      state = after;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Calls `changed` at once, and again whenever what `select` gives is another value. Returns what ends it. */
export function watch<State, Value>(
  store: Readable<State>,
  select: (state: State) => Value,
  changed: (value: Value) => void,
): () => void {
  let value = select(store.get());
  changed(value);
  return store.subscribe(() => {
    const now = select(store.get());
    if (Object.is(now, value)) return;
    value = now;
    changed(value);
  });
}

/** A selector that makes its value again only when one of its inputs is another one. */
export function memo<State, const Inputs extends readonly unknown[], Value>(
  inputsOf: (state: State) => Inputs,
  make: (...inputs: Inputs) => Value,
): (state: State) => Value {
  let made: { inputs: Inputs; value: Value } | null = null;
  return (state) => {
    const inputs = inputsOf(state);
    if (!made || inputs.some((input, at) => !Object.is(input, made!.inputs[at]))) {
      made = { inputs, value: make(...inputs) };
    }
    return made.value;
  };
}
