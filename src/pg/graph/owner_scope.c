/* See owner_scope.h. */
#include "pg/graph/owner_scope.h"

#include "utils/guc.h"

#include "pg/server/guc.h"

void
rp_owner_scope_begin(RpOwnerScope *scope, Oid owner)
{
    GetUserIdAndSecContext(&scope->user, &scope->context);
    SetUserIdAndSecContext(owner, scope->context | SECURITY_LOCAL_USERID_CHANGE |
                                      SECURITY_RESTRICTED_OPERATION | SECURITY_NOFORCE_RLS);
    scope->setting_level = NewGUCNestLevel();
    rp_guc_set_for_level("search_path", "pg_catalog, pg_temp");
}

void
rp_owner_scope_end(const RpOwnerScope *scope)
{
    AtEOXact_GUC(false, scope->setting_level);
    SetUserIdAndSecContext(scope->user, scope->context);
}
