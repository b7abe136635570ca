import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./folders.mjs";

const schema = path.join(root, "prisma/schema.prisma");
const picture = path.join(root, "docs/tables.md");

/**
 * The tables of `prisma/schema.prisma` as a Mermaid diagram (https://mermaid.js.org/syntax/entityRelationshipDiagram.html):
 * each with what it is, its keys and the columns that others point at it with.
 */
export function drawTables(text = readFileSync(schema, "utf8")) {
  const models = readModels(text);
  const lines = models.flatMap(({ name, fields }) =>
    fields.flatMap((field) => relationLine(name, field, models)),
  );
  const boxes = models.flatMap(({ name, fields }) => [
    `  ${name} {`,
    ...fields.filter(({ isKey }) => isKey).map(({ type, name, mark }) => `    ${type} ${name}${mark}`),
    "  }",
  ]);
  const list = models.map(({ name, about }) => `- **${name}**${about ? `: ${about}` : ""}`);
  return [
    "# Tables",
    "",
    "Made from `prisma/schema.prisma` by `node bin/setup/draw-tables.mjs`; a test holds it against the schema. Columns that are",
    "no keys are left out.",
    "",
    "```mermaid",
    "erDiagram",
    ...lines,
    ...boxes,
    "```",
    "",
    ...list,
    "",
  ].join("\n");
}

function readModels(text) {
  const blocks = [...text.matchAll(/((?:^\/\/\/.*\n)*)^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  return blocks.map(([, comment, name, body]) => {
    const ids = /@@id\(\[([\w, ]+)\]\)/.exec(body)?.[1].split(", ") ?? [];
    const rows = body.split("\n").map((line) => /^\s+(\w+)\s+(\w+)(\[\]|\?)?(.*)$/.exec(line));
    const fields = rows.filter(Boolean).map(([, field, type, many, rest]) => ({
      name: field,
      type,
      many: many === "[]",
      optional: many === "?",
      of: /@relation\(.*fields: \[(\w+)\]/.exec(rest)?.[1],
      isId: /@id\b/.test(rest) || ids.includes(field),
    }));
    const pointing = fields.flatMap(({ of }) => of ?? []);
    const first = comment
      .replaceAll("/// ", "")
      .replaceAll("\n", " ")
      .split(/(?<=\.) /)[0]
      .trim();
    return {
      name,
      about: first,
      fields: fields.map((field) => ({
        ...field,
        isKey: field.isId || pointing.includes(field.name),
        mark: field.isId ? (pointing.includes(field.name) ? " PK, FK" : " PK") : " FK",
      })),
    };
  });
}

function relationLine(name, { type, of, optional, name: field }, models) {
  if (!of || !models.some((model) => model.name === type)) return [];
  return [`  ${type} ${optional ? "|o" : "||"}--o{ ${name} : ${field}`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(picture, drawTables());
