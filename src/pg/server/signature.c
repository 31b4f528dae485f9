/* Computing signatures, by the server's own SHA-256: equal to what SQL's sha256() gives. */
#include "pg/server/signature.h"

#include "utils/fmgrprotos.h"

#include "pg/server/bridge.h"

char *
rp_signature(RpText source)
{
    Datum hash = DirectFunctionCall1(sha256_bytea, PointerGetDatum(rp_text_datum(source)));
    RpText bytes = rp_text_of(DatumGetByteaPP(hash));
    char *signature = palloc(bytes.length * 2 + 1);

    hex_encode(bytes.data, bytes.length, signature);
    signature[bytes.length * 2] = '\0';
    return signature;
}
