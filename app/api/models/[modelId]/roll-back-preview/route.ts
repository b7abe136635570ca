import { route } from "@/app/_server/route";
import { previewRollBack } from "@/lib/features/models/preview-roll-back";
import { ModelId } from "@/lib/features/models/schema";

/** What going back to the model before would change: see `PromotionPreview`. Never cached. */
export const GET = route(ModelId, previewRollBack);
