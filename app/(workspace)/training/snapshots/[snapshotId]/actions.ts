"use server";

import { action } from "@/app/_server/action";
import { SnapshotId } from "@/lib/features/snapshots/schema";
import { verifySnapshot } from "@/lib/features/snapshots/verify-snapshot";

export const verifySnapshotAction = action(SnapshotId, verifySnapshot);
