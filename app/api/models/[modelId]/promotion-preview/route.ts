import { route } from "@/app/_server/route";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { ModelId } from "@/lib/features/models/schema";

/** What promoting a model would change: see `PromotionPreview`. Never cached. */
export const GET = route(ModelId, previewPromotion);
