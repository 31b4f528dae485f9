/* See traps.h. */
#include "traps.h"

#include <stdio.h>
#include <string.h>

#include "query_of.h"

enum { LINE_SIZE = 16384 };

/* A file as it is read. Lines that begin with a blank go on with the one before. */
typedef struct TrapFile {
    FILE *file;
    char path[1024];
    int next_number; /* of the line in `next` */
    int number;      /* of the line in `line`, where it begins */
    bool has_next;
    char next[LINE_SIZE];
    char line[LINE_SIZE];
    char data[LINE_SIZE];  /* of the cases that follow; "" at first */
    char nodes[LINE_SIZE]; /* $this of the next query; "" is none */
    char query[LINE_SIZE];
    unsigned case_count;
} TrapFile;

static bool
is_bare_number(RpTerm term)
{
    static const struct {
        RpText datatype;
        const char *characters;
        const char *one_of;
    } forms[] = {{RP_TEXT(RP_XSD "integer"), "+-0123456789", "0123456789"},
                 {RP_TEXT(RP_XSD "decimal"), "+-.0123456789", "."},
                 {RP_TEXT(RP_XSD "double"), "+-.0123456789eE", "eE"}};
    char text[LINE_SIZE];

    snprintf(text, sizeof(text), "%.*s", (int)term.lexical.length, term.lexical.data);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (rp_text_equals(term.datatype, forms[i].datatype)) {
            return text[strspn(text, forms[i].characters)] == '\0' &&
                   strpbrk(text, forms[i].one_of) != NULL;
        }
    }
    return rp_text_equals(term.datatype, RP_TEXT(RP_XSD "boolean")) &&
           (strcmp(text, "true") == 0 || strcmp(text, "false") == 0);
}

static void
append_iri(RpBuffer *buffer, RpText iri)
{
    static const struct {
        RpText namespace;
        const char *prefix;
    } prefixes[] = {
        {RP_TEXT("http://ex/"), "ex:"}, {RP_TEXT(RP_XSD), "xsd:"}, {RP_TEXT(RP_RDF), "rdf:"}};

    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (rp_text_starts_with(iri, prefixes[i].namespace)) {
            rp_buffer_append_string(buffer, prefixes[i].prefix);
            iri.data += prefixes[i].namespace.length;
            iri.length -= prefixes[i].namespace.length;
            rp_buffer_append_text(buffer, iri);
            return;
        }
    }
    rp_buffer_append_byte(buffer, '<');
    rp_buffer_append_text(buffer, iri);
    rp_buffer_append_byte(buffer, '>');
}

/* As in Turtle, numbers and truth values bare where it has them so; nothing is escaped. */
static void
append_term(RpBuffer *buffer, RpTerm term)
{
    if (term.kind == RP_IRI) {
        append_iri(buffer, term.lexical);
        return;
    }
    if (term.kind == RP_BLANK || is_bare_number(term)) {
        rp_buffer_append_string(buffer, term.kind == RP_BLANK ? "_:" : "");
        rp_buffer_append_text(buffer, term.lexical);
        return;
    }
    rp_buffer_append_byte(buffer, '"');
    rp_buffer_append_text(buffer, term.lexical);
    rp_buffer_append_byte(buffer, '"');
    if (term.language.length > 0) {
        rp_buffer_append_byte(buffer, '@');
        rp_buffer_append_text(buffer, term.language);
    } else if (!rp_text_equals(term.datatype, RP_TEXT(RP_XSD "string"))) {
        rp_buffer_append_string(buffer, "^^");
        append_iri(buffer, term.datatype);
    }
}

static void
read_next(TrapFile *traps)
{
    traps->has_next = fgets(traps->next, sizeof(traps->next), traps->file) != NULL;
    traps->next[strcspn(traps->next, "\n")] = '\0';
    traps->next_number++;
}

/* The next line with those that go on with it. False: there is none. */
static bool
read_line(TrapFile *traps)
{
    size_t length;

    if (!traps->has_next) {
        return false;
    }
    traps->number = traps->next_number;
    length = (size_t)snprintf(traps->line, sizeof(traps->line), "%s", traps->next);
    for (read_next(traps); traps->has_next && traps->next[0] == ' '; read_next(traps)) {
        length += (size_t)snprintf(traps->line + length, sizeof(traps->line) - length, "\n%s",
                                   traps->next + strspn(traps->next, " "));
        if (length >= sizeof(traps->line)) {
            rp_check_true(false, "a line is short enough", traps->path, traps->number);
            return false;
        }
    }
    return true;
}

/* What follows the word that a line begins with; NULL: it begins otherwise. */
static const char *
behind_word(const char *line, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(line, word, length) != 0 || (line[length] != ' ' && line[length] != '\0')) {
        return NULL;
    }
    return line + length + strspn(line + length, " ");
}

static void
check(TrapFile *traps, const char *actual, const char *expected, const char *what)
{
    traps->case_count++;
    rp_check_text(rp_text_from(actual), expected, what, traps->path, traps->number);
}

/* A line with an arrow: an expression and its value. */
static void
check_value(TrapFile *traps, char *arrow)
{
    static char text[LINE_SIZE + 32];
    const char *expected = arrow + strlen(" =>");
    const char *actual;

    *arrow = '\0';
    snprintf(text, sizeof(text), "SELECT (%s AS ?v) { }", traps->line);
    actual = rp_test_query_written("", text, NULL, append_term);
    check(traps, strcmp(actual, "-") == 0 ? "error" : actual, expected + strspn(expected, " \n"),
          traps->line);
}

static void
check_solutions(TrapFile *traps, const char *expected)
{
    check(traps,
          rp_test_query_written(traps->data, traps->query,
                                traps->nodes[0] != '\0' ? traps->nodes : NULL, append_term),
          strcmp(expected, "nothing") == 0 ? "" : expected, traps->query);
    traps->nodes[0] = '\0';
}

static void
carry_out(TrapFile *traps)
{
    char *line = traps->line;
    char *arrow = strstr(line, " =>");
    const char *rest;

    if (line[0] == '\0' || line[0] == '#') {
        return;
    }
    if ((rest = behind_word(line, "data"))) {
        memmove(traps->data, rest, strlen(rest) + 1);
    } else if ((rest = behind_word(line, "this"))) {
        memmove(traps->nodes, rest, strlen(rest) + 1);
    } else if ((rest = behind_word(line, "query"))) {
        memmove(traps->query, rest, strlen(rest) + 1);
    } else if ((rest = behind_word(line, "gives"))) {
        check_solutions(traps, rest);
    } else if ((rest = behind_word(line, "refused"))) {
        check(traps, rp_test_compile_error(traps->query, false), rest, traps->query);
    } else if ((rest = behind_word(line, "constraint"))) {
        check(traps, rp_test_compile_error(traps->query, true), rest, traps->query);
    } else if (arrow) {
        check_value(traps, arrow);
    } else {
        rp_check_true(false, "a line of a known kind", traps->path, traps->number);
    }
}

void
rp_test_traps(const char *file_name)
{
    static TrapFile traps;

    memset(&traps, 0, sizeof(traps));
    snprintf(traps.path, sizeof(traps.path), "%s/%s", RP_TRAPS_FOLDER, file_name);
    traps.file = fopen(traps.path, "r");
    if (!rp_check_true(traps.file != NULL, "the file can be read", traps.path, 0)) {
        return;
    }
    read_next(&traps);
    while (read_line(&traps)) {
        carry_out(&traps);
    }
    fclose(traps.file);
    rp_check_true(traps.case_count > 0, "the file has cases", traps.path, 0);
}
