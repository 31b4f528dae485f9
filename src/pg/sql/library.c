/*
 * The version of the library, beside that of the SQL objects, which ALTER EXTENSION changes. The
 * library may be the newer one: it has every function that former objects call. It may not be the
 * older one while objects are made, which could call what it does not have.
 */
#include "pg/pg.h"

#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_catalog_library_version);
PG_FUNCTION_INFO_V1(rdf_catalog_check_library);

/* major.minor.patch as one number. ERROR 22023 for any other text. */
static int64
version_number(const char *version)
{
    unsigned major, minor, patch;
    char rest;

    if (sscanf(version, "%5u.%5u.%5u%c", &major, &minor, &patch, &rest) != 3) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("\"%s\" is no version of extension rdfpolicy", version)));
    }
    return ((int64)major * 100000 + minor) * 100000 + patch;
}

/* rdf_catalog_library_version() → text */
Datum
rdf_catalog_library_version(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    PG_RETURN_TEXT_P(cstring_to_text(RP_EXTENSION_VERSION));
}

/*
 * rdf_catalog_check_library(version): called first of all by the script that makes the SQL objects
 * of a version, or brings them to it. ERROR 55000 where the library is older.
 */
Datum
rdf_catalog_check_library(PG_FUNCTION_ARGS)
{
    const char *needed = text_to_cstring(PG_GETARG_TEXT_PP(0));

    if (version_number(RP_EXTENSION_VERSION) < version_number(needed)) {
        ereport(ERROR,
                (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                 errmsg("extension rdfpolicy %s needs its library, and this session has that of %s",
                        needed, RP_EXTENSION_VERSION),
                 errhint("Where shared_preload_libraries has rdfpolicy, restart the server; else "
                         "reconnect. Then try again.")));
    }
    PG_RETURN_VOID();
}
