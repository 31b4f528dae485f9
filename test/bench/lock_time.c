/*
 * Takes the time for which the extension holds its lock exclusively: linked around its calls of LWLockAcquire and
 * LWLockRelease (ld --wrap), for the benchmark only. Each time is a line of nanoseconds in the file that LOCK_TIMES names,
 * written after the release.
 */
#include "postgres.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "storage/lwlock.h"

bool __real_LWLockAcquire(LWLock *lock, LWLockMode mode);
bool __wrap_LWLockAcquire(LWLock *lock, LWLockMode mode);
void __real_LWLockRelease(LWLock *lock);
void __wrap_LWLockRelease(LWLock *lock);

static LWLock *held = NULL;
static uint64 acquired_at;

static uint64
nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64)now.tv_sec * 1000000000 + (uint64)now.tv_nsec;
}

bool
__wrap_LWLockAcquire(LWLock *lock, LWLockMode mode)
{
    bool is_free = __real_LWLockAcquire(lock, mode);

    if (mode == LW_EXCLUSIVE && held == NULL) {
        held = lock;
        acquired_at = nanoseconds();
    }
    return is_free;
}

void
__wrap_LWLockRelease(LWLock *lock)
{
    uint64 duration = nanoseconds() - acquired_at;
    const char *path = getenv("LOCK_TIMES");

    __real_LWLockRelease(lock);
    if (lock != held) {
        return;
    }
    held = NULL;
    if (path != NULL) {
        char line[32];
        int length = snprintf(line, sizeof(line), "%llu\n", (unsigned long long)duration);
        int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);

        if (file < 0 || write(file, line, (size_t)length) != length) {
            _exit(1);
        }
        close(file);
    }
}
