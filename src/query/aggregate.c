/* See aggregate.h. */
#include "query/aggregate.h"

#include "query/expression.h"
#include "query/number.h"
#include "query/sort.h"

/* The values of one group. */
typedef struct Values {
    uint32_t *ids;
    uint32_t count;
    bool has_error; /* of some row */
} Values;

static RpAggregate
kind_of(const RpOp *aggregate)
{
    return (RpAggregate)(aggregate->detail & ~(uint32_t)RP_AGGREGATE_DISTINCT);
}

static int
compare_terms(const void *state, uint32_t a, uint32_t b)
{
    return rp_scalar_term_order((RpQueryRun *)state, a, b);
}

static int
compare_ids(const void *state, uint32_t a, uint32_t b)
{
    (void)state;
    return (a > b) - (a < b);
}

/* DISTINCT: each term once. */
static RpStatus
make_distinct(RpQueryRun *run, Values *values)
{
    uint32_t kept = 0;

    RP_TRY(rp_query_sort(run, values->ids, values->count, compare_ids, NULL));
    for (uint32_t i = 0; i < values->count; i++) {
        if (kept == 0 || values->ids[kept - 1] != values->ids[i]) {
            values->ids[kept++] = values->ids[i];
        }
    }
    values->count = kept;
    return RP_OK;
}

static RpStatus
give_number(RpQueryRun *run, const RpNumber *number, RpTermId *id)
{
    RpScalar scalar;

    RP_TRY(rp_number_give(run, number, &scalar));
    return rp_scalar_id(run, &scalar, id);
}

static RpStatus
give_count(RpQueryRun *run, uint32_t count, RpTermId *id)
{
    RpNumber number;

    if (count < RP_SMALL_INTEGERS && run->small_integers[count] != RP_TERM_NONE) {
        *id = run->small_integers[count];
        return RP_OK;
    }
    number.type = RP_NUMBER_INTEGER;
    rp_exact_set(&number.exact, count);
    RP_TRY(give_number(run, &number, id));
    if (count < RP_SMALL_INTEGERS) {
        run->small_integers[count] = *id;
    }
    return RP_OK;
}

/* COUNT(DISTINCT *): different rows. */
static RpStatus
count_distinct_rows(RpQueryRun *run, const RpSolutions *rows, const uint32_t *numbers,
                    uint32_t count, RpTermId *id)
{
    size_t size = sizeof(uint32_t) * rows->width;
    uint32_t *columns = rp_pool_take(run->pool, size);
    RpSolutions group;
    RpSolutions distinct;

    if (!columns) {
        return rp_arena_failure(&run->arena, run->error);
    }
    RP_TRY(rp_solutions_make_like(&group, rows, 0));
    for (uint32_t i = 0; i < count; i++) {
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_solutions_append(&group, &row));
        memcpy(row, rp_solutions_row(rows, numbers[i]), sizeof(RpTermId) * rows->width);
    }
    for (uint32_t i = 0; i < rows->width; i++) {
        columns[i] = i;
    }
    RP_TRY(rp_query_distinct(run, &group, columns, rows->width, &distinct));
    RP_TRY(give_count(run, distinct.count, id));
    rp_solutions_drop(&group);
    rp_solutions_drop(&distinct);
    rp_pool_give(run->pool, columns, size);
    return RP_OK;
}

/* Whether an outcome depends on the order of the values: that of texts, and of sums of reals, which
 * are rounded on the way, and of long numbers, which may have too many digits on the way. */
static bool
depends_on_order(const RpQueryRun *run, RpAggregate kind, const Values *values)
{
    /* However many are so short, before the point and behind, no sum of theirs is too long. */
    const uint32_t short_length = RP_EXACT_DIGIT_LIMIT / 2 - 10;

    if (kind != RP_AGGREGATE_SUM && kind != RP_AGGREGATE_AVG) {
        return kind == RP_AGGREGATE_GROUP_CONCAT;
    }
    for (uint32_t i = 0; i < values->count; i++) {
        RpTermId datatype = rp_dictionary_datatype(&run->computed, values->ids[i]);

        if (datatype == RP_VOCABULARY_xsd_double || datatype == RP_VOCABULARY_xsd_float ||
            rp_dictionary_term(&run->computed, values->ids[i]).lexical.length > short_length) {
            return true;
        }
    }
    return false;
}

