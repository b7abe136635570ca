import { describe, expect, it } from "vitest";
import { beginDraft, type Draft } from "@/app/(workspace)/reading-room/room/drawing/draft";
import { recoverDrafts } from "@/app/(workspace)/reading-room/room/drawing/recover-drafts";

const draft = (sliceId: string, id: string, revision: number): Draft => ({
  ...beginDraft({ id, sliceId, studyId: "y", basedOn: 0, baseLabelId: null }, 0),
  revision,
});

describe("drafts that come back", () => {
  it("are the browser's or the server's where only one has them", () => {
    const [here, there] = [draft("s", "a", 2), draft("t", "b", 3)];
    expect(recoverDrafts([here], [there])).toEqual([
      { draft: here, onServer: false, served: [2] },
      { draft: there, onServer: true, served: [3] },
    ]);
    expect(recoverDrafts([], [])).toEqual([]);
  });

  it("are the later state of one draft; of equal ones the server's, so that it is not sent again", () => {
    const [second, third] = [draft("s", "a", 2), draft("s", "a", 3)];
    expect(recoverDrafts([third], [second])).toEqual([{ draft: third, onServer: false, served: [2, 3] }]);
    expect(recoverDrafts([second], [third])).toEqual([{ draft: third, onServer: true, served: [3, 2] }]);
    expect(recoverDrafts([second], [draft("s", "a", 2)])).toEqual([
      { draft: second, onServer: true, served: [2, 2] },
    ]);
  });

  it("are the browser's of two different ones, whichever has more", () => {
    const [here, there] = [draft("s", "a", 2), draft("s", "b", 30)];
    expect(recoverDrafts([here], [there])).toEqual([{ draft: here, onServer: false, served: [2] }]);
  });

  it("are the browser's, of unknown whereabouts, while the server has not answered", () => {
    const here = draft("s", "a", 2);
    expect(recoverDrafts([here], null)).toEqual([{ draft: here, onServer: null, served: null }]);
  });
});
