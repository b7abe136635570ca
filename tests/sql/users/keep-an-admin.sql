-- users/keep-an-admin

-- transaction
  SELECT "id"
  FROM "User"
  WHERE "role" = 'ADMIN'
  AND "deactivatedAt" IS NULL
  ORDER BY "id" FOR UPDATE;

-- end
