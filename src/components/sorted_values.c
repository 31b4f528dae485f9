/* See sorted_values.h. Merge sort, since it needs the fewest comparisons, and can be left. */
#include "components/sorted_values.h"

enum {
    FEW_SEARCHES = 8, /* so many searches look at every value: sorting takes longer */
    IDS_PER_VALUE = (sizeof(RpValue) + sizeof(RpTermId) - 1) / sizeof(RpTermId)
};

void
rp_check_value_read(const RpEvaluation *evaluation, RpTermId id, RpValue *value)
{
    RpTermId datatype = rp_dictionary_datatype(evaluation->dictionary, id);

    rp_value_read_lexical(rp_dictionary_lexical(evaluation->dictionary, id),
                          rp_evaluation_known_datatype(datatype), value);
}

/* Poll for a comparison: at worst it reads texts to the end of the shorter one. */
static RpStatus
poll_comparison(RpEvaluation *evaluation, const RpValue *a, const RpValue *b)
{
    uint64_t bytes = 0;

    if (a->kind == b->kind && a->datatype->values == RP_VALUES_STRING) {
        bytes = a->as.text.length < b->as.text.length ? a->as.text.length : b->as.text.length;
    } else if (a->datatype != NULL && a->datatype->values == RP_VALUES_DECIMAL) {
        bytes = a->as.decimal.whole.length + (uint64_t)a->as.decimal.fraction.length;
    }
    return rp_arena_poll_bytes(evaluation->arena, bytes, evaluation->error);
}

/* By kind, and within one by value. */
static bool
is_before(const RpValue *a, const RpValue *b)
{
    return a->kind != b->kind ? a->kind < b->kind : rp_value_order(a, b) == RP_ORDER_LESS;
}

/* Merge two neighbouring runs, [begin, middle) and [middle, end). */
static RpStatus
merge(RpEvaluation *evaluation, const RpValue *values, const uint32_t *from, uint32_t *to,
      const uint32_t bounds[3])
{
    uint32_t left = bounds[0];
    uint32_t right = bounds[1];

    for (uint32_t i = bounds[0]; i < bounds[2]; i++) {
        bool takes_right = left == bounds[1];

        if (!takes_right && right < bounds[2]) {
            const RpValue *a = &values[from[right]];
            const RpValue *b = &values[from[left]];

            RP_TRY(poll_comparison(evaluation, a, b));
            takes_right = is_before(a, b);
        }
        to[i] = takes_right ? from[right++] : from[left++];
    }
    return RP_OK;
}

/* Sort count indexes. other has room for as many; *sorted is the one of the two that has them. */
static RpStatus
sort(RpEvaluation *evaluation, const RpValue *values, uint32_t *order, uint32_t *other,
     uint32_t count, const uint32_t **sorted)
{
    for (uint64_t run = 1; run < count; run *= 2) {
        uint32_t *from = order;

        for (uint64_t begin = 0; begin < count; begin += 2 * run) {
            uint64_t middle = begin + run < count ? begin + run : count;
            uint64_t end = middle + run < count ? middle + run : count;
            const uint32_t bounds[3] = {(uint32_t)begin, (uint32_t)middle, (uint32_t)end};

            RP_TRY(merge(evaluation, values, from, other, bounds));
        }
        order = other;
        other = from;
    }
    *sorted = order;
    return RP_OK;
}

/* Room on the scratch for values, aligned for their pointers, and for indexes behind them. */
static RpStatus
make_room(RpEvaluation *evaluation, uint32_t count, uint32_t index_count, RpValue **values,
          uint32_t **indexes)
{
    uint64_t id_count = (uint64_t)count * IDS_PER_VALUE + index_count + 1;
    RpTermId *ids;

    if (id_count > UINT32_MAX / 2) {
        return rp_error_set(evaluation->error, RP_TOO_LARGE, "too many values are to be compared");
    }
    RP_TRY(rp_scratch_extend(&evaluation->scratch, (uint32_t)id_count, &ids, evaluation->error));
    ids += (uintptr_t)ids % _Alignof(RpValue) / sizeof(RpTermId);
    *values = (RpValue *)(void *)ids;
    *indexes = ids + (size_t)count * IDS_PER_VALUE;
    return RP_OK;
}

