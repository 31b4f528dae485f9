/* The triggers by which a graph's relations tell of their changes: made and dropped as the caller,
 * who owns the relations. */
#ifndef RP_PG_CAPTURE_TRIGGER_H
#define RP_PG_CAPTURE_TRIGGER_H

#include "pg/enforce/enforcement.h"
#include "pg/graph/stored_graph.h"

/* What their functions are given. */
enum {
    RP_TRIGGER_GRAPH,
    RP_TRIGGER_TIMING,
    RP_TRIGGER_SOURCE, /* the number, to those of rows of triples alone */
    RP_TRIGGER_ARGUMENT_COUNT
};

/*
 * Make the triggers of a graph's sources for a timing, those that are missing. Takes SHARE ROW
 * EXCLUSIVE locks, so that writers who began without the triggers are waited for. ERROR 42501 for a
 * relation that the current role does not own; 42809 for one that cannot have them (a view, a
 * foreign table, a parent of inheritance); 55000 where an index is missing.
 */
void rp_capture_triggers_make(const RpStoredGraph *graph, RpTiming timing);

/*
 * Make those that a source lacks, whose relation has another table by now; those of tables that
 * were the graph's before go. ERROR as above.
 */
void rp_capture_triggers_move(const RpGraphSource *source, RpTiming timing);

/* What keeps changes of a source from being seen; NULL: nothing. */
char *rp_capture_triggers_problem(const RpGraphSource *source, RpTiming timing);

/* Drop them, of relations that are there, whatever they are by now; those of relations that are no
 * more the graph's only where the current role owns these. ERROR 42501. */
void rp_capture_triggers_drop(const RpCatalog *catalog, RpText graph, RpTiming timing);

/* Make the TRUNCATE triggers that partitions of a source's relation, and of its dictionary, lack,
 * as the current role. */
void rp_capture_triggers_complete(const RpGraphSource *source, RpTiming timing);

/* Drop those of a partition that is none of theirs any more, as the current role. */
void rp_capture_triggers_forget(const RpGraphSource *source, Oid partition);

/* The source that a TRUNCATE trigger of this name belongs to; 0: it is none of ours. */
int32 rp_capture_trigger_source(const char *trigger, RpTiming *timing);

/* Whether a source has its triggers for a timing. */
bool rp_capture_triggers_exist(const RpGraphSource *source, RpTiming timing);

/* Whether it has all those of rows, and they capture the columns that the graph has by now; they
 * may be disabled. */
bool rp_capture_triggers_fit(const RpGraphSource *source, RpTiming timing);

#endif
