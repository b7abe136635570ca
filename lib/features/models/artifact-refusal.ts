import { getObject } from "@/lib/platform/storage";
import type { PromotionRefusal } from "./refusals";

/** A refusal where a model's artifact is missing or does not have the hash it was registered with; else nothing. */
export async function artifactRefusal(model: {
  number: number;
  artifactSha256: string;
}): Promise<PromotionRefusal[]> {
  try {
    await getObject(model.artifactSha256);
    return [];
  } catch {
    return [{ code: "model-file-damaged", number: model.number }];
  }
}
