/** What can be wrong with an archive, or with one file of it. */
export type ArchiveProblem =
  | { code: "nothing-there" }
  | { code: "archive-not-openable"; cause: string }
  | { code: "neither-file-nor-folder" }
  | { code: "not-a-zip" }
  | { code: "zip-cut-off"; cause: string }
  | { code: "zip-damaged"; cause: string }
  | { code: "too-many-files"; limit: number }
  /** Bytes. */
  | { code: "entry-too-large"; path: string; limit: number }
  | { code: "unpacks-to-too-much"; limit: number }
  | { code: "unpacks-suspiciously"; path: string }
  | { code: "entry-encrypted"; path: string }
  | { code: "entry-twice"; path: string }
  | { code: "entry-path-absolute"; path: string }
  | { code: "entry-path-leaves"; path: string }
  | { code: "entry-name-unusable"; path: string }
  | { code: "entry-is-link"; path: string }
  | { code: "entry-outside"; path: string }
  | { code: "entries-overlap" }
  | { code: "not-in-archive"; path: string }
  | { code: "not-in-folder"; path: string }
  | { code: "entry-unreadable"; path: string; cause: string }
  | { code: "entry-is-no-file"; path: string }
  | { code: "entry-has-grown"; path: string }
  | { code: "entry-method-unknown"; path: string; method: number }
  | { code: "entry-without-header"; path: string }
  | { code: "entry-length"; path: string; bytes: number; announced: number }
  | { code: "entry-checksum"; path: string }
  | { code: "entry-longer"; path: string; announced: number }
  | { code: "entry-not-unpackable"; path: string }
  | { code: "entry-cut-off"; path: string };

/** Why a file of a folder was passed over. */
export type PassedOver = { code: "link-not-followed" } | { code: "no-file" };
