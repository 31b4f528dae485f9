/* See place_log.h. */
#include "validate/place_log.h"

enum { FIRST_ENTRIES = 32, MOST_ENTRIES = 16 * 1024, KIND_SHIFT = 30 };

#define HALF_HASH UINT32_C(0x3fffffff)

void
rp_place_log_init(RpPlaceLog *log, RpDataGraph *data, RpArena *arena)
{
    *log = (RpPlaceLog){.data = data, .arena = arena};
}

static RpStatus
add_block(RpPlaceLog *log, RpError *error)
{
    uint32_t capacity = log->last == NULL                    ? FIRST_ENTRIES
                        : log->last->capacity < MOST_ENTRIES ? log->last->capacity * 2
                                                             : MOST_ENTRIES;
    RpPlaceBlock *block = rp_arena_allocate(
        log->arena, sizeof(RpPlaceBlock) + sizeof(RpPlaceEntry) * (size_t)capacity);

    if (!block) {
        return rp_arena_failure(log->arena, error);
    }
    *block = (RpPlaceBlock){.capacity = capacity};
    if (log->last != NULL) {
        log->last->next = block;
    } else {
        log->first = block;
    }
    log->last = block;
    return RP_OK;
}

/* Ids are below 2^30: a document of a gigabyte has no room for so many terms. */
static inline RpStatus
put(RpPlaceLog *log, RpPlaceKind kind, uint32_t high, uint32_t low, uint32_t line, RpError *error)
{
    if (log->last == NULL || log->last->count == log->last->capacity) {
        RP_TRY(add_block(log, error));
    }
    log->last->entries[log->last->count++] =
        (RpPlaceEntry){(uint32_t)kind << KIND_SHIFT | high, low, line};
    return RP_OK;
}

/* As equal terms are, equal hashes are: the language tag in lower case. */
uint64_t
rp_place_hash(const RpPlaceLog *log, const RpTerm *term)
{
    const RpHashKey *key = rp_dictionary_key(&log->data->dictionary);
    bool is_string =
        term->datatype.data == rp_xsd_string.data || rp_text_equals(term->datatype, rp_xsd_string);
    RpHash hash;

    rp_hash_begin(&hash, key);
    rp_hash_word(&hash, (uint64_t)term->kind << 32 | term->language.length);
    if (term->language.length > 0) {
        rp_language_hash(&hash, term->language);
    } else if (term->datatype.length > 0 && !is_string) {
        rp_hash_word(&hash, rp_hash_bytes(key, term->datatype.data, term->datatype.length));
    }
    return rp_hash_end(&hash, term->lexical.data, term->lexical.length) >> 2;
}

static RpStatus
put_aside(RpPlaceLog *log, RpPlaceKind kind, uint64_t hash, uint32_t line, RpError *error)
{
    return put(log, kind, (uint32_t)(hash >> 32) & HALF_HASH, (uint32_t)hash, line, error);
}

/* Note the subject of a triple that is not kept, where a statement starts with it: once for those
 * that follow each other. */
static RpStatus
put_subject_aside(RpPlaceLog *log, const RpTerm *subject, uint32_t line, RpError *error)
{
    uint64_t hash;

    if (line == 0 || (subject->mark != 0 && subject->mark == log->statement_mark)) {
        return RP_OK;
    }
    log->statement_mark = subject->mark;
    hash = rp_place_hash(log, subject);
    if (hash == log->statement_aside) {
        return RP_OK;
    }
    log->statement_aside = hash;
    return put_aside(log, RP_PLACE_SUBJECT_ASIDE, hash, line, error);
}

/* Note the subject of a triple that is kept, unless as much of it is noted already. */
static RpStatus
put_subject(RpPlaceLog *log, const RpTerm *subject, uint32_t line, RpError *error)
{
    if (line != 0) {
        log->statement_mark = subject->mark;
    }
    if (log->data->repeats_subject && (line == 0 || log->has_statement)) {
        return RP_OK;
    }
    log->has_statement = line != 0;
    return put(log, RP_PLACE_SUBJECT, 0, RP_TERM_NONE, line, error);
}

RpStatus
rp_place_log_add(RpPlaceLog *log, const RpTerm *subject, const RpTerm *predicate,
                 const RpTerm *object, RpPosition position, RpError *error)
{
    const RpGraph *graph = &log->data->graph;
    uint32_t count = graph->count;

    RP_TRY(rp_data_graph_add_waiting(log->data, subject, predicate, object, error));
    if (graph->count > count) {
        RP_TRY(put_subject(log, subject, position.subject_line, error));
        return put(log, RP_PLACE_TRIPLE, graph->by_subject[count].predicate, RP_TERM_NONE,
                   position.line, error);
    }
    RP_TRY(put_subject_aside(log, subject, position.subject_line, error));
    return put_aside(log, RP_PLACE_OBJECT_ASIDE, rp_place_hash(log, object), position.line, error);
}

/* Until the graph is frozen, its triples are in the order of the entries. */
RpStatus
rp_place_log_end(RpPlaceLog *log, RpError *error)
{
    const RpTriple *triple = log->data->graph.by_subject;

    RP_TRY(rp_data_graph_settle(log->data, error));
    for (RpPlaceBlock *block = log->first; block != NULL; block = block->next) {
        RP_TRY(
            rp_arena_poll_bytes(log->arena, sizeof(RpPlaceEntry) * (uint64_t)block->count, error));
        for (uint32_t i = 0; i < block->count; i++) {
            RpPlaceEntry *entry = &block->entries[i];

            if (rp_place_kind(entry) == RP_PLACE_SUBJECT) {
                entry->low = triple->subject;
            } else if (rp_place_kind(entry) == RP_PLACE_TRIPLE) {
                entry->low = triple++->object;
            }
        }
    }
    return RP_OK;
}
