/* Functions on RDF terms (SPARQL 1.1, 17.4.2), and comparisons (17.3). */
#include "query/expression.h"

RpStatus
rp_call_compare(RpCall *call)
{
    RpFunctionId function = (RpFunctionId)call->op->value;
    bool is_order = function != RP_FUNCTION_equal && function != RP_FUNCTION_not_equal;
    RpComparison comparison = rp_scalar_compare(&call->arguments[0], &call->arguments[1], is_order);
    bool is_true;

    if (comparison == RP_COMPARED_ERROR) {
        return RP_OK;
    }
    switch (function) {
    case RP_FUNCTION_equal:
        is_true = comparison == RP_COMPARED_EQUAL;
        break;
    case RP_FUNCTION_not_equal:
        is_true = comparison != RP_COMPARED_EQUAL;
        break;
    case RP_FUNCTION_less:
        is_true = comparison == RP_COMPARED_LESS;
        break;
    case RP_FUNCTION_greater:
        is_true = comparison == RP_COMPARED_GREATER;
        break;
    case RP_FUNCTION_less_or_equal:
        is_true = comparison == RP_COMPARED_LESS || comparison == RP_COMPARED_EQUAL;
        break;
    default:
        is_true = comparison == RP_COMPARED_GREATER || comparison == RP_COMPARED_EQUAL;
        break;
    }
    *call->result = rp_scalar_boolean(is_true);
    return RP_OK;
}

RpStatus
rp_call_same_term(RpCall *call)
{
    *call->result =
        rp_scalar_boolean(rp_scalar_same_term(&call->arguments[0], &call->arguments[1]));
    return RP_OK;
}

RpStatus
rp_call_is_kind(RpCall *call)
{
    RpTermKind wanted = call->op->value == RP_FUNCTION_is_blank     ? RP_BLANK
                        : call->op->value == RP_FUNCTION_is_literal ? RP_LITERAL
                                                                    : RP_IRI;

    *call->result = rp_scalar_boolean(call->arguments[0].term.kind == wanted);
    return RP_OK;
}

RpStatus
rp_call_is_numeric(RpCall *call)
{
    *call->result = rp_scalar_boolean(rp_scalar_is_number(&call->arguments[0]));
    return RP_OK;
}

RpStatus
rp_call_str(RpCall *call)
{
    if (call->arguments[0].term.kind != RP_BLANK) {
        *call->result = rp_scalar_string(call->arguments[0].term.lexical);
    }
    return RP_OK;
}

RpStatus
rp_call_lang(RpCall *call)
{
    if (rp_scalar_is_literal(&call->arguments[0])) {
        *call->result = rp_scalar_string(call->arguments[0].term.language);
    }
    return RP_OK;
}

RpStatus
rp_call_datatype(RpCall *call)
{
    RpTerm iri = rp_term_iri(call->arguments[0].term.datatype);

    if (rp_scalar_is_literal(&call->arguments[0])) {
        *call->result = rp_scalar_of_term(&iri);
    }
    return RP_OK;
}

RpStatus
rp_call_iri(RpCall *call)
{
    const RpScalar *argument = &call->arguments[0];
    RpError ignored; /* an IRI that is none is an error of the expression */
    RpBuffer buffer;
    RpTerm iri;

    if (argument->term.kind == RP_IRI) {
        *call->result = *argument;
        return RP_OK;
    }
    if (!rp_scalar_is_string(argument)) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer);
    if (rp_iri_is_absolute(argument->term.lexical)) {
        rp_buffer_append_text(&buffer, argument->term.lexical);
    } else if (call->run->options->base_iri.length > 0) {
        rp_iri_resolve_append(&buffer, argument->term.lexical, call->run->options->base_iri);
    }
    RP_TRY(rp_query_check_text(call->run, &buffer));
    iri = rp_term_iri(rp_buffer_text(&buffer));
    if (rp_iri_check(iri.lexical, &ignored) == RP_OK) {
        *call->result = rp_scalar_of_term(&iri);
    }
    return RP_OK;
}

/* A node that is none of the data's: they may have any label. */
static RpStatus
make_blank(RpCall *call, RpBuffer *label)
{
    RpTerm node;

    do {
        RP_TRY(rp_query_check_text(call->run, label));
        node = rp_term_blank(rp_buffer_text(label));
        rp_buffer_append_byte(label, 'g');
    } while (rp_dictionary_find(call->run->options->data->dictionary, &node) != RP_TERM_NONE);
    *call->result = rp_scalar_of_term(&node);
    return RP_OK;
}

/* BNODE(): another node each time. BNODE(text): the same for the same text within one solution,
 * whose number is a part of the label, and of which several variables may be made (filter.c). */
RpStatus
rp_call_bnode(RpCall *call)
{
    RpBuffer buffer;

    if (call->count == 1 && !rp_scalar_is_string(&call->arguments[0])) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer);
    if (call->count == 0) {
        rp_buffer_append_format(&buffer, "n%llu", (unsigned long long)call->run->blank_count++);
    } else {
        RpText text = call->arguments[0].term.lexical;

        rp_buffer_append_format(&buffer, "r%ux%ux%ux", call->run->solve_count, call->run->table,
                                call->run->row);
        for (uint32_t i = 0; i < text.length; i++) {
            RP_TRY(rp_arena_poll(&call->run->arena, call->run->error));
            rp_buffer_append_format(&buffer, "%02x", (unsigned char)text.data[i]);
        }
    }
    return make_blank(call, &buffer);
}

RpStatus
rp_call_strdt(RpCall *call)
{
    RpTerm literal =
        rp_term_literal(call->arguments[0].term.lexical, call->arguments[1].term.lexical);

    if (rp_scalar_is_string(&call->arguments[0]) && call->arguments[1].term.kind == RP_IRI) {
        *call->result = rp_scalar_of_term(&literal);
    }
    return RP_OK;
}

RpStatus
rp_call_strlang(RpCall *call)
{
    RpTerm literal =
        rp_term_lang_literal(call->arguments[0].term.lexical, call->arguments[1].term.lexical);
    RpError ignored;

    if (rp_scalar_is_string(&call->arguments[0]) && rp_scalar_is_string(&call->arguments[1]) &&
        literal.language.length > 0 && literal.language.length <= UINT8_MAX &&
        rp_term_check(&literal, &ignored) == RP_OK) {
        *call->result = rp_scalar_of_term(&literal);
    }
    return RP_OK;
}
