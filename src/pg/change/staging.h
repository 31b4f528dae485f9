/* Staging a policy version: compiled and kept, to be put in force by the next reload. */
#ifndef RP_PG_STAGING_H
#define RP_PG_STAGING_H

#include "pg/catalog/catalog_writer.h"
#include "pg/compile/compile.h"

/*
 * Compile a source and stage it, replacing what is staged. Returns the version's number. Raises
 * what is wrong with the source: 22P02, 22023, 0A000, 54001, 53400, with line and column; 42704
 * for an owl:imports that no registered policy satisfies; 55000 where what is staged may not be
 * written over: a shadow, or an imported version.
 */
int32 rp_stage(const RpCatalog *catalog, const char *policy, const RpSource *source);

/*
 * The same, as the version of a given number, which the caller has seen to be free or to be the
 * staged one, and nothing else to be staged. Registering goes on behind it.
 */
void rp_stage_imported(const RpCatalog *catalog, const char *policy, int32 version,
                       const RpSource *source);

/*
 * Whether a policy's version in force is what a source would make, and neither a version is staged
 * nor a file bound. That stays so until the end of the transaction: whoever changes policies waits.
 */
bool rp_is_in_force(const RpCatalog *catalog, const char *policy, const RpSource *source);

/* NOTICE that a version is staged and not in force, for who has registered it and is about to go;
 * none where rdfpolicy.staging_notice is off. */
void rp_staging_notice(const char *policy, int32 version);

/*
 * The rule-form source that a policy has staged, or in force where nothing is staged, with its
 * options; "{}" where neither. Locks the policy's row. ERROR 55000 where that source is Turtle.
 */
RpSource rp_staged_rules(const RpCatalog *catalog, const char *policy);

/* Throw away what is staged. False: nothing was. ERROR 42704: no such policy. */
bool rp_discard_staged(const RpCatalog *catalog, const char *policy);

#endif
