/* Building jsonb from views of text: PostgreSQL's pushJsonbValue, with names for its steps. */
#include "pg/term/json_writer.h"

#include "utils/numeric.h"

static void
push(RpJsonWriter *writer, JsonbIteratorToken token, JsonbValue *value)
{
    writer->result = pushJsonbValue(&writer->state, token, value);
}

void
rp_json_write_object_begin(RpJsonWriter *writer)
{
    push(writer, WJB_BEGIN_OBJECT, NULL);
}

void
rp_json_write_object_end(RpJsonWriter *writer)
{
    push(writer, WJB_END_OBJECT, NULL);
}

void
rp_json_write_array_begin(RpJsonWriter *writer)
{
    push(writer, WJB_BEGIN_ARRAY, NULL);
}

void
rp_json_write_array_end(RpJsonWriter *writer)
{
    push(writer, WJB_END_ARRAY, NULL);
}

static JsonbValue
string_value(RpText text)
{
    JsonbValue value = {.type = jbvString};

    value.val.string.val = text.length > 0 ? unconstify(char *, text.data) : "";
    value.val.string.len = (int)text.length;
    return value;
}

void
rp_json_write_key(RpJsonWriter *writer, const char *name)
{
    JsonbValue key = string_value(rp_text_from(name));

    push(writer, WJB_KEY, &key);
}

static void
member(RpJsonWriter *writer, const char *name, JsonbValue *value)
{
    rp_json_write_key(writer, name);
    push(writer, WJB_VALUE, value);
}

void
rp_json_write_text(RpJsonWriter *writer, const char *name, RpText text)
{
    JsonbValue value = string_value(text);

    member(writer, name, &value);
}

void
rp_json_write_null(RpJsonWriter *writer, const char *name)
{
    JsonbValue value = {.type = jbvNull};

    member(writer, name, &value);
}

void
rp_json_write_boolean(RpJsonWriter *writer, const char *name, bool boolean)
{
    JsonbValue value = {.type = jbvBool};

    value.val.boolean = boolean;
    member(writer, name, &value);
}

void
rp_json_write_integer(RpJsonWriter *writer, const char *name, int64 integer)
{
    JsonbValue value = {.type = jbvNumeric};

    value.val.numeric = int64_to_numeric(integer);
    member(writer, name, &value);
}

Jsonb *
rp_json_write_finish(RpJsonWriter *writer)
{
    return JsonbValueToJsonb(writer->result);
}
