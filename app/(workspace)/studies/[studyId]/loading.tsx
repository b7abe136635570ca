/** Black from the first moment: the reading room never flashes. */
export default function Loading() {
  return (
    <div role="status" className="grid h-full min-h-[60vh] place-content-center bg-black text-muted">
      Opening the study…
    </div>
  );
}
