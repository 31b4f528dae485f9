/* Which candidates the queries of targets find. SHACL Advanced Features, section 3.1. */
#ifndef RP_INCREMENTAL_TARGET_QUERIES_H
#define RP_INCREMENTAL_TARGET_QUERIES_H

#include "incremental/judging.h"

/*
 * Read what the queries of shapes' targets read of their candidates, with all that was asked for,
 * ask them, and note those candidates that they find as known. RP_TOO_LARGE, with the query's name,
 * over a limit of queries; as any.
 */
RpStatus rp_target_queries_ask(RpJudging *judging);

#endif
