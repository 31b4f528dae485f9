/* Doing something in the name of a relation's owner, as the server does when it reads a table to
 * maintain an index of it. */
#ifndef RP_PG_OWNER_SCOPE_H
#define RP_PG_OWNER_SCOPE_H

#include "pg/pg.h"

typedef struct RpOwnerScope {
    Oid user;
    int context;
    int setting_level;
} RpOwnerScope;

/*
 * Become the owner, security-restricted, without row security (as for foreign keys), with
 * pg_catalog as search_path. What is called meanwhile, a row filter's or a view's functions, gets
 * none of the caller's rights. On an error the (sub)transaction's abort undoes it.
 */
void rp_owner_scope_begin(RpOwnerScope *scope, Oid owner);
void rp_owner_scope_end(const RpOwnerScope *scope);

#endif
