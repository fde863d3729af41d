-- min-compatible: 3
-- How much of a device lies under quarantine is asked before more of it is taken.
CREATE INDEX ix_events_quarantined ON events(device_id, received_at) WHERE verdict = 'quarantined';
CREATE INDEX ix_event_conflicts_device_id ON event_conflicts(device_id, received_at);