static RpStatus
collect(RpQueryRun *run, const RpOp *aggregate, const RpSolutions *rows, const uint32_t *numbers,
        uint32_t count, Values *values)
{
    const RpOp *argument = aggregate->children[0];
    uint32_t column = argument->kind == RP_ALGEBRA_VARIABLE
                          ? rp_solutions_column(rows, argument->value)
                          : RP_NO_COLUMN;

    for (uint32_t i = 0; i < count; i++) {
        RpTermId id;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        if (column != RP_NO_COLUMN) {
            id = rp_solutions_row(rows, numbers[i])[column];
        } else {
            RP_TRY(rp_expression_id(run, argument, rows, numbers[i], &id));
        }
        if (id != RP_TERM_NONE) {
            values->ids[values->count++] = id;
        } else {
            values->has_error = true;
        }
    }
    if (aggregate->detail & RP_AGGREGATE_DISTINCT) {
        RP_TRY(make_distinct(run, values));
    }
    return depends_on_order(run, kind_of(aggregate), values)
               ? rp_query_sort(run, values->ids, values->count, compare_terms, run)
               : RP_OK;
}

/* Add a value to a sum. Once the sum has too many digits, whether this is a number at all. */
static RpStatus
add_value(RpQueryRun *run, RpTermId value, RpStatus *status, RpNumber *sum, bool *is_number)
{
    RpScalar scalar = rp_scalar_of_id(run, value);
    RpNumber number;
    RpNumber next;

    RP_TRY(rp_arena_poll(&run->arena, run->error));
    if (*status == RP_OK) {
        *status = rp_number_read(run, &scalar, &number, is_number);
        if (*status == RP_OK && *is_number) {
            *status = rp_number_combine(run, RP_FUNCTION_add, sum, &number, &next, is_number);
            *sum = next;
        }
        return *status == RP_TOO_LARGE ? RP_OK : *status;
    }
    *is_number = rp_scalar_is_number(&scalar);
    return RP_OK;
}

/* SUM and AVG: of nothing 0. One value that is no number makes it an error, also where others have
 * too many digits, whichever comes first. */
static RpStatus
add_up(RpQueryRun *run, const Values *values, bool is_average, RpTermId *id)
{
    RpNumber sum = {.type = RP_NUMBER_INTEGER};
    bool is_number = true;
    RpStatus status = RP_OK;

    if (values->has_error) {
        return RP_OK;
    }
    for (uint32_t i = 0; i < values->count && is_number; i++) {
        RP_TRY(add_value(run, values->ids[i], &status, &sum, &is_number));
    }
    if (is_number && status != RP_OK) {
        return rp_number_refuse(run);
    }
    if (is_number && is_average && values->count > 0) {
        RpNumber count = {.type = RP_NUMBER_INTEGER};
        RpNumber average;

        rp_exact_set(&count.exact, values->count);
        RP_TRY(rp_number_combine(run, RP_FUNCTION_divide, &sum, &count, &average, &is_number));
        sum = average;
    }
    return is_number ? give_number(run, &sum, id) : RP_OK;
}

static RpStatus
find_extreme(RpQueryRun *run, const Values *values, bool is_largest, RpTermId *id)
{
    for (uint32_t i = 0; i < values->count && !values->has_error; i++) {
        int order = i > 0 ? rp_scalar_order(run, values->ids[i], *id) : 0;

        RP_TRY(rp_query_poll_compared(run));
        if (i == 0 || (is_largest ? order > 0 : order < 0)) {
            *id = values->ids[i];
        }
    }
    return RP_OK;
}

