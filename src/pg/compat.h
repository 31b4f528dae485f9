/* What differs between PostgreSQL 15, 16, 17 and 18. PG_VERSION_NUM stands in no other file. */
#ifndef RP_PG_COMPAT_H
#define RP_PG_COMPAT_H

/* Included by pg.h, after postgres.h. */

#if PG_VERSION_NUM < 150000
#error "rdfpolicy needs PostgreSQL 15 or later"
#endif

/* Before, postgres.h had this in itself. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#if PG_VERSION_NUM >= 170000
#define RP_MY_LXID (MyProc->vxid.lxid)
#define RP_HAS_DSM_REGISTRY 1
#define RP_MY_BACKEND MyProcNumber
#define RP_BACKEND_OF(virtual_transaction) ((virtual_transaction).procNumber)
#define RP_SIGNAL_BACKEND(pid, reason, backend) SendProcSignal(pid, reason, backend)
#else
#define RP_MY_LXID (MyProc->lxid)
#define RP_HAS_DSM_REGISTRY 0
/* The number of a backend from 0, below MaxBackends: its own, a virtual transaction's. */
#define RP_MY_BACKEND (MyBackendId - 1)
#define RP_BACKEND_OF(virtual_transaction) ((virtual_transaction).backendId - 1)
#define RP_SIGNAL_BACKEND(pid, reason, backend) SendProcSignal(pid, reason, (backend) + 1)
#endif

#if PG_VERSION_NUM >= 160000
#define RP_EXECUTE_ACL(function, role) \
    object_aclcheck(ProcedureRelationId, function, role, ACL_EXECUTE)
#else
#define RP_EXECUTE_ACL(function, role) pg_proc_aclcheck(function, role, ACL_EXECUTE)
#endif

#if PG_VERSION_NUM >= 160000
#define RP_OWNS_RELATION(relation, role) object_ownercheck(RelationRelationId, relation, role)
#else
#define RP_OWNS_RELATION(relation, role) pg_class_ownercheck(relation, role)
#endif

/* The number of the file that a relation's rows are in: another one after each rewrite. */
#if PG_VERSION_NUM >= 160000
#define RP_FILE_NUMBER(relation) ((relation)->rd_locator.relNumber)
#define RP_FILE_SUBTRANSACTION(relation) ((relation)->rd_firstRelfilelocatorSubid)
#else
#define RP_FILE_NUMBER(relation) ((relation)->rd_node.relNode)
#define RP_FILE_SUBTRANSACTION(relation) ((relation)->rd_firstRelfilenodeSubid)
#endif

/* Whether this transaction gave the relation its file, which it may empty and fill again. */
#define RP_IS_FILE_OWN(relation)                              \
    ((relation)->rd_createSubid != InvalidSubTransactionId || \
     RP_FILE_SUBTRANSACTION(relation) != InvalidSubTransactionId)

/* Memory for the `extra` of a setting's check hook, or NULL: the server releases it its own way. */
#if PG_VERSION_NUM >= 160000
#define RP_GUC_ALLOCATE(size) guc_malloc(LOG, size)
#else
#define RP_GUC_ALLOCATE(size) malloc(size)
#endif

/* A generated column that is computed when it is read: no row that a trigger is given has it. */
#if PG_VERSION_NUM >= 180000
#define RP_IS_VIRTUAL(attribute) ((attribute)->attgenerated == ATTRIBUTE_GENERATED_VIRTUAL)
#else
#define RP_IS_VIRTUAL(attribute) ((void)(attribute), false)
#endif

/* ALTER COLUMN … SET EXPRESSION: other values in rows that no trigger is told of. */
#if PG_VERSION_NUM >= 170000
#define RP_SETS_EXPRESSION(command) ((command)->subtype == AT_SetExpression)
#else
#define RP_SETS_EXPRESSION(command) ((void)(command), false)
#endif

/* The sequence of an identity column. ERROR XX000 where the column is none. */
#if PG_VERSION_NUM >= 170000
#define RP_IDENTITY_SEQUENCE(relation, column) getIdentitySequence(relation, column, false)
#else
#define RP_IDENTITY_SEQUENCE(relation, column) \
    getIdentitySequence(RelationGetRelid(relation), column, false)
#endif

/* Begin a scan of an index by keys. */
#if PG_VERSION_NUM >= 180000
#define RP_INDEX_BEGIN_SCAN(table, index, snapshot, key_count) \
    index_beginscan(table, index, snapshot, NULL, key_count, 0)
#else
#define RP_INDEX_BEGIN_SCAN(table, index, snapshot, key_count) \
    index_beginscan(table, index, snapshot, key_count, 0)
#endif

/* Stands before the whole declaration of a function that never returns. */
#if PG_VERSION_NUM >= 180000
#define RP_NORETURN pg_noreturn
#else
#define RP_NORETURN pg_attribute_noreturn()
#endif

#endif
