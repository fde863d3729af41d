UPDATE projection_rows SET body = NULL, version = :version WHERE id = :id AND kind = :kind AND body IS NOT NULL
