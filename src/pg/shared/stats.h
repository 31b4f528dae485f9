/*
 * What validation counts: for each policy version, and each of its shapes, in shared memory (view
 * rdf_policy_stats). What a backend adds others see when its transaction has ended, at the soonest.
 * Nothing here is exact where it need not be: the entry used longest ago makes room for a new one,
 * and a crash or restart empties all. See stats.c for the locking.
 */
#ifndef RP_PG_STATS_H
#define RP_PG_STATS_H

#include "base/text.h"
#include "pg/shared/stats_table.h"

/* Both do nothing where nothing is shared to count in, and raise for lack of memory. */

/* Add to the counts of a version (shape empty) or one of its shapes, in this backend's memory. */
void rp_stats_add(RpText policy, int32 version, RpText shape, const RpStatsCounts *counts);

/* Add an example, in this backend's memory; database is set here. */
void rp_stats_add_example(const RpStatsExample *example);

/* Copy a text, cut where it does not fit. */
void rp_stats_copy_text(char *target, size_t size, RpText text);

/*
 * What this database has in shared memory, after what this backend has counted was added. Both
 * return how many there are, *entries in the current memory context; 0 without shared memory.
 * Examples come newest first.
 */
uint32 rp_stats_read(RpStatsEntry **entries);
uint32 rp_stats_read_examples(RpStatsExample **examples);

/* Forget what was counted of this database: all (policy NULL), or of one version. */
void rp_stats_reset(const char *policy, int32 version);

#endif
