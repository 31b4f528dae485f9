/*
 * One transaction's changes of one graph, judged: see transaction_judge.h. The order of things is
 * what makes it sound (README.md, "Locks"): what is written is locked, then what evaluation reads,
 * layer by layer, and after each layer's locks comes a new snapshot, under which it is read. So
 * whoever is judged later sees what was judged before him, at every isolation level.
 */
#include "pg/enforce/transaction_judge.h"

#include "access/xact.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "incremental/change_judge.h"
#include "pg/enforce/captured_triples.h"
#include "pg/enforce/enforcement.h"
#include "pg/enforce/graph_lock.h"
#include "pg/enforce/graph_violation.h"
#include "pg/enforce/judgement_timer.h"
#include "pg/enforce/read_maps.h"
#include "pg/enforce/whole_judge.h"
#include "pg/enforce/written_graph.h"
#include "pg/graph/graph_rights.h"
#include "pg/graph/graph_store.h"
#include "pg/graph/row_scan.h"
#include "pg/judge/violation_error.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

enum {
    /* Beyond these, judging all that is stored is quicker: it takes some 0.5 µs a triple, and a
     * read by index 5. */
    PAIR_LIMIT = 1000000,
    READ_LIMIT = 300000,
    /* Changes that are more than such a part of the graph are judged by reading all of it. */
    WHOLE_FRACTION = 8
};

/* The judgement of one capture by one policy. */
typedef struct Judging {
    const RpCapture *capture;
    const RpStoredGraph *graph;
    const RpEnforcement *enforcement;
    const text *policy;
    FmgrInfo place; /* holds the policy's image while it is judged by (rp_policy_select_at) */
    const RpPolicyUse *use;
    const RpReadMap *map;
    RpPredicateLearning learning;
    RpGraphLocks *locks;
    RpStore tables;
    bool has_snapshot;
    bool was_strengthened; /* node locks were given up: what has been read may not be so any more */
    uint64 untold;         /* removed rows whose triples cannot be told any more */
    RpChangeList changes;
    RpJudgement judgement;
} Judging;

/* Look at what is committed by now, and done by this transaction. */
static void
push_latest(void)
{
    PushActiveSnapshot(GetLatestSnapshot());
}

/* The same, in place of what the judgement has looked at. */
static void
see_latest(Judging *judging)
{
    if (judging->has_snapshot) {
        PopActiveSnapshot();
    }
    push_latest();
    judging->has_snapshot = true;
}

/* The policy that the snapshot shows. False: it is the one that has been judged by already. */
static bool
select_policy(Judging *judging)
{
    const RpImage *former = judging->use == NULL ? NULL : judging->use->image;
    const RpPolicySelection *selection =
        rp_policy_select_at(&judging->place, judging->graph->namespace, judging->policy);

    judging->use = selection->use_count > 0 ? &selection->uses[0] : NULL;
    return (judging->use == NULL ? NULL : judging->use->image) != former;
}

/* RpCapturedSink.triple. Which named graph it is in makes no difference here: the store shows those
 * that are judged. */
static RpStatus
add_change(void *state, bool is_removal, const RpTerm *subject, const RpTerm *predicate,
           const RpTerm *object, const RpTerm *graph pg_attribute_unused(), RpError *error)
{
    Judging *judging = state;

    return rp_change_list_add(&judging->changes, &judging->judgement.data, judging->map, subject,
                              predicate, object, is_removal, error);
}

/* Whether the policy reads triples of a predicate that come, or go. */
static RpStatus
reads_predicate(Judging *judging, bool is_removal, const RpTerm *predicate, bool *is_read,
                RpError *error)
{
    RpTermId id;

    return rp_change_is_read(&judging->judgement.data, judging->map, predicate, is_removal, &id,
                             is_read, error);
}

/* RpPassedSink.wants */
static RpStatus
wants_passed(void *state, bool is_removal, const RpTerm *predicate, bool *is_wanted, RpError *error)
{
    return reads_predicate(state, is_removal, predicate, is_wanted, error);
}

/* RpCapturedSink.wants: most of what is changed may be of predicates that no shape reads. Where
 * shapes name nodes any row matters: it may be the graph's first (answers_for_all). */
