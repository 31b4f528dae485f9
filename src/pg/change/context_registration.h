/* Putting one JSON-LD context in force: what context_registry and context_import share. */
#ifndef RP_PG_CONTEXT_REGISTRATION_H
#define RP_PG_CONTEXT_REGISTRATION_H

#include "pg/catalog/catalog_writer.h"
#include "pg/compile/context_source.h"

/* The signature of a text in SQL: of what it includes, too, where it does. */
#define RP_CONTEXT_SIGNATURE(body, included)                         \
    "encode(sha256(convert_to(" body "::text || CASE WHEN " included \
    " = '{}' THEN '' ELSE " included "::text END, 'UTF8')), 'hex')"

/* A text that is to be in force, and what is found of it. */
typedef struct RpContextRegistration {
    const RpCatalogWriter *writer;
    RpContextSource source; /* included is found */
    bool is_includer;       /* compiled anew since another that it includes is replaced */
    Jsonb *offered; /* by IRI, what may be registered besides, as it is included; NULL: nothing */
    const struct RpContextRegistration *includer; /* for which this one is registered; NULL: none */

    RpText *includes; /* IRIs that the text includes, by way of others and in scoped contexts too */
    uint32 include_count;
    uint32 term_count;
    bool is_partial; /* it needs a @vocab or a base that it lacks */
    RpText signature;
} RpContextRegistration;

/* ERROR 22P02 for what is no absolute IRI; 22023 for one that no index takes. */
void rp_context_iri_check(RpText iri);

/*
 * Compile the text and put it in force under its IRI; the text that was goes out. The generation's
 * lock is held, and the next one is the caller's to make. False: it is in force already. ERROR
 * 42704 for an IRI that it includes and that is neither registered nor offered; what compiling it
 * says (22P02, 54001, 53400). What is found is in the current memory context.
 */
bool rp_context_put_in_force(RpContextRegistration *registration);

/* Register what is offered under an IRI, unless that is under way. False: nothing was. */
bool rp_context_register_offered(const RpContextRegistration *registration, RpText iri);

#endif
