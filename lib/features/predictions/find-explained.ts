import { database } from "@/lib/platform/database";

/** The slice and the model that a heatmap is made for. Throws where one is gone. */
export async function findExplained({ sliceId, modelId }: { sliceId: string; modelId: string }) {
  const [slice, model] = await Promise.all([
    database().slice.findUniqueOrThrow({ where: { id: sliceId } }),
    database().model.findUniqueOrThrow({ where: { id: modelId } }),
  ]);
  return { slice, model };
}
