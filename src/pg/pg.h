/*
 * The one file that includes postgres.h. Every file of src/pg includes this first, by its own
 * header where it has one; then the C library's, the server's, and ours.
 */
#ifndef RP_PG_PG_H
#define RP_PG_PG_H

#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "pg/compat.h"

#endif
