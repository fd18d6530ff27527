/**
 * Every bound of halogen: what can grow is named here with its unit, its reason, and what happens past it.
 * A module that buffers, interns or queues takes its bound from this table and from nowhere else.
 */

/** Bytes of one line. HAProxy's `log … len` goes to 65,535; past it the line counts as truncated and the rest is skipped. */
export const MAX_LINE_BYTES = 65_536;

/** Bytes read at once. Large enough to amortise a system call, small enough that chunk and columns stay in the second-level cache. */
export const CHUNK_BYTES = 262_144;

/** Records of one batch. A full batch is handed on and the parser goes on in the same chunk. */
export const BATCH_ROWS = 4_096;

/** Distinct values of one interned column. Past it new values share the one entry "(other)", and the output says so. */
export const MAX_DICTIONARY_ENTRIES = 6_000_000;

/** Bytes of the texts of one interned column. Past it, as above. */
export const MAX_DICTIONARY_BYTES = 536_870_912;

/** Rows (distinct keys) of one report. Past it new keys are summed in one row whose keys read "(other)". */
export const MAX_GROUPS = 6_000_000;

/** Lines that no format matched, kept as samples with their place and reason; the count goes on past it. */
export const MAX_UNPARSED_SAMPLES = 20;

/** Bytes kept of one such sample. */
export const MAX_SAMPLE_BYTES = 512;

/** Milliseconds a received record may wait before it is in the store. */
export const MAX_BATCH_AGE_MS = 250;

/** Bytes asked for as the receive buffer of a UDP socket; the system's own limit may give less, and the receiver says how much it got. */
export const UDP_RECEIVE_BUFFER_BYTES = 8_388_608;
