import { getObject } from "@/lib/platform/storage";

/** A sentence where a model's artifact is missing or does not have the hash it was registered with; else nothing. */
export async function artifactRefusal(model: { number: number; artifactSha256: string }): Promise<string[]> {
  try {
    await getObject(model.artifactSha256);
    return [];
  } catch {
    return [
      `The file of model ${model.number} is missing or damaged: put it back from a backup of the objects folder.`,
    ];
  }
}
