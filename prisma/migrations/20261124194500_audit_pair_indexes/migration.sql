-- Who did what, and what happened through what, are asked together. Each half may be in millions of events and the two
-- in none, which no index of one column tells without looking at all of them.
CREATE INDEX "audit_event_organization_id_action_origin_seq_outcome_idx" ON "audit_event"("organization_id", "action", "origin", "seq", "outcome");
CREATE INDEX "audit_event_organization_id_actor_ref_action_seq_outcome_idx" ON "audit_event"("organization_id", "actor_ref", "action", "seq", "outcome");
