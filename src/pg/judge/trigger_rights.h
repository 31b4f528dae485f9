/* What a row trigger may tell the current role about the row. */
#ifndef RP_PG_TRIGGER_RIGHTS_H
#define RP_PG_TRIGGER_RIGHTS_H

#include "pg/pg.h"
#include "commands/trigger.h"

/*
 * Whether the current role may be shown the value that a column has in the row that is judged, in
 * an error or a warning. As the server's own constraints have it: where no row security applies to
 * the role, and it may SELECT the column or has set it in the UPDATE that fired the trigger.
 */
bool rp_trigger_shows_value(const TriggerData *data, HeapTuple row, int column);

#endif
