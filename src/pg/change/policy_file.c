/*
 * Reading files of the policy directory.
 *
 * Links within the directory are followed (a mounted Kubernetes ConfigMap is made of them), links
 * that lead out are refused. Path names change under us, so a check by name proves nothing: the
 * path is resolved first, which leaves no link in it, and then opened component by component,
 * following none. What was swapped in between fails to open, and is resolved again.
 *
 * A file is read whole through one descriptor. One that changed while it was read is read again;
 * one that is replaced by rename is read either as it was or as it is.
 */
#include "pg/change/policy_file.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mb/pg_wchar.h"

#include "base/status.h"
#include "pg/server/debug_point.h"
#include "pg/server/guc.h"
#include "pg/server/signature.h"

enum { RP_READ_ATTEMPTS = 10, RP_READ_PAUSE_US = 20000 };

/* Where a file is, without links. */
typedef struct RpLocation {
    char directory[PATH_MAX];
    char path[PATH_MAX];
    const char *below; /* the part of path below directory */
} RpLocation;

static bool
is_plain_component(const char *component, size_t length)
{
    return length > 0 && !(length == 1 && component[0] == '.') &&
           !(length == 2 && component[0] == '.' && component[1] == '.');
}

/* Component by component; a name that is too long for a path of the server is none. */
static bool
is_plain_name(const char *name)
{
    if (strlen(name) >= MAXPGPATH) {
        return false;
    }
    for (;;) {
        size_t length = strcspn(name, "/");

        if (!is_plain_component(name, length)) {
            return false;
        }
        if (name[length] == '\0') {
            return true;
        }
        name += length + 1;
    }
}

void
rp_policy_file_name_check(const char *name)
{
    if (!is_plain_name(name)) {
        RpShown shown;

        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("\"%s\" is no name of a policy file",
                               rp_text_show(rp_text_from(name), &shown)),
                        errdetail("A name is relative to rdfpolicy.policy_directory, without "
                                  "\"..\", \".\" and empty parts.")));
    }
}

static void
refuse(RpPolicyFile *file, int sqlstate, const char *problem)
{
    file->outcome = RP_POLICY_FILE_REFUSED;
    file->sqlstate = sqlstate;
    file->problem = problem;
}

/* A failed system call: errno says which outcome that is. */
static void
refuse_by_errno(RpPolicyFile *file, const char *what)
{
    if (errno == ENOENT || errno == ENOTDIR) {
        refuse(file, ERRCODE_UNDEFINED_FILE, psprintf("%s does not exist", what));
        file->outcome = RP_POLICY_FILE_MISSING;
        return;
    }
    refuse(file,
           errno == EACCES || errno == EPERM ? ERRCODE_INSUFFICIENT_PRIVILEGE : ERRCODE_IO_ERROR,
           psprintf("%s cannot be read: %s", what, strerror(errno)));
}

/* Resolve the file's name. False: refused. */
static bool
locate(RpPolicyFile *file, RpLocation *location)
{
    char joined[MAXPGPATH * 2];
    size_t length;

    if (realpath(rp_guc_policy_directory, location->directory) == NULL) {
        refuse_by_errno(file, psprintf("the policy directory \"%s\"", rp_guc_policy_directory));
        return false;
    }
    length = strlen(location->directory);
    snprintf(joined, sizeof(joined), "%s/%s", location->directory, file->name);
    if (realpath(joined, location->path) == NULL) {
        refuse_by_errno(file, "it");
        return false;
    }
    if (strncmp(location->path, location->directory, length) != 0 ||
        location->path[length] != '/') {
        refuse(file, ERRCODE_INSUFFICIENT_PRIVILEGE, "it is not within the policy directory");
        return false;
    }
    location->below = location->path + length + 1;
    return true;
}

