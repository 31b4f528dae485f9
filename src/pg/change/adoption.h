/*
 * Taking up what was written to the policy tables while their triggers were disabled, as
 * pg_restore --disable-triggers does: the rows say one thing, and another is in force.
 */
#ifndef RP_PG_ADOPTION_H
#define RP_PG_ADOPTION_H

#include "pg/catalog/catalog_writer.h"
#include "pg/shared/generation_contents.h"

typedef struct RpAdoption {
    RpContentsDifference *differences; /* what the rows changed, in the current memory context */
    uint32 difference_count;
    int64 generation; /* that was made; 0: none was needed */
} RpAdoption;

/*
 * Compare the rows with the generation that is in force, and where they differ make one of them, in
 * force when this transaction commits; a NOTICE says of which policies. No hook is called and no
 * test is run, as for all rows that are restored. is_certain: make one in any case, since former
 * versions may differ that no comparison sees. The generation row is locked.
 */
void rp_adopt_rows(const RpCatalog *catalog, bool is_certain, RpAdoption *adoption);

#endif
