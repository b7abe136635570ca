-- The group's annotation protocol, a version each save.
CREATE TABLE "ProtocolVersion" (
  "version" INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  "authorId" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "ProtocolVersion_pkey" PRIMARY KEY ("version"),
  CONSTRAINT "ProtocolVersion_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "ProtocolVersion_counts_from_one" CHECK ("version" >= 1),
  CONSTRAINT "ProtocolVersion_length" CHECK (char_length("text") BETWEEN 1 AND 20000)
);

-- A reader must be able to see which rules a label of that day followed.
CREATE TRIGGER "ProtocolVersion_append_only" BEFORE UPDATE OR DELETE ON "ProtocolVersion" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ProtocolVersion_no_truncate" BEFORE TRUNCATE ON "ProtocolVersion" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
