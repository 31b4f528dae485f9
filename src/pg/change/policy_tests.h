/* Unit tests of policies: data that a policy must judge in a known way. */
#ifndef RP_PG_POLICY_TESTS_H
#define RP_PG_POLICY_TESTS_H

#include "pg/catalog/catalog_writer.h"
#include "pg/judge/data_source.h"
#include "pg/shared/policy_cache.h"

/* One test, as rdf_catalog_test keeps it. */
typedef struct RpPolicyTest {
    const char *name;
    bool is_jsonb;          /* document is jsonb; else Turtle */
    const char *document;   /* text form */
    const char *base_iri;   /* NULL: none */
    const char *context;    /* the IRI of jsonb's default context; NULL: none */
    bool conforms;          /* what is expected */
    const char *violations; /* violation types, each followed by a space; NULL: not compared */
} RpPolicyTest;

/* ERROR 22023 unless a text is one of the violation types that reports have. */
void rp_policy_test_check_type(const char *code);

/* Read a test's document, JSON-LD as a version reads it: what is no data is refused now, and not by
 * the next reload. Raises what validating it would. */
void rp_policy_test_check(const RpPolicyTest *test, const RpReading *reading);

/* Add a test to a policy, in the place of one that has its name; the same test stays as it is. Who
 * added it is the writer's caller. */
void rp_policy_test_write(const RpCatalogWriter *writer, const char *policy,
                          const RpPolicyTest *test);

/*
 * Judge a test's data by a version. NULL: as expected. Else what is different, in the current
 * memory context. Raises only a cancel or lack of memory.
 */
const char *rp_policy_test_failure(const RpPolicyTest *test, const RpPolicyUse *use);

/*
 * Run all tests of a policy under a version, in the order of their names. NULL: all are as
 * expected. Else what the first that is not says.
 */
const char *rp_policy_tests_run(const RpCatalog *catalog, const RpPolicyUse *use);

#endif
