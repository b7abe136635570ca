-- labels/save-draft

-- ## a first one
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "Draft"."id", "Draft"."revision", "Draft"."done"
  FROM "Draft"
  WHERE (("Draft"."sliceId" = $1
      AND "Draft"."authorId" = $2)
    AND 1=1)
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Label"."id", "Label"."sliceId", "Label"."authorId"
  FROM "Label"
  WHERE ("Label"."saveId" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."rows", "Slice"."columns"
  FROM "Slice"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  WHERE ("Slice"."id" = $1
    AND ("j1"."site" = $2
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
  LIMIT $3
  OFFSET $4; -- 4 values

  INSERT INTO "Draft" ("id","sliceId","authorId","basedOn","baseLabelId","revision","strokes","done","createdAt","updatedAt")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
  RETURNING "Draft"."id", "Draft"."sliceId", "Draft"."authorId", "Draft"."basedOn", "Draft"."baseLabelId", "Draft"."revision", "Draft"."strokes", "Draft"."done", "Draft"."createdAt", "Draft"."updatedAt"; -- 10 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## goes on
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "Draft"."id", "Draft"."revision", "Draft"."done"
  FROM "Draft"
  WHERE (("Draft"."sliceId" = $1
      AND "Draft"."authorId" = $2)
    AND 1=1)
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Label"."id", "Label"."sliceId", "Label"."authorId"
  FROM "Label"
  WHERE ("Label"."saveId" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."rows", "Slice"."columns"
  FROM "Slice"
  LEFT JOIN "Study" AS "j0" ON ("j0"."id") = ("Slice"."studyId")
  LEFT JOIN "Patient" AS "j1" ON ("j1"."id") = ("j0"."patientId")
  WHERE ("Slice"."id" = $1
    AND ("j1"."site" = $2
      AND ("j1"."id" IS NOT NULL)
      AND ("j0"."id" IS NOT NULL)))
  LIMIT $3
  OFFSET $4; -- 4 values

  UPDATE "Draft"
  SET "basedOn" = $1, "baseLabelId" = $2, "strokes" = $3, "done" = $4, "revision" = $5, "id" = $6, "updatedAt" = $7
  WHERE ("Draft"."id" = $8
    AND 1=1)
  RETURNING "Draft"."id", "Draft"."sliceId", "Draft"."authorId", "Draft"."basedOn", "Draft"."baseLabelId", "Draft"."revision", "Draft"."strokes", "Draft"."done", "Draft"."createdAt", "Draft"."updatedAt"; -- 8 values

  SELECT pg_notify($1, $2); -- 2 values

-- end

-- ## in the place of another
-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

  SELECT "Draft"."id", "Draft"."revision", "Draft"."done"
  FROM "Draft"
  WHERE (("Draft"."sliceId" = $1
      AND "Draft"."authorId" = $2)
    AND 1=1)
  LIMIT $3
  OFFSET $4; -- 4 values

  SELECT "Label"."id", "Label"."sliceId", "Label"."authorId"
  FROM "Label"
  WHERE ("Label"."saveId" = $1
    AND 1=1)
  LIMIT $2
  OFFSET $3; -- 3 values

  SELECT "Slice"."id", "Slice"."rows", "Slice"."columns"
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
    AND 1=1)
  RETURNING "Draft"."id", "Draft"."sliceId", "Draft"."authorId", "Draft"."basedOn", "Draft"."baseLabelId", "Draft"."revision", "Draft"."strokes", "Draft"."done", "Draft"."createdAt", "Draft"."updatedAt"; -- 1 value

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

  INSERT INTO "Draft" ("id","sliceId","authorId","basedOn","baseLabelId","revision","strokes","done","createdAt","updatedAt")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
  RETURNING "Draft"."id", "Draft"."sliceId", "Draft"."authorId", "Draft"."basedOn", "Draft"."baseLabelId", "Draft"."revision", "Draft"."strokes", "Draft"."done", "Draft"."createdAt", "Draft"."updatedAt"; -- 10 values

  SELECT pg_notify($1, $2); -- 2 values

-- end
