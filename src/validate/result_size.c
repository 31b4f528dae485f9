/* See result_size.h. */
#include "validate/result_size.h"

#include "validate/message.h"
#include "validate/path_write.h"

enum {
    RESULT_BYTES = 384, /* the names of members, components and types, and what joins them */
    TERM_BYTES = 16,    /* what stands around a term, and labels of the report for blank nodes */
    OPERATOR_BYTES = 32 /* of a path, where it is written as blank nodes */
};

/* A text with the escapes of N-Triples and Turtle. */
static uint64_t
text_size(RpText text)
{
    uint64_t size = text.length;

    for (uint32_t i = 0; i < text.length; i++) {
        char byte = text.data[i];

        size += byte == '"' || byte == '\\' || byte == '\n' || byte == '\r';
    }
    return size;
}

static uint64_t
term_size(const RpEvaluation *evaluation, RpTermId id)
{
    RpTerm term;

    if (id == RP_TERM_NONE) {
        return 0;
    }
    term = rp_dictionary_term(evaluation->dictionary, id);
    return TERM_BYTES + text_size(term.lexical) + term.datatype.length + term.language.length;
}

/* A path, which is as long as its text in a row, and longer in a graph. */
static uint64_t
path_size(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    uint64_t size;
    bool is_iri = false;

    buffer->length = 0;
    rp_path_write(buffer, data, result, false);
    size = buffer->length;
    for (uint32_t i = 0; i < buffer->length; i++) {
        is_iri = is_iri || buffer->data[i] == '<';
        size += is_iri ? 0 : OPERATOR_BYTES;
        is_iri = is_iri && buffer->data[i] != '>';
    }
    return size;
}

/* Messages that are written as literals too. */
static uint64_t
messages_size(const RpEvaluation *evaluation, RpValues messages)
{
    uint64_t size = 0;

    for (uint32_t i = 0; i < messages.count; i++) {
        size += term_size(evaluation, messages.ids[i]);
    }
    return size;
}

/* Write the default message, which is kept: no report writes it again. */
static RpStatus
write_message(RpEvaluation *evaluation, RpResult *result)
{
    RpBuffer *buffer = &evaluation->size_buffer;

    buffer->length = 0;
    rp_message_write(buffer, evaluation->data, result);
    RP_TRY(rp_buffer_status(buffer, evaluation->error));
    if (!rp_arena_copy_text(evaluation->arena, rp_buffer_text(buffer), &result->message)) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    return RP_OK;
}

static RpStatus
message_size(RpEvaluation *evaluation, RpResult *result, uint64_t *size)
{
    RpValues messages = rp_result_messages(evaluation->data, result);

    if (messages.count > 0) {
        *size = messages_size(evaluation, messages);
        return RP_OK;
    }
    if (result->message.length == 0) {
        RP_TRY(write_message(evaluation, result));
    }
    *size = text_size(result->message);
    return RP_OK;
}

RpStatus
rp_result_size(RpEvaluation *evaluation, RpResult *result, uint64_t *size)
{
    uint32_t level = evaluation->report->level;
    uint32_t repeats = level < RP_MESSAGE_REASON_DEPTH ? level : RP_MESSAGE_REASON_DEPTH;
    uint64_t message = 0;

    RP_TRY(message_size(evaluation, result, &message));
    *size = RESULT_BYTES + term_size(evaluation, result->focus) +
            term_size(evaluation, result->value) +
            term_size(evaluation, rp_result_shape(evaluation->data, result)) +
            term_size(evaluation, rp_result_severity(evaluation->data, result)) +
            path_size(&evaluation->size_buffer, evaluation->data, result) + message * (1 + repeats);
    RP_TRY(rp_buffer_status(&evaluation->size_buffer, evaluation->error));
    return rp_arena_poll_bytes(evaluation->arena, *size, evaluation->error);
}
