/*
 * PostgreSQL's regular expression engine for sh:pattern. Compiling takes 5 to 45 microseconds, and
 * a compiled expression holds pointers, so it cannot be part of an image: each backend compiles
 * what it uses, at first use, and keeps the last ENTRY_LIMIT.
 *
 * The collation is the database's default one: with the C collation, ignoring case would stop at
 * ASCII. It does not make results depend on the collation otherwise, as xsd/pattern emits
 * classes as ranges of code points.
 */
#include "pg/server/regex.h"

#include "catalog/pg_collation.h"
#include "common/hashfn.h"
#include "lib/ilist.h"
#include "mb/pg_wchar.h"
#include "regex/regex.h"

#include "pg/server/kept_error.h"

enum {
    ENTRY_LIMIT = 256,
    SLOT_COUNT = 512,     /* a power of two */
    SHORT_SUBJECT = 1024, /* bytes: longer subjects get a buffer of their own */
    MESSAGE_SIZE = 100
};

/* A compiled expression. It owns its memory context, which holds it and its text. */
typedef struct RegexEntry {
    dlist_node recency; /* in by_recency, most recently used first */
    struct RegexEntry *next_in_slot;
    MemoryContext context;
    RpText expression;
    uint32 hash;
    bool ignore_case;
    regex_t compiled;
} RegexEntry;

static MemoryContext regex_context = NULL; /* parent of all entries' contexts */
static RegexEntry *slots[SLOT_COUNT];
static dlist_head by_recency = DLIST_STATIC_INIT(by_recency);
static int entry_count = 0;

static uint32
regex_hash(RpText expression, bool ignore_case)
{
    return hash_bytes((const unsigned char *)expression.data, (int)expression.length) ^
           (ignore_case ? 1u : 0u);
}

static RegexEntry *
regex_find(RpText expression, bool ignore_case, uint32 hash)
{
    RegexEntry *entry;

    for (entry = slots[hash & (SLOT_COUNT - 1)]; entry != NULL; entry = entry->next_in_slot) {
        if (entry->hash == hash && entry->ignore_case == ignore_case &&
            rp_text_equals(entry->expression, expression)) {
            dlist_move_head(&by_recency, &entry->recency);
            return entry;
        }
    }
    return NULL;
}

/* Forget the expression that was not used for longest. */
static void
regex_evict(void)
{
    RegexEntry *entry = dlist_container(RegexEntry, recency, dlist_tail_node(&by_recency));
    RegexEntry **link = &slots[entry->hash & (SLOT_COUNT - 1)];

    while (*link != entry) {
        link = &(*link)->next_in_slot;
    }
    *link = entry->next_in_slot;
    dlist_delete(&entry->recency);
    entry_count--;
    pg_regfree(&entry->compiled);
    MemoryContextDelete(entry->context);
}

/* Put a compiled expression among the others. Cannot fail. */
static void
regex_keep(RegexEntry *entry)
{
    RegexEntry **slot = &slots[entry->hash & (SLOT_COUNT - 1)];

    if (entry_count >= ENTRY_LIMIT) {
        regex_evict();
    }
    MemoryContextSetParent(entry->context, regex_context);
    entry->next_in_slot = *slot;
    *slot = entry;
    dlist_push_head(&by_recency, &entry->recency);
    entry_count++;
}

/*
 * Compile into a context of its own, a child of the current one until all is well. May raise.
 * Returns the engine's code; *entry is set when that is REG_OKAY.
 */
static int
regex_compile(RpText expression, bool ignore_case, uint32 hash, RegexEntry **entry)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy expression", ALLOCSET_SMALL_SIZES);
    MemoryContext caller = MemoryContextSwitchTo(context);
    RegexEntry *made = palloc0(sizeof(RegexEntry));
    pg_wchar *wide =
        palloc_extended(((Size)expression.length + 1) * sizeof(pg_wchar), MCXT_ALLOC_HUGE);
    int wide_length = pg_mb2wchar_with_len(expression.data, wide, (int)expression.length);
    int flags = REG_ADVANCED | REG_NOSUB | (ignore_case ? REG_ICASE : 0);
    int result;

    made->context = context;
    made->hash = hash;
    made->ignore_case = ignore_case;
    made->expression.data = pnstrdup(expression.data, expression.length);
    made->expression.length = expression.length;
    result = pg_regcomp(&made->compiled, wide, (size_t)wide_length, flags, DEFAULT_COLLATION_OID);
    pfree(wide);
    MemoryContextSwitchTo(caller);
    if (result != REG_OKAY) {
        MemoryContextDelete(context);
        return result;
    }
    *entry = made;
    return REG_OKAY;
}

