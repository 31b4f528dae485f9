/* The engine's host in the server. No call of the host may longjmp: see kept_error.h. */
#include "pg/server/bridge.h"

#include "mb/pg_wchar.h"

#include "pg/server/guc.h"
#include "pg/server/kept_error.h"
#include "pg/server/query_host.h"
#include "pg/server/regex.h"

/* One arena and its host, together in the arena's memory context. */
typedef struct RpBridge {
    RpHost host;
    RpArena arena;
} RpBridge;

static void *
bridge_allocate(void *state, size_t size)
{
    if (!AllocHugeSizeIsValid(size)) {
        return NULL;
    }
    return MemoryContextAllocExtended((MemoryContext)state, size,
                                      MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

static void
bridge_release(void *state, void *block, size_t size)
{
    (void)state;
    (void)size;
    pfree(block);
}

void (*rp_bridge_poll)(void) = NULL;

/* The engine's only way to notice a cancel or a timeout: nothing in it may longjmp. */
static bool
bridge_stop_is_wanted(void *state)
{
    (void)state;
    if (rp_bridge_poll != NULL) {
        rp_bridge_poll();
    }
    return rp_kept_error_of_interrupt();
}

static bool
bridge_stack_is_deep(void *state)
{
    (void)state;
    return stack_is_too_deep();
}

/* The end of ereport looks for interrupts, which must wait until the engine has returned. */
static void
bridge_warn(void *state, const char *message)
{
    (void)state;
    HOLD_INTERRUPTS();
    ereport(WARNING, (errmsg("%s", message)));
    RESUME_INTERRUPTS();
}

MemoryContext
rp_bridge_context(void)
{
    return AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy call", ALLOCSET_DEFAULT_SIZES);
}

/* ERROR XX000 rather than a key that can be guessed. */
RpHashKey
rp_bridge_random_key(void)
{
    RpHashKey key;

    if (!pg_strong_random(&key, sizeof(key))) {
        ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
                        errmsg("could not get random bytes from the operating system")));
    }
    return key;
}

/* The key of tables that this process has for itself, made when it is first needed. */
static RpHashKey
process_key(void)
{
    static RpHashKey key;
    static bool is_made = false;

    if (unlikely(!is_made)) {
        key = rp_bridge_random_key();
        is_made = true;
    }
    return key;
}

RpArena *
rp_bridge_arena(MemoryContext context, size_t limit_bytes)
{
    RpBridge *bridge = MemoryContextAlloc(context, sizeof(RpBridge));

    bridge->host.hash_key = process_key();
    bridge->host.state = context;
    bridge->host.memory_limit_name = NULL;
    bridge->host.allocate = bridge_allocate;
    bridge->host.release = bridge_release;
    bridge->host.should_stop = bridge_stop_is_wanted;
    bridge->host.stack_is_deep = bridge_stack_is_deep;
    bridge->host.regex_matches = rp_regex_matches;
    bridge->host.digest = rp_query_host_digest;
    bridge->host.now = rp_query_host_now;
    bridge->host.row_limit = (uint64_t)rp_guc_max_bindings;
    bridge->host.row_limit_name = "rdfpolicy.max_bindings";
    bridge->host.warn = bridge_warn;
    rp_arena_init(&bridge->arena, &bridge->host, limit_bytes != 0 ? limit_bytes : MaxAllocHugeSize);
    return &bridge->arena;
}

RpArena *
rp_bridge_work_arena(MemoryContext context, size_t used_bytes)
{
    size_t limit_bytes = Min((size_t)rp_guc_work_mem_kb * 1024, MaxAllocHugeSize);
    RpArena *arena = rp_bridge_arena(context, limit_bytes);
    RpBridge *bridge = (RpBridge *)((char *)arena - offsetof(RpBridge, arena));

    bridge->host.memory_limit_name = "rdfpolicy.work_mem";
    arena->limit_bytes -= Min(used_bytes, limit_bytes);
    return arena;
}

int
rp_bridge_sqlstate(RpStatus status)
{
    switch (status) {
    case RP_OK:
        return ERRCODE_SUCCESSFUL_COMPLETION;
    case RP_SYNTAX:
        return ERRCODE_INVALID_TEXT_REPRESENTATION;
    case RP_NULL:
        return ERRCODE_NULL_VALUE_NOT_ALLOWED;
    case RP_ILL_FORMED:
        return ERRCODE_INVALID_PARAMETER_VALUE;
    case RP_UNSUPPORTED:
        return ERRCODE_FEATURE_NOT_SUPPORTED;
    case RP_UNDEFINED:
        return ERRCODE_UNDEFINED_OBJECT;
    case RP_TOO_DEEP:
        return ERRCODE_STATEMENT_TOO_COMPLEX;
    case RP_TOO_LARGE:
        return ERRCODE_CONFIGURATION_LIMIT_EXCEEDED;
    case RP_OUT_OF_MEMORY:
        return ERRCODE_OUT_OF_MEMORY;
    case RP_INTERRUPTED:
        return ERRCODE_QUERY_CANCELED;
    case RP_FAILURE:
        return ERRCODE_DATA_EXCEPTION;
    case RP_CORRUPT:
        return ERRCODE_DATA_CORRUPTED;
    }
    return ERRCODE_INTERNAL_ERROR;
}

/* "message (line 3, column 7)", or the message alone where there is no place. */
static int
bridge_error_message(const RpError *error)
{
    if (error->line == 0) {
        return errmsg("%s", error->message);
    }
    if (error->column == 0) {
        return errmsg("%s (line %u)", error->message, error->line);
    }
    return errmsg("%s (line %u, column %u)", error->message, error->line, error->column);
}

/* What and where, then the line of the text. */
static int
bridge_error_detail(const RpError *error)
{
    const char *gap = error->detail[0] != '\0' && error->excerpt[0] != '\0' ? "\n" : "";

    return error->detail[0] == '\0' && error->excerpt[0] == '\0'
               ? 0
               : errdetail("%s%s%s", error->detail, gap, error->excerpt);
}

void
rp_bridge_raise(const RpError *error)
{
    if (error->status == RP_INTERRUPTED) {
        rp_kept_error_raise();
    }
    ereport(ERROR,
            (errcode(rp_bridge_sqlstate(error->status)), bridge_error_message(error),
             bridge_error_detail(error), error->hint[0] != '\0' ? errhint("%s", error->hint) : 0));
    pg_unreachable();
}

void
rp_bridge_raise_unless_of_input(const RpError *error)
{
    if (error->status == RP_OUT_OF_MEMORY || error->status == RP_INTERRUPTED) {
        rp_bridge_raise(error);
    }
}

RpText
rp_text_of(const text *value)
{
    return (RpText){VARDATA_ANY(value), (uint32_t)VARSIZE_ANY_EXHDR(value)};
}

text *
rp_text_datum(RpText value)
{
    return cstring_to_text_with_len(value.data, (int)value.length);
}

char *
rp_text_cstring(RpText value)
{
    return pnstrdup(value.data != NULL ? value.data : "", value.length);
}

void
rp_bridge_require_utf8(void)
{
    if (unlikely(GetDatabaseEncoding() != PG_UTF8)) {
        ereport(ERROR,
                (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                 errmsg("rdfpolicy needs a database with encoding UTF8"),
                 errdetail("The encoding of this database is %s.", GetDatabaseEncodingName()),
                 errhint("Create a database with ENCODING 'UTF8' TEMPLATE template0.")));
    }
}
