/* sh:minLength, sh:maxLength and sh:pattern. SHACL Recommendation, sections 4.4.1 to 4.4.3. They
 * look at STR(value): an IRI or a lexical form. A blank node has none, and always violates. */
#include "components/components.h"

#include "base/utf8.h"
#include "xsd/pattern.h"

/* Whether a text's length in characters, of one to four bytes each, lies within minimum … maximum:
 * mostly its bytes tell. */
static bool
has_length(RpText text, int64_t minimum, int64_t maximum)
{
    int64_t bytes = text.length;
    int64_t length;

    if (bytes / RP_UTF8_LONGEST >= minimum && bytes <= maximum) {
        return true;
    }
    length = (int64_t)rp_utf8_count(text);
    return length >= minimum && length <= maximum;
}

/* Report the values whose length in characters lies outside minimum … maximum. */
static RpStatus
check_length(RpEvaluation *evaluation, const RpCheck *check, int64_t minimum, int64_t maximum)
{
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];
        RpText text = rp_dictionary_lexical(evaluation->dictionary, value);

        RP_TRY(rp_arena_poll_bytes(evaluation->arena, text.length, evaluation->error));
        if (rp_dictionary_kind(evaluation->dictionary, value) == RP_BLANK ||
            !has_length(text, minimum, maximum)) {
            RP_TRY(rp_evaluation_report(evaluation, check, value, 0));
        }
    }
    return RP_OK;
}

RpStatus
rp_check_min_length(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_length(evaluation, check, check->operands[0].value, INT64_MAX);
}

RpStatus
rp_check_max_length(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_length(evaluation, check, 0, check->operands[0].value);
}

/* The one sh:flags of the shape, 0 where it has none. */
static RpStatus
read_flags(RpParameters *parameters, RpTermId *flags)
{
    RpTripleRange range = rp_parameters_values(parameters, RP_VOCABULARY_sh_flags);

    *flags = RP_TERM_NONE;
    if (rp_triple_range_count(range) == 0) {
        return RP_OK;
    }
    if (rp_triple_range_count(range) > 1) {
        return rp_parameters_fail(parameters, "multiple-parameters", range.first[1].object,
                                  "the shape has more than one sh:flags");
    }
    *flags = range.first->object;
    if (!rp_read_is_literal_of(parameters, *flags, RP_VOCABULARY_xsd_string)) {
        return rp_parameters_fail(parameters, "flags-datatype", *flags,
                                  "sh:flags must be an xsd:string literal");
    }
    return RP_OK;
}

/* Compile a pattern to a program, which the image keeps as a literal. */
static RpStatus
compile_pattern(RpParameters *parameters, RpTermId value, RpTermId flags, RpTermId *program_id)
{
    RpDictionary *dictionary = &parameters->shapes->graph->dictionary;
    RpText flags_text =
        flags != RP_TERM_NONE ? rp_dictionary_lexical(dictionary, flags) : (RpText){NULL, 0};
    RpText program = {NULL, 0};
    RpTerm program_term;
    RpStatus status;

    status = rp_pattern_compile(parameters->shapes->arena, rp_dictionary_lexical(dictionary, value),
                                flags_text, &program, parameters->error);
    if (status == RP_ILL_FORMED || status == RP_UNSUPPORTED || status == RP_TOO_LARGE) {
        RpError cause = *parameters->error;

        status = rp_parameters_refuse(parameters, status, "-regex", value, "is %s", cause.message);
        if (cause.hint[0] != '\0') {
            rp_error_hint(parameters->error, "%s", cause.hint);
        }
        return status;
    }
    RP_TRY(status);
    program_term = rp_term_literal(program, rp_xsd_string);
    return rp_dictionary_add(dictionary, &program_term, program_id, parameters->error);
}

/* Operands: the pattern and its flags for messages, and the compiled program. */
RpStatus
rp_read_pattern(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    RpCompiledPattern *known = &parameters->shapes->patterns[value % RP_COMPILED_PATTERN_COUNT];
    RpTermId flags;

    (void)is_void;
    if (!rp_read_is_literal_of(parameters, value, RP_VOCABULARY_xsd_string)) {
        return rp_parameters_fail(parameters, "-datatype", value, "must be an xsd:string literal");
    }
    RP_TRY(read_flags(parameters, &flags));
    if (known->pattern != value || known->flags != flags) {
        RpTermId program;

        RP_TRY(compile_pattern(parameters, value, flags, &program));
        *known = (RpCompiledPattern){value, flags, program};
    }
    RP_TRY(rp_read_add_term(parameters, constraint, value));
    RP_TRY(rp_read_add_term(parameters, constraint, flags));
    return rp_read_add_term(parameters, constraint, known->program);
}

/*
 * 4.4.3. SPARQL's REGEX of str(value): so an IRI matches by its text and a literal by its lexical
 * form, whatever its datatype or language; a blank node has no str(), and violates.
 */
RpStatus
rp_check_pattern(RpEvaluation *evaluation, const RpCheck *check)
{
    RpTermId program_id = (RpTermId)check->operands[2].value;
    RpText program = rp_dictionary_lexical(evaluation->dictionary, program_id);

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];
        RpText text = rp_dictionary_lexical(evaluation->dictionary, value);
        bool matches = false;

        RP_TRY(rp_arena_poll_bytes(evaluation->arena, text.length, evaluation->error));
        if (rp_dictionary_kind(evaluation->dictionary, value) != RP_BLANK) {
            RP_TRY(rp_pattern_matches(evaluation->arena->host, program, text, &matches,
                                      evaluation->error));
        }
        if (!matches) {
            RP_TRY(rp_evaluation_report(evaluation, check, value, 0));
        }
    }
    return RP_OK;
}
