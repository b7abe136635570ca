import type { Task } from "../task";
import { compareModelTask } from "./compare-model";
import { explainSliceTask } from "./explain-slice";
import { importArchiveTask } from "./import-archive";
import { inspectArchiveTask } from "./inspect-archive";
import { predictSlicesTask } from "./predict-slices";
import { trainModelTask } from "./train-model";

/** Every task a worker can do, by its contract's name. */
export const tasks: ReadonlyMap<string, Task> = new Map(
  [
    inspectArchiveTask,
    importArchiveTask,
    predictSlicesTask,
    explainSliceTask,
    trainModelTask,
    compareModelTask,
  ].map((task) => [task.kind, task]),
);
