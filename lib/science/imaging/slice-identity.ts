/** Whose slice a file is, from its path. */
export interface SliceIdentity {
  patientKey: string;
  studyFolder: string;
  studyDate: string | null;
  site: string | null;
  position: number;
}

/** Why a file's path does not tell whose slice it is. */
export type IdentityProblem =
  | { code: "owner-unknown" }
  | { code: "position-too-large" }
  | { code: "folder-of-another-study"; folder: string; study: string };

/** `TCGA_CS_4941_19960909`: project, site, patient and date. */
const STUDY_NAME = /^([a-z0-9]+_([a-z0-9]+)_[a-z0-9]+)_(\d{4})(\d{2})(\d{2})$/i;
const NUMBER_AT_END = /^(.*?)[_\- ]?(\d+)$/;
const MAX_POSITION = 1_000_000;

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
const foldersOf = (path: string) => path.split("/").slice(0, -1);

/** True for `..._mask.ext`. */
export function isMaskName(path: string): boolean {
  return /_mask$/i.test(nameOf(path));
}

/**
 * A function from an image's path to its identity, or to the reason why it has none.
 *
 * It needs all `images`, in order: the folders that all share say nothing, and files without numbers take their places
 * from the order. Names that follow the LGG set's rule are understood wherever they lie.
 */
export function sliceIdentity(
  images: readonly string[],
): (path: string) => SliceIdentity | { reason: IdentityProblem } {
  const others = images.filter((path) => !lggIdentity(path));
  const shared = sharedFolders(others);
  const inOneFolder = new Set(others.map((path) => foldersOf(path).join("/"))).size <= 1;
  const prefixes = new Set(others.map(prefixOf));
  const byPrefix = inOneFolder && (prefixes.size > 1 || foldersOf(others[0] ?? "").length === 0);
  const places = new Map<string, number>();

  return (path) => {
    const lgg = lggIdentity(path);
    if (lgg) return lgg;
    const folders = foldersOf(path).slice(shared);
    const patientKey = byPrefix ? prefixOf(path) : (folders[0] ?? prefixOf(path));
    if (patientKey === "") return { reason: { code: "owner-unknown" } };
    const studyFolder = byPrefix || folders.length === 0 ? patientKey : folders.join("/");
    const number = NUMBER_AT_END.exec(nameOf(path))?.[2];
    const place = (places.get(studyFolder) ?? 0) + 1;
    places.set(studyFolder, place);
    const position = number === undefined ? place : Number(number);
    if (position > MAX_POSITION) return { reason: { code: "position-too-large" } };
    return { patientKey, studyFolder, studyDate: null, site: null, position };
  };
}

function lggIdentity(path: string): SliceIdentity | { reason: IdentityProblem } | null {
  const match = /^(.*)_(\d{1,6})$/.exec(nameOf(path));
  const study = match && STUDY_NAME.exec(match[1]!);
  if (!match || !study) return null;
  const [studyFolder, patientKey, site, year, month, day] = study as unknown as [
    string,
    string,
    string,
    ...string[],
  ];
  const folder = foldersOf(path).at(-1);
  if (folder && STUDY_NAME.test(folder) && folder !== studyFolder) {
    return { reason: { code: "folder-of-another-study", folder, study: studyFolder } };
  }
  return {
    patientKey,
    studyFolder,
    studyDate: isoDate(year!, month!, day!),
    site,
    position: Number(match[2]),
  };
}

/** Null for a day that the calendar does not have. */
function isoDate(year: string, month: string, day: string): string | null {
  const iso = `${year}-${month}-${day}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

/** A name without the number at its end: `anna_12` is `anna`. */
function prefixOf(path: string): string {
  const name = nameOf(path);
  return NUMBER_AT_END.exec(name)?.[1] ?? name;
}

/** How many leading folders all paths share, always leaving each its last. */
function sharedFolders(paths: readonly string[]): number {
  const [first, ...rest] = paths.map(foldersOf);
  if (!first) return 0;
  let shared = Math.max(0, first.length - 1);
  for (const folders of rest) {
    let same = 0;
    while (same < shared && same < folders.length - 1 && folders[same] === first[same]) same++;
    shared = same;
  }
  return shared;
}
