-- labels/lock-drawing

-- transaction
  SELECT pg_advisory_xact_lock(hashtextextended($1, 0)); -- 1 value

-- end
