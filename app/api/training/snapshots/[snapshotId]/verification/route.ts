import { route } from "@/app/_server/route";
import { SnapshotId } from "@/lib/features/snapshots/schema";
import { verifySnapshot } from "@/lib/features/snapshots/verify-snapshot";

/** Hashes a snapshot's rows as they are now and compares: see `SnapshotCheck`. Never cached. */
export const GET = route(SnapshotId, verifySnapshot);
