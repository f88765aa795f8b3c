-- Companies of a list are written from their rows.
DROP TRIGGER company_texts_stale;
DROP TABLE company_texts;
