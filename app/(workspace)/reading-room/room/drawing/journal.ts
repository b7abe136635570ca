import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Draft } from "./draft";

/** A record of one person's on one slice, kept in the browser until the server has it. */
interface Kept<Value> {
  userId: string;
  sliceId: string;
  studyId: string;
  value: Value;
}

interface JournalSchema<Save> extends DBSchema {
  drafts: { key: [string, string]; value: Kept<Draft>; indexes: { study: [string, string] } };
  saves: { key: [string, string]; value: Kept<Save>; indexes: { study: [string, string] } };
}

/** What a browser keeps of one person's unsaved work, so that a crash or a closed tab loses nothing. */
export interface Journal<Save> {
  putDraft(draft: Draft): Promise<void>;
  /** Removes this draft alone: another window of this person may keep another one of the same slice. */
  removeDraft(sliceId: string, draftId: string): Promise<void>;
  draftsOf(studyId: string): Promise<Draft[]>;
  putSave(sliceId: string, studyId: string, save: Save): Promise<void>;
  removeSave(sliceId: string): Promise<void>;
  savesOf(studyId: string): Promise<Save[]>;
}

/**
 * The journal of one person in this browser (IndexedDB). Others who sign in here do not see it. Every call rejects
 * where the browser keeps none (a private window, a full disk).
 */
export function openJournal<Save>(userId: string): Journal<Save> {
  let opened: Promise<IDBPDatabase<JournalSchema<Save>>> | undefined;
  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      openDB<JournalSchema<Save>>("sulcus", 1, {
        upgrade(db) {
          for (const name of ["drafts", "saves"] as const) {
            db.createObjectStore(name, { keyPath: ["userId", "sliceId"] }).createIndex("study", [
              "userId",
              "studyId",
            ]);
          }
        },
        // A window with an older page holds it, perhaps for hours.
        blocked: () => reject(new Error("another window holds the journal")),
        // Another window wants to upgrade it, or the browser closed it: the next call opens it anew.
        blocking(_from, _to, event) {
          (event.target as IDBDatabase).close();
          opened = undefined;
        },
        terminated: () => {
          opened = undefined;
        },
      }).then(resolve, reject);
    });
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  /** Strict: on the disk, and not only on its way there, before it counts as kept. */
  const write = async (
    name: "drafts" | "saves",
    change: (store: {
      get(key: [string, string]): Promise<Kept<Draft> | undefined>;
      put(value: Kept<Draft | Save>): Promise<unknown>;
      delete(key: [string, string]): Promise<void>;
    }) => Promise<unknown>,
  ) => {
    const transaction = (await open()).transaction(name, "readwrite", { durability: "strict" });
    // biome-ignore lint/suspicious/noExplicitAny: idb types a store by its name, which is one of two here
    await Promise.all([change(transaction.store as any), transaction.done]);
  };
  return {
    putDraft: (draft) =>
      write("drafts", (store) =>
        store.put({ userId, sliceId: draft.sliceId, studyId: draft.studyId, value: draft }),
      ),
    removeDraft: (sliceId, draftId) =>
      write("drafts", async (store) => {
        const kept = await store.get([userId, sliceId]);
        if (kept?.value.id === draftId) await store.delete([userId, sliceId]);
      }),
    draftsOf: async (studyId) =>
      (await (await open()).getAllFromIndex("drafts", "study", [userId, studyId])).map(({ value }) => value),
    putSave: (sliceId, studyId, value) =>
      write("saves", (store) => store.put({ userId, sliceId, studyId, value })),
    removeSave: (sliceId) => write("saves", (store) => store.delete([userId, sliceId])),
    savesOf: async (studyId) =>
      (await (await open()).getAllFromIndex("saves", "study", [userId, studyId])).map(({ value }) => value),
  };
}
