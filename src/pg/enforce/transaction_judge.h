/* Judging what the running transaction has changed in a graph, by every policy that is enforced on
 * it. */
#ifndef RP_PG_TRANSACTION_JUDGE_H
#define RP_PG_TRANSACTION_JUDGE_H

#include "pg/enforce/capture.h"

/*
 * Judge all of a capture that has not been judged: see README.md, "Judging a transaction". Waits
 * for others that are judging what this one touches (40P01). ERROR 23514 where a policy is violated
 * that is enforced; 57014 after rdfpolicy.judgement_timeout; what reading a graph raises.
 */
void rp_transaction_judge(RpCapture *capture);

/* The same of a capture of the whole, as it will be when a partition has left the graph. */
void rp_transaction_judge_without(RpCapture *capture, Oid leaving);

#endif
