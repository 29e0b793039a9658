BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE attempts (
	attempt VARCHAR(200) NOT NULL, 
	scenario VARCHAR(200) NOT NULL, 
	trainee VARCHAR(200) NOT NULL, 
	started_at VARCHAR(32) NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	turns INTEGER NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (attempt)
);
INSERT INTO "attempts" VALUES('2026-11-24T18-41-19-late-delivery-cyg4','late-delivery','Zoë','2026-11-24T10:00:00+00:00','over',1);
CREATE TABLE clips (
	id INTEGER NOT NULL, 
	attempt VARCHAR(200) NOT NULL, 
	person VARCHAR(200) NOT NULL, 
	role VARCHAR(40) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	trainee VARCHAR(200) NOT NULL, 
	turn INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	agreed_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_clips PRIMARY KEY (id)
);
CREATE TABLE comments (
	id INTEGER NOT NULL, 
	attempt VARCHAR(200) NOT NULL, 
	person VARCHAR(200) NOT NULL, 
	role VARCHAR(40) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	start_s DOUBLE, 
	end_s DOUBLE, 
	answers INTEGER, 
	CONSTRAINT pk_comments PRIMARY KEY (id), 
	CONSTRAINT fk_comments_answers FOREIGN KEY(answers) REFERENCES comments (id) ON DELETE SET NULL
);
INSERT INTO "comments" VALUES(1,'2026-11-24T18-41-19-late-delivery-cyg4','Ewa','coach','2026-11-24T19:00:00+00:00','You came down here.',3.5,NULL,NULL);
INSERT INTO "comments" VALUES(2,'2026-11-24T18-41-19-late-delivery-cyg4','Zoë','trainee','2026-11-24T19:00:00+00:00','Thank you.',NULL,NULL,1);
CREATE TABLE hearings (
	id INTEGER NOT NULL, 
	person VARCHAR(200) NOT NULL, 
	role VARCHAR(40) NOT NULL, 
	attempt VARCHAR(200) NOT NULL, 
	first_at VARCHAR(32) NOT NULL, 
	last_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_hearings PRIMARY KEY (id)
);
INSERT INTO "hearings" VALUES(1,'Ewa','coach','2026-11-24T18-41-19-late-delivery-cyg4','2026-11-24T19:00:00+00:00','2026-11-24T19:00:00+00:00');
CREATE TABLE links (
	id INTEGER NOT NULL, 
	role VARCHAR(40) NOT NULL, 
	person VARCHAR(200) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	revoked_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_links PRIMARY KEY (id), 
	CONSTRAINT uq_links_sha256 UNIQUE (sha256)
);
INSERT INTO "links" VALUES(1,'coach','Ewa','421aad569ec07fc1c006f8755a71d5a064222a9945b87e7ed4663a810a4a9211','2026-11-24T19:00:00+00:00','');
CREATE TABLE notes (
	id INTEGER NOT NULL, 
	attempt VARCHAR(200) NOT NULL, 
	person VARCHAR(200) NOT NULL, 
	role VARCHAR(40) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	question VARCHAR(40) NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_notes PRIMARY KEY (id)
);
CREATE TABLE overrulings (
	id INTEGER NOT NULL, 
	attempt VARCHAR(200) NOT NULL, 
	person VARCHAR(200) NOT NULL, 
	role VARCHAR(40) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	turn INTEGER NOT NULL, 
	rule VARCHAR(200) NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_overrulings PRIMARY KEY (id)
);
CREATE TABLE sharings (
	id INTEGER NOT NULL, 
	person VARCHAR(200) NOT NULL, 
	attempt VARCHAR(200) NOT NULL, 
	shared BOOLEAN NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_sharings PRIMARY KEY (id)
);
INSERT INTO "sharings" VALUES(1,'Zoë','2026-11-24T18-41-19-late-delivery-cyg4',1,'2026-11-24T19:00:00+00:00');
CREATE INDEX ix_attempts_trainee ON attempts (trainee);
CREATE INDEX ix_sharings_person ON sharings (person);
CREATE INDEX ix_hearings_attempt ON hearings (attempt);
CREATE INDEX ix_comments_attempt ON comments (attempt);
CREATE INDEX ix_overrulings_attempt ON overrulings (attempt);
CREATE INDEX ix_notes_attempt ON notes (attempt);
CREATE INDEX ix_clips_attempt ON clips (attempt);
COMMIT;
