/*
 * See jsonb_tree.h. Breadth first, by the document's own list of containers: however deep a value
 * is nested, nothing recurses. A container whose items are not made yet has its place in the jsonb
 * where they will be.
 */
#include "pg/term/jsonb_tree.h"

#include "utils/numeric.h"

#include "pg/term/jsonb_entries.h"

/* JSON's numbers are jsonb's numeric, which has a text of digits, without exponent. */
static RpStatus
set_number(RpJson *value, Numeric numeric, RpArena *arena, RpError *error)
{
    char *number = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(numeric)));
    RpText text;
    bool is_copied = rp_arena_copy_text(arena, rp_text_from(number), &text);

    pfree(number);
    if (!is_copied) {
        return rp_arena_failure(arena, error);
    }
    rp_json_set_scalar(value, RP_JSON_NUMBER, text);
    return RP_OK;
}

static RpStatus
set_value(RpJson *value, const RpJsonbEntry *entry, RpArena *arena, RpError *error)
{
    if (JBE_ISSTRING(entry->type)) {
        rp_json_set_scalar(value, RP_JSON_STRING, (RpText){entry->data, entry->length});
    } else if (JBE_ISNUMERIC(entry->type)) {
        return set_number(value, (Numeric)entry->data, arena, error);
    } else if (JBE_ISBOOL(entry->type)) {
        rp_json_set_scalar(value, JBE_ISBOOL_TRUE(entry->type) ? RP_JSON_TRUE : RP_JSON_FALSE,
                           (RpText){0});
    } else if (JBE_ISCONTAINER(entry->type)) {
        rp_json_set_scalar(value, rp_jsonb_object(entry) != NULL ? RP_JSON_OBJECT : RP_JSON_ARRAY,
                           (RpText){entry->data, 0});
    }
    return RP_OK;
}

/* Make the items of a value that is a container. */
static RpStatus
set_items(RpJsonDocument *document, RpJson *value, const JsonbContainer *container, RpError *error)
{
    RpJsonKind kind = JsonContainerIsObject(container) ? RP_JSON_OBJECT : RP_JSON_ARRAY;
    RpJsonbEntries entries = rp_jsonb_entries(container);
    RpJsonbEntry entry;

    RP_TRY(rp_json_set_container(document, value, kind, entries.count, error));
    for (RpJson *item = value->items; rp_jsonb_next(&entries, &entry); item++) {
        if (kind == RP_JSON_OBJECT) {
            rp_json_set_key(item, entry.key);
        }
        RP_TRY(set_value(item, &entry, document->arena, error));
    }
    return RP_OK;
}

/* A scalar is jsonb's array of one element. */
RpStatus
rp_jsonb_tree(const Jsonb *jsonb, RpJsonDocument *document, RpError *error)
{
    if (JB_ROOT_IS_SCALAR(jsonb)) {
        RpJsonbEntries entries = rp_jsonb_entries(&jsonb->root);
        RpJsonbEntry entry;

        (void)rp_jsonb_next(&entries, &entry);
        return set_value(&document->root, &entry, document->arena, error);
    }
    RP_TRY(set_items(document, &document->root, &jsonb->root, error));
    for (uint32_t i = 0; i < document->container_count; i++) {
        const RpJson *container = document->containers[i];

        for (uint32_t j = 0; j < container->length; j++) {
            RpJson *item = &container->items[j];

            if (rp_json_is_container(item)) {
                RP_TRY(set_items(document, item, (const JsonbContainer *)item->text, error));
            }
        }
    }
    return RP_OK;
}
