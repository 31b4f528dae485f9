/* The host of the unit tests and of the fuzzers. Regular expressions are POSIX extended ones here.
 */
#include "host.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

long rp_test_stop_after = -1;
long rp_test_fail_allocation_after = -1;
long rp_test_block_count = 0;
long rp_test_warning_count = 0;
char rp_test_warning[RP_ERROR_MESSAGE_SIZE];
bool rp_test_stack_is_deep = false;

static void *
allocate(void *state, size_t size)
{
    void *block;

    (void)state;
    if (rp_test_fail_allocation_after >= 0) {
        if (rp_test_fail_allocation_after <= 1) {
            rp_test_fail_allocation_after = 0;
            return NULL;
        }
        rp_test_fail_allocation_after--;
    }
    block = malloc(size);
    rp_test_block_count += block != NULL;
    return block;
}

static void
release(void *state, void *block, size_t size)
{
    (void)state;
    (void)size;
    rp_test_block_count--;
    free(block);
}

static bool
should_stop(void *state)
{
    (void)state;
    if (rp_test_stop_after < 0) {
        return false;
    }
    if (rp_test_stop_after == 0) {
        return true;
    }
    rp_test_stop_after--;
    return false;
}

static bool
stack_is_deep(void *state)
{
    (void)state;
    return rp_test_stack_is_deep;
}

/* A NUL-terminated copy, to be freed. */
static char *
copy_string(RpText text)
{
    char *copy = malloc((size_t)text.length + 1);

    if (!copy) {
        abort();
    }
    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    copy[text.length] = '\0';
    return copy;
}

/* Undo escapes that regcomp does not know, in place: of controls, and by code point. */
static void
undo_escapes(char *expression)
{
    static const char letters[] = "nrt";
    static const char values[] = "\n\r\t";
    char *to = expression;

    for (const char *from = expression; *from != '\0';) {
        const char *letter = from[0] == '\\' && from[1] != '\0' ? strchr(letters, from[1]) : NULL;

        if (letter) {
            *to++ = values[letter - letters];
            from += 2;
        } else if (from[0] == '\\' && from[1] == 'u' && strlen(from) >= 6) {
            char digits[5] = {from[2], from[3], from[4], from[5], '\0'};

            to += rp_utf8_encode((uint32_t)strtoul(digits, NULL, 16), to);
            from += 6;
        } else {
            *to++ = *from++;
            if (from[-1] == '\\' && *from != '\0') {
                *to++ = *from++;
            }
        }
    }
    *to = '\0';
}

/* Expressions come as PostgreSQL's, behind a prefix that regcomp does not know. */
static RpText
without_prefix(RpText expression)
{
    RpText prefix = RP_TEXT("***:");

    if (rp_text_starts_with(expression, prefix)) {
        expression.data += prefix.length;
        expression.length -= prefix.length;
    }
    return expression;
}

static RpStatus
regex_matches(void *state, RpText expression, bool ignore_case, RpText subject, bool *matches,
              RpError *error)
{
    char *expression_copy = copy_string(without_prefix(expression));
    char *subject_copy = copy_string(subject);
    regex_t regex;
    RpStatus status = RP_OK;
    int code;

    (void)state;
    undo_escapes(expression_copy);
    code =
        regcomp(&regex, expression_copy, REG_EXTENDED | REG_NOSUB | (ignore_case ? REG_ICASE : 0));
    if (code == 0) {
        *matches = regexec(&regex, subject_copy, 0, NULL, 0) == 0;
        regfree(&regex);
    } else {
        status = rp_error_set(error, RP_ILL_FORMED, "not an expression: %s", expression_copy);
    }
    free(expression_copy);
    free(subject_copy);
    return status;
}

static void
warn(void *state, const char *message)
{
    (void)state;
    rp_test_warning_count++;
    snprintf(rp_test_warning, sizeof(rp_test_warning), "%s", message);
}

RpHost rp_test_host = {.hash_key = {{1, 2}},
                       .allocate = allocate,
                       .release = release,
                       .should_stop = should_stop,
                       .stack_is_deep = stack_is_deep,
                       .regex_matches = regex_matches,
                       .warn = warn};
