/* The transaction's captured rows: see capture.h. All memory is of the top transaction. */
#include "pg/enforce/capture.h"

#include "access/xact.h"
#include "utils/memutils.h"

#include "pg/enforce/graph_lock.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

enum {
    FIRST_CHUNK_BYTES = 8 * 1024,
    LAST_CHUNK_BYTES = 1024 * 1024,
    CAPTURE_SHARE = 8 /* of rdfpolicy.work_mem: the rest is for judging what is captured */
};

/* Rows, one after the other; they never move. */
typedef struct Chunk {
    Size capacity;
    Size used;
    char *bytes; /* MAXALIGNed */
} Chunk;

typedef struct Position {
    uint32 chunk;
    Size offset;
} Position;

/* A savepoint in which something was captured or judged, and how things stood before it. */
typedef struct Savepoint {
    SubTransactionId id;
    Position end; /* of the rows */
    Position judged;
    bool is_whole;
} Savepoint;

struct RpCapture {
    RpCapture *next; /* the transaction's captures */
    RpText graph;
    RpTiming timing;
    Oid namespace;              /* of the extension */
    bool is_off;                /* nothing is captured: no policy on the graph is switched on */
    bool is_settled;            /* is_off is known */
    SubTransactionId off_since; /* the savepoint that holds the lock by which is_off stays true */
    bool is_whole;              /* more has changed than is kept */
    bool has_rows;              /* since the last judgement */
    bool was_judged;            /* and no savepoint can undo it */
    bool has_unknown;           /* rows of predicates that judging has not told of yet */
    RpPassedOver passed;        /* rows that were not copied */
    Position judged;            /* what lies before has been judged */
    Chunk *chunks;
    uint32 chunk_count;
    uint32 chunk_capacity;
    Size byte_count;
    uint32 lock_count;
    MemoryContext context; /* of the chunks */
    Savepoint *savepoints; /* a stack of those that are open, the innermost last */
    uint32 savepoint_count;
    uint32 savepoint_capacity;
};

static RpCapture *captures = NULL;

/* Transactions of this backend: what is kept at a call site is known to be of an older one. */
static uint64 transaction_number = 1;

uint64
rp_capture_transaction(void)
{
    return transaction_number;
}

RpText
rp_capture_graph(const RpCapture *capture)
{
    return capture->graph;
}

RpTiming
rp_capture_timing(const RpCapture *capture)
{
    return capture->timing;
}

Oid
rp_capture_namespace(const RpCapture *capture)
{
    return capture->namespace;
}

bool
rp_capture_is_off(const RpCapture *capture)
{
    return capture->is_off;
}

bool
rp_capture_is_whole(const RpCapture *capture)
{
    return capture->is_whole;
}

bool
rp_capture_has_rows(const RpCapture *capture)
{
    return capture->has_rows;
}

bool
rp_capture_is_pending(const RpCapture *capture)
{
    return capture->is_whole || capture->has_rows || capture->passed.count > 0;
}

bool
rp_capture_was_judged(const RpCapture *capture)
{
    return capture->was_judged;
}

const RpPassedOver *
rp_capture_passed_over(const RpCapture *capture)
{
    return &capture->passed;
}

void
rp_capture_note_unknown(RpCapture *capture)
{
    capture->has_unknown = true;
}

bool
rp_capture_has_unknown(const RpCapture *capture)
{
    return capture->has_unknown;
}

uint32
rp_capture_lock_count(const RpCapture *capture)
{
    return capture->lock_count;
}

void
rp_capture_note_locks(RpCapture *capture, uint32 count)
{
    capture->lock_count += count;
}

/* In the top transaction's memory, also within a savepoint: its end must not take what the
 * transaction has changed before. The caller puts it on the list. */
static RpCapture *
make(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    RpCapture *capture = MemoryContextAllocZero(TopTransactionContext, sizeof(RpCapture));
    MemoryContext caller = MemoryContextSwitchTo(TopTransactionContext);

    capture->graph = rp_text_from(rp_text_cstring(graph));
    MemoryContextSwitchTo(caller);
    capture->timing = timing;
    capture->namespace = catalog->namespace;
    capture->context =
        AllocSetContextCreate(TopTransactionContext, "rdfpolicy capture", ALLOCSET_SMALL_SIZES);
    return capture;
}

