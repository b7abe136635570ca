/** Which parts of a slice speak for tumor, as one model sees it. */
export interface HeatmapView {
  /** 8 */
  rows: number;
  /** 8 */
  columns: number;
  /**
   * `[rows, columns]` over the network's frame, in units of the margin (logit of tumor minus logit of no tumor):
   * positive speaks for tumor, negative against it. Together they are the margin less what the head's biases bring.
   */
  values: number[];
  modelNumber: number;
}

/** What asking for a heatmap brings: it is there, or a job makes it. */
export type HeatmapRequest =
  | { state: "ready"; modelId: string }
  | { state: "waiting"; jobId: string; modelId: string };
