"use server";

import { z } from "zod";
import { action } from "@/app/_server/action";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { promoteModel } from "@/lib/features/models/promote-model";
import { rejectModel } from "@/lib/features/models/reject-model";
import { ModelId } from "@/lib/features/models/schema";

const RejectModel = ModelId.extend({
  reason: z.string().trim().min(1, "Say why, for whoever reads the audit trail").max(1000),
});

export const previewPromotionAction = action(ModelId, previewPromotion);
export const promoteModelAction = action(ModelId, promoteModel);
export const rejectModelAction = action(RejectModel, rejectModel);
