/* What differs between PostgreSQL 15, 16, 17 and 18. PG_VERSION_NUM stands in no other file. */
#ifndef RP_PG_COMPAT_H
#define RP_PG_COMPAT_H

/* Included by pg.h, after postgres.h. */

#if PG_VERSION_NUM < 150000
#error "rdfpolicy needs PostgreSQL 15 or later"
#endif

#if PG_VERSION_NUM >= 170000
#define RP_MY_LXID (MyProc->vxid.lxid)
#define RP_HAS_DSM_REGISTRY 1
#else
#define RP_MY_LXID (MyProc->lxid)
#define RP_HAS_DSM_REGISTRY 0
#endif

#if PG_VERSION_NUM >= 160000
#define RP_EXECUTE_ACL(function, role) \
    object_aclcheck(ProcedureRelationId, function, role, ACL_EXECUTE)
#else
#define RP_EXECUTE_ACL(function, role) pg_proc_aclcheck(function, role, ACL_EXECUTE)
#endif

#if PG_VERSION_NUM >= 160000
#define RP_EXECUTE_ACL(function, role) \
    object_aclcheck(ProcedureRelationId, function, role, ACL_EXECUTE)
#else
#define RP_EXECUTE_ACL(function, role) pg_proc_aclcheck(function, role, ACL_EXECUTE)
#endif

#endif
