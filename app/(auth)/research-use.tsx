/** What the product is for, below every form of an account. */
export function ResearchUse() {
  return <p className="mt-5 text-sm text-muted">For research and dataset curation; not for diagnosis.</p>;
}
