/*
 * What the running transaction has changed in graphs that are enforced: copies of rows, and what of
 * it has not been judged yet. Private to the backend; gone at the end of the transaction.
 *
 * Rows come from the WHEN conditions of row triggers (README.md, "Capture"): these see every row
 * that a statement changes, at the moment when it does, whatever becomes of the triggers' events.
 * Anybody may call those functions: what they add to is examined, so it costs, and changes no
 * verdict.
 *
 * Rows of savepoints that are rolled back go with them: rows of a dictionary do too, without which
 * they could not be read. What was judged within such a savepoint is not judged any more.
 */
#ifndef RP_PG_CAPTURE_H
#define RP_PG_CAPTURE_H

#include "pg/pg.h"
#include "pg/enforce/captured_row.h"
#include "pg/enforce/passed_over.h"

typedef struct RpCapture RpCapture;

/* Where the next row of a capture is read. */
typedef struct RpCaptureReader {
    const RpCapture *capture;
    uint32 chunk;
    Size offset;
} RpCaptureReader;

/* Once, when the library is loaded. */
void rp_capture_init(void);

/*
 * The capture of a graph in this transaction, for the policies of one timing, made where there is
 * none. It stays empty where each of these is switched off.
 */
RpCapture *rp_capture_of(const RpCatalog *catalog, RpText graph, RpTiming timing);

/* The same where there is one; else NULL. */
RpCapture *rp_capture_find(RpText graph, RpTiming timing);

/* A policy on the graph is switched on by this transaction: what it writes from now on is captured,
 * though it wrote while all was off. */
void rp_capture_switch_on(RpText graph);

/* Note that the whole graph may be another one. */
void rp_capture_note_whole(RpCapture *capture);

/* The same of who changes a table as a whole, and holds its lock: takes the graph's strong lock now
 * (graph_lock.h, rp_graph_lock_whole). */
void rp_capture_note_table(RpCapture *capture);

RpText rp_capture_graph(const RpCapture *capture);
RpTiming rp_capture_timing(const RpCapture *capture);
Oid rp_capture_namespace(const RpCapture *capture); /* of the extension */

/* Whether there is anything that has not been judged, rows that were passed over among it. */
bool rp_capture_is_pending(const RpCapture *capture);
/* Whether it is more than has been kept, so that the whole graph is to be judged. */
bool rp_capture_is_whole(const RpCapture *capture);

/* Whether there are rows that have not been judged. */
bool rp_capture_has_rows(const RpCapture *capture);

/* These rows, one after the other: of a capture that is not whole. */
void rp_capture_read(const RpCapture *capture, RpCaptureReader *reader);
bool rp_capture_next(RpCaptureReader *reader, RpCapturedRow *row);

/* All that has been captured by now is judged; the current savepoint's end may undo this. */
void rp_capture_note_judged(RpCapture *capture);

/* Whether the transaction was judged before, for good. */
bool rp_capture_was_judged(const RpCapture *capture);

/* How many nodes the judgements of a capture have locked, or more: a savepoint's end may have given
 * some back. */
uint32 rp_capture_lock_count(const RpCapture *capture);
void rp_capture_note_locks(RpCapture *capture, uint32 count);

/* Call for each capture of the transaction with something that has not been judged. */
void rp_capture_each_pending(void (*judge)(RpCapture *capture));

/* A number that no other transaction of this backend has. */
uint64 rp_capture_transaction(void);

/* Whether nothing is captured, because every policy on the graph is switched off. */
bool rp_capture_is_off(const RpCapture *capture);

/* Copy a row into a capture that is neither off nor of the whole. */
void rp_capture_add(RpCapture *capture, RpRowToCapture *row);

/* Pass a row over instead, of a predicate that no policy reads as far as is known. False: the row
 * is to be copied. */
bool rp_capture_pass_over(RpCapture *capture, const RpGraphSource *source,
                          RpKnownPredicate *predicate, bool is_removal);
const RpPassedOver *rp_capture_passed_over(const RpCapture *capture);

/* Of a predicate that is copied it is not known whether a policy reads it: judging may tell. */
void rp_capture_note_unknown(RpCapture *capture);
bool rp_capture_has_unknown(const RpCapture *capture);

#endif
