import { useEffect, useState } from "react";
import type { Sequence } from "../room/picture/hanging";
import type { SliceGeometry } from "../room/picture/layer";
import { useRoomItself } from "../use-room";
import type { CameraLink } from "./camera-link";
import type { Stage } from "./cornerstone";
import { nothingDrawn } from "./drawn";
import { openStackView, type StackView } from "./stack-view";

interface Input {
  stage: Stage | null;
  viewId: string;
  sequence: Sequence;
  slices: readonly SliceGeometry[];
  link: CameraLink;
}

/** A view of the stage in `node`, as long as both are there, and what it has drawn. */
export function useStackView(node: HTMLDivElement | null, input: Input) {
  const { stage, viewId, sequence, slices, link } = input;
  const room = useRoomItself();
  const [drawn, setDrawn] = useState(nothingDrawn);
  const [problem, setProblem] = useState<string | null>(null);
  const [view, setView] = useState<StackView | null>(null);
  useEffect(() => {
    if (!stage?.open || !node) return;
    const opened = openStackView({
      node,
      stage,
      viewId,
      sequence,
      slices,
      link,
      room,
      onDrawn: setDrawn,
      onProblem: setProblem,
    });
    setView(opened);
    return () => {
      opened.close();
      setView(null);
      setDrawn(nothingDrawn);
      setProblem(null);
    };
  }, [node, stage, viewId, sequence, slices, link, room]);
  return { drawn, problem, view };
}
