import { afterAll, it } from "vitest";
import { database, disconnect } from "@/lib/platform/database";
import { expectCommitted } from "../../support/committed-text";

afterAll(disconnect);

it("the database that the migrations make is the one that is committed, triggers and functions included", async () => {
  const lines = await database().$queryRaw<{ line: string }[]>`
    SELECT line FROM (
      SELECT 1 AS part, t.typname AS name, 0 AS at,
        format('CREATE TYPE %I AS ENUM (%s);', t.typname, string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)) AS line
      FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE n.nspname = 'public' GROUP BY t.typname
      UNION ALL
      SELECT 2, c.relname, 0, format('CREATE TABLE %I (%s);', c.relname, (
        SELECT string_agg(E'\n  ' || format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
          || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
          || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''), ',' ORDER BY a.attname)
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      ) || E'\n')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
      UNION ALL
      SELECT 2, r.relname, 1, format('ALTER TABLE %I ADD CONSTRAINT %I %s;', r.relname, k.conname, pg_get_constraintdef(k.oid))
      FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
      WHERE n.nspname = 'public' AND k.contype IN ('p', 'u', 'f', 'c') AND r.relname <> '_prisma_migrations'
      UNION ALL
      SELECT 2, tablename, 2, indexdef || ';' FROM pg_indexes i
      WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conname = i.indexname)
      UNION ALL
      SELECT 2, r.relname, 3, pg_get_triggerdef(g.oid) || ';'
      FROM pg_trigger g JOIN pg_class r ON r.oid = g.tgrelid JOIN pg_namespace n ON n.oid = r.relnamespace
      WHERE n.nspname = 'public' AND NOT g.tgisinternal
      UNION ALL
      SELECT 3, p.proname, 0, pg_get_functiondef(p.oid) || ';'
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'
    ) d ORDER BY part, name COLLATE "C", at, line COLLATE "C"`;
  expectCommitted("prisma/schema.dump.sql", `${lines.map(({ line }) => line).join("\n")}\n`);
});
