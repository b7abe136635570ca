/** Formats that are recognised and not read. */
export type OtherFormat = "dicom" | "nifti" | "gif" | "webp" | "bmp" | "pdf" | "zip" | "gzip";

/** Why an image or a mask cannot be used. */
export type ImageProblem =
  | { code: "image-empty" }
  | { code: "no-image-format" }
  | { code: "other-format"; format: OtherFormat }
  | { code: "several-pages"; pages: number }
  | { code: "channels"; channels: number }
  /** As the decoder calls it. */
  | { code: "pixel-depth"; depth: string | null }
  | { code: "too-many-pixels" }
  /** `cause`: the decoder's own words. */
  | { code: "image-damaged"; cause: string }
  /** The decoder ended without an answer; `how`: the signal or code it ended with. */
  | { code: "decoder-died"; how: string }
  | { code: "decoding-too-long"; seconds: number }
  /** Bytes. */
  | { code: "decoding-too-large"; bytes: number }
  | { code: "mask-size"; maskRows: number; maskColumns: number; rows: number; columns: number }
  | { code: "mask-size-differs" };

/** Thrown where an image cannot be used. */
export class ImageError extends Error {
  constructor(readonly said: ImageProblem) {
    super(said.code);
    this.name = "ImageError";
  }
}