/* Find or compile, and keep. May raise. */
static int
regex_get(RpText expression, bool ignore_case, RegexEntry **entry)
{
    uint32 hash = regex_hash(expression, ignore_case);
    int result;

    *entry = regex_find(expression, ignore_case, hash);
    if (*entry != NULL) {
        return REG_OKAY;
    }
    if (regex_context == NULL) {
        regex_context =
            AllocSetContextCreate(TopMemoryContext, "rdfpolicy expressions", ALLOCSET_SMALL_SIZES);
    }
    result = regex_compile(expression, ignore_case, hash, entry);
    if (result == REG_OKAY) {
        regex_keep(*entry);
    }
    return result;
}

/* Run a compiled expression. May raise from PostgreSQL 16 on; before, a cancel is a code. */
static int
regex_run(RegexEntry *entry, RpText subject)
{
    pg_wchar short_subject[SHORT_SUBJECT + 1];
    pg_wchar *wide = short_subject;
    int wide_length;
    int result;

    if (subject.length > SHORT_SUBJECT) {
        wide = palloc_extended(((Size)subject.length + 1) * sizeof(pg_wchar), MCXT_ALLOC_HUGE);
    }
    wide_length = pg_mb2wchar_with_len(subject.data, wide, (int)subject.length);
    result = pg_regexec(&entry->compiled, wide, (size_t)wide_length, 0, NULL, 0, NULL, 0);
    if (wide != short_subject) {
        pfree(wide);
    }
    return result;
}

/* The failure that a code of the engine means. entry NULL: while compiling. */
static RpStatus
regex_failure(int result, const RegexEntry *entry, RpText expression, RpError *error)
{
    char message[MESSAGE_SIZE];
    RpShown shown;

    if (rp_kept_error_of_interrupt()) {
        return rp_error_set(error, RP_INTERRUPTED, "interrupted");
    }
    pg_regerror(result, entry != NULL ? &entry->compiled : NULL, message, sizeof(message));
    rp_error_set(error, entry != NULL ? RP_TOO_LARGE : RP_ILL_FORMED,
                 "regular expression failed: %s", message);
    return rp_error_detail(error, "The expression is %s.", rp_text_show(expression, &shown));
}

/* One match, and what came of it. */
typedef struct RegexMatch {
    RpText expression;
    bool ignore_case;
    RpText subject;
    RegexEntry *entry; /* NULL where the expression does not compile */
    int result;        /* the engine's code */
} RegexMatch;

/* Find or compile, and run. Returns false where the server raised an error, which is then kept. */
static bool
regex_try(RegexMatch *match)
{
    MemoryContext context = CurrentMemoryContext;
    volatile bool has_raised = false;

    PG_TRY();
    {
        match->result = regex_get(match->expression, match->ignore_case, &match->entry);
        if (match->result == REG_OKAY) {
            match->result = regex_run(match->entry, match->subject);
        }
    }
    PG_CATCH();
    {
        rp_kept_error_keep(context);
        has_raised = true;
    }
    PG_END_TRY();
    return !has_raised;
}

RpStatus
rp_regex_matches(void *state, RpText expression, bool ignore_case, RpText subject, bool *matches,
                 RpError *error)
{
    RegexMatch match = {.expression = expression, .ignore_case = ignore_case, .subject = subject};

    (void)state;
    if (!regex_try(&match)) {
        return rp_error_set(error, RP_INTERRUPTED, "interrupted");
    }
    if (match.result != REG_OKAY && match.result != REG_NOMATCH) {
        return regex_failure(match.result, match.entry, expression, error);
    }
    *matches = match.result == REG_OKAY;
    return RP_OK;
}
