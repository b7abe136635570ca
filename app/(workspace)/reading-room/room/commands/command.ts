import type { Core } from "../core";
import type { RoomState } from "../state";

/** Headings of the list of keys. */
export const groups = ["Slices", "Decision", "Drawing", "Picture"] as const;
export type Group = (typeof groups)[number];

/** One thing that can be done in the room: by key, by button, by a test. */
export interface Command<Arg = undefined> {
  /** Where the list of keys has it; null for what has no key. */
  readonly group: Group | null;
  /** Its name on buttons. */
  readonly name: string;
  /** Presses as `pressOf` names them; the first one is shown. */
  readonly keys: readonly string[];
  /** What the list of keys says. Commands of a group that say the same stand in one row. */
  readonly does: string;
  /** Whether it makes sense while its key is held down. */
  readonly repeats: boolean;
  /** Whether it can be done now: else its buttons are disabled and its key does nothing. */
  when(state: RoomState): boolean;
  /** What is said of a press while it cannot be done; null for nothing. */
  otherwise(state: RoomState): string | null;
  run(core: Core, arg: Arg): unknown;
}

type Given<Arg> = Partial<Command<Arg>> & Pick<Command<Arg>, "run">;

export function command<Arg = undefined>(given: Given<Arg>): Command<Arg> {
  return {
    group: null,
    name: "",
    keys: [],
    does: given.name ?? "",
    repeats: false,
    when: () => true,
    otherwise: () => null,
    ...given,
  };
}

/** The same for commands of one group. */
export const inGroup =
  (group: Group) =>
  <Arg = undefined>(given: Given<Arg> & Pick<Command<Arg>, "keys">): Command<Arg> =>
    command<Arg>({ group, ...given });
