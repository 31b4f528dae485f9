/* Judging all that is stored in a graph, in one pass over each of its relations. */
#ifndef RP_PG_WHOLE_H
#define RP_PG_WHOLE_H

#include "pg/judge/judgement.h"
#include "pg/graph/graph_reader.h"

/* RpDataSource.validate: of an RpStoredData. */
RpStatus rp_whole_validate(const void *stored, RpText policy, RpDataGraph *data, RpReport *report,
                           RpError *error);

/*
 * Judge the union of some or all named graphs by a policy, under the active snapshot, whoever the
 * caller is: rights are asked of him elsewhere (graph_rights). Everything is allocated in the
 * arena. Rows that look-ups would not find are refused, since it is for who enforces a policy.
 * Raises what goes wrong: 53400 where the graph needs more memory than the arena may take,
 * or has more triples than rdfpolicy.max_triples; 22P02 for a row that is no triple.
 */
void rp_graph_judge_whole(const RpStoredGraph *graph, const RpNamedGraphs *graphs,
                          const RpPolicyUse *use, const RpJudgementOptions *options, RpArena *arena,
                          RpJudgement *judgement);

#endif
