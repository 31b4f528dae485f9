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

#include "rdf/dictionary.h"
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

/* What is being read. */
typedef struct ArrayReader {
    TupleDesc descriptor;
    bool is_plain; /* has_terms_only */
    const RpTripleSink *sink;
    RpText subject; /* the form of terms[0], where it was read in place; else empty */
    uint32_t subject_count;
    RpTerm terms[TRIPLE_POSITIONS]; /* of the element of the moment */
    RpError *error;
} ArrayReader;

/*
 * The form of the term at a place in a tuple, whose end must not be passed; the place moves behind
 * it. False: it is not as it is written where nothing is compressed, or damaged.
 */
static bool
take_form(const char **cursor, const char *end, RpText *form)
{
    const char *start = *cursor;
    Size size;

    if (start < end && !VARATT_NOT_PAD_BYTE(start)) {
        start = (const char *)INTALIGN(start);
    }
    if (start >= end ||
        (!VARATT_IS_1B(start) && (end - start < VARHDRSZ || !VARATT_IS_4B_U(start)))) {
        return false;
    }
    size = VARSIZE_ANY(start);
    if (VARATT_IS_1B_E(start) || size > (Size)(end - start)) {
        return false;
    }
    *form = (RpText){VARDATA_ANY(start), (uint32_t)VARSIZE_ANY_EXHDR(start)};
    *cursor = start + size;
    return true;
}

/* Triples of one subject usually follow each other: its mark tells the sink, which then need not
 * look. */
static void
read_subject(ArrayReader *reader, RpText form)
{
    if (reader->subject.length > 0 && rp_text_equals(reader->subject, form)) {
        return;
    }
    rp_term_unpack_to(form.data, form.length, &reader->terms[0]);
    reader->subject = form;
    if (reader->subject_count < PG_UINT32_MAX / RP_TERM_MARK_PLACES) {
        reader->terms[0].mark = reader->subject_count++ * RP_TERM_MARK_PLACES + 1;
    }
}

/* Read the terms of a tuple where they lie. False: it lacks some, or some are not as most are,
 * which taking it apart in the usual way tells. */
static bool
read_in_place(ArrayReader *reader, HeapTupleHeader header)
{
    const char *end = (const char *)header + HeapTupleHeaderGetDatumLength(header);
    const char *cursor = (const char *)header + header->t_hoff;
    RpText forms[TRIPLE_POSITIONS];

    if (!reader->is_plain || (header->t_infomask & HEAP_HASNULL) != 0 ||
        HeapTupleHeaderGetNatts(header) != TRIPLE_POSITIONS) {
        return false;
    }
    for (int i = 0; i < TRIPLE_POSITIONS; i++) {
        if (!take_form(&cursor, end, &forms[i])) {
            return false;
        }
    }
    read_subject(reader, forms[0]);
    rp_term_unpack_to(forms[1].data, forms[1].length, &reader->terms[1]);
    rp_term_unpack_to(forms[2].data, forms[2].length, &reader->terms[2]);
    return true;
}

/* The same by the server, which knows of nulls, and detoasts into the current memory context. */
static RpStatus
read_attributes(ArrayReader *reader, HeapTupleHeader header)
{
    HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
    Datum datums[TRIPLE_POSITIONS];
    bool nulls[TRIPLE_POSITIONS];

    ItemPointerSetInvalid(&tuple.t_self);
    heap_deform_tuple(&tuple, reader->descriptor, datums, nulls);
    reader->subject = (RpText){NULL, 0};
    for (int i = 0; i < TRIPLE_POSITIONS; i++) {
        if (nulls[i]) {
            return rp_error_set(reader->error, RP_NULL, "%s must not be NULL", position_names[i]);
        }
        rp_term_read_datum(datums[i], &reader->terms[i]);
    }
    return RP_OK;
}

static RpStatus
offer_element(ArrayReader *reader, Datum element)
{
    HeapTupleHeader header = DatumGetHeapTupleHeader(element);
    const RpTerm *terms = reader->terms;

    if (!read_in_place(reader, header)) {
        RP_TRY(read_attributes(reader, header));
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
read_elements(ArrayReader *reader, ArrayType *array, int *index)
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
