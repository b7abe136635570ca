import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { drawTables } from "../../bin/setup/draw-tables.mjs";
import { root } from "../../bin/setup/folders.mjs";

test("the picture of the tables is made of today's schema", () => {
  const picture = readFileSync(path.join(root, "docs/tables.md"), "utf8");
  assert.equal(picture, drawTables(), "run: node bin/setup/draw-tables.mjs");
});

test("a table is drawn with its keys and the tables that it refers to", () => {
  const drawn = drawTables(`/// A person. More of it.
model Person {
  id   String @id
  name String
  pets Pet[]
}

model Pet {
  id      String  @id
  ownerId String?
  owner   Person? @relation(fields: [ownerId], references: [id])
}
`);
  assert.match(drawn, /Person \|o--o\{ Pet : owner/);
  assert.match(drawn, / {2}Person \{\n {4}String id PK\n {2}\}/);
  assert.match(drawn, / {2}Pet \{\n {4}String id PK\n {4}String ownerId FK\n {2}\}/);
  assert.match(drawn, /- \*\*Person\*\*: A person\.\n/);
});
