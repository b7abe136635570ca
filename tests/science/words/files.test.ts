import { expect, it } from "vitest";
import type { Message } from "@/lib/platform/message";
import { sayOfFile } from "@/lib/words/files";
import { sayRefusal } from "@/lib/words/refusals";
import { note, ofFile, refusal } from "./said";

it("an import says what was wrong with files, and with the archive", () => {
  expect(ofFile("same-slice")).toBe("is the same slice as a/1.tif");
  expect(ofFile("mask-without-image")).toBe("is a mask without its image");
  expect(ofFile("image-empty")).toBe("is empty");
  expect(ofFile("no-image-format")).toBe("is not a TIFF, PNG or JPEG image");
  expect(ofFile("folder-of-another-study")).toBe("lies in the folder of B but is named after A");
  expect(ofFile("row-says-other-patient")).toBe(
    "row 2 of data_mask.csv says patient B; the file belongs to A",
  );
  expect(ofFile("row-contradicts-row")).toContain("contradicts an earlier row");
  expect(ofFile("table-unreadable")).toBe("cannot be read as a table: a quoted field never ends");
  expect(ofFile("other-format")).toContain("is a DICOM file");
  expect(sayOfFile({ code: "other-format", format: "gif" } as Message)).toContain("is a GIF");
  expect(ofFile("image-damaged")).toMatch(/^is damaged or incomplete/);
  expect(ofFile("pixel-depth")).toContain("float pixels");
  expect(ofFile("several-pages")).toContain("has 2 pages");
  expect(ofFile("other-image-known")).toMatch(/not replaced/);
  expect(ofFile("other-cohort")).toMatch(/kept apart/);
  expect(ofFile("entry-path-leaves")).toContain('leaves the archive: "../evil"');
  expect(ofFile("entry-path-absolute")).toContain("absolute path");
  expect(ofFile("entry-name-unusable")).toContain("unusable name");
  expect(ofFile("entry-is-link")).toContain("link: a/1.tif");
  expect(ofFile("entry-encrypted")).toContain("encrypted; send the archive without");
  expect(ofFile("entry-twice")).toContain("a/1.tif twice");
  expect(ofFile("entry-outside")).toContain("outside the archive");
  expect(ofFile("entry-too-large")).toContain("larger than 256 MiB");
  expect(ofFile("unpacks-suspiciously")).toContain("far more than images");
  expect(ofFile("entries-overlap")).toContain("Files in it overlap");
  expect(ofFile("not-a-zip")).toBe("It is not a zip file");
  expect(ofFile("zip-cut-off")).toContain("ends too early");
  expect(ofFile("nothing-there")).toContain("no such file");
  expect(ofFile("entry-checksum")).toContain("checksum does not match");
  expect(ofFile("entry-longer")).toContain("larger than the 3 bytes announced");
  expect(ofFile("entry-length")).toContain("3 bytes, 30 were announced");
  expect(ofFile("entry-method-unknown")).toContain("method (14)");
  expect(ofFile("not-in-archive")).toContain("not in the archive");
  expect(ofFile("not-in-folder")).toContain("not in the folder");
  expect(ofFile("entry-unreadable")).toContain("cannot be read");
  expect(ofFile("link-not-followed")).toBe("is a link; links are not followed");
  expect(ofFile("too-many-files")).toContain("more than 200000 files");
  expect(ofFile("unpacks-to-too-much")).toContain("more than 64 GiB");
  expect(note("ended-early")).toMatch(/ended early/);
  expect(note("table-and-masks-disagree")).toMatch(/1 slice the table and the mask's pixels disagree/);
  expect(note("equal-files")).toMatch(/2 image files are byte for byte the same/);
  expect(refusal("archive-not-importable")).toBe("The archive cannot be imported: It is not a zip file");
  const first = { file: "a.tif", reason: { code: "image-empty" } };
  expect(
    sayRefusal({ code: "archive-not-importable", problem: { code: "no-image", first } } as Message),
  ).toBe("The archive cannot be imported: It holds no image that can be imported (a.tif: is empty)");
});