/*
 * Values that compare with nothing are dropped at once: no value is less than one of them, so each
 * pair with them is a violation that the caller counts by the difference.
 */
RpStatus
rp_sorted_values_make(RpEvaluation *evaluation, RpTripleRange triples, uint32_t search_count,
                      RpSortedValues *sorted)
{
    uint32_t count = rp_triple_range_count(triples);
    bool is_sorted = search_count > FEW_SEARCHES && count > 1;
    RpValue *values = NULL;
    uint32_t *order = NULL;

    RP_TRY(make_room(evaluation, count, is_sorted ? 2 * count : 0, &values, &order));
    *sorted = (RpSortedValues){.values = values, .count = count};
    for (uint32_t i = 0; i < count; i++) {
        RpValue *value = &values[sorted->ordered_count];
        RpTermId id = triples.first[i].object;

        RP_TRY(rp_evaluation_poll_value(evaluation, id));
        rp_check_value_read(evaluation, id, value);
        if (value->kind != 0) {
            sorted->ordered_count++;
        }
    }
    if (!is_sorted) {
        return RP_OK;
    }
    for (uint32_t i = 0; i < sorted->ordered_count; i++) {
        order[i] = i;
    }
    return sort(evaluation, values, order, order + sorted->ordered_count, sorted->ordered_count,
                &sorted->order);
}

/* A search: for values above value. */
typedef struct Search {
    RpEvaluation *evaluation;
    const RpSortedValues *sorted;
    RpValue value;
    bool may_be_equal;
} Search;

/*
 * A comparison of two long decimals or strings takes time in proportion to them, so the host is
 * polled by their length.
 */
static RpStatus
is_above(const Search *search, const RpValue *other, bool *is_above)
{
    RpOrder order;

    RP_TRY(poll_comparison(search->evaluation, &search->value, other));
    order = rp_value_order(&search->value, other);
    *is_above = order == RP_ORDER_LESS || (search->may_be_equal && order == RP_ORDER_EQUAL);
    return RP_OK;
}

/* The place from begin on where the next kind starts. */
static uint32_t
end_of_kind(const RpSortedValues *sorted, uint32_t begin)
{
    uint32_t kind = sorted->values[sorted->order[begin]].kind;
    uint32_t low = begin + 1;
    uint32_t high = sorted->ordered_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (sorted->values[sorted->order[middle]].kind == kind) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Those of one kind that are above are its upper end (RpValue.kind). */
static RpStatus
count_above_in_kind(const Search *search, uint32_t begin, uint32_t end, uint64_t *count)
{
    const RpSortedValues *sorted = search->sorted;
    uint32_t low = begin;
    uint32_t high = end;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        bool is_end;

        RP_TRY(is_above(search, &sorted->values[sorted->order[middle]], &is_end));
        if (is_end) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    *count += end - low;
    return RP_OK;
}

/* Of so few searches that sorting would cost more. */
static RpStatus
count_above_one_by_one(const Search *search, uint64_t *count)
{
    for (uint32_t i = 0; i < search->sorted->ordered_count; i++) {
        bool counts;

        RP_TRY(is_above(search, &search->sorted->values[i], &counts));
        *count += counts;
    }
    return RP_OK;
}

/*
 * By kind, and by halving within each: values as a whole are in no total order (xsd/compare.h),
 * those of a kind are, and what is above a given value is an upper end of the kind.
 */
RpStatus
rp_sorted_values_count_above(RpEvaluation *evaluation, const RpSortedValues *sorted, RpTermId id,
                             bool may_be_equal, uint64_t *count)
{
    Search search = {evaluation, sorted, .may_be_equal = may_be_equal};

    *count = 0;
    RP_TRY(rp_evaluation_poll_value(evaluation, id));
    rp_check_value_read(evaluation, id, &search.value);
    if (search.value.kind == 0) {
        return RP_OK;
    }
    if (sorted->order == NULL) {
        return count_above_one_by_one(&search, count);
    }
    for (uint32_t begin = 0; begin < sorted->ordered_count;) {
        uint32_t end = end_of_kind(sorted, begin);

        RP_TRY(count_above_in_kind(&search, begin, end, count));
        begin = end;
    }
    return RP_OK;
}
