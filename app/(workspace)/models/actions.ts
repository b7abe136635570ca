"use server";

import { action } from "@/app/_server/action";
import { promoteModel } from "@/lib/features/models/promote-model";
import { rejectModel } from "@/lib/features/models/reject-model";
import { requestComparison } from "@/lib/features/models/request-comparison";
import { retireModel } from "@/lib/features/models/retire-model";
import { rollBackModel } from "@/lib/features/models/roll-back-model";
import { ModelId, PromoteModel, RejectModel, RetireModel, RollBackModel } from "@/lib/features/models/schema";

export const promoteModelAction = action(PromoteModel, promoteModel);
export const requestComparisonAction = action(ModelId, requestComparison);
export const rollBackModelAction = action(RollBackModel, rollBackModel);
export const retireModelAction = action(RetireModel, retireModel);
export const rejectModelAction = action(RejectModel, rejectModel);
