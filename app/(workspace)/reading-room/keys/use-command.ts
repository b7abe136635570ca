import { commands, type PlainCommandId, titleOf } from "../room/commands";
import { ariaKeys, keyWords } from "../room/commands/press";
import { useRoom, useRoomItself } from "../use-room";

/** A command's key as people read it; empty where it has none. */
export function keyOf(id: PlainCommandId): string {
  const [press] = commands[id].keys;
  return press === undefined ? "" : keyWords(press);
}

/** A command as a button needs it: `title` is its name with its key. */
export function useCommand(id: PlainCommandId) {
  const room = useRoomItself();
  const one = commands[id];
  const isDisabled = useRoom((state) => !one.when(state));
  return {
    name: one.name,
    shownKey: keyOf(id),
    title: titleOf(one),
    ariaKeys: one.keys.map(ariaKeys).join(" ") || undefined,
    isDisabled,
    run: () => room.run(id),
  };
}