/* SAMPLE: the first in the order of terms. */
static RpStatus
find_first(RpQueryRun *run, const Values *values, RpTermId *id)
{
    for (uint32_t i = 0; i < values->count; i++) {
        RP_TRY(rp_query_poll_compared(run));
        if (i == 0 || rp_scalar_term_order(run, values->ids[i], *id) < 0) {
            *id = values->ids[i];
        }
    }
    return RP_OK;
}

static RpStatus
concatenate(RpQueryRun *run, const Values *values, RpTermId separator_id, RpTermId *id)
{
    RpText separator = rp_scalar_of_id(run, separator_id).term.lexical;
    bool has_blank = false;
    RpScalar scalar;
    RpBuffer buffer;

    rp_buffer_init_limited(&buffer, &run->texts, RP_QUERY_TEXT_LIMIT_BYTES + 1);
    for (uint32_t i = 0; i < values->count; i++) {
        RpTerm term = rp_scalar_of_id(run, values->ids[i]).term;

        RP_TRY(rp_arena_poll_bytes(&run->arena, term.lexical.length, run->error));
        has_blank = has_blank || term.kind == RP_BLANK;
        if (i > 0) {
            rp_buffer_append_text(&buffer, separator);
        }
        rp_buffer_append_text(&buffer, term.lexical);
    }
    RP_TRY(rp_query_check_text(run, &buffer));
    scalar = rp_scalar_string(rp_buffer_text(&buffer));
    return has_blank || values->has_error ? RP_OK : rp_scalar_id(run, &scalar, id);
}

static RpStatus
compute(RpQueryRun *run, const RpOp *aggregate, const Values *values, RpTermId *id)
{
    RpAggregate kind = kind_of(aggregate);

    switch (kind) {
    case RP_AGGREGATE_COUNT:
        return give_count(run, values->count, id);
    case RP_AGGREGATE_SUM:
    case RP_AGGREGATE_AVG:
        return add_up(run, values, kind == RP_AGGREGATE_AVG, id);
    case RP_AGGREGATE_SAMPLE:
        return find_first(run, values, id);
    case RP_AGGREGATE_GROUP_CONCAT:
        return concatenate(run, values, aggregate->children[1]->value, id);
    default:
        return find_extreme(run, values, kind == RP_AGGREGATE_MAX, id);
    }
}

/* COUNT(*), and COUNT of a variable that all rows bind. */
static bool
counts_rows(const RpOp *aggregate, const RpSolutions *rows)
{
    uint32_t column;

    if (aggregate->detail != RP_AGGREGATE_COUNT) {
        return false;
    }
    if (aggregate->child_count == 0) {
        return true;
    }
    if (aggregate->children[0]->kind != RP_ALGEBRA_VARIABLE) {
        return false;
    }
    column = rp_solutions_column(rows, aggregate->children[0]->value);
    return column != RP_NO_COLUMN && rows->is_certain[column];
}

RpStatus
rp_aggregate_value(RpQueryRun *run, const RpOp *aggregate, const RpSolutions *rows,
                   const uint32_t *numbers, uint32_t count, RpTermId *id)
{
    size_t size = sizeof(uint32_t) * ((size_t)count + 1);
    Values values = {0};

    *id = RP_TERM_NONE;
    if (counts_rows(aggregate, rows)) {
        return give_count(run, count, id);
    }
    if (aggregate->child_count == 0) {
        return count_distinct_rows(run, rows, numbers, count, id);
    }
    values.ids = rp_pool_take(run->pool, size);
    if (!values.ids) {
        return rp_arena_failure(&run->arena, run->error);
    }
    RP_TRY(collect(run, aggregate, rows, numbers, count, &values));
    rp_expression_begin_texts(run);
    RP_TRY(compute(run, aggregate, &values, id));
    rp_pool_give(run->pool, values.ids, size);
    return RP_OK;
}
