import type { RoomState } from "../state";
import { type Command, type Group, groups } from "./command";
import { decisionCommands } from "./decision";
import { drawingCommands } from "./drawing";
import { type KeyboardLayout, pressOn } from "./keyboard-layout";
import { partCommands } from "./parts";
import { pictureCommands } from "./picture";
import { keyWords, type Pressed, pressesOf } from "./press";
import { sliceCommands } from "./slices";

/**
 * Everything that can be done in the reading room. The key handler, buttons' titles and disabled states, and the list
 * of keys all read this table.
 */
export const commands = {
  ...sliceCommands,
  ...decisionCommands,
  ...drawingCommands,
  ...pictureCommands,
  ...partCommands,
};

export type CommandId = keyof typeof commands;
type ArgOf<Id extends CommandId> = (typeof commands)[Id] extends Command<infer Arg> ? Arg : never;
/** What follows a command's id: nothing, or its argument. */
export type Args<Id extends CommandId> = [ArgOf<Id>] extends [undefined] ? [] : [arg: ArgOf<Id>];
/** Commands without an argument: those that a key or a plain button can run. */
export type PlainCommandId = { [Id in CommandId]: Args<Id> extends [] ? Id : never }[CommandId];

const keyed = Object.entries(commands).filter(([, { keys }]) => keys.length > 0) as [
  PlainCommandId,
  Command,
][];
const byPress = new Map<string, [PlainCommandId, Command][]>();
for (const entry of keyed)
  for (const press of entry[1].keys) byPress.set(press, [...(byPress.get(press) ?? []), entry]);

/**
 * The commands of a key press: of several the one that can be done now comes first. Null for the browser's own
 * shortcuts and keys that mean nothing here.
 */
export function commandOf(pressed: Pressed, state: RoomState): PlainCommandId | null {
  for (const press of pressesOf(pressed)) {
    const entries = byPress.get(press);
    if (entries) return (entries.find(([, { when }]) => when(state)) ?? entries[0]!)[0];
  }
  return null;
}

/** Presses that more than one command would answer in a state. */
export function clashes(
  table: Readonly<Record<string, Pick<Command, "keys" | "when">>>,
  state: RoomState,
): string[] {
  const open = Object.entries(table).filter(([, { when }]) => when(state));
  const presses = open.flatMap(([id, { keys }]) => keys.map((press) => ({ id, press })));
  return presses.flatMap(({ id, press }, at) =>
    presses.slice(at + 1).flatMap((other) => (other.press === press ? `${press}: ${id}, ${other.id}` : [])),
  );
}

export interface KeyRow {
  keys: string;
  does: string;
}

/**
 * Every key of the reading room, as the dialog lists them: as the keyboard at hand has them, or as a US keyboard where
 * `layout` is null.
 */
export function keyList(
  layout: KeyboardLayout | null = null,
): readonly { group: Group; rows: readonly KeyRow[] }[] {
  const shownKey = (press: string) =>
    keyWords(layout ? pressOn(layout, press, (name) => byPress.has(name)) : press);
  return groups.map((group) => {
    const rows = new Map<string, string[]>();
    for (const [, { group: of, does, keys }] of keyed) {
      const key = shownKey(keys[0]!);
      const row = rows.get(does) ?? [];
      if (of === group && !row.includes(key)) rows.set(does, [...row, key]);
    }
    return {
      group,
      rows: [...rows].map(([does, keys]) => ({
        keys: keys.join(keys.some((key) => key.includes(" ")) ? ", " : " "),
        does,
      })),
    };
  });
}

/** Whether a keyboard has any key of the room elsewhere than a US keyboard, or with another letter on it. */
export const differsFromUs = (layout: KeyboardLayout): boolean =>
  [...byPress.keys()].some((press) => pressOn(layout, press, (name) => byPress.has(name)) !== press);

/** What the mouse does on a view. */
export const mouseList: readonly KeyRow[] = [
  { keys: "Left drag", does: "The tool; window across for width, up and down for level" },
  { keys: "Alt + left drag", does: "While drawing: take away instead of adding" },
  { keys: "Middle drag, Shift + drag", does: "Move" },
  { keys: "Right drag, Ctrl + drag", does: "Zoom" },
  { keys: "Wheel, two fingers", does: "Slices" },
];

/** A command's name with its key, for a button's title. */
export function titleOf({ name, keys }: Pick<Command, "name" | "keys">): string {
  return keys[0] ? `${name} (${keyWords(keys[0])})` : name;
}
