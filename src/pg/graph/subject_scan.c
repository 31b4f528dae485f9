/*
 * See graph_store_internal.h. A node that comes is read with every predicate of its shapes: to find
 * all its rows takes one search in the index, and no ids of predicates. A node may have millions of
 * other rows, so the scan ends after a few for each read; then its reads are left to be answered
 * one by one.
 */
#include "pg/graph/graph_store_internal.h"

/* From how many reads on a subject is scanned, and how many rows it may have for each: a row is
 * passed in about a quarter of the time of a search. */
enum { READS_OF_A_SCAN = 4, ROWS_OF_A_READ = 4 };

/* Whether a scan of the subject may answer a read. */
static bool
is_of_subject(const RpStoreRead *read)
{
    return !read->is_inverse && read->predicate != RP_TERM_NONE;
}

/* qsort: those of a subject together, the others behind them. */
static int
compare_subjects(const void *a, const void *b)
{
    const RpStoreRead *first = *(const RpStoreRead *const *)a;
    const RpStoreRead *second = *(const RpStoreRead *const *)b;

    if (is_of_subject(first) != is_of_subject(second)) {
        return is_of_subject(second) - is_of_subject(first);
    }
    return (first->node > second->node) - (first->node < second->node);
}

/* How many reads stand in front that a scan may answer. */
static uint32
count_of_subjects(const RpStoreRead *const *reads, uint32 count)
{
    uint32 end = 0;

    while (end < count && is_of_subject(reads[end])) {
        end++;
    }
    return end;
}

/* The end of the reads of one subject that begin at a place. */
static uint32
end_of_subject(const RpStoreRead *const *reads, uint32 first, uint32 count)
{
    uint32 end = first + 1;

    while (end < count && is_of_subject(reads[end]) && reads[end]->node == reads[first]->node) {
        end++;
    }
    return end;
}

static bool
is_scanned(const RpStoreRead *const *reads, uint32 first, uint32 end)
{
    return is_of_subject(reads[first]) && end - first >= READS_OF_A_SCAN;
}

/* One read of each subject that is scanned; returns how many. */
static uint32
gather_subjects(const RpStoreRead *const *reads, uint32 count, const RpStoreRead **subjects)
{
    uint32 subject_count = 0;

    for (uint32 i = 0, end; i < count; i = end) {
        end = end_of_subject(reads, i, count);
        if (is_scanned(reads, i, end)) {
            subjects[subject_count++] = reads[i];
        }
    }
    return subject_count;
}

/* NULL: no index leads with the subject. */
static RpKeyScan *
begin_scan(const RpGraphSource *source)
{
    const RpTermPlace *subject = &source->places[RP_POSITION_SUBJECT];
    const RpTermPlace *predicate = &source->places[RP_POSITION_PREDICATE];
    const RpReadGroup all = {.predicate = RP_TERM_NONE};
    const RpKeyIndex *index;

    if (subject->form == RP_FORM_CONSTANT || predicate->form == RP_FORM_CONSTANT) {
        return NULL;
    }
    index = rp_read_group_index(source, &all, subject->value, false);
    return OidIsValid(index->index) ? rp_key_scan_begin(&source->rows, index) : NULL;
}

/* Find the rows of the subject of some reads. has_all: false where there are too many. Rows that
 * were found till then do no harm. */
static RpStatus
scan_subject(const RpFetch *fetch, RpKeyScan *scan, const RpStoreRead *const *reads, uint32 count,
             bool *has_all, RpError *error)
{
    const RpReadGroup subject = {.reads = reads, .count = 1, .predicate = RP_TERM_NONE};
    uint32 rows_left = ROWS_OF_A_READ * count;
    Datum *keys;
    uint32 key_count = rp_read_keys_of_nodes(fetch, &subject, &keys);

    *has_all = true;
    for (uint32 i = 0; i < key_count; i++) {
        Datum values[RP_KEY_LIMIT] = {keys[i]};

        rp_key_scan_find(scan, values);
        while (rp_key_scan_next(scan, fetch->found->values, fetch->found->nulls)) {
            if (rows_left-- == 0) {
                *has_all = false;
                return RP_OK;
            }
            RP_TRY(rp_found_rows_add(fetch->found, error));
        }
    }
    return RP_OK;
}

/* Scan one subject after the other. */
static RpStatus
scan_subjects(const RpFetch *fetch, RpKeyScan *scan, const RpStoreRead **reads, uint32 *count,
              RpError *error)
{
    uint32 left = 0;

    for (uint32 i = 0, end; i < *count; i = end) {
        bool is_answered = false;

        end = end_of_subject(reads, i, *count);
        if (is_scanned(reads, i, end)) {
            RP_TRY(scan_subject(fetch, scan, reads + i, end - i, &is_answered, error));
        }
        for (uint32 k = i; !is_answered && k < end; k++) {
            reads[left++] = reads[k];
        }
    }
    *count = left;
    return rp_found_rows_offer(fetch->found, error);
}

/* The rows' other predicates are passed over before anything else of them is read. */
RpStatus
rp_subject_scan(RpFetch *fetch, const RpStoreRead **reads, uint32 *count, RpError *error)
{
    const RpStoreRead **subjects;
    uint32 subject_count;
    RpKeyScan *scan;
    RpStatus status;

    if (*count < READS_OF_A_SCAN) {
        return RP_OK;
    }
    subjects = palloc(sizeof(RpStoreRead *) * *count);
    qsort(reads, *count, sizeof(RpStoreRead *), compare_subjects);
    subject_count = gather_subjects(reads, *count, subjects);
    scan = subject_count == 0 ? NULL : begin_scan(fetch->source);
    if (scan == NULL) {
        return RP_OK;
    }
    rp_read_keys_find(fetch, subjects, subject_count, false);
    rp_found_rows_want(fetch->found, fetch->dictionary, reads, count_of_subjects(reads, *count));
    status = scan_subjects(fetch, scan, reads, count, error);
    rp_found_rows_want(fetch->found, NULL, NULL, 0);
    rp_key_scan_end(scan);
    return status;
}
