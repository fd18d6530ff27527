/**
 * Every bound of halogen: what can grow is named here with its unit, its reason, and what happens past it.
 * A module that buffers, interns or queues takes its bound from this table and from nowhere else.
 */

/** Bytes of one line. HAProxy's `log … len` goes to 65,535; past it the line counts as truncated and the rest is skipped. */
export const MAX_LINE_BYTES = 65_536;

/** Bytes read at once. Large enough to amortise a system call, small enough that chunk and columns stay in the second-level cache. */
export const CHUNK_BYTES = 262_144;

/** Bytes of a file that a thread takes at a time: small beside the file, so that no thread waits long for the last one. */
export const SEGMENT_BYTES = 8_388_608;

/** Records of one batch. A full batch is handed on and the parser goes on in the same chunk. */
export const BATCH_ROWS = 4_096;

/** Distinct values of one interned column. Past it new values share the one entry "(other)", and the output says so. */
export const MAX_DICTIONARY_ENTRIES = 6_000_000;

/** Bytes of the texts of one interned column. Past it, as above. */
export const MAX_DICTIONARY_BYTES = 536_870_912;

/** Rows (distinct keys) of one report. Past it new keys are summed in one row whose keys read "(other)". */
export const MAX_GROUPS = 6_000_000;

/** Bytes one thread keeps of the groups of a report. Past it requests that would need more are counted in the row "(other)". */
export const MAX_GROUP_BYTES = 2_147_483_648;

/** Lines that no format matched, kept as samples with their place and reason; the count goes on past it. */
export const MAX_UNPARSED_SAMPLES = 20;

/** Bytes kept of one such sample. */
export const MAX_SAMPLE_BYTES = 512;

/** Milliseconds a received record may wait before it is in the store. */
export const MAX_BATCH_AGE_MS = 250;

/** Bytes asked for as the receive buffer of a UDP socket; the system's own limit may give less, and the receiver says how much it got. */
export const UDP_RECEIVE_BUFFER_BYTES = 8_388_608;

/** Bytes of received lines not yet taken, about 300,000 of them. A power of two. Past it datagrams are dropped and counted. */
export const UDP_RING_BYTES = 67_108_864;

/** Milliseconds a closing receiver goes on to take what the kernel holds for it. Past it the rest is lost with the socket. */
export const UDP_CLOSING_MS = 500;

/** Characters of output gathered before they are written: few system calls, and no string that grows with the report. */
export const PIECE_CHARS = 65_536;

/** Rows laid out together in a table; column widths only grow from one page to the next. The layout's cost grows with the square. */
export const TABLE_PAGE_ROWS = 100;

/** Requests of one block of the store, and with it what a range reads at most in vain. Part of the file format: ids are cut by it. At most BATCH_ROWS. */
export const STORE_BLOCK_ROWS = 4_096;

/** Requests of one INSERT. Past 64 the time per row no longer falls; the parameters stay well under SQLite's 32,766. */
export const STORE_INSERT_ROWS = 64;

/** Milliseconds to wait for another program's lock on the store. Past it the store is unusable for now. */
export const STORE_BUSY_MS = 5_000;

/** Requests and events after which an ingest commits: large beside the cost of a commit, and others get their turn within a second. */
export const INGEST_COMMIT_ROWS = 65_536;

/** Bytes of a file's beginning by which the store knows it again. Part of the file format. */
export const CONTENT_HEAD_BYTES = 4_096;

/** Milliseconds since its last change during which a file's last line, without its LF, may be still being written. Past it the line counts as whole. */
export const UNFINISHED_LINE_MS = 10_000;

/** Entries of one lookup table that the store's writer holds in memory. Past it the table starts anew and asks the file again. */
export const MAX_STORE_CACHE_ENTRIES = 262_144;

/** Bytes of the texts in one such table. Past it, as above. */
export const MAX_STORE_CACHE_BYTES = 16_777_216;

/** Bytes for the texts of one batch read back from the store, many times what one record can hold. Past it the batch ends early. */
export const STORE_SCRATCH_BYTES = 4_194_304;

/** Characters of a text in a table without a terminal's width to fit: one endless URL would pad every row. Past it the middle is left out; CSV and JSON have it whole. */
export const TABLE_TEXT_CHARS = 256;