static RpStatus
wants_row(void *state, const RpCapturedRow *row, const RpTerm *predicate, bool *is_wanted,
          RpError *error)
{
    Judging *judging = state;

    RP_TRY(reads_predicate(judging, row->is_removal, predicate, is_wanted, error));
    if (judging->learning.session != 0) {
        rp_known_predicates_learn(judging->graph, rp_capture_timing(judging->capture),
                                  &judging->learning, row,
                                  *is_wanted || rp_read_map_names_nodes(judging->map));
    }
    return RP_OK;
}

/* Rows of predicates that cannot violate anything are dropped before their other terms are read. */
static void
read_changes(Judging *judging)
{
    RpCapturedSink sink = {.state = judging, .wants = wants_row, .triple = add_change};

    judging->untold =
        rp_captured_triples_read(judging->capture, judging->graph,
                                 &judging->enforcement->named_graphs, &judging->tables, &sink);
}

/* Whether rows were passed over that the policy reads: it is another one since, and what they were
 * is not known. */
static bool
has_passed_read(Judging *judging)
{
    RpPassedSink sink = {.state = judging, .wants = wants_passed};

    return rp_passed_over_is_wanted(rp_capture_passed_over(judging->capture), judging->graph,
                                    rp_capture_timing(judging->capture), &sink);
}

/* What is written is locked exclusively: each subject, and each object from which evaluation goes
 * back to subjects. Whoever edits the class hierarchy keeps out all who read classes. */
static void
lock_changes(Judging *judging)
{
    const RpChangeList *changes = &judging->changes;
    const RpDictionary *dictionary = &judging->judgement.data.dictionary;
    uint64 *keys;
    uint32 count = 0;

    if (changes->count > RP_NODE_LOCK_LIMIT) {
        rp_graph_locks_strengthen(judging->locks);
    }
    if (judging->locks->is_strong) {
        return;
    }
    keys = palloc(sizeof(uint64) * (Size)changes->count * 3);
    for (uint32 i = 0; i < changes->count; i++) {
        RpTriple triple = changes->changes[i].triple;
        RpTerm term = rp_dictionary_term(dictionary, triple.subject);

        keys[count++] = rp_graph_locks_node(judging->locks, &term, RP_NODE_OUT);
        if (rp_read_map_reads_inversely(judging->map, triple.predicate)) {
            term = rp_dictionary_term(dictionary, triple.object);
            keys[count++] = rp_graph_locks_node(judging->locks, &term, RP_NODE_IN);
        }
        if (triple.predicate == RP_VOCABULARY_rdfs_subClassOf) {
            keys[count++] = rp_graph_locks_classes(judging->locks);
        }
    }
    rp_graph_locks_take(judging->locks, keys, count, true);
    pfree(keys);
}

/*
 * What is read backwards over a predicate that evaluation reads forwards only finds those whose
 * evaluation comes to a change. Nobody locks that side to write it: whoever adds such a triple
 * evaluates its subject, and so reads forwards, under locks, what the change is.
 */
static void
lock_reads(Judging *judging, const RpDictionary *dictionary, const RpStoreRead *reads, uint32 count)
{
    uint64 *keys = palloc(sizeof(uint64) * (Size)count);
    uint32 key_count = 0;

    for (uint32 i = 0; i < count; i++) {
        RpTerm node = rp_dictionary_term(dictionary, reads[i].node);

        if (reads[i].predicate == RP_VOCABULARY_rdfs_subClassOf) {
            keys[key_count++] = rp_graph_locks_classes(judging->locks);
        } else if (!reads[i].is_inverse) {
            keys[key_count++] = rp_graph_locks_node(judging->locks, &node, RP_NODE_OUT);
        } else if (rp_read_map_reads_inversely(judging->map, reads[i].predicate)) {
            keys[key_count++] = rp_graph_locks_node(judging->locks, &node, RP_NODE_IN);
        }
    }
    rp_graph_locks_take(judging->locks, keys, key_count, false);
    pfree(keys);
}

/* RpStore.fetch: locks a layer, takes a new snapshot, and reads it. */
static RpStatus
fetch(void *state, const RpDictionary *dictionary, const RpStoreRead *reads, uint32_t count,
      const RpTripleSink *sink, RpError *error)
{
    Judging *judging = state;

    if (!judging->locks->is_strong) {
        lock_reads(judging, dictionary, reads, count);
        if (judging->locks->is_strong) {
            judging->was_strengthened = true;
            return rp_error_set(error, RP_TOO_LARGE, "more nodes are read than can be locked");
        }
        see_latest(judging);
    }
    return judging->tables.fetch(judging->tables.state, dictionary, reads, count, sink, error);
}

