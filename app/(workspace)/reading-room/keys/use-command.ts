import { commands, type PlainCommandId, titleOf } from "../room/commands";
import { ariaKeys } from "../room/commands/press";
import { useRoom, useRoomItself } from "../use-room";

/** A command as a button needs it: `title` has its name and key. */
export function useCommand(id: PlainCommandId) {
  const room = useRoomItself();
  const one = commands[id];
  const isDisabled = useRoom((state) => !one.when(state));
  return {
    title: titleOf(one),
    ariaKeys: one.keys.map(ariaKeys).join(" ") || undefined,
    isDisabled,
    run: () => room.run(id),
  };
}
