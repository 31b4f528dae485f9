/* See id_terms.h. */
#include "pg/graph/id_terms.h"

#include "utils/lsyscache.h"

enum {
    BLOCK_IDS = 1 << RP_ID_BLOCK_BITS,
    /* Blocks may have room for so many times the ids that are expected. */
    ROOM_FACTOR = 4,
    FEWEST_BLOCKS = 16,
    MOST_BLOCKS = 1 << (30 - RP_ID_BLOCK_BITS)
};

void
rp_id_terms_init(RpIdTerms *terms, const RpGraphDictionary *source, RpDictionary *dictionary,
                 RpArena *arena)
{
    *terms = (RpIdTerms){
        .source = source, .dictionary = dictionary, .arena = arena, .last_number = RP_ID_UNKNOWN};
    rp_id_table_init(&terms->blocks, arena, RP_ID_INTEGER);
    rp_id_table_init(&terms->others, arena, source->id_type);
}

void
rp_id_terms_expect(RpIdTerms *terms, double count)
{
    if (terms->source->id_type == RP_ID_INTEGER) {
        terms->block_limit =
            (uint32)Min(Max(count * ROOM_FACTOR / BLOCK_IDS, FEWEST_BLOCKS), MOST_BLOCKS);
    }
}

/* Make sure of a block. *number is that of its first id; RP_ID_UNKNOWN: there are blocks enough. */
static RpStatus
add_block(RpIdTerms *terms, int64 block, uint32 *number, RpError *error)
{
    uint32 count = terms->blocks.count;
    RpTermId *grown;
    uint32 found;

    found = rp_id_table_find(&terms->blocks, Int64GetDatum(block), INT8OID);
    if (found == RP_ID_UNKNOWN && count == terms->block_limit) {
        *number = RP_ID_UNKNOWN;
        return RP_OK;
    }
    if (found == RP_ID_UNKNOWN) {
        RP_TRY(rp_id_table_add(&terms->blocks, Int64GetDatum(block), INT8OID, &found, error));
        grown = rp_arena_regrow(terms->arena, terms->block_terms, count * BLOCK_IDS,
                                (count + 1) * BLOCK_IDS, &terms->block_terms_capacity,
                                sizeof(RpTermId));
        if (grown == NULL) {
            return rp_arena_failure(terms->arena, error);
        }
        memset(grown + (Size)count * BLOCK_IDS, 0, sizeof(RpTermId) * BLOCK_IDS);
        terms->block_terms = grown;
    }
    *number = found * BLOCK_IDS;
    return RP_OK;
}

/* An id that no block has room for. */
static RpStatus
add_other(RpIdTerms *terms, Datum id, Oid column_type, uint32 *number, RpError *error)
{
    uint32 count = terms->others.count;

    RP_TRY(rp_id_table_add(&terms->others, id, column_type, number, error));
    if (terms->others.count > count) {
        RpTermId *grown = rp_arena_regrow(terms->arena, terms->other_terms, count, count + 1,
                                          &terms->other_terms_capacity, sizeof(RpTermId));

        if (grown == NULL) {
            return rp_arena_failure(terms->arena, error);
        }
        terms->other_terms = grown;
        grown[count] = RP_ID_ASKED;
        terms->wanted_count++;
    }
    *number += terms->block_limit << RP_ID_BLOCK_BITS;
    return RP_OK;
}

/* An arithmetic shift: the division rounds down, whatever the sign. */
static int64
block_of(int64 integer)
{
    return integer >> RP_ID_BLOCK_BITS;
}

static uint32
place_in_block(int64 integer)
{
    return (uint32)integer & (BLOCK_IDS - 1);
}

RpStatus
rp_id_terms_add(RpIdTerms *terms, Datum id, Oid column_type, uint32 *number, RpError *error)
{
    int64 integer;

    if (terms->block_limit == 0) {
        return add_other(terms, id, column_type, number, error);
    }
    integer = rp_id_integer(id, column_type);
    if (terms->last_number == RP_ID_UNKNOWN || terms->last_block != block_of(integer)) {
        terms->last_block = block_of(integer);
        RP_TRY(add_block(terms, terms->last_block, &terms->last_number, error));
    }
    if (terms->last_number == RP_ID_UNKNOWN) {
        return add_other(terms, id, column_type, number, error);
    }
    *number = terms->last_number + place_in_block(integer);
    if (terms->block_terms[*number] == RP_TERM_NONE) {
        terms->block_terms[*number] = RP_ID_ASKED;
        terms->wanted_count++;
    }
    return RP_OK;
}

/* An id of a block's that was not added is in no other table either. */
static uint32
find_in_block(const RpIdTerms *terms, int64 integer)
{
    uint32 number = terms->last_number + place_in_block(integer);

    return terms->block_terms[number] == RP_TERM_NONE ? RP_ID_UNKNOWN : number;
}

uint32
rp_id_terms_find(RpIdTerms *terms, Datum id, Oid column_type)
{
    uint32 number;

    if (terms->block_limit > 0) {
        int64 integer = rp_id_integer(id, column_type);

        if (terms->last_number == RP_ID_UNKNOWN || terms->last_block != block_of(integer)) {
            number = rp_id_table_find(&terms->blocks, Int64GetDatum(block_of(integer)), INT8OID);
            terms->last_block = block_of(integer);
            terms->last_number = number == RP_ID_UNKNOWN ? number : number * BLOCK_IDS;
        }
        if (terms->last_number != RP_ID_UNKNOWN) {
            return find_in_block(terms, integer);
        }
    }
    number = rp_id_table_find(&terms->others, id, column_type);
    return number == RP_ID_UNKNOWN ? number : number + (terms->block_limit << RP_ID_BLOCK_BITS);
}

/* As a value of rp_id_type_oid. */
static Datum
datum_of(const RpIdTerms *terms, uint32 number)
{
    uint32 first_other = terms->block_limit << RP_ID_BLOCK_BITS;

    return number >= first_other
               ? rp_id_table_datum(&terms->others, number - first_other)
               : Int64GetDatum((int64)(terms->blocks.keys[number / BLOCK_IDS] << RP_ID_BLOCK_BITS) +
                               number % BLOCK_IDS);
}

/* There are others only where there are as many blocks as there may be. */
uint32
rp_id_terms_end(const RpIdTerms *terms)
{
    return (terms->blocks.count << RP_ID_BLOCK_BITS) + terms->others.count;
}

uint32
rp_id_terms_keys(const RpIdTerms *terms, uint32 *next, uint32 limit, Datum *keys)
{
    uint32 count = 0;

    for (; *next < rp_id_terms_end(terms) && count < limit; ++*next) {
        if (*rp_id_terms_place(terms, *next) == RP_ID_ASKED) {
            keys[count++] = datum_of(terms, *next);
        }
    }
    return count;
}

char *
rp_id_terms_text(const RpIdTerms *terms, uint32 number)
{
    Oid output;
    bool is_varlena;

    getTypeOutputInfo(rp_id_type_oid(terms->source->id_type), &output, &is_varlena);
    return OidOutputFunctionCall(output, datum_of(terms, number));
}