/* Whether so much has changed that reading all that is stored is quicker than asking for what the
 * changes matter to. Only where the whole graph is locked anyway. */
static bool
is_of_much(const Judging *judging)
{
    double stored = 0;

    if (judging->changes.count <= RP_NODE_LOCK_LIMIT) {
        return false;
    }
    for (uint32 i = 0; i < judging->graph->source_count; i++) {
        stored += rp_row_relation_estimate(&judging->graph->sources[i].rows);
    }
    return judging->changes.count > stored / WHOLE_FRACTION;
}

/* Whether all that is stored conforms: then so do the changes. Where it does not, that may be older
 * than they are. */
static bool
whole_conforms(const Judging *judging, const RpJudgementOptions *options)
{
    RpJudgementOptions first = *options;
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work = rp_bridge_context();
    bool conforms;

    first.stop_at_disallowed = 1;
    first.keeps_details = false;
    MemoryContextSwitchTo(work);
    conforms = rp_whole_judge(judging->graph, judging->enforcement, judging->use, &first, NULL);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    return conforms;
}

/*
 * Whether the transaction answers for all that is wrong: nothing that is stored is older. Its
 * changes alone would tell of all but nodes that shapes name, which lack something where there is
 * nothing. So a graph that was empty when it was enforced conforms after each commit. What was
 * judged once conformed: then changes tell of all.
 */
static bool
answers_for_all(const Judging *judging)
{
    return rp_read_map_names_nodes(judging->map) && !rp_capture_was_judged(judging->capture) &&
           rp_graph_is_written(judging->graph);
}

/* Judge the changes. False: it cannot be done by them alone. */
static bool
judge_changes(Judging *judging)
{
    RpStore store = {.state = judging, .fetch = fetch};
    RpJudgeLimits limits = {
        .pairs = PAIR_LIMIT, .triples = (uint64_t)rp_guc_max_triples, .reads = READ_LIMIT};
    RpJudgeOutcome outcome;
    RpError error;
    RpStatus status;

    status = rp_change_judge(&judging->judgement.data, judging->map, judging->changes.changes,
                             judging->changes.count, &store, &limits, (uint32_t)rp_guc_max_depth,
                             &judging->judgement.report, &outcome, &error);
    if (judging->was_strengthened) {
        return false;
    }
    RP_BRIDGE_TRY(status, &error);
    return !outcome.is_beyond;
}

/* What an earlier attempt has used stays until the end, in the judgement's memory context. What it
 * knows of a dictionary may be so no more where it gave the graph's lock back. */
static void
begin_judgement(Judging *judging, const RpJudgementOptions *options)
{
    rp_judgement_begin(judging->use, options, rp_bridge_work_arena(CurrentMemoryContext, 0),
                       &judging->judgement);
    judging->changes = (RpChangeList){0};
    rp_graph_store_make(&judging->tables, judging->graph, &judging->enforcement->named_graphs);
}

/* rp_whole_judge: who wrote what is not known of it. */
static void
tell_of_whole(const RpStoredGraph *graph, const RpEnforcement *enforcement, RpJudgement *judgement)
{
    rp_graph_violation_tell(graph, enforcement, NULL, judgement);
}

/* Judge all that is stored, when nobody else changes it, and tell of it. */
static void
judge_whole(Judging *judging, const RpJudgementOptions *options)
{
    rp_graph_locks_strengthen(judging->locks);
    see_latest(judging);
    (void)select_policy(judging);
    if (judging->use != NULL) {
        (void)rp_whole_judge(judging->graph, judging->enforcement, judging->use, options,
                             tell_of_whole);
    }
}

/* Whether errors of a kind quote what is stored: rows that are no triples, and what a row filter's
 * functions say of them. */
static bool
tells_of_data(int code)
{
    int kind = ERRCODE_TO_CATEGORY(code);

    return kind == ERRCODE_TO_CATEGORY(ERRCODE_DATA_EXCEPTION) ||
           kind == ERRCODE_TO_CATEGORY(ERRCODE_RAISE_EXCEPTION);
}

