import type { Task } from "../task";
import { collectUnusedTask } from "./collect-unused";
import { compareModelTask } from "./compare-model";
import { embedChunkTask } from "./embed-chunk";
import { explainSliceTask } from "./explain-slice";
import { fineTuneBaseTask } from "./fine-tune-base";
import { finishModelTask } from "./finish-model";
import { fitHeadTask } from "./fit-head";
import { importArchiveTask } from "./import-archive";
import { inspectArchiveTask } from "./inspect-archive";
import { predictSlicesTask } from "./predict-slices";
import { takeSnapshotTask } from "./take-snapshot";

/** Every task a worker can do, by its contract's name. */
export const tasks: ReadonlyMap<string, Task> = new Map(
  [
    inspectArchiveTask,
    importArchiveTask,
    predictSlicesTask,
    explainSliceTask,
    compareModelTask,
    takeSnapshotTask,
    fineTuneBaseTask,
    embedChunkTask,
    fitHeadTask,
    finishModelTask,
    collectUnusedTask,
  ].map((task) => [task.kind, task]),
);
