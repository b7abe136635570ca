"use client";
import { Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { durationInWords } from "@/app/_ui/duration";
import { OutcomeLine } from "@/app/_ui/outcome";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { bytesInWords } from "./import-words";
import { type UploadState, useUpload } from "./use-upload";

/** Where a data set is dropped or chosen, and its upload is watched. */
export function UploadArea() {
  const { state, send, pause, discard } = useUpload();
  if (state.kind === "idle") return <DropZone onFile={send} />;
  const { file } = state;
  return (
    <section aria-label="Upload" className="rounded-lg border border-line bg-panel px-5 py-4">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 className="min-w-0 truncate font-semibold">{file.name}</h2>
        <div className="flex gap-2">
          {state.kind === "sending" && <Button onClick={pause}>Pause</Button>}
          {state.kind === "paused" && (
            <Button tone="primary" onClick={() => send(file)}>
              Resume
            </Button>
          )}
          {state.kind === "stopped" && (
            <Button tone="primary" onClick={() => send(file)}>
              Try again
            </Button>
          )}
          <Button tone="quiet" onClick={() => discard()}>
            Discard
          </Button>
        </div>
      </div>
      <ProgressBar label={`Upload of ${file.name}`} done={state.progress.sent} total={file.size} />
      <p className="mt-1.5 text-muted" aria-live="off">
        {progressWords(state)}
      </p>
      {state.kind === "stopped" && (
        <div className="mt-3">
          <OutcomeLine kind="failed">{state.message}</OutcomeLine>
        </div>
      )}
    </section>
  );
}

function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <section
      aria-label="Upload"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classNames(
        "flex flex-wrap items-center gap-x-5 gap-y-3 rounded-lg border border-dashed px-6 py-6",
        over ? "border-accent bg-panel2" : "border-edge bg-panel",
      )}
    >
      <Upload aria-hidden="true" size={28} strokeWidth={1.5} className="text-muted" />
      <div className="min-w-64 flex-1">
        <h2 className="text-lg font-semibold">{over ? "Drop to upload" : "Drop a zip archive here"}</h2>
        <p className="mt-0.5 max-w-prose text-muted">
          One folder per study, as in the LGG set: images <code>name_1.tif</code> with masks{" "}
          <code>name_1_mask.tif</code> (TIFF, PNG or JPEG) and, if there are, the tables{" "}
          <code>data_mask.csv</code> and <code>data.csv</code>. You see what it holds before anything is
          imported. Interrupted uploads resume when you select the same file.
        </p>
      </div>
      <Button tone="primary" onClick={() => input.current?.click()}>
        Select a file
      </Button>
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        aria-label="Archive to import"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </section>
  );
}

function progressWords(state: Exclude<UploadState, { kind: "idle" }>): string {
  const { sent, bytesPerSecond } = state.progress;
  const size = state.file.size;
  const parts = [`${bytesInWords(sent)} of ${bytesInWords(size)}`];
  if (state.kind === "paused") parts.push("paused; the server keeps what it has");
  if (state.kind === "sending") {
    if (sent >= size) parts.push("finishing");
    else if (bytesPerSecond) {
      parts.push(
        `${bytesInWords(bytesPerSecond)}/s`,
        `${durationInWords((size - sent) / bytesPerSecond)} left`,
      );
    }
  }
  return parts.join(" · ");
}