RpCapture *
rp_capture_find(RpText graph, RpTiming timing)
{
    for (RpCapture *capture = captures; capture != NULL; capture = capture->next) {
        if (capture->timing == timing && rp_text_equals(capture->graph, graph)) {
            return capture;
        }
    }
    return NULL;
}

/*
 * A graph on which every policy is switched off is looked at twice: whoever switches one on waits
 * for the lock that is taken in between, so none is switched on behind a writer who captures
 * nothing (README.md, "Switched off").
 */
static void
settle(RpCapture *capture, const RpCatalog *catalog)
{
    if (!rp_enforcement_is_on(catalog, capture->graph, capture->timing)) {
        rp_graph_lock_writing(catalog->namespace, capture->graph);
        capture->is_off = !rp_enforcement_is_on(catalog, capture->graph, capture->timing);
        capture->off_since = GetCurrentSubTransactionId();
    }
    capture->is_settled = true;
}

RpCapture *
rp_capture_of(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    RpCapture *capture = rp_capture_find(graph, timing);

    if (capture == NULL) {
        capture = make(catalog, graph, timing);
        capture->next = captures;
        captures = capture;
    }
    if (!capture->is_settled) {
        settle(capture, catalog);
    }
    return capture;
}

void
rp_capture_switch_on(RpText graph)
{
    for (RpCapture *capture = captures; capture != NULL; capture = capture->next) {
        if (rp_text_equals(capture->graph, graph)) {
            capture->is_off = false;
        }
    }
}

/* Drop the rows: the graph is to be judged as a whole, or all is judged for good. */
static void
drop_rows(RpCapture *capture)
{
    MemoryContextReset(capture->context);
    capture->chunks = NULL;
    capture->chunk_count = 0;
    capture->chunk_capacity = 0;
    capture->byte_count = 0;
    capture->judged = (Position){0, 0};
    capture->has_rows = false;
    for (uint32 i = 0; i < capture->savepoint_count; i++) {
        capture->savepoints[i].end = capture->savepoints[i].judged = (Position){0, 0};
    }
}

/* After the last row. */
static Position
end_of(const RpCapture *capture)
{
    if (capture->chunk_count == 0) {
        return (Position){0, 0};
    }
    return (Position){capture->chunk_count - 1, capture->chunks[capture->chunk_count - 1].used};
}

/* Of what was before savepoints, too: the rows that a rollback would make pending again are
 * dropped, so it makes the whole graph pending. */
void
rp_capture_note_whole(RpCapture *capture)
{
    if (capture->is_off || capture->is_whole) {
        return;
    }
    drop_rows(capture);
    rp_passed_over_clear(&capture->passed);
    capture->is_whole = true;
    for (uint32 i = 0; i < capture->savepoint_count; i++) {
        capture->savepoints[i].is_whole = true;
    }
}

void
rp_capture_note_table(RpCapture *capture)
{
    rp_capture_note_whole(capture);
    if (rp_capture_is_pending(capture)) {
        rp_graph_lock_whole(capture->namespace, capture->graph);
    }
}

/* A row that is larger than a chunk has one of its own. Chunks grow, so that a small transaction
 * takes little, and a large one few of them. */
static Chunk *
add_chunk(RpCapture *capture, Size bytes)
{
    Size capacity = Min(FIRST_CHUNK_BYTES << Min(capture->chunk_count, 7), LAST_CHUNK_BYTES);
    Chunk *chunk;

    if (capture->chunk_count == capture->chunk_capacity) {
        uint32 wanted = Max(16, capture->chunk_capacity * 2);
        Chunk *chunks = MemoryContextAlloc(capture->context, sizeof(Chunk) * wanted);

        if (capture->chunk_count > 0) {
            memcpy(chunks, capture->chunks, sizeof(Chunk) * capture->chunk_count);
            pfree(capture->chunks);
        }
        capture->chunks = chunks;
        capture->chunk_capacity = wanted;
    }
    capacity = Max(capacity, bytes);
    chunk = &capture->chunks[capture->chunk_count];
    chunk->bytes = MemoryContextAllocHuge(capture->context, capacity);
    chunk->capacity = capacity;
    chunk->used = 0;
    capture->chunk_count++;
    capture->byte_count += capacity;
    return chunk;
}

