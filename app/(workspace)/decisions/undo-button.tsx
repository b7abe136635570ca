"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { randomId } from "@/app/_client/random-id";
import { Button } from "@/app/_ui/button";
import { postUndo } from "../reading-room/queries";

interface Props {
  labelId: string;
  /** The slices, in words. */
  what: string;
  /** Slices that are undone together. */
  count: number;
}

/** Takes a decision back, with those that were saved together with it. */
export function UndoButton({ labelId, what, count }: Props) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const undo = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await postUndo(labelId, randomId());
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The server could not be reached.");
    }
    setBusy(false);
    router.refresh();
  };
  return (
    <span className="relative z-10 inline-grid justify-items-end">
      <Button busy={busy} aria-label={`Undo: ${what}`} onClick={undo}>
        {count > 1 ? `Undo all ${count}` : "Undo"}
      </Button>
      {problem && (
        <span role="alert" className="mt-1 text-sm text-flag">
          Not undone: {problem}
        </span>
      )}
    </span>
  );
}
