/* rdfpolicy.judgement_timeout: what judging a transaction may take, since statement_timeout does
 * not bound what happens at COMMIT. */
#ifndef RP_PG_JUDGEMENT_TIMER_H
#define RP_PG_JUDGEMENT_TIMER_H

#include "pg/pg.h"

/* From here on, until it is stopped. When the time is over the work ends with ERROR 57014, as a
 * cancel does. */
void rp_judgement_timer_start(void);

/* Returns whether the time was over. */
bool rp_judgement_timer_stop(void);

#endif
