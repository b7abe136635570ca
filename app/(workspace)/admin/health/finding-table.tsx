import { Badge, type BadgeTone } from "@/app/_ui/badge";
import { Cell, HeadCell, Row, Table, TableHead } from "@/app/_ui/table";
import type { Finding, FindingState } from "@/lib/features/system/schema";
import { sayFinding } from "@/lib/words/findings";

export const findingLooks: Record<FindingState, { word: string; mark: string; tone: BadgeTone }> = {
  good: { word: "good", mark: "✓", tone: "ok" },
  look: { word: "warning", mark: "!", tone: "human" },
  broken: { word: "error", mark: "✕", tone: "flag" },
};

/** Findings in the order in which they were made, with what to do under what was found. */
export function FindingTable({ caption, findings }: { caption: string; findings: readonly Finding[] }) {
  return (
    <Table className="table-fixed">
      <caption className="sr-only">{caption}</caption>
      <TableHead>
        <tr>
          <HeadCell className="w-32">State</HeadCell>
          <HeadCell className="w-56">Part</HeadCell>
          <HeadCell>What was found</HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {findings.map(sayFinding).map(({ group, name, state, says, todo }) => {
          const { word, mark, tone } = findingLooks[state];
          return (
            <Row key={`${group}/${name}`}>
              <Cell className="align-top">
                <Badge tone={tone} mark={mark}>
                  {word}
                </Badge>
              </Cell>
              <Cell className="align-top">
                <span className="font-semibold">{name}</span>
                <span className="block text-xs text-muted">{group}</span>
              </Cell>
              <Cell className="align-top">
                {says}
                {todo && <p className="mt-0.5 text-muted">What to do: {todo}</p>}
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}
