/* Functions that users have called around a reload. See README.md, "Hooks". */
#ifndef RP_PG_HOOK_H
#define RP_PG_HOOK_H

#include "pg/catalog/catalog_writer.h"

/* What a hook is told, as one jsonb object. */
typedef struct RpHookPayload {
    const char *policy;
    int32 version; /* 0: none */
    int64 generation;
    const char *signature; /* NULL: none */
    const char *error;     /* NULL: none */
} RpHookPayload;

/*
 * Call the hooks of an event for one policy, in the order of their ids, each as the role that
 * registered it. One that fails or is missing raises a WARNING and is undone; where it is required
 * the reason is returned, in the caller's memory context, and no further hook runs. NULL: go on.
 * Cancels, serialization failures and lack of resources are raised.
 */
const char *rp_hooks_call(const RpCatalog *catalog, const char *event,
                          const RpHookPayload *payload);

/*
 * ERROR where a function cannot be a hook that runs as this role: 22023 for another shape than one
 * jsonb, no set; 42501 where it belongs to somebody else who is no superuser, or the role may not
 * execute it.
 */
void rp_hook_check(Oid function, Oid registrar);

/*
 * The search_path that a hook is called with: only what the function's own schema holds is found
 * without a qualified name, and the reloader's temporary tables come last. A SET clause of the
 * function is applied after this, and wins.
 */
char *rp_hook_search_path(Oid function);

/* ERROR 55006 inside a hook: what changes policies cannot be called from one. */
void rp_hooks_refuse_within(void);

/* The payload as jsonb text: what NOTIFY sends too, with the event in front where it is not NULL.
 */
char *rp_hook_payload_json(const RpHookPayload *payload, const char *event);

#endif
