/* The row that a row trigger judges. */
#ifndef RP_PG_TRIGGER_ROW_H
#define RP_PG_TRIGGER_ROW_H

#include "pg/pg.h"
#include "commands/trigger.h"

/*
 * The row as it stands when the trigger runs: the version that the event made or, where that one is
 * superseded by now, the newest. A deferred trigger runs at COMMIT, and any AFTER trigger may run
 * after another one that has changed the row; the newest version need not have an event of its own,
 * because of UPDATE OF or WHEN. NULL where nothing is left to judge: the row was deleted, or moved
 * to another partition, where it is a new row, or the event of an older version has led to the
 * newest one already. The result lives in the current memory context or in the trigger's data.
 */
HeapTuple rp_trigger_row(const TriggerData *data);

/* The value of a column of that row; a virtual generated column is computed. */
Datum rp_trigger_row_value(const TriggerData *data, HeapTuple row, int column, bool *is_null);

#endif
