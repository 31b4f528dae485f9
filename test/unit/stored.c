/* See stored.h. */
#include "stored.h"

#include <stdio.h>

#include "host.h"
#include "rdf/turtle_reader.h"
#include "shacl/component.h"
#include "validate/details.h"
#include "validate/slice_report.h"

enum { ARENA_LIMIT = 256 << 20, DEPTH_LIMIT = 128 };

RpStatus
rp_test_stored_begin(RpTestStored *stored, const char *shapes)
{
    *stored = (RpTestStored){.limits = {UINT64_MAX, UINT64_MAX, UINT64_MAX}, .memory = ARENA_LIMIT};
    RP_TRY(rp_test_run_begin(&stored->run, shapes, ""));
    return rp_read_map_make(&stored->run.image, &stored->run.arena, &stored->map,
                            &stored->run.error);
}

void
rp_test_stored_end(RpTestStored *stored)
{
    rp_test_run_end(&stored->run);
}

RpTermId
rp_test_stored_term(RpTestStored *stored, const RpTerm *term)
{
    RpTermId id = RP_TERM_NONE;

    CHECK_STATUS(rp_dictionary_add(&stored->run.data.dictionary, term, &id, &stored->run.error),
                 RP_OK);
    return id;
}

/* Where a text's triples go. */
typedef struct Reading {
    RpTestStored *stored;
    RpTestTriples *triples;
} Reading;

static RpStatus
read_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
            RpPosition position, RpError *error)
{
    Reading *reading = state;
    RpTriple triple = {rp_test_stored_term(reading->stored, subject),
                       rp_test_stored_term(reading->stored, predicate),
                       rp_test_stored_term(reading->stored, object)};

    (void)position;
    if (reading->triples->count == RP_STORED_TRIPLE_LIMIT) {
        return rp_error_set(error, RP_TOO_LARGE, "too many triples for a test");
    }
    reading->triples->triples[reading->triples->count++] = triple;
    return RP_OK;
}

