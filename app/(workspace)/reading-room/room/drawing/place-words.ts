import type { Drawing } from "./drawing";

type Kept = Pick<Drawing, "place" | "message" | "journalled">;

/** Where the strokes are, in words; `safe` where nothing could be lost. */
export function placeWords({ place, message, journalled }: Kept): { words: string; safe: boolean } {
  const here = journalled ? "kept in this browser" : "this browser keeps no copy";
  switch (place) {
    case "server":
      return { words: "draft kept on the server, not saved as a label", safe: true };
    case "here":
    case "sending":
      return { words: `${here}, on the way to the server`, safe: journalled };
    case "unreachable":
      return { words: `${here}; the server cannot be reached`, safe: false };
    case "signed-out":
      return { words: `${here}; your session has ended`, safe: false };
    case "elsewhere":
      return { words: "you have another drawing on this slice, made elsewhere", safe: false };
    case "refused":
      return { words: `${here}; ${message ?? "the server refuses it"}`, safe: false };
  }
}
