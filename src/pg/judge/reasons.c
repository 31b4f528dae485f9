/* See reasons.h. */
#include "pg/judge/reasons.h"

#include "validate/message.h"

enum {
    LINE_LIMIT = 12, /* of one result */
    INDENT = 4,
    NAMED_ALTERNATIVES = 10 /* numbers of alternatives in one line */
};

void
rp_shown_append(StringInfo out, RpText text)
{
    RpShown shown;

    appendStringInfoString(out, rp_text_show(text, &shown));
}

/* A part of what stands before a message. */
static void
append_part(StringInfo out, int *count, const char *name, RpText text)
{
    appendStringInfo(out, "%s%s ", (*count)++ > 0 ? ", " : "", name);
    rp_shown_append(out, text);
}

void
rp_shape_append(StringInfo out, const RpJudgement *judgement, const RpResult *result)
{
    RpTermId shape = rp_judgement_shape(judgement, result);

    if (shape != RP_TERM_NONE) {
        appendStringInfoString(out, " (shape ");
        rp_shown_append(out, rp_judgement_term_start(judgement, shape));
        appendStringInfoChar(out, ')');
    }
}

/* In full: its terms are cut already, and those of the data come last. */
static void
append_no_focus(StringInfo out, const RpJudgement *judgement, const RpResult *result)
{
    RpText message = rp_judgement_message(judgement, result);

    appendStringInfo(out, "No focus node: %.*s", (int)message.length, message.data);
}

/* Whether the message is the author's, which need not name the value; a component's does. */
static bool
has_own_message(const RpJudgement *judgement, const RpResult *result)
{
    return rp_result_messages(&judgement->data, result).count > 0;
}

/* The path is whole here, and short in a message. */
void
rp_result_append(StringInfo out, const RpJudgement *judgement, const RpResult *result,
                 const RpResult *parent)
{
    RpText path = rp_judgement_path_start(judgement, result);
    int count = 0;

    if (rp_result_is_of_document(result)) {
        append_no_focus(out, judgement, result);
        return;
    }
    if (parent == NULL || result->focus != parent->value) {
        append_part(out, &count, parent == NULL ? "Focus node" : "focus node",
                    rp_judgement_term_start(judgement, result->focus));
    }
    if (path.length > 0) {
        append_part(out, &count, "path", path);
    }
    if (result->value != RP_TERM_NONE && has_own_message(judgement, result) &&
        (path.length > 0 || result->value != result->focus)) {
        append_part(out, &count, "value", rp_judgement_term_start(judgement, result->value));
    }
    appendStringInfoString(out, count > 0 ? ": " : "");
    rp_shown_append(out, rp_judgement_message_start(judgement, result));
    rp_shape_append(out, judgement, result);
}

static void
append_line(StringInfo out, int level)
{
    appendStringInfo(out, "\n%*s", level * INDENT, "");
}

/* 0: the result is of no component of SHACL's. */
static RpVocabulary
parameter_of(const RpJudgement *judgement, const RpResult *result)
{
    const RpComponent *component = rp_result_component(&judgement->data, result);

    return component == NULL ? (RpVocabulary)0 : component->parameter;
}

/* How many shapes a result's constraint has as operands. */
static uint32
operand_count(const RpJudgement *judgement, const RpResult *result)
{
    return judgement->use->image->constraints[result->constraint].operand_count;
}

/* Which of several shapes a detail is of. */
static void
append_operand(StringInfo out, const RpJudgement *judgement, const RpResult *parent,
               const RpResult *detail)
{
    RpVocabulary parameter = parameter_of(judgement, parent);

    if (parameter == RP_VOCABULARY_sh_or || parameter == RP_VOCABULARY_sh_xone) {
        appendStringInfo(out, "alternative %u of %u: ", detail->operand,
                         operand_count(judgement, parent));
    } else if (parameter == RP_VOCABULARY_sh_and) {
        appendStringInfo(out, "part %u of %u: ", detail->operand, operand_count(judgement, parent));
    }
}

/* The shapes of sh:xone that a value conforms to: those without details. These are in the order of
 * the shapes. */
static void
append_conforming(StringInfo out, const RpJudgement *judgement, const RpResult *result)
{
    const RpResult *detail = result->details;
    uint32 count = operand_count(judgement, result);
    uint32 named = 0;

    appendStringInfoString(out, "conforms to alternatives");
    for (uint32 operand = 1; operand <= count; operand++) {
        if (detail == NULL || detail->operand != operand) {
            if (named++ == NAMED_ALTERNATIVES) {
                appendStringInfoString(out, ", …");
                break;
            }
            appendStringInfo(out, "%s %u", named > 1 ? "," : "", operand);
        }
        while (detail != NULL && detail->operand == operand) {
            detail = detail->next;
        }
    }
    appendStringInfo(out, " of %u", count);
}

/*
 * Append the details of a result in a number of lines, and give how many were used: a detail leaves
 * room for those behind it before its own come. Each level takes a line, so that recursion is
 * bounded.
 */
static uint32
append_details(StringInfo out, const RpJudgement *judgement, const RpResult *parent, uint32 limit,
               int level)
{
    uint32 behind = 0;
    uint32 used = 0;

    for (const RpResult *detail = parent->details; detail != NULL; detail = detail->next) {
        behind++;
    }
    for (const RpResult *detail = parent->details; detail != NULL && used < limit;
         detail = detail->next) {
        append_line(out, level);
        append_operand(out, judgement, parent, detail);
        rp_result_append(out, judgement, detail, parent);
        used++;
        behind--;
        used += append_details(out, judgement, detail,
                               limit - used > behind ? limit - used - behind : 0, level + 1);
    }
    if (behind > 0 || parent->details_are_cut) {
        if (used > 0) {
            append_line(out, level);
        }
        appendStringInfoString(out, used > 0 ? "…" : " …");
    }
    return used;
}

void
rp_reasons_append(StringInfo out, const RpJudgement *judgement, const RpResult *result)
{
    bool is_conforming_too_often =
        parameter_of(judgement, result) == RP_VOCABULARY_sh_xone && result->count > 0;

    if (!is_conforming_too_often) {
        (void)append_details(out, judgement, result, LINE_LIMIT, 1);
    } else if (!result->details_are_cut) {
        append_line(out, 1);
        append_conforming(out, judgement, result);
    }
}
