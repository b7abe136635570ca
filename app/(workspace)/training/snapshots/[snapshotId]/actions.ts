"use server";

import { action } from "@/app/_server/action";
import { SnapshotId } from "@/lib/features/training/snapshot-schema";
import { verifySnapshot } from "@/lib/features/training/verify-snapshot";

export const verifySnapshotAction = action(SnapshotId, verifySnapshot);
