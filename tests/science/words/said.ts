import type { Message } from "@/lib/platform/message";
import { sayOfFile } from "@/lib/words/files";
import { sayNotes } from "@/lib/words/notes";
import { sayProgress } from "@/lib/words/progress";
import { sayRefusal } from "@/lib/words/refusals";
import { files } from "./samples/files";
import { notes } from "./samples/notes";
import { progress as ofProgress } from "./samples/progress";
import { refusals } from "./samples/refusals";

/** What a sample of the table of that name is in words. */
export const refusal = (code: keyof typeof refusals) => sayRefusal({ code, ...refusals[code] } as Message);
export const ofFile = (code: keyof typeof files) => sayOfFile({ code, ...files[code] } as Message);
export const progress = (code: keyof typeof ofProgress) =>
  sayProgress({ code, ...ofProgress[code] } as Message);
export const note = (code: keyof typeof notes) => sayNotes([{ code, ...notes[code] } as Message]).join();
