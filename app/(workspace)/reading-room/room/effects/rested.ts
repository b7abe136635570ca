import { type Readable, watch } from "../store";

/** Calls `rested` with what `select` gives once it has stayed the same for `restMs`. Returns what ends it. */
export function watchRested<State, Value>(
  store: Readable<State>,
  select: (state: State) => Value,
  restMs: number,
  rested: (value: Value) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = watch(store, select, (value) => {
    clearTimeout(timer);
    timer = setTimeout(() => rested(value), restMs);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
