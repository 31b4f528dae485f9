/*
 * Scoped contexts where they are used (context_internal.h). What one makes of an active context is
 * remembered, since a document has many nodes of few types.
 */
#include "jsonld/context_bytes.h"

/* Process the scoped context of a term over an active context. */
static RpStatus
process_scoped(RpContextProcessing *processing, const RpActiveContext *active, RpFoundTerm found,
               const RpContextScope *scope, const RpActiveContext **result)
{
    const RpJson *source;

    *result = NULL;
    if (found.term->scoped_part > 0) {
        RP_TRY(rp_context_overlay(processing, active, found.layer->table.bytes,
                                  found.term->scoped_part - 1, scope, result));
    }
    if (*result) {
        return RP_OK;
    }
    source = rp_context_scoped_source(processing->arena, found, processing->error);
    return source ? rp_context_process(processing, active, source, scope, result)
                  : processing->error->status;
}

RpStatus
rp_context_apply_scoped(RpContextProcessing *processing, const RpActiveContext *active,
                        RpFoundTerm found, bool overrides_protected, bool propagates,
                        const RpActiveContext **result)
{
    RpContextScope scope = {.base_url = rp_context_text(found.layer, found.term->scoped_base),
                            .overrides_protected = overrides_protected,
                            .propagates = propagates};
    RpContextMemo wanted = {.active = active,
                            .what = found.term,
                            .way = (overrides_protected ? 1u : 0u) | (propagates ? 2u : 0u)};

    *result = rp_context_memo_find(processing, &wanted);
    if (*result) {
        return RP_OK;
    }
    RP_TRY(process_scoped(processing, active, found, &scope, &wanted.result));
    *result = wanted.result;
    return rp_context_memo_keep(processing, &wanted);
}
