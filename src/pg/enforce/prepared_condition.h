/* WHEN conditions of capture triggers that are ready when a statement begins. */
#ifndef RP_PG_PREPARED_CONDITION_H
#define RP_PG_PREPARED_CONDITION_H

#include "pg/pg.h"

/* Once, when the library is loaded. */
void rp_prepared_condition_init(void);

#endif