RpStatus
rp_test_stored_read(RpTestStored *stored, const char *turtle, RpTestTriples *triples)
{
    RpTurtleOptions options = {.depth_limit = RP_TURTLE_DEPTH_LIMIT,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    Reading reading = {stored, triples};
    RpTripleSink sink = {.state = &reading, .triple = read_triple};

    triples->count = 0;
    rp_dictionary_forget_marks(&stored->run.data.dictionary);
    return rp_turtle_read(&stored->run.arena, rp_test_with_prefixes(&stored->run.arena, turtle),
                          &options, &sink, &stored->run.error);
}

static bool
is_same(const RpTriple *a, const RpTriple *b)
{
    return a->subject == b->subject && a->predicate == b->predicate && a->object == b->object;
}

void
rp_test_stored_change(RpTestStored *stored, RpTriple triple, bool is_removal,
                      RpTestChanges *changes)
{
    RpTestTriples *now = &stored->now;
    uint32_t at = 0;

    while (at < now->count && !is_same(&now->triples[at], &triple)) {
        at++;
    }
    if (is_removal && at < now->count) {
        now->triples[at] = now->triples[--now->count];
    } else if (!is_removal && at == now->count && at < RP_STORED_TRIPLE_LIMIT) {
        now->triples[now->count++] = triple;
    }
    if (CHECK(changes->count < RP_STORED_TRIPLE_LIMIT)) {
        changes->changes[changes->count++] = (RpChange){triple, is_removal};
    }
}

RpStatus
rp_test_stored_data(RpTestStored *stored, RpArena *arena, RpDataGraph *data)
{
    const RpDictionary *terms = &stored->run.data.dictionary;

    rp_data_graph_init(data, &stored->run.image, arena, 0);
    for (RpTermId id = rp_dictionary_first_own(terms); id < rp_dictionary_end(terms); id++) {
        RpTerm term = rp_dictionary_term(terms, id);
        RpTermId same;

        RP_TRY(rp_dictionary_add(&data->dictionary, &term, &same, &stored->run.error));
        CHECK_INT(same, id);
    }
    return RP_OK;
}

static bool
is_answer(const RpStoreRead *read, const RpTriple *triple)
{
    return read->node == (read->is_inverse ? triple->object : triple->subject) &&
           (read->predicate == RP_TERM_NONE || read->predicate == triple->predicate);
}

static void
note_read(RpTestFetching *fetching, const RpStoreRead *read)
{
    RpTermKind kind = rp_dictionary_kind(fetching->dictionary, read->node);
    bool is_of_image = read->node < rp_dictionary_first_own(fetching->dictionary);
    bool is_wrong = (kind == RP_LITERAL && !read->is_inverse) || (kind == RP_BLANK && is_of_image);

    for (uint32_t i = 0; i < fetching->seen_count && !is_wrong; i++) {
        const RpStoreRead *seen = &fetching->seen[i];

        is_wrong = seen->node == read->node && seen->is_inverse == read->is_inverse &&
                   (seen->predicate == read->predicate || seen->predicate == RP_TERM_NONE);
    }
    fetching->stored->repeated_read_count += is_wrong;
    if (CHECK(fetching->seen_count < 4096)) {
        fetching->seen[fetching->seen_count++] = *read;
    }
}

static RpStatus
give(RpTestFetching *fetching, const RpTriple *triple, RpError *error)
{
    const RpDictionary *terms = &fetching->stored->run.data.dictionary;
    RpTerm subject = rp_dictionary_term(terms, triple->subject);
    RpTerm predicate = rp_dictionary_term(terms, triple->predicate);
    RpTerm object = rp_dictionary_term(terms, triple->object);

    fetching->stored->triple_count++;
    return fetching->sink->triple(fetching->sink->state, &subject, &predicate, &object,
                                  (RpPosition){0}, error);
}

/* RpStore.fetch. */
static RpStatus
fetch(void *state, const RpDictionary *dictionary, const RpStoreRead *reads, uint32_t count,
      const RpTripleSink *sink, RpError *error)
{
    RpTestFetching *fetching = state;
    const RpTestStored *stored = fetching->stored;

    fetching->dictionary = dictionary;
    fetching->sink = sink;
    CHECK(count > 0);
    /* A read of one predicate that a read of all in the same layer answers would be one too many:
     * so those of all are noted first. */
    for (uint32_t i = 0; i < 2 * count; i++) {
        if ((reads[i % count].predicate == RP_TERM_NONE) == (i < count)) {
            note_read(fetching, &reads[i % count]);
        }
    }
    for (uint32_t i = 0; i < stored->now.count; i++) {
        const RpTriple *triple = &stored->now.triples[i];
        uint32_t times = stored->gives_all || (stored->is_generous && i % 3 == 0) ? 1 : 0;

        for (uint32_t j = 0; j < count; j++) {
            times += is_answer(&reads[j], triple);
        }
        for (uint32_t j = 0; j < (stored->is_generous ? times : times > 0); j++) {
            RP_TRY(give(fetching, triple, error));
        }
    }
    return RP_OK;
}

void
rp_test_stored_store(RpTestStored *stored, RpTestFetching *fetching, RpStore *store)
{
    *fetching = (RpTestFetching){.stored = stored};
    *store = (RpStore){fetching, fetch};
}

static void
write_term(RpBuffer *buffer, const RpDataGraph *data, RpTermId id)
{
    RpTerm term;

    if (id == RP_TERM_NONE) {
        rp_buffer_append_byte(buffer, '-');
        return;
    }
    term = rp_dictionary_term(&data->dictionary, id);
    rp_buffer_append_format(buffer, "%u'", (unsigned)term.kind);
    rp_buffer_append_text(buffer, term.lexical);
    rp_buffer_append_byte(buffer, '\'');
    rp_buffer_append_text(buffer, term.language);
}

static void
write_result(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    const RpImage *image = data->image;

    write_term(buffer, data, result->focus);
    rp_buffer_append_format(
        buffer, " %s shape %u constraint %u path %u ",
        rp_component_table[image->constraints[result->constraint].component].violation_type,
        (unsigned)result->shape, (unsigned)result->constraint, (unsigned)result->path);
    write_term(buffer, data, result->path_predicate);
    rp_buffer_append_byte(buffer, ' ');
    write_term(buffer, data, result->value);
    rp_buffer_append_format(buffer, " {count %u%s", (unsigned)result->count,
                            result->details_are_cut ? " cut" : "");
    for (const RpResult *detail = result->details; detail; detail = detail->next) {
        rp_buffer_append_byte(buffer, ' ');
        write_result(buffer, data, detail);
    }
    rp_buffer_append_byte(buffer, '}');
}

static RpStatus
write_lines(RpTestLines *lines, const RpDataGraph *data, const RpReport *report, RpError *error)
{
    lines->lines = rp_arena_allocate(&lines->arena, sizeof(char *) * (report->kept_count + 1));
    if (!lines->lines) {
        return rp_arena_failure(&lines->arena, error);
    }
    for (const RpResult *result = report->first; result; result = result->next) {
        RpBuffer buffer;

        rp_buffer_init(&buffer, &lines->arena);
        write_result(&buffer, data, result);
        rp_buffer_append_byte(&buffer, '\0');
        RP_TRY(rp_buffer_status(&buffer, error));
        lines->lines[lines->count++] = buffer.data;
    }
    return RP_OK;
}

/* What is judged: at most one of these; none: the whole. */
typedef struct Judged {
    const RpTestChanges *changes;
    const RpPart *part;
    const RpFocus *focus;
    uint32_t slice_count;
} Judged;

static RpNodeKey
key_of(const RpDataGraph *data, RpTermId id)
{
    RpTerm term = rp_dictionary_term(&data->dictionary, id);

    return rp_node_key(rp_dictionary_key(&data->dictionary), &term);
}

static RpNodeKey
object_key(const RpReach *reach, const RpDataGraph *data, const RpTriple *triple)
{
    return rp_reach_asks_for_object(reach, triple->predicate) ? key_of(data, triple->object) : 0;
}

/* Only what is read of the slice. */
static RpStatus
keep_reach(RpTestStored *stored, RpDataGraph *data, RpError *error)
{
    const RpImage *image = data->image;
    RpGraph *graph = &data->graph;
    uint32_t kept = 0;
    RpReach *reach;

    RP_TRY(rp_reach_make(image, data->arena, &reach, error));
    for (uint32_t i = 0; i < graph->count; i++) {
        const RpTriple *triple = &graph->by_subject[i];

        RP_TRY(rp_reach_count(reach, key_of(data, triple->subject), triple->predicate,
                              object_key(reach, data, triple), error));
    }
    RP_TRY(rp_reach_counted(reach, error));
    for (uint32_t i = 0; i < graph->count; i++) {
        const RpTriple *triple = &graph->by_subject[i];

        RP_TRY(rp_reach_add(reach, key_of(data, triple->subject), triple->predicate,
                            object_key(reach, data, triple), error));
    }
    RP_TRY(rp_reach_find(reach, (RpSlice){0, 1}, error)); /* another, before */
    RP_TRY(rp_reach_find(reach, data->slice, error));
    for (uint32_t i = 0; i < graph->count; i++) {
        RpTriple triple = graph->by_subject[i];

        if (rp_reach_has(reach, key_of(data, triple.subject), triple.predicate,
                         object_key(reach, data, &triple))) {
            graph->by_subject[kept++] = triple;
        }
    }
    graph->count = kept;
    stored->triple_count += kept;
    return RP_OK;
}

RpStatus
rp_test_stored_fill(RpTestStored *stored, RpDataGraph *data, RpError *error)
{
    for (uint32_t i = 0; i < stored->now.count; i++) {
        RpTermId predicate = stored->now.triples[i].predicate;
        bool is_of_image = predicate < rp_dictionary_first_own(&data->dictionary);

        if (rp_image_reads(data->image, is_of_image ? predicate : RP_TERM_NONE)) {
            RP_TRY(rp_graph_add(&data->graph, stored->now.triples[i], error));
        }
    }
    return RP_OK;
}

static RpStatus
judge(RpTestStored *stored, const Judged *judged, RpDataGraph *data, RpReport *report,
      RpError *error)
{
    RpTestFetching fetching;
    RpStore store;

    rp_test_stored_store(stored, &fetching, &store);
    if (judged->changes) {
        return rp_change_judge(data, stored->map, judged->changes->changes, judged->changes->count,
                               &store, &stored->limits, DEPTH_LIMIT, report, &stored->outcome,
                               error);
    }
    if (judged->part) {
        return rp_part_judge(data, stored->map, judged->part, &store, &stored->limits, DEPTH_LIMIT,
                             report, &stored->outcome, error);
    }
    RP_TRY(rp_test_stored_fill(stored, data, error));
    if (judged->focus) {
        return rp_validate_focus_nodes(data, judged->focus, 1, DEPTH_LIMIT, report, error);
    }
    return rp_validate(data, DEPTH_LIMIT, report, error);
}

/* One slice, whose results become part of the report of all. */
static RpStatus
judge_slice(RpTestStored *stored, RpSlice number, RpArena *arena, RpDataGraph *data,
            RpReport *report, RpError *error)
{
    RpSliceReport made;
    RpReport *reports[] = {&made.report};
    RpDataGraph slice;

    RP_TRY(rp_test_stored_data(stored, arena, &slice));
    slice.slice = number;
    RP_TRY(rp_test_stored_fill(stored, &slice, error));
    RP_TRY(keep_reach(stored, &slice, error));
    RP_TRY(rp_slice_report_begin(&made, report, data, &slice, error));
    RP_TRY(rp_validate(&slice, DEPTH_LIMIT, &made.report, error));
    RP_TRY(rp_details_find(reports, 1, error));
    return rp_slice_report_end(&made, &slice, report, data, error);
}

static RpStatus
judge_slices(RpTestStored *stored, uint32_t count, RpDataGraph *data, RpReport *report,
             RpError *error)
{
    RpGraph reported_pairs;

    rp_graph_init(&reported_pairs, data->arena, NULL);
    report->reported_pairs = &reported_pairs;
    for (uint32_t i = 0; i < count; i++) {
        RpArena arena;
        RpStatus status;

        rp_arena_init(&arena, &rp_test_host, stored->memory);
        status = judge_slice(stored, (RpSlice){i, count}, &arena, data, report, error);
        rp_arena_free(&arena);
        RP_TRY(status);
    }
    return rp_graph_freeze(&data->graph, error);
}

static RpStatus
run(RpTestStored *stored, const Judged *judged, RpTestLines *lines)
{
    RpError *error = &stored->run.error;
    RpReport report;
    RpReport *reports[] = {&report};
    RpDataGraph data;

    stored->triple_count = 0;
    stored->repeated_read_count = 0;
    rp_report_init(&report, &lines->arena, UINT64_MAX);
    report.keeps_details = true;
    RP_TRY(rp_test_stored_data(stored, &lines->arena, &data));
    RP_TRY(judged->slice_count > 0
               ? judge_slices(stored, judged->slice_count, &data, &report, error)
               : judge(stored, judged, &data, &report, error));
    if (judged->changes && stored->outcome.is_beyond) {
        return RP_OK;
    }
    RP_TRY(rp_details_find(reports, 1, error));
    return write_lines(lines, &data, &report, error);
}

static void
make_lines(RpTestStored *stored, const Judged *judged, RpTestLines *lines)
{
    *lines = (RpTestLines){0};
    rp_arena_init(&lines->arena, &rp_test_host, stored->memory);
    lines->status = run(stored, judged, lines);
}

void
rp_test_stored_validate(RpTestStored *stored, RpTestLines *lines)
{
    make_lines(stored, &(Judged){0}, lines);
}

void
rp_test_stored_judge(RpTestStored *stored, const RpTestChanges *changes, RpTestLines *lines)
{
    make_lines(stored, &(Judged){.changes = changes}, lines);
}

void
rp_test_stored_part(RpTestStored *stored, const RpPart *part, RpTestLines *lines)
{
    make_lines(stored, &(Judged){.part = part}, lines);
}

void
rp_test_stored_slices(RpTestStored *stored, uint32_t slice_count, RpTestLines *lines)
{
    make_lines(stored, &(Judged){.slice_count = slice_count}, lines);
}

void
rp_test_stored_focus(RpTestStored *stored, uint32_t shape, RpTermId node, RpTestLines *lines)
{
    make_lines(stored, &(Judged){.focus = &(RpFocus){shape, node}}, lines);
}

void
rp_test_lines_end(RpTestLines *lines)
{
    rp_arena_free(&lines->arena);
}

/* The length of a line without its details. */
static size_t
length_of(const char *line)
{
    return strcspn(line, "{");
}

const char *
rp_test_lines_beyond(const RpTestLines *lines, const RpTestLines *others)
{
    for (uint32_t i = 0; i < lines->count; i++) {
        size_t length = length_of(lines->lines[i]);
        bool is_there = false;

        for (uint32_t j = 0; j < others->count && !is_there; j++) {
            is_there = length_of(others->lines[j]) == length &&
                       memcmp(lines->lines[i], others->lines[j], length) == 0;
        }
        if (!is_there) {
            return lines->lines[i];
        }
    }
    return NULL;
}

bool
rp_test_lines_are(const RpTestLines *lines, const RpTestLines *expected, const char *what)
{
    for (uint32_t i = 0; i < lines->count || i < expected->count; i++) {
        const char *line = i < lines->count ? lines->lines[i] : "(nothing)";
        const char *wanted = i < expected->count ? expected->lines[i] : "(nothing)";

        if (strcmp(line, wanted) != 0) {
            (void)printf("%s: %s\n  expected: %s\n", what, line, wanted);
            return false;
        }
    }
    return lines->status == expected->status;
}
