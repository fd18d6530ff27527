/**
 * The tables of a store, as a list of migrations. A migration that has been released is never edited: what changes
 * comes as a new one.
 *
 * A request is one row of small integers. What repeats stands once: texts in `text`; the combination of proxies,
 * state and protocol in `route`; captures and what else a client sent beside the path in `detail`. Only the query, which
 * seldom repeats, stands in the row. time_data is not stored: the view and the reader compute it.
 *
 * Ids of requests are cut into blocks of 4096 (STORE_BLOCK_ROWS): block = id >> 12. A block comes from one source and
 * holds its earliest and latest accept date, which answers time ranges in place of an index on each row, and how many
 * of its requests were cut, which a report of a range has to tell of those it did not read. Measured on 1,000,000 rows
 * of 20 columns: such an index costs a quarter of the insert time and 17 bytes a row.
 */

export interface Migration {
  /** The schema version the store has afterwards. Versions are dense, from 1. */
  readonly version: number;
  readonly sql: string;
}

/** PRAGMA application_id of a store: "halo" in ASCII. Another number is another program's database. */
export const APPLICATION_ID = 0x68616c6f;

const VERSION_1 = `
CREATE TABLE text (
  id INTEGER PRIMARY KEY,
  value TEXT NOT NULL UNIQUE
) STRICT;

-- Where lines came from, and what became of them (lines = the sum of the six classes). A file is a content, whatever
-- its name: several rows may have been given under one name. Anything else is one row for its name.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  lines INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0,
  truncated INTEGER NOT NULL DEFAULT 0,
  unparsed INTEGER NOT NULL DEFAULT 0,
  filtered INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX source_name_kind ON source (name, kind) WHERE kind <> 'file';

-- By what a file is known again, and how far it was taken: SHA-256 of its first bytes, decompressed, up to 4096 of
-- them; bytes up to the end of the last line taken.
CREATE TABLE content (
  source INTEGER PRIMARY KEY REFERENCES source,
  head_bytes INTEGER NOT NULL,
  head_hash BLOB NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX content_head_bytes_head_hash ON content (head_bytes, head_hash);

-- composed: bit 1, uri is origin, path and query put together; bit 2, http_request is method, uri and version.
-- Where a bit is not set the text, if there is one, stands in odd_request.
CREATE TABLE route (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  format INTEGER,
  flags INTEGER NOT NULL,
  composed INTEGER NOT NULL,
  frontend_name INTEGER REFERENCES text,
  backend_name INTEGER REFERENCES text,
  server_name INTEGER REFERENCES text,
  termination_state INTEGER REFERENCES text,
  status_code INTEGER,
  retries INTEGER,
  method INTEGER REFERENCES text,
  http_version INTEGER REFERENCES text,
  ssl_version INTEGER REFERENCES text,
  ssl_ciphers INTEGER REFERENCES text
) STRICT;
CREATE INDEX route_all_columns ON route (
  server_name, status_code, method, termination_state, kind, format, flags, composed, frontend_name, backend_name,
  retries, http_version, ssl_version, ssl_ciphers
);

-- origin: what stands before the path in an absolute URI, https://example.org
CREATE TABLE detail (
  id INTEGER PRIMARY KEY,
  origin INTEGER REFERENCES text,
  captured_request_cookie INTEGER REFERENCES text,
  captured_response_cookie INTEGER REFERENCES text,
  captured_request_headers INTEGER REFERENCES text,
  captured_response_headers INTEGER REFERENCES text,
  ssl_errors INTEGER REFERENCES text,
  ssl_sni INTEGER REFERENCES text
) STRICT;
CREATE INDEX detail_all_columns ON detail (
  captured_request_headers, captured_request_cookie, captured_response_cookie, captured_response_headers, origin,
  ssl_errors, ssl_sni
);

CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source,
  first_date INTEGER,
  last_date INTEGER,
  truncated INTEGER NOT NULL
) STRICT;

CREATE TABLE request (
  id INTEGER PRIMARY KEY,
  accept_date INTEGER,
  route INTEGER NOT NULL REFERENCES route,
  path INTEGER REFERENCES text,
  client_ip INTEGER REFERENCES text,
  time_request INTEGER,
  time_queue INTEGER,
  time_connect INTEGER,
  time_response INTEGER,
  time_total INTEGER,
  bytes_read INTEGER,
  srv_queue INTEGER,
  backend_queue INTEGER,
  actconn INTEGER,
  feconn INTEGER,
  beconn INTEGER,
  srv_conn INTEGER,
  client_port INTEGER,
  line_number INTEGER,
  detail INTEGER REFERENCES detail,
  query TEXT
) STRICT;

-- The few requests whose text is not the sum of its parts: <BADREQ>, cut lines, URIs with a fragment.
CREATE TABLE odd_request (
  request INTEGER PRIMARY KEY REFERENCES request,
  uri TEXT,
  http_request TEXT
) STRICT;

-- Lines that are no request. accept_date: the line's own; without one, when it was received; NULL out of a file.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source,
  line_number INTEGER,
  kind INTEGER NOT NULL,
  format INTEGER,
  flags INTEGER NOT NULL,
  accept_date INTEGER,
  client_ip INTEGER REFERENCES text,
  client_port INTEGER,
  frontend_name INTEGER REFERENCES text,
  line TEXT
) STRICT;

-- Samples of the lines that no format matched; source.unparsed counts all of them.
CREATE TABLE unparsed (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source,
  line_number INTEGER,
  reason TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE VIEW requests AS
SELECT
  r.id,
  source.name AS source,
  r.line_number,
  CASE route.kind WHEN 0 THEN 'http' WHEN 1 THEN 'tcp' END AS kind,
  route.format,
  route.flags,
  r.accept_date,
  strftime('%Y-%m-%dT%H:%M:%fZ', r.accept_date / 1000.0, 'unixepoch') AS accept_date_iso,
  client.value AS client_ip,
  r.client_port,
  frontend.value AS frontend_name,
  backend.value AS backend_name,
  server.value AS server_name,
  r.time_request,
  r.time_queue,
  r.time_connect,
  r.time_response,
  -- Td = Ta - (TR + Tw + Tc + Tr); -1 where a phase was never reached or the total is partial (flag 2).
  CASE
    WHEN route.flags & 2 OR coalesce(r.time_total, -1) < 0 OR coalesce(r.time_queue, -1) < 0 OR coalesce(r.time_connect, -1) < 0
      OR r.time_request < 0 OR r.time_response < 0 THEN -1
    ELSE max(0, r.time_total - coalesce(r.time_request, 0) - r.time_queue - r.time_connect - coalesce(r.time_response, 0))
  END AS time_data,
  r.time_total,
  route.status_code,
  r.bytes_read,
  request_cookie.value AS captured_request_cookie,
  response_cookie.value AS captured_response_cookie,
  state.value AS termination_state,
  r.actconn,
  r.feconn,
  r.beconn,
  r.srv_conn,
  route.retries,
  r.srv_queue,
  r.backend_queue,
  request_headers.value AS captured_request_headers,
  response_headers.value AS captured_response_headers,
  CASE WHEN route.composed & 2
    THEN method.value || ' ' ||
      CASE WHEN route.composed & 1
        THEN coalesce(origin.value, '') || path.value || coalesce('?' || r.query, '')
        ELSE odd.uri
      END || coalesce(' ' || version.value, '')
    ELSE odd.http_request
  END AS http_request,
  method.value AS method,
  CASE WHEN route.composed & 1
    THEN coalesce(origin.value, '') || path.value || coalesce('?' || r.query, '')
    ELSE odd.uri
  END AS uri,
  path.value AS path,
  r.query,
  version.value AS http_version,
  ssl_errors.value AS ssl_errors,
  ssl_sni.value AS ssl_sni,
  ssl_version.value AS ssl_version,
  ssl_ciphers.value AS ssl_ciphers
FROM request AS r
  LEFT JOIN block ON block.id = r.id >> 12
  LEFT JOIN source ON source.id = block.source
  LEFT JOIN route ON route.id = r.route
  LEFT JOIN detail ON detail.id = r.detail
  LEFT JOIN odd_request AS odd ON odd.request = r.id
  LEFT JOIN text AS client ON client.id = r.client_ip
  LEFT JOIN text AS path ON path.id = r.path
  LEFT JOIN text AS frontend ON frontend.id = route.frontend_name
  LEFT JOIN text AS backend ON backend.id = route.backend_name
  LEFT JOIN text AS server ON server.id = route.server_name
  LEFT JOIN text AS state ON state.id = route.termination_state
  LEFT JOIN text AS method ON method.id = route.method
  LEFT JOIN text AS version ON version.id = route.http_version
  LEFT JOIN text AS ssl_version ON ssl_version.id = route.ssl_version
  LEFT JOIN text AS ssl_ciphers ON ssl_ciphers.id = route.ssl_ciphers
  LEFT JOIN text AS origin ON origin.id = detail.origin
  LEFT JOIN text AS request_cookie ON request_cookie.id = detail.captured_request_cookie
  LEFT JOIN text AS response_cookie ON response_cookie.id = detail.captured_response_cookie
  LEFT JOIN text AS request_headers ON request_headers.id = detail.captured_request_headers
  LEFT JOIN text AS response_headers ON response_headers.id = detail.captured_response_headers
  LEFT JOIN text AS ssl_errors ON ssl_errors.id = detail.ssl_errors
  LEFT JOIN text AS ssl_sni ON ssl_sni.id = detail.ssl_sni;

CREATE VIEW events AS
SELECT
  event.id,
  source.name AS source,
  event.line_number,
  CASE event.kind WHEN 2 THEN 'error' WHEN 3 THEN 'event' END AS kind,
  event.accept_date,
  strftime('%Y-%m-%dT%H:%M:%fZ', event.accept_date / 1000.0, 'unixepoch') AS accept_date_iso,
  client.value AS client_ip,
  event.client_port,
  frontend.value AS frontend_name,
  event.line
FROM event
  LEFT JOIN source ON source.id = event.source
  LEFT JOIN text AS client ON client.id = event.client_ip
  LEFT JOIN text AS frontend ON frontend.id = event.frontend_name;
`;

export const MIGRATIONS: readonly Migration[] = [{ version: 1, sql: VERSION_1 }];

/** The schema version this halogen writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;