/* Remember how things stood before the current savepoint, once. */
static void
enter_savepoint(RpCapture *capture)
{
    SubTransactionId id = GetCurrentSubTransactionId();

    if (GetCurrentTransactionNestLevel() == 1 ||
        (capture->savepoint_count > 0 &&
         capture->savepoints[capture->savepoint_count - 1].id == id)) {
        return;
    }
    if (capture->savepoint_count == capture->savepoint_capacity) {
        uint32 wanted = Max(8, capture->savepoint_capacity * 2);
        Savepoint *savepoints =
            MemoryContextAlloc(TopTransactionContext, sizeof(Savepoint) * wanted);

        if (capture->savepoint_count > 0) {
            memcpy(savepoints, capture->savepoints, sizeof(Savepoint) * capture->savepoint_count);
            pfree(capture->savepoints);
        }
        capture->savepoints = savepoints;
        capture->savepoint_capacity = wanted;
    }
    capture->savepoints[capture->savepoint_count++] = (Savepoint){
        .id = id, .end = end_of(capture), .judged = capture->judged, .is_whole = capture->is_whole};
}

bool
rp_capture_pass_over(RpCapture *capture, const RpGraphSource *source, RpKnownPredicate *predicate,
                     bool is_removal)
{
    return rp_passed_over_note(&capture->passed, source, predicate, is_removal);
}

/* Room for one row; NULL: there is none left, and the whole graph is to be judged. */
static char *
row_room(RpCapture *capture, Size bytes)
{
    Chunk *chunk = capture->chunk_count > 0 ? &capture->chunks[capture->chunk_count - 1] : NULL;
    char *room;

    bytes = MAXALIGN(bytes);
    enter_savepoint(capture);
    if (chunk == NULL || chunk->capacity - chunk->used < bytes) {
        if (capture->byte_count + bytes > (Size)rp_guc_work_mem_kb * 1024 / CAPTURE_SHARE) {
            rp_capture_note_whole(capture);
            return NULL;
        }
        chunk = add_chunk(capture, bytes);
    }
    room = chunk->bytes + chunk->used;
    chunk->used += bytes;
    capture->has_rows = true;
    return room;
}

/* Its memory counts towards an eighth of rdfpolicy.work_mem; beyond, the rows are dropped and the
 * whole graph is judged. */
void
rp_capture_add(RpCapture *capture, RpRowToCapture *row)
{
    Size size = rp_captured_row_size(row);
    char *room = row_room(capture, size);

    if (room != NULL) {
        rp_captured_row_write(row, size, room);
    }
}

void
rp_capture_read(const RpCapture *capture, RpCaptureReader *reader)
{
    *reader = (RpCaptureReader){
        .capture = capture, .chunk = capture->judged.chunk, .offset = capture->judged.offset};
}

/* Rows are in the order in which they were captured; chunks that have none left are passed over. */
bool
rp_capture_next(RpCaptureReader *reader, RpCapturedRow *row)
{
    const RpCapture *capture = reader->capture;

    while (reader->chunk < capture->chunk_count) {
        const Chunk *chunk = &capture->chunks[reader->chunk];

        if (reader->offset < chunk->used) {
            reader->offset += MAXALIGN(rp_captured_row_read(chunk->bytes + reader->offset, row));
            return true;
        }
        reader->chunk++;
        reader->offset = 0;
    }
    return false;
}

/* Outside of savepoints nothing can undo it, so the rows go. Within one they stay until it ends:
 * its rollback makes what was before it pending again. So do notes of what was passed over, which
 * are few: they are asked about again. */