/*
 * Judge by what the captured rows changed. False: the whole graph is to be judged. A transaction
 * that changes nothing that the policy reads ends before it locks a node. What the rows' ids mean
 * stays so, since whoever changes a dictionary needs the strong lock; the snapshot is from after
 * the graph's lock.
 */
static bool
judge_rows(Judging *judging, const RpJudgementOptions *options)
{
    begin_judgement(judging, options);
    judging->map = rp_read_map_of(judging->use->image);
    if (has_passed_read(judging)) {
        return false;
    }
    read_changes(judging);
    /* A row that is gone, whose ids mean nothing by now, could have been of any node; and it is not
     * told here which of each were touched. */
    if (judging->untold > 0 || judging->enforcement->is_each || answers_for_all(judging)) {
        return false;
    }
    if (judging->changes.count == 0) {
        return true;
    }
    lock_changes(judging);
    see_latest(judging);
    return (is_of_much(judging) && whole_conforms(judging, options)) || judge_changes(judging);
}

/* Judge by the policy that is in force at the end, in the current memory context, and tell of it.
 * The graph was free for a moment when node locks were given up: all is looked at anew. */
static void
judge(Judging *judging, const RpJudgementOptions *options)
{
    see_latest(judging);
    (void)select_policy(judging);
    for (; judging->use != NULL; see_latest(judging)) {
        judging->was_strengthened = false;
        if (rp_capture_is_whole(judging->capture) || !judge_rows(judging, options)) {
            if (!judging->was_strengthened) {
                judge_whole(judging, options);
                return;
            }
        } else if (!select_policy(judging)) {
            if (!rp_report_conforms(&judging->judgement.report)) {
                rp_graph_violation_tell(judging->graph, judging->enforcement, judging->capture,
                                        &judging->judgement);
            }
            return;
        }
    }
}

