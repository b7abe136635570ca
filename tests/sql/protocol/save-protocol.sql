-- protocol/save-protocol

-- transaction
  SELECT "ProtocolVersion"."version"
  FROM "ProtocolVersion"
  WHERE 1=1
  ORDER BY "ProtocolVersion"."version" DESC
  LIMIT $1
  OFFSET $2; -- 2 values

  INSERT INTO "ProtocolVersion" ("version","text","authorId","createdAt")
  VALUES ($1,$2,$3,$4)
  RETURNING "ProtocolVersion"."version", "ProtocolVersion"."text", "ProtocolVersion"."authorId", "ProtocolVersion"."createdAt"; -- 4 values

  INSERT INTO "AuditEvent" ("at","actorId","actorEmail","action","subjectId","detail","address","previousHash","hash")
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
  RETURNING "AuditEvent"."id", "AuditEvent"."at", "AuditEvent"."actorId", "AuditEvent"."actorEmail", "AuditEvent"."action", "AuditEvent"."subjectId", "AuditEvent"."detail", "AuditEvent"."address", "AuditEvent"."previousHash", "AuditEvent"."hash"; -- 9 values

-- end
