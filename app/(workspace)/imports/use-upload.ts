"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { type FileUpload, fileUpload, type SentBytes, UploadRefused } from "./send-file";

export type UploadState =
  | { kind: "idle" }
  | { kind: "sending"; file: File; progress: SentBytes }
  | { kind: "paused"; file: File; progress: SentBytes }
  /** It went wrong; what the server has is kept where `progress` says so. */
  | { kind: "stopped"; file: File; progress: SentBytes; message: string };

const nothingSent: SentBytes = { sent: 0, bytesPerSecond: null };

/** Sends one file at a time; when the server has all of it, goes to the import's page. */
export function useUpload() {
  const router = useRouter();
  const [state, setState] = useState<UploadState>({ kind: "idle" });
  const running = useRef<{ upload?: FileUpload; stopped: boolean }>(undefined);

  const send = useCallback(
    async (file: File) => {
      let progress = nothingSent;
      const current: { upload?: FileUpload; stopped: boolean } = { stopped: false };
      running.current = current;
      setState({ kind: "sending", file, progress });
      try {
        current.upload = await fileUpload(file, (news) => {
          progress = news;
          if (!current.stopped) setState({ kind: "sending", file, progress });
        });
        if (current.stopped) return;
        router.push(`/imports/${await current.upload.send()}`);
      } catch (error) {
        if (current.stopped) return;
        const reason = error instanceof Error ? error.message : String(error);
        const message = error instanceof UploadRefused ? reason : "The connection to the server was lost.";
        setState({ kind: "stopped", file, progress, message });
      }
    },
    [router],
  );

  const pause = useCallback(() => {
    stop(running.current);
    setState((now) => (now.kind === "sending" ? { ...now, kind: "paused" } : now));
  }, []);

  const discard = useCallback(async () => {
    stop(running.current);
    setState({ kind: "idle" });
    // One that cannot be removed now stays in the list of imports, with its own button.
    await running.current?.upload?.discard().catch(() => {});
  }, []);

  useEffect(() => () => stop(running.current), []);
  return { state, send, pause, discard };
}

function stop(running: { upload?: FileUpload; stopped: boolean } | undefined) {
  if (!running) return;
  running.stopped = true;
  void running.upload?.pause();
}