/* Judge the graph, or the named graphs, of an enforcement as one. */
static void
judge_by(const RpCapture *capture, const RpStoredGraph *graph, const RpEnforcement *enforcement,
         const RpPredicateLearning *learning, RpGraphLocks *locks)
{
    RpReportRoom room = {.bytes = RP_REPORT_BYTES_UNLIMITED, .details = RP_VIOLATION_DETAILS};
    RpJudgementOptions options = {
        .kept_limit = rp_graph_violation_limit(enforcement->mode),
        .room = &room,
        .keeps_details = true,
        .keeps_disallowed_only = true,
        .severities = enforcement->severities,
        .severity_count = enforcement->severity_count,
    };
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work = rp_bridge_context();
    Judging judging = {.capture = capture,
                       .graph = graph,
                       .enforcement = enforcement,
                       .learning = *learning,
                       .locks = locks};

    MemoryContextSwitchTo(work);
    judging.place.fn_mcxt = work;
    judging.policy = rp_text_datum(enforcement->policy);
    judge(&judging, &options);
    if (judging.has_snapshot) {
        PopActiveSnapshot();
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    rp_graph_locks_keep(locks);
}

/* The named graphs that the transaction touched; *are_told false: it may be any. Of rows that were
 * passed over it is not known. */
static List *
touched_graphs(const RpCapture *capture, const RpStoredGraph *graph,
               const RpEnforcement *enforcement, bool *are_told)
{
    List *graphs = NIL;

    *are_told = !rp_capture_is_whole(capture) && rp_capture_passed_over(capture)->count == 0;
    if (*are_told) {
        push_latest();
        graphs = rp_captured_graphs(capture, graph, &enforcement->named_graphs, are_told);
        PopActiveSnapshot();
    }
    return graphs;
}

/* Judge every named graph that the transaction touched by itself. */
static void
judge_each_by(const RpCapture *capture, const RpStoredGraph *graph,
              const RpEnforcement *enforcement, const RpPredicateLearning *learning,
              RpGraphLocks *locks)
{
    bool are_told;
    List *graphs = touched_graphs(capture, graph, enforcement, &are_told);
    ListCell *cell;

    if (!are_told) {
        judge_by(capture, graph, enforcement, learning, locks);
        return;
    }
    foreach (cell, graphs) {
        RpEnforcement one = *enforcement;

        one.named_graphs = *(const RpNamedGraphs *)lfirst(cell);
        one.is_each = false;
        judge_by(capture, graph, &one, learning, locks);
    }
}

/* What may be learnt of predicates. Nothing where a named graph is judged by itself, since it must
 * be known which ones were touched. */
static RpPredicateLearning
begin_learning(const RpCapture *capture, const List *enforcements, uint64 changes)
{
    static uint64 session = 0;
    RpPredicateLearning learning = {.changes = changes,
                                    .policy_count = (uint32)list_length(enforcements)};
    bool is_any_each = false;
    ListCell *cell;

    foreach (cell, enforcements) {
        is_any_each |= ((const RpEnforcement *)lfirst(cell))->is_each;
    }
    if (rp_capture_has_unknown(capture) && !is_any_each) {
        learning.session = ++session;
    }
    return learning;
}

/*
 * In the current memory context, which is the judgement's. The graph's lock comes before anything
 * is read, also where no node will be locked: whoever proves the graph by a policy that is new, or
 * newly enforced, waits for all who were judged without it. *may_read: whether the current role may
 * be told of the data; set before anything is read of it. leaving: a partition that is passed over.
 */
static void
judge_by_all(RpCapture *capture, Oid leaving, volatile bool *may_read)
{
    const RpCatalog *catalog = rp_catalog_of_namespace(rp_capture_namespace(capture));
    RpText name = rp_capture_graph(capture);
    RpGraphLocks *locks = palloc(sizeof(RpGraphLocks));
    RpPredicateLearning learning;
    const RpStoredGraph *graph;
    List *enforcements;
    ListCell *cell;
    uint64 changes;

    rp_graph_locks_init(locks, catalog->namespace, name, rp_capture_lock_count(capture));
    if (rp_capture_is_whole(capture)) {
        rp_graph_locks_strengthen(locks);
    } else {
        rp_graph_locks_begin(locks);
    }
    AcceptInvalidationMessages();
    changes = rp_known_predicates_changes();
    enforcements = rp_enforcements_of(catalog, name, rp_capture_timing(capture));
    if (enforcements == NIL) {
        return;
    }
    graph = rp_stored_graph_get(catalog, name);
    *may_read = rp_graph_rights_may_read(graph);
    if (OidIsValid(leaving)) {
        graph = rp_stored_graph_without(graph, leaving);
    }
    learning = begin_learning(capture, enforcements, changes);
    foreach (cell, enforcements) {
        const RpEnforcement *enforcement = lfirst(cell);

        (enforcement->is_each ? judge_each_by : judge_by)(capture, graph, enforcement, &learning,
                                                          locks);
        learning.policy++;
    }
    rp_capture_note_locks(capture, locks->count);
}

/* Raise what a judgement ended with, unless it is to be said in other words. The current memory
 * context must outlive the judgement's. */
static void
raise_instead(const RpCapture *capture, bool is_over, bool may_read)
{
    int code = geterrcode();

    if (is_over && code == ERRCODE_QUERY_CANCELED) {
        FlushErrorState();
        ereport(ERROR, (errcode(ERRCODE_QUERY_CANCELED),
                        errmsg("judging what was changed in graph \"%s\" took longer than "
                               "rdfpolicy.judgement_timeout",
                               rp_text_cstring(rp_capture_graph(capture)))));
    }
    if (!may_read && tells_of_data(code)) {
        FlushErrorState();
        ereport(ERROR, (errcode(code),
                        errmsg("what is stored in graph \"%s\" cannot be judged",
                               rp_text_cstring(rp_capture_graph(capture))),
                        errhint(RP_GRAPH_VALUES_HINT)));
    }
}

/* The timer must not outlive the judgement, however that ends. */
void
rp_transaction_judge_without(RpCapture *capture, Oid leaving)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext context = rp_bridge_context();
    volatile bool may_read = true;

    CommandCounterIncrement();
    rp_judgement_timer_start();
    PG_TRY();
    {
        MemoryContextSwitchTo(context);
        judge_by_all(capture, leaving, &may_read);
    }
    PG_CATCH();
    {
        bool is_over = rp_judgement_timer_stop();
        MemoryContext error_context = MemoryContextSwitchTo(caller);

        raise_instead(capture, is_over, may_read);
        MemoryContextSwitchTo(error_context);
        PG_RE_THROW();
    }
    PG_END_TRY();
    (void)rp_judgement_timer_stop();
    rp_capture_note_judged(capture);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
}

void
rp_transaction_judge(RpCapture *capture)
{
    rp_transaction_judge_without(capture, InvalidOid);
}
