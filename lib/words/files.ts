import type { FileReason } from "@/lib/features/imports/schema";
import type { ArchiveProblem, PassedOver } from "@/lib/platform/archive-problem";
import type { AsWritten, Message } from "@/lib/platform/message";
import type { ImageProblem, OtherFormat } from "@/lib/science/imaging/image-problem";
import type { TableProblem } from "@/lib/science/imaging/parse-csv";
import { say, type Words } from "./say";

const MiB = 2 ** 20;
const GiB = 2 ** 30;

const damaged = (path: string, why: string) => `${path} is damaged: ${why}`;

const archiveWords: Words<ArchiveProblem> = {
  "nothing-there": () => "There is no such file or folder",
  "archive-not-openable": ({ cause }) => `It cannot be opened: ${cause}`,
  "neither-file-nor-folder": () => "It is neither a file nor a folder",
  "not-a-zip": () => "It is not a zip file",
  "zip-cut-off": ({ cause }) => `It is a zip file that ends too early or is damaged: ${cause}`,
  "zip-damaged": ({ cause }) => `It is a damaged zip file: ${cause}`,
  "too-many-files": ({ limit }) => `It has more than ${limit} files`,
  "entry-too-large": ({ path, limit }) => `${path} is larger than ${limit / MiB} MiB`,
  "unpacks-to-too-much": ({ limit }) => `It unpacks to more than ${limit / GiB} GiB`,
  "unpacks-suspiciously": ({ path }) => `${path} unpacks to far more than images do; the archive is refused`,
  "entry-encrypted": ({ path }) => `${path} is encrypted; send the archive without a password`,
  "entry-twice": ({ path }) => `It holds ${path} twice`,
  "entry-path-absolute": ({ path }) => `It holds an absolute path: ${JSON.stringify(path)}`,
  "entry-path-leaves": ({ path }) => `It holds a path that leaves the archive: ${JSON.stringify(path)}`,
  "entry-name-unusable": ({ path }) => `It holds an unusable name: ${JSON.stringify(path)}`,
  "entry-is-link": ({ path }) => `It holds a link: ${path}`,
  "entry-outside": ({ path }) => `${path} lies outside the archive; it is damaged or incomplete`,
  "entries-overlap": () => "Files in it overlap; it is refused",
  "not-in-archive": ({ path }) => `${path} is not in the archive`,
  "not-in-folder": ({ path }) => `${path} is not in the folder`,
  "entry-unreadable": ({ path, cause }) => `${path} cannot be read: ${cause}`,
  "entry-is-no-file": ({ path }) => `${path} is not a file`,
  "entry-has-grown": ({ path }) => `${path} has grown too large`,
  "entry-method-unknown": ({ path, method }) =>
    `${path} is packed by a method (${method}) that is not supported; store or deflate it`,
  "entry-without-header": ({ path }) => damaged(path, "its header is missing"),
  "entry-length": ({ path, bytes, announced }) =>
    damaged(path, `it has ${bytes} bytes, ${announced} were announced`),
  "entry-checksum": ({ path }) => damaged(path, "its checksum does not match"),
  "entry-longer": ({ path, announced }) =>
    damaged(path, `it is larger than the ${announced} bytes announced`),
  "entry-not-unpackable": ({ path }) => damaged(path, "its packed bytes cannot be unpacked"),
  "entry-cut-off": ({ path }) => damaged(path, "the archive ends inside it"),
};

const passedOverWords: Words<PassedOver> = {
  "link-not-followed": () => "is a link; links are not followed",
  "no-file": () => "is not a file",
};

const formats: Record<OtherFormat, string> = {
  dicom: "DICOM file",
  nifti: "NIfTI file",
  gif: "GIF",
  webp: "WebP image",
  bmp: "BMP image",
  pdf: "PDF document",
  zip: "zip archive",
  gzip: "gzip file",
};

const imageWords: Words<ImageProblem> = {
  "image-empty": () => "is empty",
  "no-image-format": () => "is not a TIFF, PNG or JPEG image",
  "other-format": ({ format }) => `is a ${formats[format]}; TIFF, PNG and JPEG images are read here`,
  "several-pages": ({ pages }) => `has ${pages} pages; one image per file is expected`,
  channels: ({ channels }) => `has ${channels} channels after decoding; 1 or 3 are expected`,
  "pixel-depth": ({ depth }) => `has ${depth ?? "unknown"} pixels; 8- and 16-bit whole numbers are read here`,
  "too-many-pixels": () => "has more than 16 megapixels",
  "image-damaged": ({ cause }) => `is damaged or incomplete: ${cause}`,
  "decoder-died": ({ how }) => `made the decoder end without an answer, twice (${how})`,
  "decoding-too-long": ({ seconds }) => `was not decoded within ${seconds} s`,
  "decoding-too-large": ({ bytes }) =>
    `takes more than ${Math.round(bytes / 2 ** 20)} MiB of memory to decode`,
  "mask-size": ({ maskRows, maskColumns, rows, columns }) =>
    `is ${maskColumns} x ${maskRows} pixels, its slice ${columns} x ${rows}`,
  "mask-size-differs": () => "and its mask differ in size",
};

const tableWords: Words<TableProblem> = {
  "quote-not-closed": () => "a quoted field never ends",
  "too-many-rows": ({ limit }) => `it has more than ${limit.toLocaleString("en")} rows`,
  "too-many-columns": ({ limit }) => `it has more than ${limit.toLocaleString("en")} columns`,
  "too-many-values": ({ limit }) => `it has more than ${limit.toLocaleString("en")} values`,
  "row-too-long": ({ limit }) => `a row has more than ${limit.toLocaleString("en")} characters`,
  other: ({ text }) => text,
};

const where = ({ row, table }: { row: number; table: string }) => `row ${row} of ${table}`;

/** Why a file of an archive, or the archive, cannot be used, or what a table says of it; said of the file's name. */
export const fileWords: Words<FileReason | AsWritten> = {
  "as-written": ({ text }) => text,
  ...archiveWords,
  ...passedOverWords,
  ...imageWords,
  "owner-unknown": () => "has neither a folder nor a name that identifies the patient",
  "position-too-large": () => "has a number too large for a slice's position",
  "folder-of-another-study": ({ folder, study }) =>
    `lies in the folder of ${folder} but is named after ${study}`,
  "mask-without-image": () => "is a mask without its image",
  "same-slice": ({ as }) => `is the same slice as ${as}`,
  "same-mask": ({ as }) => `is the same mask as ${as}`,
  "table-unreadable": ({ cause }) => `cannot be read as a table: ${say(tableWords, cause)}`,
  "table-of-nothing-known": () => "is a table with neither an image_path nor a Patient column",
  "table-too-large": ({ limit }) => `is larger than a table may be (${limit / MiB} MiB)`,
  "row-names-no-image": (said) => `${where(said)} names an image that is not there`,
  "row-names-no-mask": (said) => `${where(said)} names a mask that is not there`,
  "row-says-other-patient": (said) =>
    `${where(said)} says patient ${said.patient}; the file belongs to ${said.study}`,
  "row-contradicts-row": (said) => `${where(said)} contradicts an earlier row on the mask`,
  "row-names-other-mask": (said) =>
    `${where(said)} names the mask ${said.named}; ${said.beside} is beside it`,
  "other-image-known": () =>
    "another image is already imported at this position of this study; it was not replaced",
  "other-cohort": ({ patient, known }) =>
    `patient ${patient} is known ${known === "PHANTOM" ? "as a phantom" : "as a real patient"}; phantoms and patients are kept apart`,
};

export const sayOfFile = (reason: Message) => say(fileWords, reason);
