/* A version of a policy as rdf_policy_export gives it: one jsonb value, for another server. */
#ifndef RP_PG_EXPORTED_VERSION_H
#define RP_PG_EXPORTED_VERSION_H

#include "pg/pg.h"
#include "utils/jsonb.h"

#include "pg/change/policy_tests.h"
#include "pg/compile/compile.h"

/* Raised where a member gets another meaning; a new one is refused by those who do not know it. */
enum { RP_EXPORT_FORMAT = 1 };

typedef struct RpExportedVersion {
    char *policy;
    int32 version;
    char *signature; /* that of the source: it was compared */
    RpSource source;
    Jsonb *contexts; /* by IRI, that of its documents and what that includes; empty: it has none */
    RpPolicyTest *tests;
    uint32 test_count;
} RpExportedVersion;

/*
 * Read an exported version, in the current memory context. Every member must be there, be of its
 * type, and be known: what this extension does not know would not be done here. ERROR 22023 for
 * anything else, for another format, and for a source that its signature is not of; 53400 for a
 * source or document over rdfpolicy.max_document_size; and what judging raises for a test whose
 * document does not parse.
 */
void rp_exported_version_read(Jsonb *exported, RpExportedVersion *version);

#endif
