/** How much of the database one peer's requests for storage commitment take, without reading their lists. */
export const sql = `
ALTER TABLE commitment_requests ADD COLUMN instance_count INTEGER NOT NULL DEFAULT 0;
UPDATE commitment_requests SET instance_count = json_array_length(instances);
CREATE INDEX commitment_requests_by_peer ON commitment_requests (calling_ae_title, instance_count)
  WHERE ended_at IS NULL;
CREATE INDEX commitment_requests_ended ON commitment_requests (ended_at, instance_count)
  WHERE ended_at IS NOT NULL;
`
