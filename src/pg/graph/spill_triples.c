/* The triples of a spill's source, one after the other. See spill_internal.h. */
#include "pg/graph/progress.h"
#include "pg/graph/spill.h"
#include "pg/graph/spill_internal.h"

enum { TRIPLES_OF_A_TELLING = 4096 };

void
rp_spill_triples_begin(RpSpillTriples *triples, RpSpill *spill, const RpSpillSource *source)
{
    *triples = (RpSpillTriples){.spill = spill, .source = source};
    rp_spill_scan_begin(&triples->scan, &spill->file, &source->triples);
}

const char *
rp_spill_read_term(const RpSpill *spill, const char *at, RpTerm *term)
{
    RpSpillTerm head;

    memcpy(&head, at, sizeof(head));
    at += sizeof(head);
    *term = (RpTerm){.kind = (RpTermKind)head.kind,
                     .lexical = {at, head.lexical_length},
                     .language = {at + head.lexical_length, head.language_length}};
    if (term->kind == RP_LITERAL) {
        term->datatype = rp_dictionary_term(&spill->head->dictionary, head.datatype).lexical;
    }
    return at + head.lexical_length + head.language_length;
}

bool
rp_spill_triples_next(RpSpillTriples *triples)
{
    RpSpillScan *scan = &triples->scan;

    if (scan->at == scan->end && !rp_spill_scan_block(scan)) {
        return false;
    }
    memcpy(&triples->triple, scan->at, sizeof(RpSpillTriple));
    triples->at = scan->at + sizeof(RpSpillTriple);
    triples->is_new_subject = !(triples->triple.predicate & RP_SPILL_HAS_LAST_SUBJECT);
    if (!triples->is_new_subject) {
        triples->triple.predicate &= ~RP_SPILL_HAS_LAST_SUBJECT;
    } else if (triples->source->marks == NULL) {
        triples->at = rp_spill_read_term(triples->spill, triples->at, &triples->subject);
    }
    scan->at += triples->triple.size;
    if (++triples->spill->read_count % TRIPLES_OF_A_TELLING == 0) {
        rp_graph_progress_rows(triples->spill->read_count, 0);
    }
    return true;
}

/* The key of a number: its mark has it; that of a term of head is its own. */
static RpNodeKey
key_of_number(const RpSpillTriples *triples, uint32 number)
{
    if (number & RP_SPILL_IS_TERM) {
        RpTerm term =
            rp_dictionary_term(&triples->spill->head->dictionary, number & ~RP_SPILL_IS_TERM);

        return rp_spill_key(triples->spill, &term);
    }
    return triples->source->marks[number] & ~RP_SPILL_IS_LITERAL;
}

RpNodeKey
rp_spill_triples_subject(const RpSpillTriples *triples)
{
    return triples->source->marks == NULL ? triples->triple.subject
                                          : key_of_number(triples, triples->triple.subject);
}

RpNodeKey
rp_spill_triples_object(const RpSpillTriples *triples)
{
    if (triples->source->marks == NULL) {
        return triples->triple.object;
    }
    return rp_reach_asks_for_object(triples->spill->reach, triples->triple.predicate)
               ? key_of_number(triples, triples->triple.object)
               : 0;
}
