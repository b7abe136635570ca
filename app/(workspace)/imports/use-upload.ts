"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { beginOrResume, discardUpload, type SentBytes, sendFile, UploadRefused } from "./send-file";

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
  const running = useRef<AbortController>(undefined);
  const importId = useRef<string>(undefined);

  const send = useCallback(
    async (file: File) => {
      const controller = new AbortController();
      running.current = controller;
      let progress = nothingSent;
      setState({ kind: "sending", file, progress });
      try {
        const begun = await beginOrResume(file);
        importId.current = begun.importId;
        progress = { sent: begun.offset, bytesPerSecond: null };
        await sendFile(file, begun.importId, begun.offset, {
          signal: controller.signal,
          onProgress: (news) => {
            progress = news;
            if (!controller.signal.aborted) setState({ kind: "sending", file, progress });
          },
        });
        router.push(`/imports/${begun.importId}`);
      } catch (error) {
        if (controller.signal.aborted) return;
        const reason = error instanceof Error ? error.message : String(error);
        const message = error instanceof UploadRefused ? reason : "The connection to the server was lost.";
        setState({ kind: "stopped", file, progress, message });
      }
    },
    [router],
  );

  const pause = useCallback(() => {
    running.current?.abort();
    setState((now) => (now.kind === "sending" ? { ...now, kind: "paused" } : now));
  }, []);

  const discard = useCallback(async (file: File) => {
    running.current?.abort();
    if (importId.current) await discardUpload(file, importId.current);
    importId.current = undefined;
    setState({ kind: "idle" });
  }, []);

  useEffect(() => () => running.current?.abort(), []);
  return { state, send, pause, discard };
}
