/*
 * Making the control block, and finding it. Where the library is preloaded the postmaster makes it
 * with the rest of shared memory, and backends inherit the address; from PostgreSQL 17 on it is
 * otherwise made on demand as a named segment, and each backend maps it at its first use.
 *
 * Locking. AddinShmemInitLock while the postmaster (or, where backends are not forked, each of
 * them) finds or makes the block; the registry of named segments has a lock of its own. Neither is
 * taken again later, and none of ours is needed: who finds the block finds it made.
 *
 * The name carries the formats of what the block and its segments hold. Without preloading, a newer
 * library that is installed while the server runs is loaded by new sessions only: they and the old
 * ones must not read each other's bytes, so each kind has a block of its own. A block lives as long
 * as the server's shared memory: a crash empties it, and look-ups build again from the tables.
 */
#include "pg/pg.h"

#include "storage/ipc.h"
#include "storage/shmem.h"
#if RP_HAS_DSM_REGISTRY
#include "storage/dsm_registry.h"
#endif

#include "pg/shared/control_block.h"

#define RP_TRANCHE_NAME "rdfpolicy"

static RpControl *control = NULL; /* the same in every backend that has found it */

static shmem_request_hook_type previous_request_hook = NULL;
static shmem_startup_hook_type previous_startup_hook = NULL;

static const char *
block_name(void)
{
    static char name[NAMEDATALEN];

    snprintf(name, sizeof(name), "rdfpolicy %d.%d.%d", RP_CONTROL_FORMAT, RP_DIRECTORY_FORMAT,
             RP_IMAGE_FORMAT);
    return name;
}

static Size
block_size(void)
{
    return offsetof(RpControl, backends) + sizeof(RpBackend) * (Size)MaxBackends;
}

/* Runs once per life of the shared memory, in whoever makes it, before anybody else sees it. */
static void
make_block(void *address)
{
    RpControl *made = address;

    memset(made, 0, block_size());
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        for (int p = 0; p < RP_CONTROL_PUBLICATIONS; p++) {
            made->slots[s].publications[p].handle = DSM_HANDLE_INVALID;
        }
    }
    made->tranche = LWLockNewTrancheId();
    LWLockInitialize(&made->lock, made->tranche);
    rp_stats_table_make(&made->stats, made->tranche);
}

static void
request_shared_memory(void)
{
    if (previous_request_hook) {
        previous_request_hook();
    }
    RequestAddinShmemSpace(block_size());
}

/*
 * Runs in the postmaster, and in each backend where these are started by exec: there the block is
 * found, not made. AddinShmemInitLock keeps two from making it.
 */
static void
start_shared_memory(void)
{
    bool is_found;

    if (previous_startup_hook) {
        previous_startup_hook();
    }
    LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
    control = ShmemInitStruct(block_name(), block_size(), &is_found);
    if (!is_found) {
        make_block(control);
    }
    LWLockRelease(AddinShmemInitLock);
    LWLockRegisterTranche(control->tranche, RP_TRANCHE_NAME);
}

/* Other libraries have hooks of their own there: they are called first, each by the next. */
void
rp_control_block_init(void)
{
    if (!process_shared_preload_libraries_in_progress) {
        return;
    }
    previous_request_hook = shmem_request_hook;
    shmem_request_hook = request_shared_memory;
    previous_startup_hook = shmem_startup_hook;
    shmem_startup_hook = start_shared_memory;
}

/*
 * The server's registry of named segments has a lock of its own: the first backend makes the block
 * while others wait for it. It stays mapped to this backend's end, so the pointer is kept.
 */
RpControl *
rp_control_block(void)
{
#if RP_HAS_DSM_REGISTRY
    if (control == NULL && IsUnderPostmaster) {
        bool is_found;

        control = GetNamedDSMSegment(block_name(), block_size(), make_block, &is_found);
        LWLockRegisterTranche(control->tranche, RP_TRANCHE_NAME);
    }
#endif
    return control;
}

RpControl *
rp_control_block_known(void)
{
    return control;
}
