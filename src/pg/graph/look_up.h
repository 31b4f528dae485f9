/* Look-ups by index, in the name of a relation's owner. */
#ifndef RP_PG_LOOK_UP_H
#define RP_PG_LOOK_UP_H

#include "pg/pg.h"
#include "executor/spi.h"
#include "pg/graph/owner_scope.h"

typedef struct RpLookUp {
    RpOwnerScope scope;
    MemoryContext caller;
} RpLookUp;

/*
 * Connect to SPI in the owner's name. Statements are planned without sequential scans: a plan that
 * was made when a table was empty would stay one. Queries run under the active snapshot.
 */
void rp_look_up_begin(RpLookUp *look, Oid owner);
void rp_look_up_end(const RpLookUp *look);

/* A plan that is kept until it is freed. Between begin and end. */
SPIPlanPtr rp_look_up_plan(const char *query, int parameter_count, Oid *types);

#endif
