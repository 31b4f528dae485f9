/*
 * See array_source.h. The elements are composite values of three terms, which are read where they
 * lie: what the server's general ways of taking an array and a tuple apart cost is half of what
 * judging a small array would.
 */
#include "pg/judge/array_source.h"

#include "access/htup_details.h"
#include "access/tupdesc.h"
#include "access/tupmacs.h"
#include "utils/typcache.h"

#include "pg/judge/data_triple.h"
#include "pg/term/term_type.h"

enum { TRIPLE_POSITIONS = 3 };

static const char *const position_names[TRIPLE_POSITIONS] = {"subject", "predicate", "object"};

/* Whether every attribute is a term as the type rdf_term stores it: of any length, on a word. */
static bool
has_terms_only(TupleDesc descriptor)
{
    for (int i = 0; i < TRIPLE_POSITIONS; i++) {
        Form_pg_attribute attribute = TupleDescAttr(descriptor, i);

        if (attribute->attlen != -1 || attribute->attalign != TYPALIGN_INT ||
            attribute->attisdropped) {
            return false;
        }
    }
    return true;
}

/*
 * The terms of a tuple that has all three, where they lie. False: it lacks some, or is damaged,
 * which taking it apart in the usual way tells.
 */
static bool
read_in_place(HeapTupleHeader header, RpTerm *terms)
{
    const char *end = (const char *)header + HeapTupleHeaderGetDatumLength(header);
    const char *cursor = (const char *)header + header->t_hoff;

    if ((header->t_infomask & HEAP_HASNULL) != 0 ||
        HeapTupleHeaderGetNatts(header) != TRIPLE_POSITIONS) {
        return false;
    }
    for (int i = 0; i < TRIPLE_POSITIONS; i++) {
        Size size;

        if (cursor >= end) {
            return false;
        }
        if (!VARATT_NOT_PAD_BYTE(cursor)) {
            cursor = (const char *)INTALIGN(cursor);
        }
        if (end - cursor < VARHDRSZ && (cursor >= end || !VARATT_IS_1B(cursor))) {
            return false;
        }
        size = VARSIZE_ANY(cursor);
        if (size == 0 || size > (Size)(end - cursor)) {
            return false;
        }
        rp_term_read_datum(PointerGetDatum(cursor), &terms[i]);
        cursor += size;
    }
    return true;
}

/* The same by the server, which knows of nulls. */
static RpStatus
read_attributes(HeapTupleHeader header, TupleDesc descriptor, RpTerm *terms, RpError *error)
{
    HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
    Datum datums[TRIPLE_POSITIONS];
    bool nulls[TRIPLE_POSITIONS];

    ItemPointerSetInvalid(&tuple.t_self);
    heap_deform_tuple(&tuple, descriptor, datums, nulls);
    for (int i = 0; i < TRIPLE_POSITIONS; i++) {
        if (nulls[i]) {
            return rp_error_set(error, RP_NULL, "%s must not be NULL", position_names[i]);
        }
        rp_term_read_datum(datums[i], &terms[i]);
    }
    return RP_OK;
}

/* What is being read. */
typedef struct ArrayReader {
    TupleDesc descriptor;
    bool is_plain; /* has_terms_only */
    const RpTripleSink *sink;
    RpError *error;
} ArrayReader;

/* Terms that must be detoasted are so in the current memory context. */
static RpStatus
offer_element(const ArrayReader *reader, Datum element)
{
    HeapTupleHeader header = DatumGetHeapTupleHeader(element);
    RpTerm terms[TRIPLE_POSITIONS];

    if (!reader->is_plain || !read_in_place(header, terms)) {
        RP_TRY(read_attributes(header, reader->descriptor, terms, reader->error));
    }
    RP_TRY(rp_data_triple_check(&terms[0], &terms[1], reader->error));
    return reader->sink->triple(reader->sink->state, &terms[0], &terms[1], &terms[2],
                                (RpPosition){0}, reader->error);
}

/*
 * Arrays of any dimensions are read in their storage order; composite values are aligned as doubles
 * are. A NULL triple, or a NULL term in one, is an error and no triple to be skipped, since what is
 * missing could be what violates.
 */
static RpStatus
read_elements(const ArrayReader *reader, ArrayType *array, int *index)
{
    int count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
    const bits8 *bitmap = ARR_NULLBITMAP(array);
    char *cursor = ARR_DATA_PTR(array);

    for (*index = 1; *index <= count; ++*index) {
        int place = *index - 1;

        if (bitmap != NULL && (bitmap[place / BITS_PER_BYTE] >> place % BITS_PER_BYTE & 1) == 0) {
            return rp_error_set(reader->error, RP_NULL, "a triple must not be NULL");
        }
        RP_TRY(offer_element(reader, PointerGetDatum(cursor)));
        cursor = (char *)DOUBLEALIGN(cursor + VARSIZE_ANY(cursor));
    }
    return RP_OK;
}

/*
 * The descriptor is pinned for the loop and released in either case; what raises in between has its
 * pin released by the transaction's resource owner.
 */
RpStatus
rp_array_source_read(ArrayType *array, const RpTripleSink *sink, RpError *error)
{
    ArrayReader reader = {.sink = sink, .error = error};
    int index;
    RpStatus status;

    reader.descriptor = lookup_rowtype_tupdesc(ARR_ELEMTYPE(array), -1);
    if (reader.descriptor->natts != TRIPLE_POSITIONS) {
        ReleaseTupleDesc(reader.descriptor);
        return rp_error_set(error, RP_ILL_FORMED, "type rdf_triple must have three attributes");
    }
    reader.is_plain = has_terms_only(reader.descriptor);
    status = read_elements(&reader, array, &index);
    ReleaseTupleDesc(reader.descriptor);
    if (status != RP_OK) {
        rp_data_place_error(error, "triple", (uint32_t)index);
        return status == RP_SYNTAX ? rp_error_prefix(error, "not valid as triples: ") : status;
    }
    return RP_OK;
}
