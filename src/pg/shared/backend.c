/*
 * The backends' entries in the control block.
 *
 * Locking. None of ours. A backend writes only its own entry, which nobody else writes: plain
 * stores of aligned words, the pid last and after a write barrier, so that who finds the pid finds
 * the database too. The entry is cleared before the backend gives its number back
 * (before_shmem_exit), and never written again after that: the next backend of that number may have
 * it already. Readers copy an entry and take what they get; BackendPidGetProc, which tells them
 * whether the backend still lives, holds PostgreSQL's ProcArrayLock shared for a moment.
 */
#include "pg/shared/backend.h"

#include "storage/ipc.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "storage/procsignal.h"

static bool has_exited = false; /* this backend, as far as the block is concerned */

/* Runs while the backend still has its number. Mappings are released after this too, by resource
 * owners and exit hooks: has_exited keeps them from writing to what may be another's. */
static void
clear_own(int code pg_attribute_unused(), Datum argument pg_attribute_unused())
{
    has_exited = true;
    rp_control_block_known()->backends[RP_MY_BACKEND].pid = 0;
}

/* The entry of this backend; NULL where there is no block, or it is no business of ours any more.
 * Called at the end of transactions too, so the block is not made for it. */
static RpBackend *
own_entry(void)
{
    static bool is_registered = false;
    RpControl *control = rp_control_block_known();
    RpBackend *backend;

    if (control == NULL || has_exited || RP_MY_BACKEND < 0 || RP_MY_BACKEND >= MaxBackends) {
        return NULL;
    }
    backend = &control->backends[RP_MY_BACKEND];
    if (!is_registered) {
        /* What the number's last backend left is cleared before the pid makes the entry ours. */
        before_shmem_exit(clear_own, (Datum)0);
        is_registered = true;
        *backend = (RpBackend){.database = MyDatabaseId};
        pg_write_barrier();
        backend->pid = MyProcPid;
    }
    return backend;
}

/*
 * Three stores without a lock: who reads them in between sees numbers of two moments, and shows
 * them to people or sends a signal too many. Does nothing before this backend knows the block: what
 * has mapped nothing has nothing to tell.
 */
void
rp_backend_show(int64 generation, int32 mapping_count, int64 mapped_bytes)
{
    RpBackend *backend = own_entry();

    if (backend != NULL) {
        backend->generation = generation;
        backend->mapping_count = mapping_count;
        backend->mapped_bytes = mapped_bytes;
    }
}

/* The flag is this backend's to clear, in the error path too (wait.c): nobody else would. */
void
rp_backend_set_waiting(bool is_waiting)
{
    RpBackend *backend;

    if (is_waiting) {
        /* Two that wait must know it of each other, so that neither waits for the other's snapshot:
         * find the block, though no generation was mapped yet. */
        (void)rp_control_block();
    }
    backend = own_entry();
    if (backend != NULL) {
        backend->is_waiting = is_waiting;
    }
}

/* The block is found for it, though no generation was mapped yet. */
RpProgress *
rp_backend_progress(void)
{
    RpBackend *backend;

    (void)rp_control_block();
    backend = own_entry();
    return backend == NULL ? NULL : &backend->progress;
}

/* A copy, taken before it is looked at: the entry can change at any moment, the copy cannot. */
bool
rp_backend_read(int b, RpBackend *backend)
{
    const RpControl *control = rp_control_block();

    if (control == NULL) {
        return false;
    }
    *backend = control->backends[b];
    /* A backend that was killed cannot clear its entry; but then the server starts again. */
    return backend->pid != 0 && BackendPidGetProc(backend->pid) != NULL;
}

/* The signal is that which sinval sends to backends that lag behind: its handler is allowed in any
 * idle backend, and a busy one reads its messages at the next chance anyway. */
void
rp_backend_wake_others(void)
{
    const RpControl *control = rp_control_block_known();

    for (int b = 0; control != NULL && b < MaxBackends; b++) {
        const RpBackend *backend = &control->backends[b];
        int pid = backend->pid;

        /* A pid that is out of date costs a signal that SendProcSignal finds nobody for. */
        if (pid != 0 && pid != MyProcPid && backend->database == MyDatabaseId &&
            backend->mapping_count > 0) {
            (void)RP_SIGNAL_BACKEND(pid, PROCSIG_CATCHUP_INTERRUPT, b);
        }
    }
}
