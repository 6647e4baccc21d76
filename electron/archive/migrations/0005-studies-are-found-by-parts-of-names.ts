/**
 * Every three letters of `studies.name_key`, for queries by a part of a name. Written a while after the studies, many at
 * once, so that an arrival never pays for it: `indexed_to` is the last study that is in. Nothing is ever taken out:
 * a study_id is not used twice, and what a query finds here is looked up in `studies`.
 */
export const sql = `
CREATE VIRTUAL TABLE study_names USING fts5 (
  name_key, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
);
CREATE TABLE study_name_progress (
  indexed_to INTEGER NOT NULL
) STRICT;
INSERT INTO study_name_progress VALUES (0);
`
