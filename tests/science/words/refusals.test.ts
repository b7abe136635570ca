import { expect, it } from "vitest";
import { refusal } from "./said";

it("refusals are said as pages have always said them", () => {
  expect(refusal("role-forbids")).toBe("Your role does not allow this");
  expect(refusal("no-such-slice")).toBe("There is no such slice");
  expect(refusal("request-too-large")).toBe("The request is larger than 1 KiB, the limit here");
  expect(refusal("stroke-does-not-fit")).toBe("Stroke 2 does not fit this slice of 8 x 8 pixels");
  expect(refusal("other-strokes")).toBe(
    "You have other strokes on this slice, drawn in another window or on another machine",
  );
  expect(refusal("drawn-mask-size")).toBe(
    "The drawn mask has 8 x 7 pixels, this slice 8 x 8. Load the page again and draw on this slice.",
  );
  expect(refusal("drawn-mask-empty")).toBe(
    "The drawn mask is empty: draw the tumor, or label the slice without a mask",
  );
  expect(refusal("mask-holds-tumor")).toContain("This mask holds tumor");
  expect(refusal("upload-bytes-gone")).toBe("The uploaded bytes are gone: select the file again");
  expect(refusal("upload-incomplete")).toBe("999 of 1000 bytes have arrived");
  expect(refusal("slice-not-predicted")).toBe("Model 2 has not predicted this slice yet");
  expect(refusal("nothing-to-explain")).toContain("No model is in production");
  expect(refusal("objects-unnamed")).toContain("No record names 101 of 101");
  expect(refusal("int8-cannot-learn")).toContain("a base int8 runs in int8 and cannot learn");
  expect(refusal("base-known")).toContain("This base is there already, as one");
  expect(refusal("base-name-taken")).toContain("Another base is called one");
  expect(refusal("seen-list-empty")).toContain("The list of seen patients is empty");
  expect(refusal("no-patient-key")).toContain("is no patient's key");
  expect(refusal("artifact-damaged")).toMatch(
    /^The file of model 2 \([0-9a-f]{12}\) is missing or damaged: put it back/,
  );
  expect(refusal("base-not-installed")).toMatch(/^The base network [0-9a-f]{12} is not installed/);
  expect(refusal("base-damaged")).toMatch(/^The base network [0-9a-f]{12} is damaged/);
  expect(refusal("fault")).toBe(
    "An unexpected fault: sheep is not iterable (the worker's log has more, job 7)",
  );
});

it("the engine's refusals are said with their figures", () => {
  expect(refusal("fine-tuning-needs-gpu")).toMatch(
    /needs a graphics processor.* would take about 10 min \(1 slices for training and 2 .* 20 epochs at most, 2\.7 s per slice\)\. It can be forced\.$/,
  );
  expect(refusal("base-proposes-no-masks")).toContain("proposes no masks");
  expect(refusal("base-trains-otherwise")).toMatch(
    /other values in training than in use \(relative difference \d\.\de-\d, at most 1\.0e-4\)/,
  );
  expect(refusal("golden-differs")).toBe(
    "The base differs from the golden file: features by 1.0e-3 (at most 1.0e-5)",
  );
  expect(refusal("golden-length")).toBe("The golden file's mask is not that of its images: it has 2 values");
  expect(refusal("golden-unreadable")).toMatch(/^The golden file cannot be read\./);
  expect(refusal("golden-empty")).toContain("neither features nor mask nor gap");
  expect(refusal("golden-without-images")).toContain("neither holds its images nor names its slices");
  expect(refusal("golden-needs-archive")).toContain(
    "names slices (A/A_1.tif, ...): give their archive with --data",
  );
  expect(refusal("data-unreadable")).toBe("set.zip: There is no such file or folder");
  expect(refusal("data-lacks-slice")).toContain("A/A_1.tif is not in it");
  expect(refusal("golden-image-shape")).toContain("image is not [N, 256, 256, 3]");
  expect(refusal("simulation-needs-patients")).toBe(
    "a simulation needs 4 patients that neither the base nor the test knows; there are 3",
  );
  expect(refusal("simulation-needs-slices")).toBe(
    "4 first slices and 9 batches of 4 are 40; only 14 can be labelled",
  );
});