void
rp_capture_note_judged(RpCapture *capture)
{
    if (GetCurrentTransactionNestLevel() == 1) {
        Assert(capture->savepoint_count == 0);
        drop_rows(capture);
        rp_passed_over_clear(&capture->passed);
        capture->was_judged = true;
    } else {
        enter_savepoint(capture);
        capture->judged = end_of(capture);
        capture->has_rows = false;
    }
    capture->is_whole = false;
    capture->has_unknown = false;
}

void
rp_capture_each_pending(void (*judge)(RpCapture *capture))
{
    for (RpCapture *capture = captures; capture != NULL; capture = capture->next) {
        if (rp_capture_is_pending(capture)) {
            judge(capture);
        }
    }
}

/* Drop the rows behind a position. */
static void
cut_rows(RpCapture *capture, Position end)
{
    while (capture->chunk_count > end.chunk + 1) {
        Chunk *chunk = &capture->chunks[--capture->chunk_count];

        capture->byte_count -= chunk->capacity;
        pfree(chunk->bytes);
    }
    if (capture->chunk_count > 0) {
        capture->chunks[end.chunk].used = end.offset;
    }
}

/* ROLLBACK TO: the savepoint's rows are gone, and perhaps what their ids meant; what was judged
 * within it is to be judged again, without them. */
static void
roll_back(RpCapture *capture, SubTransactionId id)
{
    Position end;

    if (capture->savepoint_count > 0 &&
        capture->savepoints[capture->savepoint_count - 1].id == id) {
        Savepoint savepoint = capture->savepoints[--capture->savepoint_count];

        cut_rows(capture, savepoint.end);
        capture->judged = savepoint.judged;
        capture->is_whole |= savepoint.is_whole;
    }
    end = end_of(capture);
    capture->has_rows = end.chunk != capture->judged.chunk || end.offset != capture->judged.offset;
}

/* RELEASE: the parent's end decides. Of two that are one savepoint by then the older counts, which
 * knows how things stood before both. */
static void
hand_to_parent(RpCapture *capture, SubTransactionId id, SubTransactionId parent)
{
    Savepoint *last =
        capture->savepoint_count > 0 ? &capture->savepoints[capture->savepoint_count - 1] : NULL;

    if (last == NULL || last->id != id) {
        return;
    }
    last->id = parent;
    if (GetCurrentTransactionNestLevel() == 2 ||
        (capture->savepoint_count > 1 && last[-1].id == parent)) {
        capture->savepoint_count--;
    }
}

/* ROLLBACK TO: a mode that was set in the savepoint is not, and a lock that was taken is free. */
static void
unsettle(RpCapture *capture, SubTransactionId savepoint)
{
    if (capture->is_off && capture->off_since == savepoint) {
        capture->is_off = false;
        capture->is_settled = false;
    }
}

/* The stack is of savepoints that are open, so the one that ends is on top, if it is there. */
static void
on_savepoint_event(SubXactEvent event, SubTransactionId savepoint, SubTransactionId parent,
                   void *argument pg_attribute_unused())
{
    for (RpCapture *capture = captures; capture != NULL; capture = capture->next) {
        if (event == SUBXACT_EVENT_ABORT_SUB) {
            unsettle(capture, savepoint);
            roll_back(capture, savepoint);
        } else if (event == SUBXACT_EVENT_COMMIT_SUB) {
            hand_to_parent(capture, savepoint, parent);
            if (capture->off_since == savepoint) {
                capture->off_since = parent;
            }
        }
    }
}

/* The memory goes with the transaction's own. */
static void
on_transaction_event(XactEvent event, void *argument pg_attribute_unused())
{
    if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE) {
        for (RpCapture *capture = captures; capture != NULL; capture = capture->next) {
            rp_passed_over_clear(&capture->passed);
        }
        captures = NULL;
        transaction_number++;
    }
}

/* Both callbacks stay for the life of the backend. */
void
rp_capture_init(void)
{
    RegisterXactCallback(on_transaction_event, NULL);
    RegisterSubXactCallback(on_savepoint_event, NULL);
}
