/* The signature of a source: SHA-256 of its bytes, in hexadecimal. */
#ifndef RP_PG_SIGNATURE_H
#define RP_PG_SIGNATURE_H

#include "pg/pg.h"
#include "base/text.h"

/* A string in the current memory context. */
char *rp_signature(RpText source);

#endif
