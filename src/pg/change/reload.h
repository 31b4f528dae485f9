/* Putting policy versions in force: reload and rollback. See README.md. */
#ifndef RP_PG_RELOAD_H
#define RP_PG_RELOAD_H

#include "pg/catalog/catalog_writer.h"

/* One policy of a reload, and what became of it. */
typedef struct RpReloadRow {
    char *policy;
    int32 version; /* to be in force; 0: the policy has none */
    char *signature;
    int32 shapes;
    int32 constraints;
    bool is_changed;   /* the version is not the one that was in force */
    bool is_redundant; /* what is staged is what is in force: it is only thrown away */
} RpReloadRow;

typedef struct RpReload {
    const RpCatalog *catalog;
    const char *event;      /* reload, rollback */
    const char *policy;     /* NULL: all */
    int32 rollback_version; /* of a rollback: 0: the previous one */
    bool must_succeed;
    bool must_prove; /* refused where what is stored in graphs violates a policy enforced on them */

    RpReloadRow *rows;
    uint32 row_count;
    int64 generation;           /* in force afterwards */
    const char *failure;        /* why it was refused; NULL: done */
    const char *refused_policy; /* whose file cannot be used; NULL: none */
    double duration_ms;
    double compile_ms;
    double signature_ms;
    double callback_ms;
} RpReload;

/*
 * Make one new generation of all that is staged (or of the version to roll back to), in force when
 * this transaction commits; files that changed are staged first. What is refused (a file that
 * cannot be used, a damaged source or image, a veto) leaves everything as it was and sets failure,
 * after a WARNING, the on_error hooks and a history row; with must_succeed it is raised. ERROR
 * 42704: no such policy or version; 55006 within a hook; 55P03 and 40001 as rp_generation_lock.
 */
void rp_reload_run(RpReload *reload);

#endif
