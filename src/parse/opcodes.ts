/**
 * The instructions of a format program, read by the compiler (program.ts) and by the kernel: plain numbers, so that
 * AssemblyScript can import this file too. Arguments are 32-bit words after the opcode; an address of 0 means that the
 * column is not wanted.
 *
 * Columns of addresses and paths are deferred: until the end of a call the column holds where each text begins, and an
 * array of lengths its length, or -1 where nothing is to be looked up (kernel/dictionary.ts).
 *
 * A program starts with: kind, format, number of fills, then that many pairs (address, fill kind).
 */

/** [format, strict]: the line is over; strict: only blanks may follow, else a blank and any text. */
export const OP_END = 0;
/** [ip address, ip lengths, port address, date address]: the client in front of the anchor, `[`date`]`, blanks. */
export const OP_HEAD = 1;
/** One or more blanks. */
export const OP_BLANKS = 2;
/** [byte] */
export const OP_BYTE = 3;
/** [TEXT_ flags, longest or 0, address, dictionary or 0]: up to a blank, and past the blanks if flagged. */
export const OP_TEXT = 4;
/** [stop byte, TEXT_ flags, address, dictionary or 0]: up to the stop byte, and past it. */
export const OP_TEXT_UNTIL = 5;
/** [count, flag of a `+` before the last, past the blanks, bits of the wanted, addresses…]: integers with `/` between. */
export const OP_INTS = 6;
/** [flag of a `+`, address]: and past the blanks. */
export const OP_SIZE = 7;
/** [request block address, response block address]: blanks, up to two blocks, blanks. */
export const OP_BLOCKS = 8;
/** [span, method, its dictionary, uri, path, its lengths, query, version, its dictionary, keep query] */
export const OP_REQUEST = 9;
/** [format]: if what follows does not fit, the line is of this format all the same. */
export const OP_ACCEPT = 10;
/** [address]: I/H/I/I/I of httpslog, and past the blanks. */
export const OP_SSL_ERRORS = 11;
/** [frontend address, dictionary]: FRONTEND/BIND: TEXT, to the line's end. */
export const OP_ERROR_TEXT = 12;
/** [address, request, queue, connect, response, total]: derives the data time from columns already filled. */
export const OP_DATA_TIME = 13;

/** Nothing to read: from here on the fields up to the next OP_WINDOW are expected within 64 bytes (kernel/usual.ts). */
export const OP_WINDOW = 14;

export const TEXT_MAY_BE_EMPTY = 1;
export const TEXT_TILDE = 2;
export const TEXT_DASH = 4;
export const TEXT_SPAN = 8;
export const TEXT_THEN_BLANKS = 16;

export const FILL_ABSENT = 0;
export const FILL_MINUS_ONE = 1;
export const FILL_NAN = 2;

/** Why a line gave no record. */
export const REASON_NO_ANCHOR = 64;
export const REASON_EMPTY = 65;
export const REASON_TOO_LONG = 66;
