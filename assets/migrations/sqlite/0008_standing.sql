-- How a technician stands now. A credential taken away; how often all their tokens were ended (a token knows the number
-- of its time); and a role other than the one the sample gave them.
ALTER TABLE technicians ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE technicians ADD COLUMN signed_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE technicians ADD COLUMN acting_role TEXT;
