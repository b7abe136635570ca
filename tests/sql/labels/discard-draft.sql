-- labels/discard-draft

-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "Slice"."id"
  FROM "Slice"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  WHERE ("Slice"."id" = $1
    AND ("j1"."site" = $2
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
  LIMIT $3
  OFFSET $4; -- 4 values

  DELETE FROM "Draft"
  WHERE ("Draft"."id" = $1
    AND "Draft"."sliceId" = $2
    AND "Draft"."authorId" = $3); -- 3 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