/* Open one component of a path, and close the folder it is in. */
static int
open_within(int folder, const char *component, int flags)
{
    int opened = openat(folder, component, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
    int saved_errno = errno;

    close(folder);
    errno = saved_errno;
    return opened;
}

/* Open a located file, following no link. -1: failed, by errno. O_NONBLOCK: a FIFO must not hold
 * us. */
static int
open_location(const RpLocation *location)
{
    int folder = open(location->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const char *rest = location->below;
    const char *slash;

    while (folder >= 0 && (slash = strchr(rest, '/')) != NULL) {
        char component[NAME_MAX + 1];

        strlcpy(component, rest, Min(sizeof(component), (size_t)(slash - rest) + 1));
        folder = open_within(folder, component, O_DIRECTORY);
        rest = slash + 1;
    }
    return folder < 0 ? -1 : open_within(folder, rest, O_NONBLOCK | O_NOCTTY);
}

static bool
is_same_state(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
           a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* Whether a file of this state may be read. */
static bool
is_acceptable(RpPolicyFile *file, const struct stat *state)
{
    if (!S_ISREG(state->st_mode)) {
        refuse(file, ERRCODE_WRONG_OBJECT_TYPE, "it is not a regular file");
        return false;
    }
    /* Who writes over a file begins by emptying it: nothing must not be taken for a policy. */
    if (state->st_size == 0) {
        refuse(file, ERRCODE_INVALID_PARAMETER_VALUE, "it is empty");
        return false;
    }
    if (state->st_size >= (off_t)rp_guc_max_document_size_kb * 1024) {
        refuse(file, ERRCODE_CONFIGURATION_LIMIT_EXCEEDED,
               psprintf("it is too large: it has %lld bytes; rdfpolicy.max_document_size is %d kB",
                        (long long)state->st_size, rp_guc_max_document_size_kb));
        return false;
    }
    return true;
}

/* Read up to a number of bytes, to the end of the file. -1: failed, by errno. */
static ssize_t
read_bytes(int descriptor, char *bytes, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t count = read(descriptor, bytes + done, size - done);

        if (count == 0) {
            break;
        }
        if (count > 0) {
            done += (size_t)count;
        } else if (errno != EINTR) {
            return -1;
        }
        CHECK_FOR_INTERRUPTS();
    }
    return (ssize_t)done;
}

/*
 * In UTF-8 whatever the database's encoding: Turtle is UTF-8. The line of the first bad byte is
 * told.
 */
static void
accept_content(RpPolicyFile *file, RpText content)
{
    int valid = pg_encoding_verifymbstr(PG_UTF8, content.data, (int)content.length);

    if ((uint32)valid < content.length) {
        refuse(file, ERRCODE_INVALID_TEXT_REPRESENTATION, "it is not UTF-8 text");
        file->line = 1;
        for (int i = 0; i < valid; i++) {
            file->line += content.data[i] == '\n';
        }
        return;
    }
    file->outcome = RP_POLICY_FILE_READ;
    file->content = content;
    file->signature = rp_signature(content);
}

/* Read an open file. False: it changed meanwhile. */
static bool
read_descriptor(int descriptor, RpPolicyFile *file)
{
    struct stat before;
    struct stat after;
    ssize_t length;
    char *bytes;

    if (fstat(descriptor, &before) != 0) {
        refuse_by_errno(file, "it");
        return true;
    }
    if (!is_acceptable(file, &before)) {
        return true;
    }
    RP_DEBUG_POINT("file-opened");
    bytes = palloc_extended((size_t)before.st_size + 1, MCXT_ALLOC_HUGE);
    length = read_bytes(descriptor, bytes, (size_t)before.st_size + 1);
    if (length < 0 || fstat(descriptor, &after) != 0) {
        refuse_by_errno(file, "it");
        return true;
    }
    if (length != before.st_size || !is_same_state(&before, &after)) {
        pfree(bytes);
        return false;
    }
    accept_content(file, (RpText){bytes, (uint32)length});
    return true;
}

/* Try once. False: the file or a folder above it changed meanwhile. */
static bool
try_to_read(RpPolicyFile *file)
{
    RpLocation location;
    volatile bool is_settled = true;
    int descriptor;

    if (!locate(file, &location)) {
        return true;
    }
    RP_DEBUG_POINT("file-located");
    descriptor = open_location(&location);
    if (descriptor < 0) {
        if (errno == ELOOP || errno == ENOENT || errno == ENOTDIR) {
            return false;
        }
        refuse_by_errno(file, "it");
        return true;
    }
    PG_TRY();
    {
        is_settled = read_descriptor(descriptor, file);
    }
    PG_FINALLY();
    {
        close(descriptor);
    }
    PG_END_TRY();
    return is_settled;
}

/*
 * Who writes a file in place is met half way: it is read again after a pause. Who renames a whole
 * one into place is never.
 */
void
rp_policy_file_read(const char *name, RpPolicyFile *file)
{
    *file = (RpPolicyFile){.name = name};
    for (int attempt = 0; attempt < RP_READ_ATTEMPTS; attempt++) {
        if (try_to_read(file)) {
            return;
        }
        pg_usleep(RP_READ_PAUSE_US);
        CHECK_FOR_INTERRUPTS();
    }
    refuse(file, ERRCODE_OBJECT_IN_USE, "it changes while it is read");
}
