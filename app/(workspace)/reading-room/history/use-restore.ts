import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { randomId } from "@/app/_client/random-id";
import { Refused } from "@/app/_client/request";
import { classWord, sourceWords } from "@/app/_ui/label-words";
import type { SliceView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { postLabel, readLabels } from "../queries";
import { useRoomItself } from "../use-room";

/** An earlier version that is the newest again. */
export interface Restored {
  from: number;
  label: LabelView;
}

/** Brings an earlier version of a slice's label back, based on the version on the screen. */
export function useRestore(slice: SliceView, label: LabelView) {
  const room = useRoomItself();
  const client = useQueryClient();
  // One id for each attempt that may have reached the server: sent twice, it becomes one label.
  const [saveId, setSaveId] = useState(randomId);

  const restoring = useMutation({
    networkMode: "always",
    mutationFn: async (note: string): Promise<Restored> => {
      const restored = await postLabel(`/api/labels/${label.id}/restore`, {
        sliceId: slice.id,
        basedOn: slice.labelVersion,
        saveId,
        note: note || undefined,
        readingMs: Math.round(Math.min(room.readingMs(), 86_400_000)),
      });
      room.run("note-label", { sliceId: slice.id, label: restored, byMe: true });
      return { from: label.version, label: restored };
    },
  });

  /** Null where it was refused: `refusal` says why. */
  const restore = async (note: string): Promise<Restored | null> => {
    try {
      return await restoring.mutateAsync(note);
    } catch (error) {
      const code = error instanceof Refused ? error.code : "unreachable";
      if (code !== "unreachable") setSaveId(randomId());
      if (code === "conflict") await noteTheirs();
      return null;
    }
  };

  const [theirs, setTheirs] = useState<LabelView | null>(null);
  async function noteTheirs() {
    const [newest] = await readLabels(client, slice.id).catch(() => []);
    if (!newest || newest.id === slice.label?.id) return;
    room.run("note-label", { sliceId: slice.id, label: newest, byMe: false });
    setTheirs(newest);
  }

  return { restore, busy: restoring.isPending, refusal: refusalWords(restoring.error, theirs) };
}

function refusalWords(error: Error | null, theirs: LabelView | null): string | null {
  if (!error) return null;
  if (!(error instanceof Refused) || error.code === "unreachable")
    return "The server could not be reached, or it failed. Try again.";
  if (error.code !== "conflict" || !theirs) return error.message;
  return `Someone else has saved a label: version ${theirs.version}, ${classWord(theirs.labelClass)} — ${sourceWords(theirs)}. Look at the differences again before you restore.`;
}
